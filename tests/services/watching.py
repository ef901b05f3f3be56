"""An evening at a club, run by its services alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.watch.outcomes import Moved, Step
from bot.domain.watch.watch import COUNTDOWN, Feature, Watch
from bot.services.jobs import Jobs
from bot.services.watch_presence import Presence
from bot.services.watch_reports import WatchReports
from bot.services.watches import NewWatch, Watches
from bot.storage.engine import Database
from tests.services.times import NOW

CLUB, CHANNEL, OTHER_CHANNEL = 7, 70, 71
HANA, ALICE, BELA, CEM = 1, 2, 3, 4
MINUTE = timedelta(minutes=1)
LENGTH = 132 * MINUTE
FEATURE = Feature("miracle", "tr2019", "7. Koğuştaki Mucize (2019)", LENGTH)
EVENING = NOW + timedelta(days=2)


class Wakes:
    """Counts how often the runner was told of work."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


@dataclass(frozen=True)
class House:
    """The services of watch-alongs on one database."""

    db: Database
    watches: Watches
    presence: Presence
    reports: WatchReports
    jobs: Jobs
    wakes: Wakes

    async def planned(self, at: datetime = EVENING, channel: int = CHANNEL) -> Watch:
        new = NewWatch(CLUB, channel, HANA, FEATURE, at)
        draft = await self.watches.draft(new, NOW)
        return moved(await self.watches.confirm(draft.watch_id, CLUB, NOW))

    async def playing(self, at: datetime = EVENING, channel: int = CHANNEL) -> Watch:
        """An evening whose first second is at `at`."""
        watch = await self.planned(channel=channel)
        await self.watches.open_lobby(watch.watch_id, CLUB, at - 10 * MINUTE)
        return moved(await self.watches.start(watch.watch_id, CLUB, at - COUNTDOWN))

    async def due(self, at: datetime) -> list[Job]:
        """What the runner would do by then, in order; each is done."""
        found: list[Job] = []
        while (next_due := await self.jobs.next_due(at)) is not None and next_due <= at:
            claimed = await self.jobs.claim(at, 50)
            for job in claimed:
                await self.jobs.finished(job, at)
            found += claimed
        return found


def house(db: Database) -> House:
    wakes = Wakes()
    return House(db, Watches(db, wakes), Presence(db, wakes), WatchReports(db, wakes), Jobs(db), wakes)


def moved(step: Step) -> Watch:
    assert isinstance(step, Moved), step
    return step.watch
