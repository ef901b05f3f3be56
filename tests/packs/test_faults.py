"""Every fault of a pack has its own sentence, and all of them are told at once."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot import packs
from bot.errors import PackError
from tests.packs.builder import Table, dumped, synthetic_tables, write_pack

Harm = Callable[[Table], object]


def faults(tmp_path: Path, *harms: Harm) -> list[str]:
    """The faults of a good pack after `harms`, without the file's name."""
    tables = synthetic_tables(facts=8)
    for harm in harms:
        harm(tables)
    path = tmp_path / "harmed.toml"
    path.write_text(dumped(tables), encoding="utf-8")
    found = packs.check(path)
    assert all(fault.startswith(f"{path}: ") for fault in found)
    return [fault.removeprefix(f"{path}: ") for fault in found]


def fact(index: int, **fields: object) -> Harm:
    return lambda tables: tables["fact"][index].update(fields)


def quiz(index: int, **fields: object) -> Harm:
    good = {"ask": "Which zqnone?", "answer": "one", "wrong": ["two", "three"]}
    return lambda tables: tables["fact"][index].update(quiz=good | fields, spoils="none", text="zqnone")


def in_table(name: str, index: int, **fields: object) -> Harm:
    return lambda tables: tables[name][index].update(fields)


def without(name: str, index: int, field: str) -> Harm:
    return lambda tables: tables[name][index].pop(field)


def source(**fields: object) -> Harm:
    return lambda tables: tables["source"]["a"].update(fields)


TEN: dict[str, Harm] = {
    "fact[0].sources: no source, at least one id from [source] is needed": fact(0, sources=[]),
    "fact[1].spoils: unknown level 'finale', accepted are premise, plot, ending": fact(
        1, spoils={"korean": "finale"}
    ),
    "fact[2].about: unknown version key 'fr2030', accepted are family, kr2013": fact(2, about="fr2030"),
    "fact[3].sources: 'nowhere' resolves to no source, an id from [source] is accepted": fact(
        3, sources=["a", "nowhere"]
    ),
    "fact[5].key: 'fact-4' is taken by fact[4], a key of its own is needed": fact(5, key="fact-4"),
    "fact[6].as_of: '2013-02-30' is no date": fact(6, as_of="2013-02-30"),
    "question[0].text: 301 characters, at most 300 fit a question": in_table("question", 0, text="x" * 301),
    "claim[0].verdict: missing, a text is needed": without("claim", 0, "verdict"),
    "where[0].when: unknown field, accepted are ": in_table("where", 0, when="now"),
    "version[0].title: 'ZQENDING' gives away korean = 'ending'": in_table("version", 0, title="ZQENDING"),
}


def test_ten_faults_are_told_in_one_run(tmp_path: Path) -> None:
    found = faults(tmp_path, *TEN.values())
    assert [sentence for sentence in TEN if not any(map(starts(sentence), found))] == []
    assert len(found) == len(TEN)


def starts(sentence: str) -> Callable[[str], bool]:
    return lambda fault: fault.startswith(sentence)


SENTENCES: dict[str, Harm] = {
    **TEN,
    "fact[0].spoils: missing, a value is needed": without("fact", 0, "spoils"),
    "fact[0].spoils: unknown target 'danish', accepted are korean, turkish, kr2013": fact(
        0, spoils={"danish": "plot"}
    ),
    'fact[0].spoils: \'plot\' can\'t stand here, "none" or a table like { korean = "premise" } is accepted': fact(
        0, spoils="plot"
    ),
    'fact[0].spoils: an empty table, "none" or at least one target is accepted': fact(0, spoils={}),
    "fact[0].confidence: unknown confidence 'sure', accepted are high, medium, low, unknown": fact(
        0, confidence="sure"
    ),
    "fact[0].topic: unknown topic 'weather', accepted are title, ": fact(0, topic="weather"),
    "fact[0].text: 1,001 characters, at most 1,000 fit a card": fact(0, text="x" * 1001),
    "fact[0].text: empty text, at least a word is needed": fact(0, text=" "),
    "fact[0].text: a whole number (7), a text is accepted": fact(0, text=7),
    "fact[0].text: a line break or control character, one line of plain text is accepted": fact(
        0, text="a\nb"
    ),
    "fact[0].text: contains '||', a spoiler mark; plain text is accepted": fact(0, text="a ||b||"),
    "fact[0].text: contains '@everyone', a mention of everybody; plain text is accepted": fact(
        0, text="@Everyone"
    ),
    "fact[0].text: contains '<@', a mention; plain text is accepted": fact(0, text="hello <@1>"),
    "fact[0].text: contains '](', a link; plain text is accepted": fact(0, text="[a](b)"),
    "fact[0].sources: a text ('a'), a list is accepted": fact(0, sources="a"),
    "fact[0].sources: a whole number (1), a text is accepted": fact(0, sources=[1]),
    'fact[0].as_of: \'last year\' is no date, a date, "YYYY", "YYYY-MM", "YYYY-MM-DD" or "undated"': fact(
        0, as_of="last year"
    ),
    "fact[0].as_of: 2013 is no date": fact(0, as_of=2013),
    "fact[0].key: 'Über uns' can't stand here, 1 to 40 of a-z, 0-9, - and _ is accepted": fact(
        0, key="Über uns"
    ),
    "fact[0].quiz.wrong: 1 wrong answers, 2 or 3 are accepted": quiz(0, wrong=["two"]),
    "fact[0].quiz.wrong: the same answer twice, answers that differ are needed": quiz(
        0, wrong=["ÓNE", "two"]
    ),
    "fact[0].quiz.answer: 81 characters, at most 80 fit a button": quiz(0, answer="x" * 81),
    "fact[0].quiz.ask: missing, a text is needed": fact(0, quiz={"answer": "one", "wrong": ["two", "three"]}),
    "fact[0].quiz: a text ('?'), a table is accepted": fact(0, quiz="?"),
    "version[0].minutes: 'long' is no running time, whole minutes or \"unknown\" is accepted": in_table(
        "version", 0, minutes="long"
    ),
    "version[0].minutes: a yes or no (True), a whole number or a text is accepted": in_table(
        "version", 0, minutes=True
    ),
    "version[0].flag: 'KR' can't stand here, one flag is accepted": in_table("version", 0, flag="KR"),
    "version[0].kind: unknown kind 'copy', accepted are original, ": in_table("version", 0, kind="copy"),
    "version[0].title: 91 characters, at most 90 fit an option of a select": in_table(
        "version", 0, title="x" * 91
    ),
    "version[0].key: 'any' is a word of the bot's own, any but all, any, family is accepted": in_table(
        "version", 0, key="any"
    ),
    "version: 26 versions, at most 25 fit a select": lambda tables: tables["version"].extend(
        {**tables["version"][0], "key": f"xx{number}"} for number in range(26 - len(tables["version"]))
    ),
    "name: 51 characters, at most 50 fit a command's description": lambda tables: tables.update(
        name="x" * 51
    ),
    "version[0].field[1].name: 'father' for the second time, each field stands once": lambda tables: tables[
        "version"
    ][0]["field"][1].update(name="father"),
    "version[0].field[0].name: unknown field name 'shoes', accepted are father, ": lambda tables: tables[
        "version"
    ][0]["field"][0].update(name="shoes"),
    "version[1].key: 'kr2013' is taken by version[0], a key of its own is needed": in_table(
        "version", 1, key="kr2013"
    ),
    "claim[0].note: a text ('so'), a table is accepted": in_table("claim", 0, note="so"),
    "claim[0].claim.spoils: unknown level": lambda tables: tables["claim"][0]["claim"].update(
        spoils={"korean": "x"}
    ),
    "claim[0].verdict: unknown verdict 'true', accepted are supported, ": in_table(
        "claim", 0, verdict="true"
    ),
    "where[0].version: unknown version key 'x', accepted are kr2013": in_table("where", 0, version="x"),
    "question[0].about: unknown target 'x', accepted are family, korean, ": in_table(
        "question", 0, about="x"
    ),
    "support[0].country: 'Norway' can't stand here, a two-letter country code or an empty text is accepted": in_table(
        "support", 0, country="Norway"
    ),
    "source.a.url: 'example' is no web address": source(url="example"),
    "source.a.url: contains '(', which breaks links; %28 is accepted instead": source(
        url="https://a.org/b_(c)"
    ),
    "source.a.name: missing, a text is needed": lambda tables: tables["source"]["a"].pop("name"),
    "source: missing, a table is needed": lambda tables: tables.pop("source"),
    "fact: missing, a list is needed": lambda tables: tables.pop("fact"),
    "checked_on: '2026' is no date, a date is accepted": lambda tables: tables.update(checked_on="2026"),
    "slug: 'My film' can't stand here, 1 to 32 of a-z, 0-9 and - is accepted": lambda tables: tables.update(
        slug="My film"
    ),
    "lines.turkish: unknown version key 'tr1900'": lambda tables: tables.update(
        lines={"korean": ["kr2013"], "turkish": ["tr1900"]}
    ),
    "lines.turkish: 'kr2013' is in line 'korean' too, a version has one line at most": lambda tables: (
        tables.update(lines={"korean": ["kr2013"], "turkish": ["tr2019", "kr2013"]})
    ),
    "implied[0].gives: unknown target 'x'": in_table("implied", 0, gives={"x": "plot"}),
    "implied[0].also: 'none' can't stand here, a table like ": in_table("implied", 0, also="none"),
    "spoiler_word[0].word: '!' is too short, at least 2 letters are needed": in_table(
        "spoiler_word", 0, word="!"
    ),
    "truestory.verdict.sources: no source": lambda tables: tables["truestory"]["verdict"].update(sources=[]),
    "truestory.myth[0].text: missing, a text is needed": lambda tables: tables["truestory"]["myth"][0].pop(
        "text"
    ),
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_fault_has_its_sentence(tmp_path: Path, sentence: str) -> None:
    assert any(map(starts(sentence), faults(tmp_path, SENTENCES[sentence])))


def test_nothing_found_needs_no_source(tmp_path: Path) -> None:
    assert faults(tmp_path, fact(0, sources=[], confidence="unknown")) == []
    assert faults(tmp_path, in_table("claim", 0, sources=[], verdict="unverifiable")) == []


@pytest.mark.parametrize("as_of", ["1997", "1997-12", "1997-12-30", "undated", date(1997, 12, 30)])
def test_as_of_takes_a_year_a_month_a_day_or_undated(tmp_path: Path, as_of: object) -> None:
    assert faults(tmp_path, fact(0, as_of=as_of)) == []


def test_a_source_says_no_more_than_what_cites_it(tmp_path: Path) -> None:
    found = faults(tmp_path, source(name="Source zqnone", spoils={"korean": "ending"}))
    told = "fact[0].sources: the name or address of 'a' gives away korean = 'ending', more than this text"
    assert any(map(starts(told), found))
    assert not any(map(starts("truestory.timeline[3]."), found)), "an ending may cite what tells the ending"


def test_a_fault_says_its_line(tmp_path: Path) -> None:
    path = write_pack(tmp_path, facts=3)
    lines = path.read_text(encoding="utf-8").splitlines()
    index = [number for number, line in enumerate(lines) if line.startswith("topic")][1]
    lines[index] = 'topic = "weather"'
    path.write_text("\n".join(lines), encoding="utf-8")
    (fault,) = packs.check(path)
    assert fault.startswith(f"{path}: fact[1].topic: ")
    assert fault.endswith(f"(line {index + 1})")


def test_bad_toml_is_told_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('slug = "a"\nname = \n', encoding="utf-8")
    assert packs.check(path) == [f"{path}: not valid TOML: Invalid value (at line 2, column 8)"]


def test_a_source_declared_twice_is_told(tmp_path: Path) -> None:
    path = write_pack(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + "\n[source.a]\n", encoding="utf-8")
    (fault,) = packs.check(path)
    assert "not valid TOML: " in fault
    assert "(at line " in fault


def test_a_wrong_encoding_is_told_with_its_byte(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes('slug = "ç"'.encode("latin-1"))
    assert packs.check(path) == [f"{path}: byte 8 is not UTF-8, a file saved as UTF-8 is accepted"]


def test_a_number_longer_than_anybody_reads_is_told(tmp_path: Path) -> None:
    pack = tmp_path / "film.toml"
    pack.write_text(f"year = {'9' * 5000}", encoding="utf-8")
    _, faults = packs.read(pack)
    assert "can't be read" in faults[0]


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "absent.toml"
    (fault,) = packs.check(path)
    assert fault == f"{path}: can't be read (No such file or directory), a readable file is needed"


def test_load_raises_what_check_tells(tmp_path: Path) -> None:
    path = write_pack(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace('confidence = "high"', 'confidence = "sure"'))
    with pytest.raises(PackError) as caught:
        packs.load(path)
    assert list(caught.value.faults) == packs.check(path)
    assert len(caught.value.faults) > 50


@pytest.mark.parametrize(
    "source", ["", "fact = 3\nversion = 4\nsource = 5\nlines = 6", "[[fact]]\n[lines]\na = 1"]
)
def test_a_shapeless_pack_is_told_and_never_crashes(tmp_path: Path, source: str) -> None:
    path = tmp_path / "shapeless.toml"
    path.write_text(source, encoding="utf-8")
    assert any("missing" in fault for fault in packs.check(path))
