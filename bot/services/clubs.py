"""What a club has settled, and what follows from it for a place."""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from bot.domain.clubs import ClubSettings, Place, Reset
from bot.domain.film import Film
from bot.domain.spoilers import Level, Room
from bot.domain.threads.thread import SpoilerThread
from bot.errors import UserError
from bot.services.weekly_settling import look_at_all_anew
from bot.services.weekly_zones import known_name
from bot.storage import clubs, threads
from bot.storage.engine import Database, Transaction


class Change(Struct, frozen=True):
    """What an admin asks to be changed; None leaves a setting as it is. `reset` unsets one: a ceiling at the
    channels `reset_at`."""

    zone: str | None = None
    language: str | None = None
    ceiling: Level | None = None
    channel_ceilings: dict[int, Level] = field(default_factory=dict)
    host_role: int | None = None
    announcements: int | None = None
    spoilers: int | None = None
    reset: Reset | None = None
    reset_at: tuple[int, ...] = ()

    def applied(self, before: ClubSettings) -> ClubSettings:
        """What holds after it; whatever is set is not reset."""
        before = before.without(self.reset, self.reset_at) if self.reset else before
        return replace(
            before,
            zone=self.zone or before.zone,
            language=self.language or before.language,
            ceiling=before.ceiling if self.ceiling is None else self.ceiling,
            channel_ceilings={**before.channel_ceilings, **self.channel_ceilings},
            host_role=self.host_role or before.host_role,
            announcements=self.announcements or before.announcements,
            spoilers=self.spoilers or before.spoilers,
        )


class Clubs:
    """The settings of every club; `films` tell what its spoiler threads cover, `wake` the runner that jobs were
    moved."""

    def __init__(
        self,
        db: Database,
        languages: Sequence[str],
        films: Sequence[Film] = (),
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = db
        self._wake = wake
        self._languages = languages
        self._films = {film.slug: film for film in films}
        # every press asks for its club; only `change` changes one, and the database has one process (a lock says so)
        self._known: dict[int, ClubSettings] = {}

    async def settings(self, club_id: int) -> ClubSettings:
        known = self._known.get(club_id)
        if known is not None:
            return known

        async def load(tx: Transaction) -> ClubSettings:
            return await clubs.load(tx, club_id)

        loaded = await self._db.read(load)
        return self._known.setdefault(club_id, loaded)  # a change that came meanwhile stands

    async def place(self, club_id: int, channels: Sequence[int]) -> Place:
        """The club and what may be shown in `channels[0]`, whose parents follow it."""
        settings = await self.settings(club_id)
        ceiling = settings.ceiling_at(channels)
        thread = await self._thread(channels[0]) if len(channels) > 1 else None
        if thread is None or thread.club_id != club_id:
            return Place(settings, Room(ceiling))
        subject = thread.subject
        return Place(settings, subject.room(self._films.get(subject.film), ceiling))

    async def _thread(self, thread_id: int) -> SpoilerThread | None:
        async def find(tx: Transaction) -> SpoilerThread | None:
            return await threads.at(tx, thread_id)

        return await self._db.read(find)

    async def change(self, club_id: int, change: Change, now: datetime) -> ClubSettings:
        """Applies `change` and returns what holds then; raises UserError for a zone or language nobody knows."""
        if change.zone is not None:
            change = replace(change, zone=known_name(change.zone))
        if change.language is not None and change.language not in self._languages:
            raise UserError(
                "club.language_unknown", language=change.language, known=", ".join(self._languages)
            )

        async def apply(tx: Transaction) -> ClubSettings:
            before = await clubs.load(tx, club_id)
            after = change.applied(before)
            await clubs.save(tx, club_id, after, now)
            if after.zone != before.zone:  # quiet hours go by it
                await look_at_all_anew(tx, club_id, now)
            return after

        self._known[club_id] = after = await self._db.write(apply)
        self._wake()
        return after
