"""The cards of slots: one as it was just settled, all of a club, what would be posted next, and what is posted."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.film import Question
from bot.domain.recurrence import Occurrence
from bot.domain.spoilers import Room
from bot.domain.weekly.occurrences import State, Week
from bot.domain.weekly.slots import AHEAD, Kind, Quiet, Reason, Slot, lifted
from bot.i18n import Speaker
from bot.ui.cards import Card, button, rows, small
from bot.ui.dates import moment
from cogs.weekly import words

QUESTION_MARK = "weekly-level:{}"


def slot_card(week: Week, quiet: Quiet | None, now: datetime, t: Speaker, said: str = "") -> Card:
    """A slot as it stands: when, where, its next dates, and what the clocks do in between."""
    slot = week.slot
    return Card(
        f"### 📅 {words.kind(slot, t)}",
        said,
        "\n".join(filter(None, (_where(slot, t), words.rest(slot, now, t)))),
        _dates(week, now, t),
        words.skipped(week, t),
        "\n".join(words.changes(week, now, t)),
        words.waits(week, quiet, now, t),
        small("\n".join(filter(None, (_ahead(slot, t), _late(slot, t), _held(week, quiet, now, t))))),
        *rows([button(t("weekly.button_unskip"), _unskip(week))] if week.skipped else []),
    )


def list_card(weeks: Sequence[Week], quiet: Quiet | None, now: datetime, t: Speaker, *, host: bool) -> Card:
    """The club's week."""
    return Card(
        f"### 📅 {t('weekly.title')}",
        *(_entry(week, quiet, now, t) for week in weeks),
        "" if weeks else t("weekly.none"),
        words.quiet(quiet, t),
        *rows([button(t("weekly.button_quiet"), "weekly-quiet")] if host else []),
    )


def question_card(question: Question, posting_id: int, t: Speaker) -> Card:
    """A question to talk about, in the open."""
    return Card(
        f"### 💬 {t('weekly.question')}",
        f"**{question.text.text}**",
        *rows([button(t("weekly.button_level"), QUESTION_MARK.format(posting_id))]),
    )


def level_card(room: Room, t: Speaker) -> Card:
    """How much may be said in a channel."""
    return Card(t("weekly.level", level=t(f"level.{room.ceiling.word}")), small(t("weekly.level_more")))


def remove_card(slot: Slot, t: Speaker) -> Card:
    return Card(
        f"### {t('weekly.remove_sure')}",
        f"{words.kind(slot, t)} · {words.every(slot.when, t)} · <#{slot.channel_id}>",
        *rows(
            [
                button(t("weekly.button_remove"), f"weekly-remove:{slot.slot_id}"),
                button(t("weekly.button_keep"), "weekly-keep"),
            ]
        ),
    )


def resting_card(slots: Sequence[Slot], club: str, t: Speaker, mark: str = "") -> Card:
    """Tells whoever set slots up that they rest, and what to do."""
    why = slots[0].pause.why if slots[0].pause else Reason.ASKED
    lines = [
        f"- {words.kind(slot, t)} · {words.every(slot.when, t)} · <#{slot.channel_id}>" for slot in slots
    ]
    return Card(
        f"### 📅 {t('weekly.resting_title', club=club)}",
        t(f"weekly.rests.{why}", channel=f"<#{slots[0].channel_id}>"),
        "\n".join(lines),
        t("weekly.resting_mend"),
        *rows([button(t("weekly.title"), mark)] if mark else []),
    )


def nothing_card(slot: Slot, club: str, t: Speaker, mark: str = "") -> Card:
    """Tells whoever set a slot up that there was nothing to post."""
    return Card(
        f"### 📅 {t('weekly.nothing_title', club=club)}",
        f"{words.kind(slot, t)} · {words.every(slot.when, t)} · <#{slot.channel_id}>",
        t(f"weekly.nothing.{slot.kind}"),
        *rows([button(t("weekly.title"), mark)] if mark else []),
    )


def _where(slot: Slot, t: Speaker) -> str:
    said = words.every(slot.when, t)
    return t("weekly.where", every=said[0].upper() + said[1:], channel=f"<#{slot.channel_id}>")


def _dates(week: Week, now: datetime, t: Speaker) -> str:
    if week.slot.pause and week.slot.pause.until is None:
        return ""
    return "\n".join([f"**{t('weekly.next_dates')}**", *words.dates(week, now, t)])


def _ahead(slot: Slot, t: Speaker) -> str:
    return t("weekly.ahead", n=AHEAD.days) if slot.kind is Kind.WATCH_ALONG else ""


def _late(slot: Slot, t: Speaker) -> str:
    return t("weekly.grace", span=words.span(slot.grace, t))


def _held(week: Week, quiet: Quiet | None, now: datetime, t: Speaker) -> str:
    """A word on dates that fall into the club's quiet hours."""
    slot = week.slot
    times = [slot.appears(each) for each in week.ahead(now, 1)]
    held = quiet and any(quiet.lifted(at) != at for at in times)
    return t("weekly.held", end=words.clock(quiet.end), zone=quiet.zone) if quiet and held else ""


def _entry(week: Week, quiet: Quiet | None, now: datetime, t: Speaker) -> str:
    slot = week.slot
    ahead = week.ahead(now, 1)[0]
    resting = words.rest(slot, now, t)
    lines = [
        f"**{words.kind(slot, t)}** · {words.every(slot.when, t)} · <#{slot.channel_id}>",
        resting,
        words.waits(week, quiet, now, t),
        ""
        if slot.pause and slot.pause.until is None
        else t("weekly.next", when=moment(_comes(slot, ahead, quiet))),
        words.skipped(week, t),
        words.last(week.last, t) if week.last and week.last.state is not State.SKIPPED else "",
    ]
    return "\n".join(filter(None, lines))


def _comes(slot: Slot, ahead: Occurrence, quiet: Quiet | None) -> datetime:
    """When members see a date: an evening is planned before, anything else waits for the end of quiet hours."""
    return ahead.at if slot.ahead else lifted(quiet, ahead.at)


def _unskip(week: Week) -> str:
    return f"weekly-unskip:{week.slot.slot_id}:{week.skipped[-1].isoformat()}"
