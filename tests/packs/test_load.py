"""What a good pack becomes: levels closed, sources looked up, dates as text, lines and films resolved."""

import copy
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import packs
from bot.domain.film import Confidence, Film, Verdict
from bot.domain.spoilers import NOTHING, Level, Spoil
from bot.errors import PackError, SetupError
from bot.packs.lines import line_at, lines_of
from tests.packs.builder import MARKS, VERSIONS, Table, dumped, synthetic_tables, write_pack


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return packs.load(write_pack(tmp_path_factory.mktemp("packs"), facts=200))


def test_what_a_sequel_gives_away_holds_the_first_films_ending(film: Film) -> None:
    told = [
        fact.statement.spoils for fact in film.facts if fact.about == "id2024" and fact.statement.spoils.parts
    ]
    assert told
    assert all(Spoil("korean", Level.ENDING) in spoils.parts for spoils in told)


def test_versions_know_their_line(film: Film) -> None:
    lines = {version.key: version.line for version in film.versions}
    assert tuple(lines) == VERSIONS
    assert (lines["ph2019"], lines["mx2025"], lines["id2024"]) == ("korean", "turkish", "id2024")


def test_texts_become_statements_with_their_sources(film: Film) -> None:
    fact = film.facts[0]
    assert fact.statement.spoils == NOTHING
    assert fact.statement.confidence is Confidence.HIGH
    assert [source.url for source in fact.statement.sources] == [
        "https://example.org/a",
        "https://example.org/b",
    ]
    assert {claim.verdict for claim in film.claims} == set(Verdict) - {Verdict.UNVERIFIABLE}
    assert {fact.statement.as_of for fact in film.facts} == {"2013", "2020-03", "2022-09-08", "undated"}
    assert film.checked_on == "2026-11-22"


def test_an_unknown_running_time_is_none(film: Film) -> None:
    kannada = film.version("in2017")
    assert kannada is not None
    assert kannada.minutes is None
    assert sum(version.minutes is None for version in film.versions) == 1


def test_every_loud_text_is_marked_and_no_public_one(film: Film) -> None:
    loud = {MARKS["plot"], MARKS["ending"]}
    for shown in packs.texts(film):
        assert any(mark in shown.text for mark in loud) is (shown.spoils.level > Level.PREMISE), shown


def test_counts_and_public_list_hold_every_text(film: Film) -> None:
    counted = packs.counts(film)
    assert counted["fact"] == dict.fromkeys((), 50) | counted["fact"]
    assert sum(counted["fact"].values()) == 200
    assert counted["fact"][Level.NONE] == 50
    public = [shown for shown in packs.texts(film) if shown.spoils.level <= Level.PREMISE]
    listed = packs.public_list(film)
    assert len(listed) == len(public)
    assert all(shown.text in line for shown, line in zip(public, listed, strict=True))


def test_the_same_seed_makes_the_same_pack(tmp_path: Path) -> None:
    one, two = (write_pack(tmp_path, facts=20, seed=7, slug=slug) for slug in ("one", "two"))
    assert one.read_text(encoding="utf-8").replace('"one"', '"two"') == two.read_text(encoding="utf-8")
    assert packs.check(write_pack(tmp_path, facts=20, seed=8)) == []


def test_all_packs_of_a_directory_are_loaded(tmp_path: Path) -> None:
    write_pack(tmp_path, slug="second")
    write_pack(tmp_path, slug="first")
    assert [film.slug for film in packs.load_all(tmp_path)] == ["first", "second"]


def test_two_packs_of_one_name_are_refused(tmp_path: Path) -> None:
    write_pack(tmp_path, slug="first").rename(tmp_path / "zzz.toml")
    write_pack(tmp_path, slug="first")
    with pytest.raises(PackError, match=r"zzz\.toml: slug: another pack is named 'first'"):
        packs.load_all(tmp_path)


def test_faults_of_all_packs_come_together(tmp_path: Path) -> None:
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_text("slug = 3", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        packs.load_all(tmp_path)
    assert {fault.split(":")[0] for fault in caught.value.faults} == {
        str(tmp_path / "one.toml"),
        str(tmp_path / "two.toml"),
    }


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"^PACKS_DIR: .* holds no pack \(\*\.toml\)$"):
        packs.load_all(tmp_path)


@pytest.mark.parametrize("slug", ["club", "help", "tissues", "spoilers", "watch", "weekly", "mydata", "me"])
def test_no_film_takes_the_name_of_another_command(tmp_path: Path, slug: str) -> None:
    (fault,) = packs.check(write_pack(tmp_path, slug=slug))
    assert f"slug: {slug!r} is a word of the bot's own" in fault


def test_tables_are_found_by_line() -> None:
    source = 'slug = "a"\n[[version]]\nfield = [\n  { a = 1 },\n  { a = 2 },\n]\n[[version]]\n[[version.field]]\nb = 1'
    lines = lines_of(source)
    found = {
        where: line_at(where, lines) for where in ("slug", "version[0].field[1].a", "version[1].field[0].b")
    }
    assert found == {"slug": 1, "version[0].field[1].a": 5, "version[1].field[0].b": 9}
    assert line_at("version[1].odd field", lines) == 7
    assert line_at("nothing", lines) is None


WEIRD: list[Any] = [
    None,
    7,
    True,
    "",
    "x",
    [],
    ["x"],
    [[]],
    {},
    {"x": "y"},
    {"korean": 3},
    [{}],
    "||",
    "none",
    1.5,
]


def places(node: object, path: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value below `node`."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [found for key, item in items for found in ((*path, key), *places(item, (*path, key)))]


def harmed(tables: Table, path: tuple[Any, ...], value: object) -> None:
    node: Any = tables
    for step in path[:-1]:
        node = node[step]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = copy.deepcopy(value)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 10_000),
    st.lists(st.tuples(st.floats(0, 0.999), st.sampled_from(WEIRD)), min_size=1, max_size=3),
)
def test_no_harm_makes_the_check_crash(
    tmp_path_factory: pytest.TempPathFactory, seed: int, harms: list[tuple[float, Any]]
) -> None:
    tables = synthetic_tables(facts=4, seed=random.Random(seed).randrange(3))
    for share, value in harms:
        paths = places(tables)
        harmed(tables, paths[int(share * len(paths))], value)
    path = tmp_path_factory.getbasetemp() / "harmed.toml"
    path.write_text(dumped(tables), encoding="utf-8")
    found = packs.check(path)
    assert all(fault.startswith(f"{path}: ") for fault in found)
    if not found:
        assert packs.load(path).slug
