"""The panel of an evening: the lobby, the countdown, the film clock as an anchor one can compute with, the end."""

from datetime import datetime, timedelta

import discord

from bot.domain.watch.attendees import Crowd
from bot.domain.watch.outcomes import WhereAt
from bot.domain.watch.positions import spoken
from bot.domain.watch.watch import State, Watch
from bot.i18n import Speaker
from bot.ui.cards import Card, button, rows, small
from bot.ui.dates import moment
from bot.ui.persistent import Persistent
from cogs.watch import words

MARK = "watch-where:{}"
SLACK = timedelta(seconds=2)  # nobody types a place in the film more exactly
DRIFT = 0.002


def panel(watch: Watch, crowd: Crowd, now: datetime, t: Speaker) -> Card:
    """The evening as everybody sees it at this moment."""
    match watch.state:
        case State.LOBBY:
            return _lobby(watch, crowd, t)
        case State.PLAYING:
            going_on = watch.counting(now)
            return _counting(watch, going_on, crowd, t) if going_on else _playing(watch, crowd, t)
        case State.PAUSED:
            return _paused(watch, crowd, now, t)
        case State.FINISHED:
            return _finished(watch, crowd, t)
        case State.DRAFT | State.PLANNED | State.CANCELLED:
            return Card(f"### 🎬 {words.title(watch)}", t("watch.called_off"))


def where_card(where: WhereAt, now: datetime, t: Speaker, said: str = "") -> Card:
    """The film clock for one member, with a button of their own; `said` is what their last press did."""
    watch = where.watch
    going_on = watch.counting(now)
    lines = [
        t("watch.now_at", at=spoken(where.own), length=spoken(watch.feature.length)),
        t("watch.left", left=spoken(where.left)) if where.left else t("watch.past_the_end"),
        t("watch.goes_on", when=moment(going_on, "R")) if going_on else _stands(watch, t),
        _copy(where, t),
        t("watch.your_taps", n=where.taps) if where.taps else "",
    ]
    return Card(
        f"### {_sign(watch, going_on)} {words.title(watch)}",
        said,
        "\n".join(line for line in lines if line),
        *rows(
            [
                _tissue(watch, t),
                button(t("watch.button_resync"), f"watch-resync:{watch.watch_id}"),
                button(t("watch.button_again"), MARK.format(watch.watch_id), emoji="🔄"),
            ]
        ),
    )


def _lobby(watch: Watch, crowd: Crowd, t: Speaker) -> Card:
    return Card(
        f"### 🎬 {words.title(watch)}",
        t("watch.lobby"),
        t("watch.ready", n=crowd.ready, coming=crowd.coming),
        *rows(
            [
                button(
                    t("watch.button_ready"),
                    f"watch-ready:{watch.watch_id}",
                    emoji="✋",
                    style=discord.ButtonStyle.primary,
                ),
                _where(watch, t),
            ]
        ),
        *rows([button(t("watch.button_countdown"), f"watch-go:{watch.watch_id}", emoji="▶️")]),
        small(t("watch.host_buttons")),
    )


def _counting(watch: Watch, going_on: datetime, crowd: Crowd, t: Speaker) -> Card:
    at = spoken(watch.clock.offset)
    said = t("watch.break_until", at=at, when=moment(going_on, "R")) if watch.resting else ""
    hosts = [_resume(watch, t) if watch.resting else _pause(watch, t), _finish(watch, t)]
    return Card(
        f"### ⏳ {words.title(watch)}",
        said or t("watch.countdown", at=at, when=moment(going_on, "R")),
        _room(crowd, t),
        *rows([_tissue(watch, t) if watch.clock.offset else None, _where(watch, t)]),
        *rows(hosts),
        small(t("watch.host_buttons")),
    )


def _playing(watch: Watch, crowd: Crowd, t: Speaker) -> Card:
    return Card(
        f"### ▶ {words.title(watch)}",
        _anchor(watch, t),
        _room(crowd, t),
        *rows(
            [
                _tissue(watch, t),
                _where(watch, t),
                button(t("watch.button_break"), f"watch-break:{watch.watch_id}", emoji="☕"),
            ]
        ),
        *rows([_pause(watch, t), _finish(watch, t)]),
        small(t("watch.host_buttons")),
    )


def _paused(watch: Watch, crowd: Crowd, now: datetime, t: Speaker) -> Card:
    return Card(
        f"### ⏸ {words.title(watch)}",
        t("watch.paused_at", at=spoken(watch.clock.position(now))),
        _room(crowd, t),
        *rows([_tissue(watch, t), _where(watch, t)]),
        *rows([_resume(watch, t), _finish(watch, t)]),
        small(t("watch.host_buttons")),
    )


def _finished(watch: Watch, crowd: Crowd, t: Speaker) -> Card:
    return Card(
        f"### ⏹ {words.title(watch)}",
        t("watch.ended", when=moment(watch.since), at=spoken(watch.clock.offset)),
        t("watch.watched", n=crowd.watching),
        *rows([button(t("watch.button_report"), f"watch-report:{watch.watch_id}")]),
    )


def _anchor(watch: Watch, t: Speaker) -> str:
    """When the film's 0:00 was, and how much of the time since was no film."""
    zero, began = watch.clock.zero_at, watch.started_at
    assert zero is not None, "a film that plays has an anchor"
    taken_out = zero - began if began else timedelta()
    said = t("watch.zero_at", when=moment(zero, "T"))
    if taken_out >= timedelta(minutes=1):
        return f"{said} {t('watch.pauses_in', n=round(taken_out / timedelta(minutes=1)))}"
    return said


def _room(crowd: Crowd, t: Speaker) -> str:
    watching = t("watch.watching", n=crowd.watching)
    return watching if crowd.taps is None else f"{watching} · {t('watch.taps', n=crowd.taps)}"


def _copy(where: WhereAt, t: Speaker) -> str:
    """How the member's own film runs beside the room's, where it doesn't run alike."""
    apart = where.own - where.room
    lines = []
    if abs(apart) >= SLACK:
        key = "watch.ahead" if apart > timedelta() else "watch.behind"
        lines.append(t(key, room=spoken(where.room), apart=spoken(abs(apart))))
    if abs(where.copy.speed - 1) >= DRIFT:
        lines.append(t("watch.speed", percent=f"{(where.copy.speed - 1) * 100:+.1f}"))
    return " ".join(lines)


def _stands(watch: Watch, t: Speaker) -> str:
    return t("watch.is_paused") if watch.state is State.PAUSED else ""


def _sign(watch: Watch, going_on: datetime | None) -> str:
    return "⏸" if watch.state is State.PAUSED else "⏳" if going_on else "▶"


def _tissue(watch: Watch, t: Speaker) -> Persistent:
    return button(
        t("watch.button_tissue"),
        f"watch-tap:{watch.watch_id}",
        emoji="🧻",
        style=discord.ButtonStyle.primary,
    )


def _where(watch: Watch, t: Speaker) -> Persistent:
    return button(t("watch.button_where"), MARK.format(watch.watch_id))


def _pause(watch: Watch, t: Speaker) -> Persistent:
    return button(t("watch.button_pause"), f"watch-pause:{watch.watch_id}", emoji="⏸️")


def _resume(watch: Watch, t: Speaker) -> Persistent:
    return button(t("watch.button_resume"), f"watch-resume:{watch.watch_id}", emoji="▶️")


def _finish(watch: Watch, t: Speaker) -> Persistent:
    return button(t("watch.button_finish"), f"watch-finish:{watch.watch_id}:{watch.turn}", emoji="⏹️")
