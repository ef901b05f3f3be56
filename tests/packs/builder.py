"""Made-up packs of any size, valid and marked: every text carries a word that says how much it gives away
(zqnone, zqpremise, ZQPLOT, ZQENDING), so that a leak test only has to look for the loud ones."""

import json
import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

LINES = {"korean": ["kr2013", "in2017", "ph2019", "id2022"], "turkish": ["tr2019", "mx2025"]}
SEQUEL = "id2024"
VERSIONS = ("kr2013", "in2017", "tr2019", "ph2019", "id2022", SEQUEL, "mx2025")
MARKS = {"none": "zqnone", "premise": "zqpremise", "plot": "ZQPLOT", "ending": "ZQENDING"}
LEVELS = tuple(MARKS)
TOPICS = ("title", "production", "people", "places", "release", "audience", "awards", "law", "story")
FIELDS = ("father", "child", "setting", "object", "tone", "audience", "plot", "ending")
WORDS = tuple(
    "Korean Turkish window garden yellow school river paper market winter ballad camera poster rehearsal evening "  # noqa: SIM905
    "village harbour teacher balloon ticket critic studio summer sentence letter harvest çay ılık 서울 극장 ಕಥೆ".split()
)

Table = dict[str, Any]


def synthetic_pack(*, facts: int = 50, seed: int = 0, slug: str = "miracle") -> str:
    """A valid pack as TOML with `facts` facts; the same seed gives the same pack."""
    return dumped(synthetic_tables(facts=facts, seed=seed, slug=slug))


def write_pack(directory: Path, *, facts: int = 50, seed: int = 0, slug: str = "miracle") -> Path:
    """Writes a made-up pack into `directory` and returns its path."""
    path = directory / f"{slug}.toml"
    path.write_text(synthetic_pack(facts=facts, seed=seed, slug=slug), encoding="utf-8")
    return path


def synthetic_tables(*, facts: int = 50, seed: int = 0, slug: str = "miracle") -> Table:
    """The tables of a made-up pack, for tests that spoil one thing before they write it."""
    chance = random.Random(seed)
    return {
        "slug": slug,
        "name": "A made-up film",
        "checked_on": date(2026, 11, 22),
        "summary": {"text": "A made-up film for tests, zqpremise.", "spoils": {"korean": "premise"}},
        "lines": {line: list(keys) for line, keys in LINES.items()},
        "implied": [{"gives": {SEQUEL: "premise"}, "also": {"korean": "ending"}}],
        "version": [version(chance, key) for key in VERSIONS],
        "fact": [fact(chance, index) for index in range(facts)],
        "claim": [claim(chance, index) for index in range(8)],
        "truestory": {
            "verdict": statement(chance, "none"),
            **{
                name: [statement(chance, level) for level in LEVELS]
                for name in ("inspired", "fiction", "timeline", "difference", "myth")
            },
        },
        "where": [
            statement(chance, level, version=key, country="Norway")
            for key in VERSIONS
            for level in ("none", "plot")
        ],
        "warning": [statement(chance, level, about=key) for key in ("family", *VERSIONS) for level in LEVELS],
        "question": [
            marked(chance, level, key=f"q-{about}-{level}", about=about)
            for about in ("family", *LINES, *VERSIONS)
            for level in LEVELS
        ],
        "support": [support("Worldwide", ""), support("Norway", "NO"), support("South Korea", "KR")],
        "announced": [statement(chance, "none", key="plan", title="A plan zqnone")],
        "source": {
            key: {"name": f"Source {key} zqnone", "url": f"https://example.org/{key}"}
            for key in ("a", "b", "c")
        },
        "spoiler_word": [
            {"word": MARKS[level], "gives": dict.fromkeys(LINES, level)} for level in ("plot", "ending")
        ],
    }


def version(chance: random.Random, key: str) -> Table:
    return {
        "key": key,
        "flag": flag(key[:2]),
        "country": f"Country of {key}",
        "year": int(key[2:]),
        "title": f"영화 {key} zqnone",
        "romanised": f"Film {key} zqnone",
        "english": f"Film {key} zqnone",
        "director": f"Director of {key}",
        "kind": "sequel" if key == SEQUEL else "licensed remake",
        "label": "made up zqnone",
        "minutes": "unknown" if key == "in2017" else 100 + chance.randrange(50),
        "sources": ["a"],
        "field": [field(chance, key, index) for index in range(len(FIELDS))],
        "cast": [
            without_text(statement(chance, level, actor=f"Actor {level}"), role=f"Role {MARKS[level]}")
            for level in LEVELS
        ],
    }


def field(chance: random.Random, key: str, index: int) -> Table:
    return statement(chance, LEVELS[index % 4], target_of(key), name=FIELDS[index])


def fact(chance: random.Random, index: int) -> Table:
    about = chance.choice(VERSIONS)
    target = about if chance.random() < 0.3 else target_of(about)
    level = LEVELS[index % 4]
    mark = mark_of(level, target)
    named = {"key": f"fact-{index}", "about": about, "topic": chance.choice(TOPICS)}
    row: Table = named | statement(chance, level, target)
    if chance.random() < 0.5:
        row["quiz"] = {
            "ask": f"What is fact {index}, {mark}?",
            "answer": f"{index} {mark}",
            "wrong": [f"{index + step} {mark}" for step in (1, 2, 3)],
        }
    return row


def claim(chance: random.Random, index: int) -> Table:
    level = LEVELS[index % 4]
    return {
        "key": f"claim-{index}",
        "article": f"Article {index % 3} zqnone",
        "claim": marked(chance, level),
        "verdict": ("supported", "partly", "contradicted", "disputed")[index // 2],
        "note": marked(chance, LEVELS[(index + 1) % 4]),
        "sources": ["b"],
    }


def support(region: str, country: str) -> Table:
    return {
        "region": region,
        "country": country,
        "name": f"Line of {region}",
        "contact": "12345",
        "note": "",
        "confidence": "high",
        "as_of": "2025-12",
        "sources": ["c"],
    }


def statement(chance: random.Random, level: str, target: str = "", **more: object) -> Table:
    as_of = chance.choice(("2013", "2020-03", date(2022, 9, 8), "undated"))
    founded = {"confidence": "high", "as_of": as_of, "sources": ["a", "b"]}
    return marked(chance, level, target) | founded | more


def marked(chance: random.Random, level: str, target: str = "", **more: object) -> Table:
    """A text of random words with its mark; above `none` it spoils `target`, or both lines without one."""
    words = " ".join(chance.choices(WORDS, k=chance.randint(6, 16)))
    spoils = "none" if level == "none" else dict.fromkeys([target] if target else LINES, level)
    return {"text": f"{words} {mark_of(level, target)}.", "spoils": spoils} | more


def mark_of(level: str, target: str) -> str:
    """The mark of what the text gives away in the end: all of the sequel gives away how the first film ends."""
    return MARKS["ending" if target == SEQUEL and level != "none" else level]


def without_text(row: Table, **more: object) -> Table:
    return {name: value for name, value in row.items() if name != "text"} | more


def target_of(key: str) -> str:
    return next((line for line, keys in LINES.items() if key in keys), key)


def flag(code: str) -> str:
    return "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in code)


def dumped(tables: Mapping[str, Any]) -> str:
    """`tables` as TOML: plain values first, then each table under its header."""
    plain = [f"{key} = {inline(value)}" for key, value in tables.items() if not is_table(value)]
    parts = ["\n".join(plain)]
    for name, value in tables.items():
        if isinstance(value, dict):
            parts.append(section(f"[{name}]", value))
        elif is_table(value):
            parts.extend(section(f"[[{name}]]", row) for row in value)
    return "\n\n".join(parts) + "\n"


def is_table(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
    )


def section(header: str, row: Mapping[str, Any]) -> str:
    return "\n".join([header, *(f"{key} = {inline(value)}" for key, value in row.items())])


def inline(value: object) -> str:
    match value:
        case dict():
            return "{ " + ", ".join(f"{key} = {inline(item)}" for key, item in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(map(inline, value)) + "]"
        case date():
            return value.isoformat()
        case _:
            return json.dumps(value, ensure_ascii=False)
