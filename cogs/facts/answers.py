"""Cards that answer a question about the film as a whole: the true story, claims, where to watch, warnings and
support lines."""

from collections.abc import Iterable, Sequence
from itertools import chain

from bot.domain.film import Claim, Source, Statement, SupportLine, TrueStory, Version
from bot.domain.spoilers import Spoils
from bot.services.search import fold
from bot.ui.cards import Card, button, pages, rows, small
from bot.ui.dates import as_of
from bot.ui.reading import Reading, named
from cogs.facts.facts import claim_line, turning

FAMILY = "family"
MARKS = 2  # linked sources behind one sentence; all of them are under Sources


def true_story_card(reading: Reading, page: int) -> Card:
    """The verdict first, then both sides, each with its sources."""
    film, t, story = reading.film, reading.t, reading.film.true_story
    hidden = reading.withheld(_all_spoils(story))
    sides = (("truestory.inspired", story.inspired), ("truestory.fiction", story.fiction))
    parts = (_section(t(title), _cited(reading, statements)) for title, statements in sides)
    cut = pages(chain(_cited(reading, [story.verdict]), *parts))
    page = min(page, len(cut) - 1)
    return Card(
        f"### {t('truestory.title')}",
        "\n".join(cut[page]),
        small(t("facts.withheld", n=hidden)) if hidden else "",
        *turning(reading, f"facts:{film.slug}:truestory", page, len(cut)),
        *rows(
            [
                button(t("truestory.case"), f"facts:{film.slug}:case"),
                button(t("truestory.myths"), f"facts:{film.slug}:claims:0"),
                button(t("button.reveal"), f"facts:{film.slug}:truestory", emoji="👁️") if hidden else None,
            ]
        ),
    )


def real_case_card(reading: Reading, page: int) -> Card:
    """The real case line by line, how it differs from the film, and what is often got wrong."""
    film, t, story = reading.film, reading.t, reading.film.true_story
    sections = (
        ("truestory.timeline", story.timeline),
        ("truestory.differences", story.differences),
        ("truestory.myths_seen", story.myths),
    )
    cut = pages(
        chain.from_iterable(
            _section(t(title), [f"- {line}" for line in reading.shown(statements)])
            for title, statements in sections
        )
    )
    page = min(page, len(cut) - 1)
    return Card(
        f"### {t('truestory.case')}",
        "\n".join(cut[page]),
        *turning(reading, f"facts:{film.slug}:case", page, len(cut)),
    )


def claims_card(reading: Reading, page: int) -> Card:
    """What widely read articles say, each with its verdict, a page at a time."""
    film, t = reading.film, reading.t
    cut = pages(line for claim in film.claims if (line := claim_line(reading, claim)))
    page = min(page, len(cut) - 1)
    hidden = reading.withheld(_claims_spoils(film.claims))
    return Card(
        f"### {t('claims.title')}",
        "\n\n".join(cut[page]),
        small(t("facts.withheld", n=hidden)) if hidden else "",
        *turning(reading, f"facts:{film.slug}:claims", page, len(cut)),
        *rows(
            [button(t("button.reveal"), f"facts:{film.slug}:claims:{page}", emoji="👁️") if hidden else None]
        ),
    )


def where_card(reading: Reading, version: Version | None, page: int) -> Card:
    """Where a version, or each, could be watched, by country and date; never said to be so today."""
    film, t = reading.film, reading.t
    about = [version] if version else film.versions
    cut = pages(_where(reading, each) for each in about)
    page = min(page, len(cut) - 1)
    address = f"facts:{film.slug}:where:{version.key if version else 'all'}"
    keys = {each.key for each in about}
    hidden = reading.withheld(place.statement.spoils for place in film.availability if place.version in keys)
    return Card(
        f"### {t('where.title')}",
        *cut[page],
        small(t("where.stale")),
        small(t("facts.withheld", n=hidden)) if hidden else "",
        *turning(reading, address, page, len(cut)),
        *rows([button(t("button.reveal"), f"{address}:{page}", emoji="👁️") if hidden else None]),
    )


def warnings_card(reading: Reading, version: Version | None, page: int) -> Card:
    """Content warnings, what gives more away behind a spoiler tag."""
    film, t = reading.film, reading.t
    about = [version] if version else film.versions
    parts = [_warnings(reading, each.key, named(each)) for each in about]
    cut = pages([*parts, _warnings(reading, FAMILY, t("warnings.family"))])
    page = min(page, len(cut) - 1)
    return Card(
        f"### {t('warnings.title')}",
        *cut[page],
        *rows([button(t("button.support"), f"facts:{film.slug}:support")]),
        *turning(reading, f"facts:{film.slug}:warnings:{version.key if version else 'all'}", page, len(cut)),
    )


def support_card(reading: Reading, country: str | None) -> Card:
    """Somebody to talk to: worldwide lines first, then those of the country that was named, by its code or its name,
    else all."""
    film, t = reading.film, reading.t
    worldwide = [line for line in film.support if not line.country]
    every = [line for line in film.support if line.country]
    named_one = fold(country or "").strip()
    local = [line for line in every if named_one in {fold(line.country), fold(line.region)}] or every
    return Card(
        f"### {t('support.title')}",
        t("support.intro"),
        "\n".join(_support_line(reading, line) for line in worldwide),
        "\n".join(_support_line(reading, line) for line in local),
        small(t("support.stale")),
    )


def _support_line(reading: Reading, line: SupportLine) -> str:
    note = f" {line.note}" if line.note else ""
    return f"**{line.region}:** {line.name}: {line.contact}.{note} ({as_of(line.as_of, reading.t)})"


def _where(reading: Reading, version: Version) -> str:
    known = [place for place in reading.film.availability if place.version == version.key]
    lines = [
        f"- **{place.country}:** {said} ({as_of(place.statement.as_of, reading.t)})"
        for place in known
        if (said := reading.statement(place.statement))
    ]
    none = reading.t("facts.too_much" if known else "where.unknown")
    return f"**{named(version)}**\n" + ("\n".join(lines) or none)


def _warnings(reading: Reading, about: str, title: str) -> str:
    known = (warning.statement for warning in reading.film.warnings if warning.about == about)
    lines = [f"- {line}" for line in reading.shown(known)]
    return f"**{title}**\n" + ("\n".join(lines) or reading.t("facts.unknown"))


def _section(title: str, lines: Sequence[str]) -> list[str]:
    """`lines` under their title; nothing where there are none."""
    return [f"**{title}**", *lines] if lines else []


def _cited(reading: Reading, statements: Iterable[Statement]) -> list[str]:
    shown = ((reading.statement(statement), statement.sources) for statement in statements)
    return [f"{said} {_marks(reading, sources)}" for said, sources in shown if said]


def _marks(reading: Reading, sources: Sequence[Source]) -> str:
    """The first sources that have an address as small linked numbers; an address may give something away, too."""
    linked = [source for source in sources if source.url][:MARKS]
    marks = (
        reading.text(f"[{number}](<{source.url}>)", source.spoils) for number, source in enumerate(linked, 1)
    )
    return " ".join(mark for mark in marks if mark)


def _all_spoils(story: TrueStory) -> Iterable[Spoils]:
    for statement in (story.verdict, *story.inspired, *story.fiction):
        yield statement.spoils


def _claims_spoils(claims: Iterable[Claim]) -> Iterable[Spoils]:
    for claim in claims:
        yield claim.claim.spoils
        if claim.note:
            yield claim.note.spoils
