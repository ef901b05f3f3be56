"""Clubs and the ceilings of their channels."""

from datetime import datetime

from bot.domain.clubs import ClubSettings
from bot.domain.spoilers import Level
from bot.storage.engine import Transaction, to_ms


async def load(tx: Transaction, club_id: int) -> ClubSettings:
    """The club's settings; the defaults for a club that has set nothing yet."""
    row = await tx.one("SELECT * FROM clubs WHERE club_id = ?", club_id)
    if row is None:
        return ClubSettings()
    ceilings = await tx.all("SELECT channel_id, ceiling FROM channel_ceilings WHERE club_id = ?", club_id)
    return ClubSettings(
        zone=row["zone"],
        language=row["language"],
        ceiling=Level(row["ceiling"]),
        channel_ceilings={each["channel_id"]: Level(each["ceiling"]) for each in ceilings},
        host_role=row["host_role"],
        announcements=row["announcements"],
        spoilers=row["spoilers"],
    )


async def save(tx: Transaction, club_id: int, settings: ClubSettings, now: datetime) -> None:
    """Stores all settings of the club."""
    await tx.execute(
        "INSERT INTO clubs (club_id, zone, language, ceiling, host_role, announcements, spoilers, changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (club_id) DO UPDATE SET zone = excluded.zone, "
        "language = excluded.language, ceiling = excluded.ceiling, host_role = excluded.host_role, "
        "announcements = excluded.announcements, spoilers = excluded.spoilers, changed_at = excluded.changed_at",
        club_id,
        settings.zone,
        settings.language,
        settings.ceiling,
        settings.host_role,
        settings.announcements,
        settings.spoilers,
        to_ms(now),
    )
    await tx.execute("DELETE FROM channel_ceilings WHERE club_id = ?", club_id)
    await tx.many(
        "INSERT INTO channel_ceilings (channel_id, club_id, ceiling) VALUES (?, ?, ?)",
        [(channel, club_id, level) for channel, level in settings.channel_ceilings.items()],
    )
