"""A discord.py bot that plans events, opens threads, writes by webhook and polls, and says what it read back."""

import asyncio
import io
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta

import discord
import yarl
from discord import app_commands
from discord.ext import commands

discord.http.Route.BASE = os.environ["DISCORD_API_BASE"]
host = yarl.URL(discord.http.Route.BASE)
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = host.with_scheme("ws").with_path("/gateway")
Deed = Callable[[discord.Guild, discord.TextChannel, discord.Member], Awaitable[str]]


async def evening(guild: discord.Guild, channel: discord.TextChannel, _: discord.Member) -> str:
    start = discord.utils.utcnow() + timedelta(hours=1)
    event = await guild.create_scheduled_event(
        name="Cell No. 7",
        start_time=start,
        end_time=start + timedelta(hours=2),
        entity_type=discord.EntityType.external,
        privacy_level=discord.PrivacyLevel.guild_only,
        location="#cinema",
        description="Bring tissues",
    )
    event = await event.edit(name="Moved", start_time=start + timedelta(minutes=5))
    event = await event.start()
    listed = [each.name for each in await guild.fetch_scheduled_events()]
    event = await event.end()
    return f"{listed} {event.status.name} {event.location}"


async def threads(guild: discord.Guild, channel: discord.TextChannel, friend: discord.Member) -> str:
    thread = await channel.create_thread(name="🔒 kr2013", invitable=False, auto_archive_duration=10080)
    await thread.add_user(friend)
    await thread.edit(auto_archive_duration=1440)
    await thread.edit(archived=True, locked=True)
    thread = await thread.edit(archived=False, locked=False)
    await thread.remove_user(friend)
    note = await thread.send("closing note")
    await note.pin()
    pinned = [message.content async for message in thread.pins()]
    forum = next(c for c in guild.channels if isinstance(c, discord.ForumChannel))
    tag = await forum.create_tag(name="kr2013")
    post = await forum.create_thread(
        name="The ending",
        content="Talk freely",
        applied_tags=[tag],
        file=discord.File(io.BytesIO(b"x"), "a.txt"),
    )
    tags = [each.name for each in post.thread.applied_tags]
    found = sorted(each.name for each in await guild.active_threads())
    await thread.edit(archived=True)
    gone = [each.name async for each in channel.archived_threads(private=True)]
    return f"{thread.type.name} {thread.invitable} {pinned} {tags} {found} {gone}"


async def hooks(_: discord.Guild, channel: discord.TextChannel, friend: discord.Member) -> str:
    hook = await channel.create_webhook(name="Tissue Box")
    thread = await channel.create_thread(name="public", type=discord.ChannelType.public_thread)
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Delete", custom_id="delete"))
    sent = await hook.send(
        "||he lives||",
        username=friend.display_name,
        avatar_url=friend.display_avatar.url,
        allowed_mentions=discord.AllowedMentions.none(),
        file=discord.File(io.BytesIO(b"x"), "a.txt", spoiler=True),
        thread=thread,
        view=view,
        wait=True,
    )
    seen = await thread.fetch_message(sent.id)
    whole = await hook.fetch_message(sent.id, thread=thread)
    edited = await hook.edit_message(sent.id, content="||he dies||", thread=thread)
    mine = [each.name for each in await channel.webhooks() if each.token]
    known = seen.webhook_id == hook.id
    return f"{whole.author.name} {seen.content!r} {whole.content!r} {edited.content!r} {known} {mine}"


async def vote(_: discord.Guild, channel: discord.TextChannel, __: discord.Member) -> str:
    poll = discord.Poll("Which next?", timedelta(hours=24), multiple=True)
    for film in ("Korea", "Turkey"):
        poll.add_answer(text=film, emoji="🎬")
    message = await channel.send(poll=poll, nonce="poll:1")
    for _attempt in range(100):
        read = (await channel.fetch_message(message.id)).poll
        if read is not None and read.total_votes:
            break
        await asyncio.sleep(0.05)
    ended = (await message.end_poll()).poll
    final = (await channel.fetch_message(message.id)).poll
    if ended is None or final is None:
        return "no poll"
    voters = [user.name async for user in final.answers[1].voters()]
    counts = {answer.text: answer.vote_count for answer in final.answers}
    return f"{final.question} {counts} {voters} {final.is_finalised()}"


DEEDS: dict[str, Deed] = {"evening": evening, "threads": threads, "hooks": hooks, "vote": vote}


@app_commands.command(description="Do one thing and say what came of it")
async def do(interaction: discord.Interaction, deed: str, friend: discord.Member) -> None:
    await interaction.response.defer()
    if interaction.guild is None or not isinstance(interaction.channel, discord.TextChannel):
        raise TypeError("a server's text channel is needed")
    try:
        said = await DEEDS[deed](interaction.guild, interaction.channel, friend)
    except discord.HTTPException as refused:
        said = f"refused: {refused}"
    await interaction.followup.send(said)


class Club(commands.AutoShardedBot):
    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, guild_scheduled_events=True)
        super().__init__("!", intents=intents, help_command=None)

    async def setup_hook(self) -> None:
        self.tree.add_command(do)
        await self.tree.sync()


if __name__ == "__main__":
    Club().run(os.environ["DISCORD_TOKEN"], log_level=30)
