"""What a member's client does with words and threads, and says when Discord wouldn't have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.rehearsal import thread_acts, thread_rules, threads
from bot.rehearsal.access import require
from bot.rehearsal.answers import ClientRefuses
from bot.rehearsal.entities import Channel
from bot.rehearsal.messages import Message
from bot.rehearsal.rules import ApiError

if TYPE_CHECKING:
    from bot.rehearsal.standing import Standing


@contextmanager
def refusing(actor: Standing) -> Iterator[None]:
    """Discord's error as the client puts it; a member's mistake is no violation of the bot's."""
    try:
        yield
    except ApiError as error:
        raise ClientRefuses(f"{actor.name}: {error}") from error


def start_thread(
    actor: Standing, parent: Channel, name: str, *, private: bool, source: Message | None
) -> Channel:
    with refusing(actor):
        thread_rules.check_start(actor, parent, private=private)
        return thread_acts.start(actor, parent, name, private=private, source=source)


def post(actor: Standing, forum: Channel, title: str, text: str, tags: Iterable[str]) -> Channel:
    by_name = {tag.name: tag.id for tag in forum.tags}
    chosen = [by_name[name] for name in tags]
    with refusing(actor):
        thread_rules.check_post(actor, forum, chosen)
        thread = thread_acts.start(actor, forum, title, tags=chosen)
        actor.world.say(thread, actor.user, text, number=thread.id)
        return thread


def join(actor: Standing, thread: Channel) -> None:
    with refusing(actor):
        require(thread, by=actor)
        thread_rules.check_open(thread)
        thread_rules.check_room(thread, actor.user)
        threads.enter(thread, [actor.user])


def add(actor: Standing, thread: Channel, other: Standing) -> None:
    with refusing(actor):
        thread_rules.check_add(actor, thread, other.user)
        thread_acts.add(actor, thread, other.user)


def remove(actor: Standing, thread: Channel, other: Standing) -> None:
    with refusing(actor):
        thread_rules.check_remove(actor, thread)
        thread_acts.remove(actor, thread, other.user)


def archive(actor: Standing, thread: Channel, *, locked: bool) -> None:
    with refusing(actor):
        thread_rules.check_change(actor, thread, {"archived": True} | ({"locked": True} if locked else {}))
        threads.archive(thread, locked=locked or None)


def unarchive(actor: Standing, thread: Channel) -> None:
    with refusing(actor):
        thread_rules.check_change(actor, thread, {"archived": False})
        threads.unarchive(thread)
