"""Spoiler threads for tests: a club, its threads, and who is where."""

from datetime import timedelta

from bot.domain.spoilers import Level
from bot.domain.threads.outcomes import Opening
from bot.domain.threads.subjects import Privacy, Subject
from bot.domain.threads.thread import SpoilerThread
from bot.services.threads import NewThread, Threads
from bot.storage.engine import Database
from tests.services.times import NOW

CLUB, OTHER_CLUB, CHANNEL, HOST = 7, 8, 70, 500
THREAD_ID = 900


def subject(
    *versions: str,
    level: Level = Level.ENDING,
    up_to: timedelta | None = None,
    privacy: Privacy = Privacy.GATED,
) -> Subject:
    return Subject("miracle", versions or ("kr2013",), level, up_to, privacy)


def new_thread(about: Subject | None = None, *, club: int = CLUB, prompts: bool = True) -> NewThread:
    return NewThread(club, CHANNEL, about or subject(), "🔒 kr2013 · whole film", prompts, HOST)


async def made(
    threads: Threads, about: Subject | None = None, *, thread_id: int = THREAD_ID
) -> SpoilerThread:
    """An open thread that Discord has made."""
    outcome = await threads.open(new_thread(about), NOW)
    assert isinstance(outcome, Opening)
    await threads.made(outcome.thread, thread_id, NOW)
    found = await threads.load(outcome.thread.row)
    assert found is not None
    return found


async def jobs(db: Database) -> list[tuple[str, int, int]]:
    """(kind, subject, generation) of all that is still to be done."""
    rows = await db.read(
        lambda tx: tx.all(
            "SELECT kind, subject, generation FROM jobs WHERE finished_at IS NULL ORDER BY job_id"
        )
    )
    return [(row["kind"], row["subject"], row["generation"]) for row in rows]
