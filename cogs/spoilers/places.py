"""Where a thread is opened, and which rights the bot lacks for it there."""

import discord
from msgspec import Struct

from bot.errors import UserError
from bot.ui.channels import Channels
from bot.ui.desk import Asker
from bot.ui.threads import ThreadRooms

THREADED = {discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum}


class Found(Struct, frozen=True):
    """The channel that the thread goes under."""

    channel_id: int


class NoPlace(Struct, frozen=True):
    """Private threads can't be here, and the club has set no channel for them."""

    channel_id: int


class Lacking(Struct, frozen=True):
    """The bot lacks these rights there."""

    channel_id: int
    missing: list[str]


PlaceFor = Found | NoPlace | Lacking


def home(asker: Asker) -> int:
    """The channel itself, or the one a thread is under."""
    channel = asker.interaction.channel
    if isinstance(channel, discord.Thread):
        return channel.parent_id
    return asker.channel_id


def place_for(asker: Asker, rooms: ThreadRooms, channels: Channels, *, gated: bool) -> PlaceFor:
    """Here, if such a thread can be here; else the text channel that the club has set for gated ones."""
    here = home(asker)
    fits = {discord.ChannelType.text} if gated else THREADED
    kind = rooms.kind(here)
    if kind is not None and kind not in fits:
        if asker.club.spoilers is None:
            return NoPlace(here)
        here = asker.club.spoilers
        if rooms.kind(here) not in {*fits, None}:
            return NoPlace(here)
    missing = channels.missing(here, **_rights(rooms, here, gated=gated))
    return Lacking(here, missing) if missing else Found(here)


def require_thread_place(found: PlaceFor) -> int:
    """The channel of a public thread; UserError says what stands in the way."""
    match found:
        case Found(channel):
            return channel
        case NoPlace(channel):
            raise UserError("spoilers.no_threads_here", channel=f"<#{channel}>")
        case Lacking(channel, missing):
            raise UserError(
                "spoilers.cannot_open_public", channel=f"<#{channel}>", missing=", ".join(missing)
            )


def _rights(rooms: ThreadRooms, channel_id: int, *, gated: bool) -> dict[str, bool]:
    needed = ["view_channel", "read_message_history", "send_messages", "send_messages_in_threads"]
    if gated:
        needed.append("create_private_threads")
    elif rooms.kind(channel_id) is not discord.ChannelType.forum:
        needed.append("create_public_threads")
    return dict.fromkeys(needed, True)
