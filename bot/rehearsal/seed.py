"""The Sunday Cell Film Club: a server as its members left it, for whoever looks at the bot for the first time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.rehearsal.entities import Channel
from bot.rehearsal.guilds import Guild
from bot.rehearsal.members import Member
from bot.rehearsal.messages import Message
from bot.rehearsal.permissions import Overwrite, Permission
from bot.rehearsal.published import publish
from bot.rehearsal.rehearsal import Rehearsal

FOUNDED = datetime(
    2026, 3, 1, 18, 0, tzinfo=UTC
)  # the same ids in every run: the bot's data finds its club again
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
    "tissues": "Counts, boxes, records",
    "requests": "What to watch next",
    "office": "For hosts and admins",
}

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
        forum = guild.forum_channel("film-talk")
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
    for name in ("tissues", "requests"):
        guild.overwrite(channels[name], role["Guest"], Overwrite(deny=VIEW))


def _talk(guild: Guild, channels: dict[str, Channel], forum: Channel, members: dict[str, Member]) -> None:
    now = guild.world.clock.now()

    def say(channel: Channel, who: str, ago: timedelta, text: str) -> Message:
        message = Message(guild.world.ids.next(), channel, members[who].user, now - ago, text)
        return publish(guild.world, message)

    minutes = timedelta(minutes=1)
    say(channels["welcome"], "Ada", 3000 * minutes, WELCOME.format(cinema=channels["cinema"].id))
    say(channels["lounge"], "Joy", 95 * minutes, "Who else has never seen the Turkish one?")
    say(channels["lounge"], "Dilan", 91 * minutes, "I have, twice. All I say is: ||bring **two** boxes||.")
    say(channels["lounge"], "Bob", 88 * minutes, "*One* box for me, please.")
    say(
        channels["cinema"],
        "Hana",
        40 * minutes,
        "The cell opens in a quarter of an hour. Who knows which film it is tonight?",
    )
    say(channels["cinema"], "Kemal", 34 * minutes, "Ask the bot: type `/miracle versions` below.")
    say(channels["requests"], "Diego", 200 * minutes, "*La celda de los milagros*, in November?")
    say(channels["office"], "Hana", 180 * minutes, "I take Sunday, Kemal takes the one after.")
    snacks = guild.thread(channels["cinema"], "Snacks for Sunday", owner=members["Joy"])
    say(snacks, "Joy", 30 * minutes, "Polvoron and tea here.")
    say(snacks, "Asha", 22 * minutes, "Murukku. Enough for the whole cell.")
    corner = guild.thread(channels["lounge"], "Hosts only", owner=members["Hana"], private=True)
    _join(corner, members["Kemal"])
    say(corner, "Kemal", 20 * minutes, "Can you take the lobby if my train is late?")
    first = guild.thread(forum, "Which version should a newcomer see first?", owner=members["Grace"])
    say(first, "Grace", 700 * minutes, "The Korean one, I'd say. Others?")


def _join(thread: Channel, member: Member) -> None:
    if thread.thread is not None:
        thread.thread.members[member.id] = member.world.clock.now()
