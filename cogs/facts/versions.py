"""Cards about the versions of a film: all of them, one, two side by side, and a cast."""

from collections.abc import Iterable

import discord

from bot.domain.film import Film, Statement, Version
from bot.i18n import Speaker
from bot.ui.cards import Card, button, menu, pages, rows, small
from bot.ui.dates import day
from bot.ui.persistent import Persistent
from bot.ui.reading import Reading, named
from cogs.facts.facts import turning

COMPARED = ("father", "child", "setting", "frame", "object", "tone", "audience")


def version_list(reading: Reading) -> Card:
    """Every version in a line of its own."""
    film, t = reading.film, reading.t
    return Card(
        f"### {t('versions.title', film=film.name, n=len(film.versions))}",
        reading.of(film.summary) or "",
        "\n".join(_line(version, t) for version in film.versions),
        menu(t("versions.open"), f"facts:{film.slug}:version", version_options(film)),
        *rows(
            [
                button(t("versions.compare_two"), f"facts:{film.slug}:pair")
                if len(film.versions) > 1
                else None,
                button(t("button.sources"), f"facts:{film.slug}:sources:all:0"),
            ]
        ),
        small(_checked(reading)),
    )


def version_card(reading: Reading, version: Version, page: int) -> Card:
    """All that is known of one version and may be shown to this reader, a page at a time."""
    film, t = reading.film, reading.t
    lines = [line for name, field in version.fields.items() if (line := _field(reading, name, field))]
    cut = pages([*_names(version, t), *lines])
    page = min(page, len(cut) - 1)
    hidden = reading.withheld(field.spoils for field in version.fields.values())
    return Card(
        f"### {version.flag} {version.title}",
        "\n".join(cut[page]),
        small(t("facts.withheld", n=hidden)) if hidden else "",
        *turning(reading, f"facts:{film.slug}:version:{version.key}", page, len(cut)),
        *rows(
            [
                _reveal(t, f"facts:{film.slug}:version:{version.key}") if hidden else None,
                button(t("button.cast"), f"facts:{film.slug}:cast:{version.key}"),
                button(t("button.where"), f"facts:{film.slug}:where:{version.key}"),
                button(t("button.warnings"), f"facts:{film.slug}:warnings:{version.key}"),
                button(t("button.sources"), f"facts:{film.slug}:sources:{version.key}:0"),
            ]
        ),
    )


def pair_card(reading: Reading) -> Card:
    """Asks for the two versions to compare."""
    film, t = reading.film, reading.t
    return Card(
        f"### {t('pair.title')}",
        menu(t("pair.choose"), f"facts:{film.slug}:compare", version_options(film), picks=2),
    )


def compare_card(reading: Reading, one: Version, other: Version) -> Card:
    """Two versions field by field; how they end only where both endings may be known."""
    film, t = reading.film, reading.t
    parts = [_both(reading, name, one, other) for name in COMPARED]
    ending = _both(reading, "ending", one, other)
    address = f"facts:{film.slug}:compare:{one.key}:{other.key}"
    hidden = reading.withheld(
        version.fields[name].spoils
        for version in (one, other)
        for name in (*COMPARED, "ending")
        if name in version.fields
    )
    return Card(
        f"### {t('compare.title', one=named(one), other=named(other))}",
        _short(t, one, other),
        "\n".join(part for part in (*parts, ending) if part),
        small(t("facts.withheld", n=hidden)) if hidden else "",
        *rows([_reveal(t, address) if hidden else None, *_sources_of(film, t, one, other)]),
    )


def cast_card(reading: Reading, version: Version) -> Card:
    """Who plays in a version; a role is left out where naming it gives too much away."""
    film, t = reading.film, reading.t
    lines = []
    for role in version.cast:
        part = reading.statement(role.role)
        lines.append(t("cast.as", actor=role.actor, role=part) if part else f"**{role.actor}**")
    hidden = reading.withheld(role.role.spoils for role in version.cast)
    return Card(
        f"### {t('cast.title', version=named(version))}",
        "\n".join(lines),
        small(t("cast.withheld", n=hidden)) if hidden else "",
        *rows(
            [
                _reveal(t, f"facts:{film.slug}:cast:{version.key}") if hidden else None,
                button(t("button.version"), f"facts:{film.slug}:version:{version.key}"),
                button(t("button.sources"), f"facts:{film.slug}:sources:{version.key}:0"),
            ]
        ),
    )


def version_options(film: Film) -> list[discord.SelectOption]:
    """The versions as options of a select."""
    return [
        discord.SelectOption(
            label=f"{version.title} ({version.year})",
            value=version.key,
            description=f"{version.country} · {version.director}"[:100],
            emoji=version.flag,
        )
        for version in film.versions
    ]


def _line(version: Version, t: Speaker) -> str:
    name = f"**{version.title}**"
    if version.romanised and version.romanised != version.title:
        name = f"{name} {version.romanised}"
    minutes = t("versions.minutes", n=version.minutes) if version.minutes else t("versions.minutes_unknown")
    return f"{version.flag} {' · '.join((name, str(version.year), version.director, minutes, version.label))}"


def _names(version: Version, t: Speaker) -> list[str]:
    names = [name for name in (version.romanised, version.english) if name and name != version.title]
    minutes = t("versions.minutes", n=version.minutes) if version.minutes else t("versions.minutes_unknown")
    return [
        *([" · ".join(dict.fromkeys(names))] if names else []),
        f"{version.country} · {version.year} · {minutes} · {version.label}",
        f"**{t('field.director')}:** {version.director}",
    ]


def _field(reading: Reading, name: str, field: Statement) -> str | None:
    shown = reading.statement(field)
    return f"**{reading.t(f'field.{name}')}:** {shown}" if shown else None


def _both(reading: Reading, name: str, one: Version, other: Version) -> str | None:
    """One field of two versions; shown only where this reader may have both."""
    t = reading.t
    fields = [version.fields.get(name) for version in (one, other)]
    shown = [reading.statement(field) if field else t("facts.unknown") for field in fields]
    if not any(fields) or any(text is None for text in shown):
        return None
    return f"**{t(f'field.{name}')}**\n{one.flag} {shown[0]}\n{other.flag} {shown[1]}"


def _short(t: Speaker, *versions: Version) -> str:
    """What gives nothing away, a line a version."""
    return "\n".join(_line(version, t) for version in versions)


def _sources_of(film: Film, t: Speaker, *versions: Version) -> Iterable[Persistent]:
    for version in versions:
        yield button(
            t("button.sources_of", version=f"{version.flag} {version.year}"),
            f"facts:{film.slug}:sources:{version.key}:0",
        )


def _reveal(t: Speaker, address: str) -> Persistent:
    return button(t("button.reveal"), address, emoji="👁️")


def _checked(reading: Reading) -> str:
    film, t = reading.film, reading.t
    announced = [each.title for each in film.announced if reading.admits(each.status.spoils)]
    checked = t("versions.checked", date=day(film.checked_on))
    return f"{checked} {t('versions.announced', list=', '.join(announced))}" if announced else checked
