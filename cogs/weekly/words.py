"""What slots, dates and clock changes are called in a member's language."""

from datetime import date, datetime, time, timedelta

from bot.domain.recurrence import ClockChange, Occurrence, Wall, WeeklyTime, clock_changes
from bot.domain.weekly.occurrences import Posting, Week
from bot.domain.weekly.slots import Quiet, Slot
from bot.i18n import Speaker
from bot.ui.dates import moment
from bot.ui.plain import shortened

SHOWN_DATES = 5
LABEL = 100
MOST_SKIPPED = 3


def every(when: WeeklyTime, t: Speaker) -> str:
    """`every Sunday at 20:00, Europe/Berlin`."""
    return t("weekly.every", day=t(f"weekly.day.{when.weekday}"), time=clock(when.time), zone=when.zone)


def kind(slot: Slot, t: Speaker) -> str:
    return t(f"weekly.kind.{slot.kind}")


def label(slot: Slot, channel: str, t: Speaker) -> str:
    """A slot in an option's list."""
    return shortened(" · ".join(filter(None, (kind(slot, t), channel, every(slot.when, t)))), LABEL)


def date_label(occurrence: Occurrence, when: WeeklyTime) -> str:
    """`2026-11-29 20:00 Europe/Berlin`: no `<t:…>` renders in a list."""
    return f"{occurrence.day.isoformat()} {clock(when.time)} {when.zone}"


def clock(at: time) -> str:
    return at.strftime("%H:%M")


def span(length: timedelta, t: Speaker) -> str:
    """Whole hours where they are whole, minutes otherwise."""
    minutes = abs(length) // timedelta(minutes=1)
    return t("weekly.minutes", n=minutes) if minutes % 60 else t("weekly.hours", n=minutes // 60)


def dates(week: Week, now: datetime, t: Speaker) -> list[str]:
    """The next dates, one a line, with what the clocks do to them."""
    return [f"- {_date(each, week.slot, t)}" for each in week.ahead(now, SHOWN_DATES)]


def changes(week: Week, now: datetime, t: Speaker) -> list[str]:
    """What happens to the zone's clocks until the last of the dates shown."""
    ahead = week.ahead(now, SHOWN_DATES)
    when = week.slot.when
    return [
        _change(each, when, t) for each in clock_changes(when.zone, now, ahead[-1].at + timedelta(days=1))
    ]


def skipped(week: Week, t: Speaker) -> str:
    """The dates ahead that are passed over."""
    days = [moment(week.slot.when.on(day).at, "D") for day in week.skipped]
    shown = [*days[:MOST_SKIPPED], *(["…"] if len(days) > MOST_SKIPPED else [])]
    return t("weekly.skipped", days=", ".join(shown)) if days else ""


def rest(slot: Slot, now: datetime, t: Speaker) -> str:
    """Why a slot rests; nothing for one that doesn't."""
    if slot.pause is None or not slot.rests(now):
        return ""
    if slot.pause.until:
        return t("weekly.rests_until", until=moment(slot.pause.until))
    return t(f"weekly.rests.{slot.pause.why}", channel=f"<#{slot.channel_id}>")


def waits(week: Week, quiet: Quiet | None, now: datetime, t: Speaker) -> str:
    """That quiet hours hold a date back, and until when; nothing where they don't."""
    return t("weekly.waits", until=moment(quiet.lifted(now))) if quiet and week.held(now) else ""


def last(posting: Posting, t: Speaker) -> str:
    """What became of the last date."""
    return t(f"weekly.last.{posting.state}", when=moment(posting.due_at))


def quiet(hours: Quiet | None, t: Speaker) -> str:
    if hours is None:
        return t("weekly.quiet_none")
    return t("weekly.quiet", start=clock(hours.start), end=clock(hours.end), zone=hours.zone)


def day_of(typed: str) -> date | None:
    """The date of an option's value."""
    try:
        return date.fromisoformat(typed.strip()[:10])
    except ValueError:
        return None


def _date(occurrence: Occurrence, slot: Slot, t: Speaker) -> str:
    shown, at = moment(occurrence.at), clock(slot.when.time)
    match occurrence.wall:
        case Wall.ONCE:
            return shown
        case Wall.SKIPPED:
            return f"{shown} {t('weekly.wall_skipped', time=at)}"
        case Wall.TWICE:
            return f"{shown} {t('weekly.wall_twice', time=at)}"


def _change(change: ClockChange, when: WeeklyTime, t: Speaker) -> str:
    key = "weekly.clocks_forward" if change.by > timedelta() else "weekly.clocks_back"
    return t(key, when=moment(change.at), zone=when.zone, by=span(change.by, t), time=clock(when.time))
