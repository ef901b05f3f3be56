"""A member and what they do: commands, buttons, selects, forms, menus, words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.rehearsal import acting, client, poll_life, speech, threads
from bot.rehearsal.answers import Answer, Choice, Modal
from bot.rehearsal.entities import Channel
from bot.rehearsal.messages import Message
from bot.rehearsal.scheduled import EventPlace, ScheduledEvent
from bot.rehearsal.standing import Standing


@dataclass(eq=False, slots=True, repr=False)
class Member(Standing):
    def leave(self) -> None:
        self.guild.kick(self)

    async def slash(self, channel: Channel, path: str, /, **options: Any) -> Answer:
        """Call a slash command: `slash(cinema, "miracle version", version="tr2019")`."""
        return await acting.slash(self, channel, path, options)

    async def complete(
        self, channel: Channel, path: str, /, *, also: Mapping[str, Any] | None = None, **focused: Any
    ) -> list[Choice]:
        """Type into one option; `also` are the options filled already."""
        (typed,) = focused.items()
        return await acting.complete(self, channel, path, typed, also or {})

    async def press(self, message: Message | Answer, name: str, /, **fields: Any) -> Answer:
        """Press a button by label or custom_id; with `fields`, fill the form it opens too."""
        answer = await acting.press(self, _message(message), name)
        return await self.submit(answer.modal, **fields) if fields else answer

    async def choose(self, message: Message | Answer, name: str, /, *values: Any) -> Answer:
        """Choose in a select by placeholder or custom_id; values are labels, values or things."""
        return await acting.choose(self, _message(message), name, values)

    async def submit(self, modal: Modal, values: Mapping[str, Any] | None = None, /, **fields: Any) -> Answer:
        """Send a form; fields are named by custom_id or label."""
        return await acting.submit(self, modal, {**(values or {}), **fields})

    async def menu(
        self, target: Message | Answer | Member, name: str, /, *, channel: Channel | None = None
    ) -> Answer:
        """Call a context menu of a message, or of a member in a channel."""
        thing = target.message if isinstance(target, Answer) else target
        where = thing.channel if isinstance(thing, Message) else channel
        if where is None:
            raise TypeError("a member's menu is opened in a channel: pass channel=")
        return await acting.menu(self, thing, name, where)

    def schedule(
        self, name: str, starts_at: datetime, ends_at: datetime, *, location: str = "the cinema"
    ) -> ScheduledEvent:
        """Plan an event that isn't the bot's."""
        event = ScheduledEvent(
            self.world.ids.next(), self.guild, self.user, name, EventPlace.EXTERNAL, starts_at, ends_at
        )
        event.location = location
        return event.publish()

    def interested(self, event: ScheduledEvent) -> None:
        """Press "Interested" on a scheduled event."""
        event.interested.add(self.id)
        ids = {"guild_scheduled_event_id": str(event.id), "user_id": str(self.id)}
        self.world.emit("GUILD_SCHEDULED_EVENT_USER_ADD", {**ids, "guild_id": str(self.guild.id)}, self.guild)

    def say(
        self,
        channel: Channel,
        text: str = "",
        *,
        files: Mapping[str, bytes] | None = None,
        reply_to: Message | None = None,
        forward: Message | None = None,
        sticker: str | None = None,
        voice: bool = False,
    ) -> Message:
        """Write a message as this member: words, files by name, a reply, a forward, a sticker, a voice message."""
        return speech.write(
            self,
            channel,
            text,
            files=files or {},
            reply_to=reply_to,
            forward=forward,
            sticker=sticker,
            voice=voice,
        )

    def edit(self, message: Message, text: str) -> None:
        speech.edit(self, message, text)

    def delete(self, message: Message) -> None:
        speech.delete(self, message)

    def ask(
        self,
        channel: Channel,
        question: str,
        answers: Sequence[str],
        *,
        hours: int = 24,
        multiple: bool = False,
    ) -> Message:
        """Start a native poll."""
        return speech.ask(self, channel, question, answers, hours=hours, multiple=multiple)

    def vote(self, message: Message, *answers: str) -> None:
        """Vote in a native poll, in place of an earlier vote; without answers, take it back."""
        poll_life.vote(self, message, answers)

    # threads

    def start_thread(
        self, parent: Channel, name: str, *, private: bool = False, source: Message | None = None
    ) -> Channel:
        return client.start_thread(self, parent, name, private=private, source=source)

    def post(self, forum: Channel, title: str, text: str, *, tags: Iterable[str] = ()) -> Channel:
        """Start a post in a forum, under tags by name."""
        return client.post(self, forum, title, text, tags)

    def join(self, thread: Channel) -> None:
        client.join(self, thread)

    def leave_thread(self, thread: Channel) -> None:
        threads.leave(thread, self.user)

    def add(self, thread: Channel, other: Member) -> None:
        """Bring another member into a thread."""
        client.add(self, thread, other)

    def remove(self, thread: Channel, other: Member) -> None:
        client.remove(self, thread, other)

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        client.archive(self, thread, locked=locked)

    def unarchive(self, thread: Channel) -> None:
        client.unarchive(self, thread)


def _message(thing: Message | Answer) -> Message:
    return thing.message if isinstance(thing, Answer) else thing
