"""The shipped pack: without fault, as full as its dossier, kind to phones, and quiet where a member may be spoiled."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot import packs
from bot.domain.film import Claim, Confidence, Film
from bot.domain.spoilers import Eyes, Level, Room, Showing, Spoil, showing
from bot.packs.words import fold

ROOT = Path(__file__).parents[2]
PACK = ROOT / "data/films/miracle.toml"
DOSSIER = ROOT.parent / "shared/reference/miracle-dossier.toml"
COMPARED = ("father", "child", "setting", "object", "tone", "audience", "minutes", "ending")


@pytest.fixture(scope="module")
def film() -> Film:
    return packs.load(PACK)


@pytest.fixture(scope="module")
def dossier() -> dict[str, Any]:
    if not DOSSIER.exists():
        pytest.skip("the dossier lies beside the repository, and is not there")
    return tomllib.loads(DOSSIER.read_text(encoding="utf-8"))


def test_it_has_no_faults() -> None:
    assert packs.check(PACK) == []


def test_it_is_as_full_as_promised(film: Film) -> None:
    askable = [fact for fact in film.facts if fact.quiz and fact.statement.spoils.level <= Level.PREMISE]
    words = tomllib.loads(PACK.read_text(encoding="utf-8"))["spoiler_word"]
    assert len(film.versions) == 7
    assert len(film.facts) >= 60
    assert len(askable) >= 25
    assert sum(word["word"].isascii() for word in words) >= 25
    assert film.summary.spoils.level <= Level.PREMISE
    assert film.true_story.inspired
    assert film.true_story.fiction


def test_every_version_can_be_compared(film: Film) -> None:
    for version in film.versions:
        assert set(COMPARED) <= set(version.fields), version.key
        assert version.cast
        assert {fact.about for fact in film.facts} >= {version.key}
        assert {warning.about for warning in film.warnings} >= {version.key}
        assert {place.version for place in film.availability} >= {version.key}


def test_what_is_unknown_is_said(film: Film) -> None:
    kannada = film.version("in2017")
    assert kannada is not None
    assert kannada.minutes is None
    assert not kannada.fields["minutes"].known
    unknown = [field for version in film.versions for field in version.fields.values() if not field.known]
    assert len(unknown) > 10
    assert all(field.text.startswith("Not known") and not field.sources for field in unknown)


def test_every_line_has_questions_at_every_level(film: Film) -> None:
    for line in film.lines:
        asked = {
            question.text.spoils.level for question in film.questions if question.about in (line, "family")
        }
        assert asked == set(Level)


def test_worldwide_support_comes_first(film: Film) -> None:
    countries = [line.country for line in film.support]
    assert countries == sorted(countries, key=bool)
    assert countries[0] == ""
    assert {"KR", "IN", "TR", "PH", "ID", "MX", "US", "GB"} <= set(countries)


def test_quiz_answers_fit_a_phone(film: Film) -> None:
    for fact in film.facts:
        if fact.quiz:
            assert all(len(answer) <= 34 for answer in (fact.quiz.answer, *fact.quiz.wrong)), fact.key


# What a member who has seen nothing must not learn: read from the pack's own words, and from what they imply.
SECRET = {
    "Ye-seung as an adult": Level.PLOT,
    "Puttalakshmi as an adult, a lawyer": Level.PLOT,
    "Ova as an adult": Level.PLOT,
    "sixteen years later": Level.PLOT,
    "abolished the death penalty": Level.PLOT,
    "the film's father is sentenced to death": Level.PLOT,
    "30 December of that year": Level.ENDING,
    "last execution had been": Level.ENDING,
    "released on parole": Level.ENDING,
    "acquitted in 2008": Level.ENDING,
    "87 years old": Level.ENDING,
    "takes the Turkish way out": Level.ENDING,
    "do not all end alike": Level.ENDING,
    "two years after": Level.ENDING,
    "Officials threaten to take a child away": Level.ENDING,
    "An old man in the cell": Level.PREMISE,
    "father of the girl who dies": Level.PREMISE,
    "Sailor Moon backpack": Level.PREMISE,
}


@pytest.mark.parametrize("told", SECRET)
def test_what_gives_something_away_has_its_level(film: Film, told: str) -> None:
    found = [shown for shown in packs.texts(film) if told in shown.text]
    assert found
    assert all(shown.spoils.level >= SECRET[told] for shown in found)


def test_nothing_public_ends_or_turns_the_story(film: Film) -> None:
    """The bluntest words of the story, whatever the pack's own list says."""
    blunt = (
        "execut",
        "hanged",
        "gallows",
        "acquit",
        "death sentence",
        "sentenced to death",
        "confess",
        "lawyer",
    )
    public = [shown for shown in packs.texts(film) if shown.spoils.level <= Level.PREMISE]
    assert [shown for shown in public for word in blunt if f" {word}" in f" {fold(shown.text)}"] == []


def test_a_comparison_of_endings_spoils_both_lines(film: Film) -> None:
    both = {Spoil("korean", Level.ENDING), Spoil("turkish", Level.ENDING)}
    for key in ("mx-which-way", "family-two-endings"):
        (fact,) = (fact for fact in film.facts if fact.key == key)
        assert both <= fact.statement.spoils.parts
    question = next(question for question in film.questions if question.key == "two-endings")
    assert both <= question.text.spoils.parts


def test_the_sequel_gives_away_the_first_film(film: Film) -> None:
    (secret,) = (fact for fact in film.facts if fact.key == "id2-secret")
    assert Spoil("korean", Level.ENDING) in secret.statement.spoils.parts
    assert showing(secret.statement.spoils, Room(), Eyes.EVERYBODY) is Showing.WITHHELD
    for seen in ("id2022", "id2024"):
        assert Room(cover=film.cover(frozenset({seen}), Level.ENDING)).admits(secret.statement.spoils)
    assert not Room(cover=film.cover(frozenset({"tr2019"}), Level.ENDING)).admits(secret.statement.spoils)


def test_a_thread_of_one_line_keeps_the_other_out(film: Film) -> None:
    endings = {version.key: version.fields["ending"].spoils for version in film.versions}
    korean = Room(cover=film.cover(frozenset({"ph2019"}), Level.ENDING))
    assert korean.admits(endings["ph2019"])
    assert not korean.admits(endings["tr2019"])
    assert not korean.admits(endings["kr2013"]), "its mock trial is its own"
    assert Room(cover=film.cover(frozenset({"kr2013"}), Level.ENDING)).admits(endings["kr2013"])


def test_every_version_of_the_dossier_is_there(film: Film, dossier: dict[str, Any]) -> None:
    for row in dossier["version"]:
        version = film.version(row["key"])
        assert version is not None
        assert version.title == row["title_original"]
        assert version.minutes == row.get("runtime_min")
        assert version.director == re.sub(r" \(.*", "", row["director"])
        assert [role.actor for role in version.cast] == [
            re.sub(r" \(.*", "", who["actor"]) for who in row["cast"]
        ]


def test_every_claim_of_the_dossier_is_there(film: Film, dossier: dict[str, Any]) -> None:
    left = list(film.claims)
    for row in dossier["claim"]:
        found = next((claim for claim in left if answers(claim, row)), None)
        assert found, row["claim"]
        left.remove(found)
    assert [claim.key for claim in left] == ["unilad-exonerated"], (
        "split off, as it tells more than its claim"
    )


def answers(claim: Claim, row: dict[str, Any]) -> bool:
    article = fold(row["article"]).split()[:2] == fold(claim.article).split()[:2]
    cited = {source.key for source in claim.sources}
    return (
        article
        and claim.verdict == row["verdict"]
        and (bool(cited & set(row["sources"])) or not row["sources"])
    )


def test_every_crisis_line_of_the_dossier_is_there(film: Film, dossier: dict[str, Any]) -> None:
    contacts = " ".join(line.contact for line in film.support)
    for row in dossier["crisis"]:
        assert row["region"].split(" (")[0].casefold() in {line.region.casefold() for line in film.support}
        for number in re.findall(r"\d[\d -]{1,}\d|\w+\.(?:org|com|id)\b", row["contact"].replace("24/7", "")):
            assert number in contacts, row["name"]


def test_every_source_and_plan_of_the_dossier_is_there(film: Film, dossier: dict[str, Any]) -> None:
    assert {source.key for source in film.sources} == set(dossier["sources"])
    assert len(film.announced) == len(dossier["other"])
    assert {plan.status.confidence for plan in film.announced} >= {Confidence.UNKNOWN, Confidence.LOW}


def test_no_sentence_is_copied_from_the_dossier(film: Film, dossier: dict[str, Any]) -> None:
    said = {fold(row["text"]) for table in ("trivia", "question") for row in dossier[table]}
    assert [shown.text for shown in packs.texts(film) if fold(shown.text) in said] == []


def test_no_text_stands_twice_in_one_place(film: Film) -> None:
    stated = Counter((fact.about, fold(fact.statement.text)) for fact in film.facts)
    assert stated.most_common(1)[0][1] == 1
