"""A spoiler word below its level is found whatever its case, accents or punctuation, in every field."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import packs
from bot.packs.words import fold
from tests.packs.builder import Table, dumped, synthetic_tables

WORDS = ["execut", "mock trial", "idam", "işkence", "사형", "ölüm", "ಗಲ್ಲು", "acquit"]
ACCENTS = ["", "\u0301", "\u0308", "\u200b", "\u00ad"]


def hits(directory: Path, tables: Table, word: str) -> list[str]:
    """Where `word` is found below its level, as places without the sentence."""
    tables["spoiler_word"].append({"word": word, "gives": {"korean": "ending", "turkish": "ending"}})
    path = directory / "words.toml"
    path.write_text(dumped(tables), encoding="utf-8")
    return [fault.split(": ")[1] for fault in packs.check(path) if "gives away" in fault]


@st.composite
def disguises(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and how somebody may write it: other case, accents, invisible marks, other gaps, an ending."""
    word = draw(st.sampled_from(WORDS))
    latin = word.isascii()
    shown = "".join(
        draw(st.sampled_from([letter, letter.upper()])) + (draw(st.sampled_from(ACCENTS)) if latin else "")
        for letter in word
    )
    shown = shown.replace(" ", draw(st.sampled_from([" ", "  ", "-", "\u00a0", " – "])))
    before, after = (
        draw(st.sampled_from(["", "the ", "(", "l'", "– "])),
        draw(st.sampled_from(["", "s", "ion.", "을"])),
    )
    return word, draw(
        st.sampled_from([before + shown + after, unicodedata.normalize("NFD", before + shown + after)])
    )


@given(disguises())
def test_a_word_is_found_in_any_disguise(disguise: tuple[str, str]) -> None:
    word, shown = disguise
    assert f" {fold(word)}" in f" {fold(shown)}"


@pytest.mark.parametrize(
    "shown", ["İDAM", "ıdam", "Idamlık", "EXÉCUTED", "Exe­cution", "사형수", "MOCK-TRIAL"]
)
def test_a_disguised_word_is_a_fault(tmp_path: Path, shown: str) -> None:
    tables = synthetic_tables(facts=4)
    tables["fact"][0]["text"] = f"Then came {shown}"
    word = next(word for word in WORDS if f" {fold(shown)}".startswith(f" {fold(word)}"))
    assert hits(tmp_path, tables, word) == ["fact[0].text"]


def test_a_word_is_matched_at_word_starts_only(tmp_path: Path) -> None:
    tables = synthetic_tables(facts=4)
    tables["fact"][0]["text"] = "A madidam and unexecuted plan"
    assert hits(tmp_path, tables, "idam") == []


def every_text_field(tables: Table) -> dict[str, Table]:
    """One public text of each kind by its place, with the table that holds it."""
    version, story = tables["version"][0], tables["truestory"]
    return {
        "name": tables,
        "version[0].title": version,
        "version[0].romanised": version,
        "version[0].english": version,
        "version[0].director": version,
        "version[0].label": version,
        "version[0].country": version,
        "version[0].field[0].text": version["field"][0],
        "version[0].cast[0].actor": version["cast"][0],
        "version[0].cast[0].role": version["cast"][0],
        "fact[0].text": tables["fact"][0],
        "claim[0].article": tables["claim"][0],
        "claim[0].claim.text": tables["claim"][0]["claim"],
        "claim[3].note.text": tables["claim"][3]["note"],
        "truestory.verdict.text": story["verdict"],
        "truestory.timeline[0].text": story["timeline"][0],
        "where[0].text": tables["where"][0],
        "where[0].country": tables["where"][0],
        "warning[0].text": tables["warning"][0],
        "question[0].text": tables["question"][0],
        "support[0].note": tables["support"][0],
        "support[0].contact": tables["support"][0],
        "support[0].region": tables["support"][0],
        "announced[0].title": tables["announced"][0],
        "announced[0].text": tables["announced"][0],
        "source.a.name": tables["source"]["a"],
        "source.a.url": tables["source"]["a"],
    }


@pytest.mark.parametrize("place", every_text_field(synthetic_tables(facts=4)))
def test_the_words_run_over_every_field(tmp_path: Path, place: str) -> None:
    tables = synthetic_tables(facts=4)
    told = "https://example.org/he-is-%45xecuted" if place.endswith("url") else "He is executed"
    every_text_field(tables)[place][place.rsplit(".", 1)[-1]] = told
    assert hits(tmp_path, tables, "execut") == [place]


@pytest.mark.parametrize("field", ["ask", "answer"])
def test_the_words_run_over_a_quiz(tmp_path: Path, field: str) -> None:
    tables = synthetic_tables(facts=4)
    asked = {"ask": "Who?", "answer": "one", "wrong": ["two", "three"]} | {field: "executed"}
    tables["fact"][0]["quiz"] = asked
    assert hits(tmp_path, tables, "execut") == [f"fact[0].quiz.{field}"]
    tables["fact"][0]["quiz"] = {"ask": "Who?", "answer": "one", "wrong": ["two", "executed"]}
    assert hits(tmp_path, tables, "execut") == ["fact[0].quiz.wrong"] * 2, "the word is listed twice by now"


def test_sides_are_read_too(tmp_path: Path) -> None:
    tables = synthetic_tables(facts=4)
    tables["fact"][0]["sides"] = ["He lives.", "He is executed."]
    assert hits(tmp_path, tables, "execut") == ["fact[0].sides"]


def test_a_cleared_word_is_innocent_in_its_row_alone(tmp_path: Path) -> None:
    tables = synthetic_tables(facts=8)
    tables["fact"][0] |= {"text": "An executive producer", "cleared": ["EXECUT"]}
    tables["fact"][4]["text"] = "An executive producer"
    assert hits(tmp_path, tables, "execut") == ["fact[4].text"]


@pytest.mark.parametrize(
    ("spoils", "found"),
    [
        ("none", True),
        ({"korean": "plot"}, True),
        ({"turkish": "ending"}, True),
        ({"korean": "ending"}, False),
        ({"kr2013": "ending"}, False),
        ({"id2024": "premise"}, False),
    ],
    ids=str,
)
def test_a_text_owns_up_to_what_the_word_tells_of_its_film(
    tmp_path: Path, spoils: object, found: bool
) -> None:
    tables = synthetic_tables(facts=4)
    tables["fact"][0] |= {"about": "kr2013", "text": "He is executed", "spoils": spoils}
    assert bool(hits(tmp_path, tables, "execut")) is found


def test_words_of_another_line_need_their_own_level(tmp_path: Path) -> None:
    tables = synthetic_tables(facts=4)
    tables["fact"][0] |= {"about": "family", "text": "All are executed", "spoils": {"korean": "ending"}}
    tables["fact"][1] |= {"about": "tr2019", "text": "He is executed", "spoils": {"korean": "ending"}}
    assert hits(tmp_path, tables, "execut") == ["fact[1].text"]


def test_a_versions_texts_are_about_that_version(tmp_path: Path) -> None:
    tables = synthetic_tables(facts=4)
    assert tables["version"][2]["key"] == "tr2019"
    tables["version"][2]["field"][0] |= {"text": "He is executed", "spoils": {"korean": "ending"}}
    assert hits(tmp_path, tables, "execut") == ["version[2].field[0].text"]


def test_names_are_shown_to_everybody_whatever_their_row_spoils(tmp_path: Path) -> None:
    tables = synthetic_tables(facts=4)
    tables["version"][0]["cast"][3] |= {
        "actor": "The Executed",
        "spoils": {"korean": "ending", "turkish": "ending"},
    }
    tables["announced"][0] |= {"title": "Executed", "spoils": {"korean": "ending", "turkish": "ending"}}
    assert hits(tmp_path, tables, "execut") == ["announced[0].title", "version[0].cast[3].actor"]


def test_vowel_signs_are_no_accents() -> None:
    assert fold("ಕಥೆ") != fold("ಕಥ")
    assert fold("Ça ıŞIK İz straße") == "ca isik iz strasse"
