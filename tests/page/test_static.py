"""The page's own files stay small, readable and in use."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "bot/rehearsal/page/static"
SCRIPTS = sorted((STATIC / "js").glob("*.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.name))
def test_scripts_are_short_and_say_what_they_are_for(script: Path) -> None:
    lines = script.read_text().splitlines()
    assert len(lines) <= 300
    assert max(map(len, lines)) <= 120
    assert lines[0].startswith("// ")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.name))
def test_scripts_use_what_they_import_and_import_what_is_there(script: Path) -> None:
    text = script.read_text()
    for names, source in re.findall(r'import \{ ([^}]+) \} from "\./([\w.]+)"', text):
        exported = (STATIC / "js" / source).read_text()
        for name in names.split(", "):
            assert re.search(
                rf"export (async )?(const|function|class) {re.escape(name)}(?![\w$])", exported
            ), name
            assert len(re.findall(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text)) > 1, name


def test_html_goes_in_at_one_place_only() -> None:
    found = [
        script.name
        for script in SCRIPTS
        if re.search(r"innerHTML|outerHTML|insertAdjacent", script.read_text())
    ]
    assert found == ["dom.js"]


def test_every_stylesheet_and_script_is_used() -> None:
    index = (STATIC / "index.html").read_text()
    imported = "".join(script.read_text() for script in SCRIPTS)
    for sheet in (STATIC / "css").glob("*.css"):
        assert f"css/{sheet.name}" in index
    for script in SCRIPTS:
        assert f'"./{script.name}"' in imported or script.name == "app.js"
