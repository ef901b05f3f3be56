"""What a member can look up and say: the open threads, their own seen list, a question for the thread."""

from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.domain.threads.thread import SpoilerThread
from bot.errors import UserError
from bot.house import House
from bot.i18n import Speaker
from bot.ui.cards import Card, button, menu, pages, rows, small
from bot.ui.desk import Asker, Handler, Press
from bot.ui.members import require_voice
from bot.ui.threads import ThreadRooms
from bot.ui.throttle import Throttle
from cogs.spoilers import cards
from cogs.spoilers.gate import door_url
from cogs.spoilers.titles import Titles, listed

MOST_OPTIONS = 25


class Lists:
    """Answers to one member, and questions to a thread."""

    def __init__(self, house: House, rooms: ThreadRooms, titles: Titles, line: Throttle) -> None:
        self._house = house
        self._seen = house.seen
        self._threads = house.threads
        self._rooms = rooms
        self._titles = titles
        self._line = line

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "spoilers-list", self._pressed_list
        yield "spoilers-page", self._turned
        yield "spoilers-prompt", self._pressed_prompt

    async def show_threads(self, asker: Asker, page: int = 0) -> None:
        """`/spoilers list`: open threads under channels that the member sees."""
        t, member = asker.t, asker.interaction.user
        threads = [
            thread
            for thread in await self._threads.open_in(asker.club_id)
            if thread.thread_id and self._rooms.sees(thread.parent_id, member)
        ]
        cut = pages([await self._entry(thread, asker) for thread in threads])
        page = min(page, len(cut) - 1)
        await asker.whisper(
            Card(
                f"### {t('spoilers.list_title')}",
                "\n".join(cut[page]) or t("spoilers.list_empty"),
                *_doors(threads, t),
                *rows(
                    [
                        button(t("button.back"), f"spoilers-page:{page - 1}") if page else None,
                        button(t("button.more", page=page + 2, pages=len(cut)), f"spoilers-page:{page + 1}")
                        if page + 1 < len(cut)
                        else None,
                    ]
                ),
            )
        )

    async def seen(self, asker: Asker, typed: str | None) -> None:
        """`/spoilers seen`: puts versions on one's own list, or shows it."""
        t, said = asker.t, ""
        if typed:
            film, keys = self._titles.find(typed)
            await self._seen.add(asker.member_id, film.slug, keys, asker.now)
            said = t(
                "spoilers.seen_added", versions=listed([self._titles.title(film.slug, k) for k in keys], t)
            )
        await self._show_seen(asker, said)

    async def unseen(self, asker: Asker, typed: str) -> None:
        """`/spoilers unseen`: takes versions off it, and the member out of their gated threads."""
        film, keys = self._titles.find(typed)
        left: set[int] = set()
        for key in keys:
            _, threads = await self._seen.remove(asker.member_id, film.slug, key)
            left |= set(threads)
        for thread_row in left:
            self._line.ask(thread_row)
        t = asker.t
        titles = listed([self._titles.title(film.slug, key) for key in keys], t)
        parts = [t("spoilers.seen_removed", versions=titles), t("spoilers.left", n=len(left)) if left else ""]
        await self._show_seen(asker, " ".join(filter(None, parts)))

    async def prompt(self, asker: Asker) -> None:
        """`/spoilers prompt`: a question that this thread hasn't had, for everybody in it."""
        require_voice(asker)
        thread = await self._threads.at(asker.channel_id)
        if thread is None or thread.club_id != asker.club_id:
            raise UserError("spoilers.not_a_thread")
        if not thread.open:
            raise UserError("spoilers.shut")
        film = self._titles.film(thread.subject.film)
        question = await self._threads.ask(thread, film, asker.room, asker.now)
        if question is None:
            raise UserError("spoilers.no_more_questions")
        await asker.show(cards.question_card(thread, question, asker.public, first=False))

    async def _entry(self, thread: SpoilerThread, asker: Asker) -> str:
        """One thread, where its door is, and what one would need to have seen."""
        t, subject = asker.t, thread.subject
        if not subject.gated:
            return t("spoilers.list_public", thread=f"<#{thread.thread_id}>", name=thread.name)
        unseen = subject.unseen_by(await self._seen.of(asker.member_id, subject.film))
        where = f"[{thread.name}]({door_url(thread)})" if thread.gate_id else f"**{thread.name}**"
        if not unseen:
            return t("spoilers.list_may_enter", thread=where)
        return t("spoilers.list_needs", thread=where, versions=listed(unseen, t))

    async def _show_seen(self, asker: Asker, said: str) -> None:
        t = asker.t
        mine = await self._seen.everything(asker.member_id)
        lines = [f"- {self._titles.title(film, key)}" for film, key in mine]
        await asker.whisper(
            Card(
                f"### {t('spoilers.seen_title')}",
                said,
                "\n".join(lines) or t("spoilers.seen_none"),
                small(t("spoilers.seen_rules")),
            )
        )

    async def _pressed_list(self, press: Press) -> None:
        await self.show_threads(press.asker)

    async def _turned(self, press: Press) -> None:
        await self.show_threads(press.asker, press.number())

    async def _pressed_prompt(self, press: Press) -> None:
        await self.prompt(press.asker)


def _doors(threads: Sequence[SpoilerThread], t: Speaker) -> list["discord.ui.ActionRow[Any]"]:
    """A way in that doesn't hang on the message at the door."""
    gated = [
        discord.SelectOption(label=thread.name, value=str(thread.row))
        for thread in threads
        if thread.subject.gated
    ][:MOST_OPTIONS]
    return [menu(t("spoilers.enter"), "spoilers-knock", gated)] if gated else []


def thread_label(thread: SpoilerThread, t: Speaker) -> str:
    """A thread in an option's list."""
    return thread.name if thread.subject.gated else t("spoilers.label_public", name=thread.name)
