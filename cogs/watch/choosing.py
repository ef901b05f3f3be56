"""Which evening a member means: the one they name, the one in this channel, or the only one there is."""

from collections.abc import Collection, Sequence

from discord import app_commands

from bot.domain.watch.watch import LIVE, RUNNING, State, Watch
from bot.errors import NotAllowedError, UserError
from bot.services.search import fold
from bot.services.watch_reports import WatchReports
from bot.ui.addresses import number_in
from bot.ui.desk import Asker
from bot.ui.hosts import is_host, require_host
from cogs.watch.words import label

Choice = app_commands.Choice[str]

MOST_CHOICES = 25
BEGUN = frozenset(LIVE)
AHEAD = frozenset({State.PLANNED}) | RUNNING
PLANNED = frozenset({State.PLANNED})


class Chooser:
    """Finds evenings for commands and presses; whatever an address names may be gone or another club's."""

    def __init__(self, reports: WatchReports) -> None:
        self._reports = reports

    async def named(self, asker: Asker, number: str) -> Watch:
        """The club's evening of that number."""
        known = number_in(number)
        watch = None if known is None else await self._reports.watch(known)
        if watch is None or watch.club_id != asker.club_id or watch.state is State.DRAFT:
            raise UserError("watch.unknown")
        return watch

    async def one(self, asker: Asker, typed: str | None, states: Collection[State]) -> Watch:
        """The evening in one of `states` that is meant."""
        if typed:
            return await self.named(asker, typed)
        found = await self._reports.ahead(asker.club_id, states)
        here = [watch for watch in found if asker.channel_id in {watch.channel_id, watch.venue_id}]
        if not found:
            raise UserError("watch.none_planned" if State.PLANNED in states else "watch.none_running")
        if here or len(found) == 1:
            return _soonest(here or found)
        raise UserError("watch.which", channels=", ".join(f"<#{watch.channel_id}>" for watch in found))

    async def finished(self, asker: Asker, typed: str | None) -> Watch:
        """The finished evening that is meant: the last one, unless one is named."""
        if typed:
            return await self.named(asker, typed)
        found = await self._reports.finished(asker.club_id)
        if not found:
            raise UserError("watch.none_finished")
        return found[0]

    async def offered(self, asker: Asker, typed: str, watches: Sequence[Watch]) -> list[Choice]:
        """Evenings for an option's list."""
        labels = [(label(watch, asker.club.tz, asker.t), str(watch.watch_id)) for watch in watches]
        return [
            app_commands.Choice(name=name, value=value) for name, value in labels if fold(typed) in fold(name)
        ][:MOST_CHOICES]


def may_run(asker: Asker, watch: Watch) -> bool:
    """Whether the member may run this evening: any host of the club, so that it goes on without the one named."""
    return asker.member_id == watch.host_id or is_host(asker)


def require_runner(asker: Asker, watch: Watch) -> None:
    """Raises NotAllowedError, saying who may, for everybody else."""
    if may_run(asker, watch):
        return
    if watch.host_id:
        raise NotAllowedError("watch.needs_host", host=f"<@{watch.host_id}>")
    require_host(asker)


def _soonest(watches: Sequence[Watch]) -> Watch:
    """What runs before what is planned, and that by its time."""
    return min(watches, key=lambda watch: (watch.state is State.PLANNED, watch.planned_for))
