"""The Sunday Cell Film Club: a server as its members left it, for whoever looks at the bot for the first time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.rehearsal.entities import Channel
from bot.rehearsal.guilds import Guild
from bot.rehearsal.members import Member
from bot.rehearsal.permissions import Overwrite, Permission
from bot.rehearsal.rehearsal import Rehearsal

FOUNDED = datetime(
    2026, 3, 1, 18, 0, tzinfo=UTC
)  # the same ids in every run: the bot's data finds its club again
EARLIEST = timedelta(hours=12)
SEND, VIEW = Permission.SEND_MESSAGES, Permission.VIEW_CHANNEL

# name: locale, zone, role
MEMBERS = {
    "Mina": ("en-GB", "Europe/London", ""),
    "Ada": ("en-US", "America/New_York", "Admin"),
    "Hana": ("ko", "Asia/Seoul", "Host"),
    "Kemal": ("tr", "Europe/Istanbul", "Host"),
    "Joy": ("en-US", "Asia/Manila", ""),
    "Putri": ("id", "Asia/Jakarta", ""),
    "Diego": ("es-419", "America/Mexico_City", ""),
    "Asha": ("hi", "Asia/Kolkata", ""),
    "Dilan": ("tr", "Europe/Istanbul", ""),
    "Bob": ("de", "Europe/Berlin", ""),
    "Grace": ("en-US", "Asia/Manila", "Moderator"),
    "Nils": ("sv-SE", "Europe/Stockholm", "Guest"),
}
ROLES = {
    "Admin": Permission.MANAGE_GUILD | Permission.MANAGE_CHANNELS,
    "Host": Permission.MANAGE_EVENTS | Permission.CREATE_EVENTS,
    "Moderator": Permission.MANAGE_MESSAGES | Permission.MANAGE_THREADS | Permission.PIN_MESSAGES,
    "Guest": Permission.NONE,
}
TOPICS = {
    "welcome": "Read me first",
    "lounge": "Anything but the ending",
    "cinema": "Where we watch, Sundays",
    "requests": "What to watch next",
    "office": "For hosts and admins",
}

CANDIDATES = ("La celda de los milagros", "2nd Miracle in Cell No. 7", "The first one again")
WELCOME = """# Welcome
We meet in <#{cinema}> on Sundays.
> Bring tissues.
-# Be kind to those who come later."""


@dataclass(frozen=True, slots=True)
class Club:
    """The server, and what Discord itself tells nobody: in which zone each member lives, by member id."""

    guild: Guild
    cinema: Channel
    first: Member
    zones: dict[int, str]


def seed(discord_: Rehearsal) -> Club:
    """Found the club. What was said before today is there already."""
    with discord_.world.ids.at(FOUNDED):
        guild = discord_.guild("Sunday Cell Film Club", locale="en-US")
        roles = {name: guild.role(name, permissions=bits) for name, bits in ROLES.items()}
        members = {
            name: guild.member(name, locale=locale, roles=[roles[role]] if role else [])
            for name, (locale, _, role) in MEMBERS.items()
        }
        channels = {name: guild.text_channel(name) for name in TOPICS}
        for name, topic in TOPICS.items():
            channels[name].topic = topic
        guild.voice_channel("screening-room")
        forum = guild.forum_channel("film-talk", tags=("for newcomers", "versions", "spoilers"))
        _restrict(guild, channels)
    _talk(guild, channels, forum, members)
    zones = {members[name].id: zone for name, (_, zone, _) in MEMBERS.items()}
    return Club(guild, channels["cinema"], members["Mina"], zones)


def _restrict(guild: Guild, channels: dict[str, Channel]) -> None:
    role = {role.name: role for role in guild.roles.values()}
    guild.overwrite(channels["welcome"], guild.everyone, Overwrite(deny=SEND))
    guild.overwrite(channels["office"], guild.everyone, Overwrite(deny=VIEW))
    for inside in ("Admin", "Host"):
        guild.overwrite(channels["office"], role[inside], Overwrite(allow=VIEW))
    guild.overwrite(channels["office"], guild.bot_role, Overwrite(allow=VIEW))
    guild.overwrite(channels["requests"], role["Guest"], Overwrite(deny=VIEW))


def _talk(guild: Guild, channels: dict[str, Channel], forum: Channel, members: dict[str, Member]) -> None:
    """What was said in the last hours, with the clock turned back to when it was."""
    clock = guild.world.clock
    clock.offset = -EARLIEST

    def say(minutes_ago: float, who: str, where: Channel, text: str) -> None:
        clock.jump(timedelta(minutes=-minutes_ago) - clock.offset)
        members[who].say(where, text)

    cinema, lounge = channels["cinema"], channels["lounge"]
    guild.world.say(channels["welcome"], members["Ada"].user, WELCOME.format(cinema=cinema.id))
    members["Grace"].post(
        forum, "Which one first?", "The Korean one, I'd say. Others?", tags=["for newcomers"]
    )
    say(200, "Diego", channels["requests"], "*La celda de los milagros*, in November?")
    members["Diego"].ask(channels["requests"], "Which one next?", CANDIDATES, hours=48)
    say(180, "Hana", channels["office"], "I take Sunday, Kemal takes the one after.")
    say(95, "Joy", lounge, "Who else has never seen the Turkish one?")
    say(91, "Dilan", lounge, "I have, twice. All I say is: ||bring **two** boxes||.")
    say(88, "Bob", lounge, "*One* box for me, please.")
    say(40, "Hana", cinema, "The cell opens at eight. Who knows which film it is tonight?")
    snacks = members["Joy"].start_thread(cinema, "Snacks for Sunday")
    say(36, "Joy", snacks, "Polvoron and tea here.")
    say(34, "Kemal", cinema, "Ask the bot: type `/miracle versions` below.")
    corner = members["Hana"].start_thread(lounge, "Hosts only", private=True)
    members["Hana"].add(corner, members["Kemal"])
    say(30, "Asha", snacks, "Murukku. Enough for the whole cell.")
    say(20, "Kemal", corner, "Can you take the lobby if my train is late?")
    clock.jump(-clock.offset)
