"""What evenings, times and tapes are called in a member's language."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.domain.film import Film, Version
from bot.domain.tissues.counts import lines_within
from bot.domain.watch.positions import spoken
from bot.domain.watch.tape import Flow, Tape, Wet
from bot.domain.watch.watch import State, Watch
from bot.errors import UserError
from bot.i18n import Speaker
from bot.services.search import fold
from bot.ui.desk import Asker
from bot.ui.pictures import ALT_LIMIT
from bot.ui.plain import plain
from bot.ui.reading import named

LABEL = 100
STATES = {
    State.DRAFT: "watch.state_planned",
    State.PLANNED: "watch.state_planned",
    State.LOBBY: "watch.state_lobby",
    State.PLAYING: "watch.state_playing",
    State.PAUSED: "watch.state_paused",
    State.FINISHED: "watch.state_finished",
    State.CANCELLED: "watch.state_cancelled",
}
REFUSED = {
    State.DRAFT: "watch.unknown",
    State.PLANNED: "watch.not_open_yet",
    State.LOBBY: "watch.still_in_lobby",
    State.PLAYING: "watch.plays_already",
    State.PAUSED: "watch.paused_already",
    State.FINISHED: "watch.is_over",
    State.CANCELLED: "watch.is_over",
}
FLOWS = {
    Flow.DRY: "watch.flow_dry",
    Flow.EARLY: "watch.flow_early",
    Flow.MIDDLE: "watch.flow_middle",
    Flow.LATE: "watch.flow_late",
    Flow.SPREAD: "watch.flow_spread",
}


class Billing:
    """The films that can be watched, by what members call them."""

    def __init__(self, films: Sequence[Film]) -> None:
        self.films = films

    def film(self, slug: str) -> Film:
        """The film of an evening; the first one for a title the bot doesn't know."""
        return next((film for film in self.films if film.slug == slug), self.films[0])

    def version(self, watch: Watch) -> Version | None:
        """The version that is watched; None for a free title, or where the pack has it no more."""
        feature = watch.feature
        return self.film(feature.film).version(feature.version) if feature.version else None

    def find(self, typed: str) -> tuple[Film, Version] | None:
        """The version that `typed` names by `film:version`, key or title; None for a free title. UserError where the
        title is that of several."""
        every = [(film, version) for film in self.films for version in film.versions]
        exact = [(f, v) for f, v in every if typed in {v.key, f"{f.slug}:{v.key}"}]
        alike = [(f, v) for f, v in every if fold(typed) == fold(v.title) or fold(typed) == fold(named(v))]
        found = exact or alike
        if len(found) > 1:
            fitting = ", ".join(f"{version.title} ({version.key})" for _, version in found)
            raise UserError("error.several_versions", version=typed, fitting=fitting)
        return found[0] if found else None

    def offered(self, typed: str) -> list[tuple[str, str]]:
        """(label, address) of the versions that go with what is typed so far."""
        every = [(film, version) for film in self.films for version in film.versions]
        return [
            (named(version)[:LABEL], f"{film.slug}:{version.key}")
            for film, version in every
            if fold(typed) in fold(f"{named(version)} {version.romanised} {version.country} {version.key}")
        ]


def title(watch: Watch) -> str:
    """What is watched, as text: a free title is whatever a host typed."""
    return plain(watch.feature.title)


def languages(asker: Asker) -> list[str]:
    """In which languages the member may name a time: the club's and their own, whether or not there are catalogues."""
    client = asker.interaction
    spoken_here = asker.club.language or (client.guild_locale.value if client.guild_locale else "")
    return [each.partition("-")[0] for each in (spoken_here, client.locale.value) if each]


def wall(at: datetime, zone: ZoneInfo, t: Speaker) -> str:
    """`Fri 27 Nov 2026, 20:00 (Europe/Istanbul)`, for places where Discord renders no timestamp."""
    shown = format_datetime(at, "EEE d MMM y, HH:mm", tzinfo=zone, locale=t.language)
    return f"{shown} ({zone.key})"


def label(watch: Watch, zone: ZoneInfo, t: Speaker) -> str:
    """An evening in one line of a list."""
    when = wall(watch.planned_for, zone, t)
    line = f"{watch.feature.title} · {when}"
    return line if len(line) <= LABEL else f"{watch.feature.title[: LABEL - len(when) - 4]}… · {when}"


def state(watch: Watch, t: Speaker) -> str:
    return t(STATES[watch.state])


def length_of(version: Version | None, minutes: int | None) -> timedelta:
    """How long the film is: as the host says, else as the pack knows; UserError where neither does."""
    known = minutes or (version.minutes if version else None)
    if known is None:
        raise UserError("watch.needs_minutes")
    return timedelta(minutes=known)


def wettest(tape: Tape, t: Speaker) -> str:
    """`1:04 (9), 1:11 (17), 1:58 (19)`."""
    return ", ".join(t("watch.minute", at=clock(wet), n=wet.taps) for wet in tape.wettest)


def clock(wet: Wet) -> str:
    """A film minute as the tape names it."""
    hours, minutes = divmod(wet.minute, 60)
    return f"{hours}:{minutes:02}"


def tape_alt(tape: Tape, t: Speaker) -> str:
    """All that the tape shows, in words, as many minutes as fit."""
    lines = [
        t("watch.tape_alt", length=spoken(timedelta(minutes=len(tape.minutes))), n=tape.total),
        t(FLOWS[tape.flow]),
        t("watch.tape_wettest", minutes=wettest(tape, t)) if tape.wet else "",
        t("watch.tape_unshown", n=tape.hidden) if tape.hidden else "",
        *(f"{clock(wet)}: {wet.taps}" for wet in tape.wet),
    ]
    return " ".join(lines_within([line for line in lines if line], ALT_LIMIT))


def minutes_text(tape: Tape) -> str:
    """The tape's twin: every minute with a tap."""
    return " · ".join(f"{clock(wet)} {wet.taps}" for wet in tape.wet)
