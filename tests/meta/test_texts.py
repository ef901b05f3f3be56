"""Every text that the code names is in the catalogues, and nothing else is."""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.domain.film import FIELDS, TOPICS, Verdict
from bot.domain.spoilers import Level
from tests.meta.files import ROOT, nodes, shown

LOCALES = sorted((ROOT / "data/locales").glob("*.po"))
KEY = re.compile(r"[a-z_]+(?:\.[a-z0-9_-]+)+")

# families whose keys the code puts together, with all their members
FAMILIES = {
    "field": (*FIELDS, "director"),
    "topic": TOPICS,
    "level": tuple(level.word for level in Level),
    "verdict": tuple(name for each in Verdict for name in (each.value, f"{each.value}.mark")),
}


@cache
def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


@cache
def entries(path: Path) -> dict[str, tuple[str, ...]]:
    """The forms of each key."""
    return {_forms(entry.id)[0]: _forms(entry.string) for entry in catalogue(path) if entry.id}


def _forms(strings: str | Sequence[str] | None) -> tuple[str, ...]:
    return (strings,) if isinstance(strings, str) else tuple(strings or ())


ENGLISH = entries(ROOT / "data/locales/en.po")


def keys_in_code() -> Iterator[tuple[str, str]]:
    """Every string that has the shape of a key of a known group, with its place; in storage, packs and rehearsal
    such strings name other things."""
    groups = {key.partition(".")[0] for key in ENGLISH}
    for path, node in nodes("bot", "cogs"):
        if path.relative_to(ROOT).parts[1] in {"storage", "packs", "rehearsal"}:
            continue
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and KEY.fullmatch(value) and value.partition(".")[0] in groups:
            yield shown(path, node), value


def called_keys() -> Iterator[tuple[str, str]]:
    """Every literal key that is handed to a speaker, an error or a command, whatever its group."""
    speaking = re.compile(r"(^|\.)(t|public|UserError|NotAllowedError|text_key)$")
    for path, node in nodes("bot", "cogs"):
        if isinstance(node, ast.Call) and speaking.search(ast.unparse(node.func)) and node.args:
            for key in ast.walk(node.args[0]):
                if isinstance(key, ast.Constant) and KEY.fullmatch(str(key.value)):
                    yield shown(path, node), str(key.value)


def put_together() -> set[str]:
    """The fixed beginnings of keys that the code completes: `topic.` of f"topic.{topic}"."""
    return {
        node.values[0].value
        for _, node in nodes("bot", "cogs")
        if isinstance(node, ast.JoinedStr)
        and len(node.values) > 1
        and isinstance(node.values[0], ast.Constant)
        and isinstance(node.values[0].value, str)
        and re.fullmatch(r"[a-z_]+\.(?:[a-z_]+\.)*", node.values[0].value)
        and node.values[0].value.partition(".")[0] in {key.partition(".")[0] for key in ENGLISH}
    }


def members(prefix: str) -> list[str]:
    """The keys that start with a prefix the code completes."""
    return [key for key in ENGLISH if key.startswith(prefix)]


def test_every_key_in_the_code_has_a_text() -> None:
    missing = {f"{place} {key}" for place, key in (*keys_in_code(), *called_keys()) if key not in ENGLISH}
    assert missing == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_has_a_text_and_no_other(family: str) -> None:
    assert {f"{family}.{name}" for name in FAMILIES[family]} == set(members(f"{family}."))


def test_every_text_is_used() -> None:
    named = {key for _, key in (*keys_in_code(), *called_keys())}
    made = {key for prefix in put_together() for key in members(prefix)}
    assert sorted(set(ENGLISH) - named - made) == []


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_a_translation_has_the_same_placeholders(path: Path) -> None:
    """A plural form may leave out the number itself: "one text", "a source"."""
    wrong = []
    for key, forms in entries(path).items():
        wanted = set().union(*map(placeholders, ENGLISH.get(key, ())))
        optional = {"n"} if len(ENGLISH.get(key, ())) > 1 else set()
        for form in filter(None, forms):
            given = placeholders(form)
            if not given <= wanted or not wanted - optional <= given:
                wrong.append(f"{key}: {sorted(given)} instead of {sorted(wanted)}")
    assert wrong == []


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_a_catalogue_has_no_key_that_english_lacks(path: Path) -> None:
    assert sorted(set(entries(path)) - set(ENGLISH)) == []


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_a_plural_has_as_many_forms_as_its_language(path: Path) -> None:
    wanted = catalogue(path).num_plurals
    short = [key for key, forms in entries(path).items() if len(forms) > 1 and len(forms) != wanted]
    assert short == []


def test_english_is_complete() -> None:
    assert [key for key, forms in ENGLISH.items() if not all(forms)] == []


def test_button_labels_fit_a_phone() -> None:
    labels = {key: form for key, forms in ENGLISH.items() if key.startswith("button.") for form in forms}
    assert {key: label for key, label in labels.items() if len(label) > 34} == {}


def test_no_error_shouts() -> None:
    assert [key for key, forms in ENGLISH.items() if key.startswith("error.") and "!" in "".join(forms)] == []
