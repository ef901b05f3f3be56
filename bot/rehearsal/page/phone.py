"""The phones of the members: which message pushes a text to whom, with what on the lock screen."""

from collections import deque
from dataclasses import dataclass

from bot.rehearsal.entities import THREADS, Channel
from bot.rehearsal.guilds import Guild
from bot.rehearsal.members import Member
from bot.rehearsal.messages import SUPPRESS_NOTIFICATIONS, Message, is_system
from bot.rehearsal.page.markdown import to_plain
from bot.rehearsal.page.messages import plain_texts
from bot.rehearsal.page.names import NamesFor
from bot.rehearsal.rules import Json
from bot.rehearsal.world import World

LOCK_SCREEN = 180  # characters that a phone shows at most; it cuts the rest
KEPT = 30


@dataclass(frozen=True, slots=True)
class Push:
    message: Message
    text: str  # as it was sent: a later edit or deletion doesn't reach a phone
    bares: bool
    to: frozenset[int]


class Phones:
    """Looks at each new message once. Discord's clients do this; what they show of a spoiler differs by client, so
    the worst is assumed: a lock screen drops the marks, `||…||` among them."""

    def __init__(self, world: World, guild: Guild) -> None:
        self._world, self._guild = world, guild
        self._seen: set[int] = set()
        self._pushes: deque[Push] = deque(maxlen=KEPT * 20)

    def look(self) -> None:
        """Take in the messages that are new since the last look."""
        channels = (*self._guild.channels.values(), *self._world.dms.values())
        every = (m for channel in channels for m in channel.messages.values())
        for message in sorted((m for m in every if m.id not in self._seen and not m.loading), key=_age):
            self._seen.add(message.id)
            silent = message.flags & SUPPRESS_NOTIFICATIONS or is_system(message)
            if message.ephemeral_to is None and not silent:
                self._pushes.append(self._push(message))

    def of(self, member: Member) -> list[Json]:
        """What lies on this member's lock screen, newest first."""
        mine = [push for push in reversed(self._pushes) if member.id in push.to]
        return [_shown(push) for push in mine[:KEPT]]

    def _push(self, message: Message) -> Push:
        plain = to_plain("\n".join(plain_texts(message)), NamesFor(self._guild, None))
        instead = f"asks: {message.poll.question}" if message.poll else "sent a file"
        to = frozenset(m.id for m in self._guild.members.values() if _gets(m, message))
        return Push(message, _cut(plain.text or instead), plain.bares, to)


def _age(message: Message) -> int:
    return message.id


def _gets(member: Member, message: Message) -> bool:
    """A club of the default setting: every message of a channel that one sees; of a thread, its members only."""
    channel = message.channel
    asked = (message.interaction or {}).get("user", {}).get("id")
    if member.user.bot or member.user is message.author or str(member.id) == asked:
        return False
    if not member.can_see(channel):
        return False
    pinged = {"everyone", f"user:{member.id}", *(f"role:{role.id}" for role in member.roles)}
    return _inside(member, channel) or bool(pinged & message.pings)


def _inside(member: Member, channel: Channel) -> bool:
    return channel.type not in THREADS or (channel.thread is not None and member.id in channel.thread.members)


def _cut(text: str) -> str:
    return text if len(text) <= LOCK_SCREEN else f"{text[: LOCK_SCREEN - 1]}…"


def _shown(push: Push) -> Json:
    message, channel = push.message, push.message.channel
    where = f"#{channel.name}" if channel.guild else "direct message"
    return {
        "id": str(message.id),
        "channel": str(channel.id),
        "who": message.author.name,
        "where": where,
        "at": message.created_at.timestamp(),
        "text": push.text,
        "bares": push.bares,
    }
