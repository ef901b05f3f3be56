"""A poll's messages in its channel: posted once, redrawn from the state at that moment, whatever happens between."""

import asyncio
from collections.abc import Sequence
from weakref import WeakValueDictionary

import discord

from bot.domain.jobs import Job
from bot.domain.tissues.polls import Poll
from bot.domain.tissues.results import Figures, PeopleOnly, Result
from bot.house import House
from bot.i18n import Speaker
from bot.ui.cards import Card
from bot.ui.channels import Change
from bot.ui.pictures import Figure, Picture
from bot.ui.throttle import Throttle, pause_after
from cogs.tissues import cards, words
from cogs.tissues.words import Names

POSTED_AGAIN = 1  # times that a poll's lost message comes back by itself; after that a host has to ask


class Posting:
    """Knows where polls stand and keeps what stands there true."""

    def __init__(self, house: House, names: Names) -> None:
        self._tissues = house.tissues
        self._results = house.tissue_results
        self._clubs = house.clubs
        self._channels = house.channels
        self._pictures = house.pictures
        self._clock = house.clock
        self._names = names
        self._results_in_hand = WeakValueDictionary[int, asyncio.Lock]()
        self.throttle = Throttle(self._draw_poll)

    async def refresh_stale(self) -> None:
        """Redraws what a process that died left with an old number."""
        for poll_id in await self._results.stale():
            self.throttle.ask(poll_id)

    async def post(self, job: Job) -> None:
        """A new poll's message."""
        result = await self._results.result(job.subject)
        if result is None or result.poll.message_id:
            return
        poll = result.poll
        card = cards.poll_card(result, self._names, await self._speaker(poll))
        mark = cards.POLL_MARK.format(poll.poll_id)
        sent = await self._channels.send_in_time(poll.channel_id, card, job, mark)
        if sent:
            await self._results.posted(poll.poll_id, sent.message_id)
            self.throttle.ask(poll.poll_id)

    async def bring_back(self, poll: Poll) -> bool:
        """Posts an open poll again where its message is gone; whether it was."""
        if poll.message_id and not await self._channels.lost(poll.channel_id, poll.message_id):
            return False
        return await self._tissues.post_again(poll, self._clock.now())

    async def close_in_time(self, job: Job) -> None:
        """The poll's time is over."""
        await self._tissues.close(job.subject, job.generation, None, self._clock.now())

    async def show_result(self, job: Job) -> None:
        """The poll was closed: one message says what it came to, the same one however often it is closed."""
        try:
            async with self._hand_on_result(job.subject):
                result = await self._results.result(job.subject)
                if result is None or result.poll.open:
                    return  # reopened meanwhile: the next close shows it
                await self._place_result(job, result)
        finally:
            await self.throttle.at_once(job.subject)

    async def show_reopened(self, job: Job) -> None:
        """The poll was reopened: its message takes answers again, and the result says that it is none any more."""
        async with self._hand_on_result(job.subject):
            poll = await self._results.poll(job.subject)
            if poll and poll.open and poll.result_id:
                card = cards.reopened_card(poll, self._names, await self._speaker(poll))
                await self._change_result(poll, poll.result_id, card, files=())
        await self.throttle.at_once(job.subject)

    async def picture(self, result: Result, t: Speaker) -> Picture | None:
        """The histogram of a result that has one."""
        if isinstance(result, PeopleOnly):
            return None
        bars = [Figure(label, str(people), people) for label, people in result.counts.bins]
        return await self._pictures.bars("tissues", words.histogram_alt(result.counts, t), bars)

    async def _place_result(self, job: Job, result: Result) -> None:
        poll = result.poll
        card, files = await self._result(result)
        if poll.result_id:
            match await self._change_result(poll, poll.result_id, card, files):
                case Change.DONE:
                    return
                case Change.OUT_OF_REACH:
                    await self._channels.wait_for(poll.channel_id, poll.club_id)
                    return
                case Change.MESSAGE_GONE:
                    card, files = await self._result(result)
        mark = cards.RESULT_MARK.format(poll.poll_id)
        sent = await self._channels.send_in_time(poll.channel_id, card, job, mark, files)
        if sent:
            await self._results.result_posted(poll.poll_id, sent.message_id)
            if not sent.anew:
                card, files = await self._result(result)
                await self._channels.edit(poll.channel_id, sent.message_id, card, files)

    async def _change_result(
        self, poll: Poll, message_id: int, card: Card, files: Sequence[discord.File]
    ) -> Change:
        """Shows `card` where the result stands; a message that is gone is forgotten."""
        change = await self._channels.change(poll.channel_id, message_id, card, files)
        if change is Change.MESSAGE_GONE:
            await self._results.result_gone(poll.poll_id, message_id)
        return change

    async def _result(self, result: Result) -> tuple[Card, Sequence[discord.File]]:
        """The result's card and its picture, where pictures may be sent."""
        poll, t = result.poll, await self._speaker(result.poll)
        drawn = self._channels.may(poll.channel_id, attach_files=True)
        picture = await self.picture(result, t) if drawn else None
        card = cards.result_card(result, self._names, t, picture, mark=True)
        return card, [picture.file()] if picture else []

    async def _draw_poll(self, poll_id: int) -> float:
        """Redraws the poll's message; how long to leave it alone then."""
        result = await self._results.result(poll_id)
        if result is None or (message_id := result.poll.message_id) is None:
            return 0.0
        poll = result.poll
        card = cards.poll_card(result, self._names, await self._speaker(poll))
        match await self._channels.change(poll.channel_id, message_id, card):
            case Change.DONE:
                people = result.counts.people if isinstance(result, Figures) else result.people
                await self._results.shown(poll_id, people)
            case Change.MESSAGE_GONE:
                await self._tissues.post_again(poll, self._clock.now(), most=POSTED_AGAIN)
            case Change.OUT_OF_REACH:
                pass  # the next press asks again
        return pause_after(message_id, self._clock.now())

    def _hand_on_result(self, poll_id: int) -> asyncio.Lock:
        return self._results_in_hand.setdefault(poll_id, asyncio.Lock())

    async def _speaker(self, poll: Poll) -> Speaker:
        return self._channels.speaker(poll.channel_id, await self._clubs.settings(poll.club_id))
