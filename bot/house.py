"""What the app builds once and every cog is handed."""

from collections.abc import Sequence
from typing import Protocol, cast

from msgspec import Struct

from bot.clock import Clock
from bot.domain.film import Film
from bot.i18n import Texts
from bot.runner import Runner
from bot.services.clubs import Clubs
from bot.services.facts import Facts
from bot.services.gates import Gates
from bot.services.hiding import HiddenMessages
from bot.services.quizzes import Quizzes
from bot.services.seen import Seen
from bot.services.threads import Threads
from bot.services.tissue_results import TissueResults
from bot.services.tissues import Tissues
from bot.services.watch_presence import Presence
from bot.services.watch_reports import WatchReports
from bot.services.watches import Watches
from bot.services.weekly import Weekly
from bot.ui.channels import Channels
from bot.ui.desk import Desk
from bot.ui.pictures import Pictures


class House(Struct, frozen=True):
    """The services, the desk and the runner, ready to use."""

    clock: Clock
    texts: Texts
    films: Sequence[Film]
    runner: Runner
    desk: Desk
    channels: Channels
    pictures: Pictures
    clubs: Clubs
    facts: Facts
    quizzes: Quizzes
    tissues: Tissues
    tissue_results: TissueResults
    watches: Watches
    watch_presence: Presence
    watch_reports: WatchReports
    weekly: Weekly
    seen: Seen
    threads: Threads
    gates: Gates
    hidden: HiddenMessages


class _Housed(Protocol):
    house: House


def house_of(bot: object) -> House:
    """The house that a bot of ours carries."""
    return cast("_Housed", bot).house
