"""Cards about single statements: a fact, what a search found, the sources of something."""

from collections.abc import Sequence

import discord

from bot.domain.film import Claim, Fact, Film, Source
from bot.domain.picking import Picked
from bot.services.search import Entry
from bot.ui.cards import Card, button, menu, pages, rows, small
from bot.ui.dates import as_of, day
from bot.ui.persistent import Persistent
from bot.ui.plain import plain
from bot.ui.reading import Reading, cite, named

FOUND_SHOWN = 8
LABEL = 100  # characters of a select's option or an autocomplete choice


def fact_card(reading: Reading, fact: Fact, *, starts_over: bool = False, again: str = "") -> Card:
    """One fact, what it is about, and how well it is founded; `again` is the address of Another."""
    film, t = reading.film, reading.t
    said = reading.statement(fact.statement)
    if said is None:
        return withheld_card(reading, f"facts:{film.slug}:fact:{fact.key}")
    return Card(
        f"### {about(film, fact)} · {t(f'topic.{fact.topic}')}",
        said,
        small(t("fact.founded", as_of=as_of(fact.statement.as_of, t), n=len(fact.statement.sources))),
        small(t("fact.starts_over")) if starts_over else "",
        *rows(
            [
                button(t("button.another"), again) if again else None,
                button(
                    t("button.source", n=len(fact.statement.sources)), f"facts:{film.slug}:source:{fact.key}"
                ),
            ]
        ),
    )


def next_fact_card(reading: Reading, picked: Picked, version: str | None, topic: str | None) -> Card:
    """A fact drawn for a channel, with a button for the next one by the same filters."""
    again = f"another:{reading.film.slug}:{version or ''}:{topic or ''}"
    return fact_card(reading, picked.fact, starts_over=picked.starts_over, again=again)


def claim_line(reading: Reading, claim: Claim) -> str | None:
    """A claim, its verdict and the note; None where the claim itself is withheld."""
    said = reading.of(claim.claim)
    if said is None:
        return None
    t = reading.t
    note = reading.of(claim.note) if claim.note else None
    verdict = f"{t(f'verdict.{claim.verdict.value}.mark')} **{t(f'verdict.{claim.verdict.value}')}**"
    lines = [f"“{said}”", f"{verdict}{': ' + note if note else ''}", small(claim.article)]
    return "\n".join(lines)


def claim_card(reading: Reading, claim: Claim) -> Card:
    """One claim on its own."""
    line = claim_line(reading, claim)
    film, t = reading.film, reading.t
    address = f"facts:{film.slug}:claim:{claim.key}"
    if line is None:
        return withheld_card(reading, address)
    hidden = reading.withheld([claim.note.spoils] if claim.note else [])
    return Card(
        line,
        "\n".join(cited(reading, claim.sources)),
        *rows([button(t("button.reveal"), address, emoji="👁️") if hidden else None]),
    )


def found_card(reading: Reading, query: str, found: Sequence[Entry], hidden: int) -> Card:
    """What a search found, each openable; `hidden` counts what gives away too much for this place."""
    film, t = reading.film, reading.t
    texts = [shown for entry in found if (shown := reading.text(short(entry.label), entry.spoils))]
    lines = [f"{number}. {text}" for number, text in enumerate(texts, 1)]
    return Card(
        f"### {t('search.title', query=plain(query)) if reading.private else t('search.title_public')}",
        "\n".join(lines) or t("search.nothing"),
        small(t("facts.withheld", n=hidden)) if hidden else "",
        *([menu(t("search.open"), f"facts:{film.slug}:found", _options(reading, found))] if found else []),
        *rows([_reveal_search(reading, query) if hidden else None]),
    )


def withheld_card(reading: Reading, address: str) -> Card:
    """Stands in for a text that gives away too much for everybody to read here."""
    t = reading.t
    return Card(
        t("facts.too_much"),
        *rows([button(t("button.reveal"), address, emoji="👁️")]),
    )


def sources_card(reading: Reading, sources: Sequence[Source], place: str, page: int) -> Card:
    """Sources by name, linked, a page at a time; `place` is where its pages are."""
    film, t = reading.film, reading.t
    cut = pages(cited(reading, sources))
    page = min(page, len(cut) - 1)
    return Card(
        f"### {t('sources.title', n=len(sources))}",
        "\n".join(f"- {line}" for line in cut[page]) or t("facts.unknown"),
        small(t("sources.checked", date=day(film.checked_on))),
        *turning(reading, f"facts:{film.slug}:{place}", page, len(cut)),
    )


def cited(reading: Reading, sources: Sequence[Source]) -> list[str]:
    """Sources as links; where a name or an address gives too much away, like any other text."""
    return [shown for source in sources if (shown := reading.text(cite(source), source.spoils))]


def turning(reading: Reading, address: str, page: int, count: int) -> list["discord.ui.ActionRow[Card]"]:
    """Buttons to the page before and after, where there are any."""
    t = reading.t
    back: Persistent | None = button(t("button.back"), f"{address}:{page - 1}") if page else None
    more: Persistent | None = (
        button(t("button.more", page=page + 2, pages=count), f"{address}:{page + 1}")
        if page + 1 < count
        else None
    )
    return rows([back, more])


def about(film: Film, fact: Fact) -> str:
    """What a fact is about, for people."""
    version = film.version(fact.about)
    return named(version) if version else film.name


def _options(reading: Reading, found: Sequence[Entry]) -> list[discord.SelectOption]:
    """Options can't hide behind a spoiler tag: what may not be read here is offered by its number only."""
    return [
        discord.SelectOption(label=_label(reading, entry, number), value=entry.address)
        for number, entry in enumerate(found, 1)
    ]


def _label(reading: Reading, entry: Entry, number: int) -> str:
    return short(entry.label) if reading.admits(entry.spoils) else reading.t("search.hidden", number=number)


def _reveal_search(reading: Reading, query: str) -> Persistent:
    kept = query.replace(":", " ")[:60]
    return button(reading.t("button.reveal"), f"facts:{reading.film.slug}:search:{kept}", emoji="👁️")


def short(label: str) -> str:
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"
