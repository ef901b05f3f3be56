"""Dates as Discord shows them, in each reader's own language and zone."""

from datetime import UTC, datetime

from bot.i18n import Speaker


def moment(at: datetime, style: str = "F") -> str:
    """An instant as Discord's timestamp; `style` is one of its letters (F full, R relative, T time, D date)."""
    return f"<t:{int(at.timestamp())}:{style}>"


def day(written: str) -> str:
    """A date of a pack (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`) for people. A full date is shown as of noon UTC, which
    is that same day in nearly every inhabited zone."""
    try:
        date = datetime.strptime(written, "%Y-%m-%d").replace(hour=12, tzinfo=UTC)
    except ValueError:
        return written
    return moment(date, "D")


def as_of(written: str, t: Speaker) -> str:
    """When a statement held: a pack's date, or that its page has none."""
    return t("date.undated") if written == "undated" else t("date.as_of", date=day(written))
