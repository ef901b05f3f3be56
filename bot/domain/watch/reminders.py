"""When people are reminded of a planned evening."""

from datetime import datetime, timedelta
from enum import StrEnum

SOON = timedelta(minutes=15)
DAY = timedelta(hours=24)


class Reminder(StrEnum):
    """Each is sent once for each time an evening is planned for."""

    DAY = "day"
    SOON = "soon"

    @property
    def ahead(self) -> timedelta:
        return DAY if self is Reminder.DAY else SOON

    def worth_sending(self, planned_for: datetime, now: datetime) -> bool:
        """Whether a late one still helps: the one of the day before until the other is due, that one until the
        evening begins."""
        return now < planned_for - (SOON if self is Reminder.DAY else timedelta())


def ahead_of(planned_for: datetime, now: datetime) -> dict[Reminder, datetime]:
    """The reminders still to come of an evening planned now."""
    due = {reminder: planned_for - reminder.ahead for reminder in Reminder}
    return {reminder: at for reminder, at in due.items() if at > now}
