"""A result card, picture and all, for 100,000 ballots beside one for 100."""

import time
from asyncio import gather
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot import packs
from bot.domain.tissues.outcomes import Opened
from bot.domain.tissues.results import Figures
from bot.i18n import load_texts
from bot.services.tissue_results import TissueResults
from bot.services.tissues import NewPoll, Tissues
from bot.storage.engine import Database
from bot.storage.opening import open_database
from bot.ui.pictures import Figure as Bar
from bot.ui.pictures import Pictures
from cogs.tissues import words
from cogs.tissues.cards import result_card
from cogs.tissues.words import Names
from tests.bench.report import Figure

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
FEW, MANY, ROUNDS, AT_ONCE = 100, 100_000, 15, 500


async def figures() -> list[Figure]:
    """Medians of both, drawn in turns."""
    with TemporaryDirectory() as home:
        db = await open_database(f"sqlite:///{home}/bench.db", NOW)
        try:
            few, many = await _card_of(db, 1, FEW), await _card_of(db, 2, MANY)
            times = [(await _seconds(few), await _seconds(many)) for _ in range(ROUNDS + 1)][1:]
        finally:
            await db.close()
    ratio = median(of_many / of_few for of_few, of_many in times)
    return [
        Figure("result card for 100 ballots", median(few for few, _ in times) * 1000, "ms"),
        Figure("result card for 100,000 ballots", median(many for _, many in times) * 1000, "ms"),
        Figure("result card, 100,000 beside 100", ratio, "x", "<= 3", ok=ratio <= 3),
    ]


async def _card_of(db: Database, club: int, people: int) -> Callable[[], Awaitable[None]]:
    """Lets `people` answer a poll and closes it; draws its result when called."""
    tissues, results = Tissues(db, lambda: None), TissueResults(db)
    texts, pictures = load_texts(ROOT / "data/locales"), Pictures()
    names = Names(packs.load_all(ROOT / "data/films"))
    new = NewPoll(club, 70, "miracle", "tr2019", False, 1, NOW + timedelta(hours=48), None)
    opened = await tissues.open(new, NOW)
    assert isinstance(opened, Opened)
    poll_id = opened.poll.poll_id
    for start in range(0, people, AT_ONCE):
        members = range(start, min(start + AT_ONCE, people))
        await gather(*(tissues.cast(poll_id, club, m + 1, m * 7 % 13, NOW) for m in members))
    await tissues.close(poll_id, opened.poll.generation, 1, NOW)

    async def draw() -> None:
        t = texts.speaker("en")
        result = await results.result(poll_id)
        assert isinstance(result, Figures)
        assert result.counts.people == people
        bars = [Bar(label, str(n), n) for label, n in result.counts.bins]
        picture = await pictures.bars("tissues", words.histogram_alt(result.counts, t), bars)
        result_card(result, names, t, picture, mark=True)

    return draw


async def _seconds(draw: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await draw()
    return time.perf_counter() - began
