"""What the page stands on: the little Discord, its club, the bot's process, and the phones of its members."""

from dataclasses import dataclass, field

from bot.rehearsal.answers import ClientRefuses
from bot.rehearsal.entities import Channel, Role
from bot.rehearsal.guilds import Guild
from bot.rehearsal.members import Member
from bot.rehearsal.page.phone import Phones
from bot.rehearsal.process import BotProcess
from bot.rehearsal.rehearsal import Rehearsal
from bot.rehearsal.seed import Club


@dataclass(eq=False, slots=True)
class Stage:
    discord: Rehearsal
    bot: BotProcess
    club: Club
    limited_until: float = 0.0  # on the wall clock, as a unix time
    phones: Phones = field(init=False)

    def __post_init__(self) -> None:
        self.phones = Phones(self.discord.world, self.guild)

    @property
    def guild(self) -> Guild:
        return self.club.guild

    def members(self) -> list[Member]:
        """Those who can look: everybody but bots and the owner whom the rehearsal makes up."""
        hidden = {self.guild.me.id, self.guild.owner.id}
        return [member for member in self.guild.members.values() if member.id not in hidden]

    def member(self, member_id: str) -> Member:
        found = next((member for member in self.members() if str(member.id) == member_id), None)
        if found is None:
            raise ClientRefuses("nobody here has that id")
        return found

    def thing(self, thing_id: str) -> Member | Role | Channel:
        """What an option or a select names by its id; ids are unique across kinds."""
        guild, number = self.guild, int(thing_id)
        found = guild.members.get(number) or guild.roles.get(number) or guild.channels.get(number)
        if found is None:
            raise ClientRefuses("that isn't there any more")
        return found

    def channel(self, channel_id: str) -> Channel | None:
        return self.discord.world.channel(int(channel_id)) if channel_id.isdecimal() else None
