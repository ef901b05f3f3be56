"""A poll in its channel: votes, its end by the clock or by its author, and the line with the result."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from bot.rehearsal.answers import ClientRefuses
from bot.rehearsal.lines import Line
from bot.rehearsal.messages import Message
from bot.rehearsal.polls import Poll
from bot.rehearsal.published import publish, republish
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.standing import Standing
    from bot.rehearsal.world import World


def watch(world: World, message: Message) -> None:
    poll = asked_by(message)
    poll.missed = world.habits.poll_votes_missed
    world.timetable.plan(poll.expires_at, lambda: end(world, message))


def asked_by(message: Message) -> Poll:
    if message.poll is None:
        raise TypeError(f"{message.id} is no poll")
    return message.poll


def end(world: World, message: Message) -> None:
    """No more votes; the count is final when Discord says so, which may take hours."""
    poll = asked_by(message)
    if poll.ended or message.id not in message.channel.messages:
        return
    poll.ended, poll.expires_at = True, min(poll.expires_at, world.clock.now())
    republish(world, message)
    world.timetable.plan(world.clock.now() + world.habits.poll_final_after, lambda: _finish(world, message))


def vote(actor: Standing, message: Message, wanted: Collection[str]) -> None:
    """Choose answers by text, in place of those chosen before; none takes the vote back."""
    poll = asked_by(message)
    if poll.ended or not actor.reads(message):
        raise ClientRefuses(f"{actor.name} can't vote there: the poll is over, or out of sight")
    by_text = {answer.text: answer.id for answer in poll.answers}
    if len(wanted) > 1 and not poll.multiple:
        raise ClientRefuses("this poll takes one answer")
    if not set(wanted) <= by_text.keys():
        raise ClientRefuses(f"there is no such answer: {', '.join(by_text)}")
    chosen = {by_text[text] for text in wanted}
    before = {answer for answer, user in poll.votes if user == actor.id}
    for answer in sorted(before - chosen):
        del poll.votes[answer, actor.id]
        _tell(actor, message, "REMOVE", answer)
    for answer in sorted(chosen - before):
        poll.votes[answer, actor.id] = None
        _tell(actor, message, "ADD", answer)


def _tell(actor: Standing, message: Message, what: str, answer: int) -> None:
    guild = message.channel.guild
    if guild is not None and not guild.me.can_see(message.channel):
        return
    body: Json = {"user_id": str(actor.id), "channel_id": str(message.channel.id)}
    body |= {"message_id": str(message.id), "answer_id": answer}
    body |= {"guild_id": str(guild.id)} if guild else {}
    actor.world.emit(f"MESSAGE_POLL_VOTE_{what}", body, guild)


def _finish(world: World, message: Message) -> None:
    poll = asked_by(message)
    poll.final = True
    if message.id not in message.channel.messages:
        return
    republish(world, message)
    line = Message(
        world.ids.next(),
        message.channel,
        message.author,
        world.clock.now(),
        type=Line.POLL_RESULT,
        reference=message,
    )
    line.embeds = [
        {"type": "poll_result", "fields": [{"name": n, "value": v} for n, v in _result(poll).items()]}
    ]
    publish(world, line)


def _result(poll: Poll) -> dict[str, str]:
    """docs: Poll Results embed fields; a tie has no victor."""
    fields = {"poll_question_text": poll.question, "total_votes": str(len(poll.votes))}
    fields["victor_answer_votes"] = str(max(poll.counts().values(), default=0))
    if poll.winner is not None:
        fields |= {"victor_answer_id": str(poll.winner.id), "victor_answer_text": poll.winner.text}
    return fields
