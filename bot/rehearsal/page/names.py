"""The names behind mentions, as one reader knows them."""

from dataclasses import dataclass

from bot.rehearsal.entities import User
from bot.rehearsal.guilds import Guild
from bot.rehearsal.members import Member


@dataclass(frozen=True, slots=True)
class NamesFor:
    """Without a reader every channel is named: a push that was sent doesn't ask who looks now."""

    guild: Guild
    reader: Member | None

    def user(self, user_id: int) -> str | None:
        found: User | None = self.guild.world.user(user_id)
        return found.name if found else None

    def role(self, role_id: int) -> str | None:
        role = self.guild.roles.get(role_id)
        return role.name.removeprefix("@") if role else None

    def channel(self, channel_id: int) -> str | None:
        channel = self.guild.channels.get(channel_id)
        if channel is None or (self.reader is not None and not self.reader.can_see(channel)):
            return None
        return channel.name
