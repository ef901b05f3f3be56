"""What hosts do with a poll: open it, close it, undo the close, recount."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import assert_never

from bot.domain.moments import moment_in
from bot.domain.tissues.outcomes import (
    AlreadyOpen,
    JustClosed,
    NeedsClose,
    NoSuchPoll,
    NotOpen,
    Opened,
    Reopened,
    ReopenOutcome,
    StillOpen,
    TooLate,
)
from bot.domain.tissues.polls import OPEN_FOR, REOPEN_WITHIN, Poll
from bot.domain.tissues.results import Recount
from bot.errors import UserError
from bot.house import House
from bot.i18n import Speaker
from bot.services.tissues import NewPoll
from bot.ui.cards import Card, button, rows
from bot.ui.dates import moment
from bot.ui.desk import Asker, Handler, Press
from bot.ui.hosts import require_host
from cogs.tissues import words
from cogs.tissues.choosing import latest_poll, named_poll, pick_card
from cogs.tissues.posting import Posting
from cogs.tissues.words import Names

REOPEN_HOURS = (1, 24, 48)


class Hosting:
    """Everything that takes a host."""

    def __init__(self, house: House, names: Names, posting: Posting) -> None:
        self._tissues = house.tissues
        self._results = house.tissue_results
        self._channels = house.channels
        self._names = names
        self._posting = posting

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "tissues-close-which", self._picked_to_close
        yield "tissues-close", self._confirmed
        yield "tissues-leave-open", self._left_open
        yield "tissues-reopen", self._reopened_for

    async def open(self, asker: Asker, version: str | None, closes: str | None, *, live: bool) -> None:
        require_host(asker)
        film, key = self._names.find(version)
        channel = asker.club.announcements or asker.channel_id
        self._require_rights(asker, channel)
        new = NewPoll(
            club_id=asker.club_id,
            channel_id=channel,
            film=film,
            version=key,
            live=live,
            opened_by=asker.member_id,
            closes_at=_close_time(asker, closes) or asker.now + OPEN_FOR,
        )
        t = asker.t
        match await self._tissues.open(new, asker.now):
            case Opened(poll):
                said = t("tissues.opened", channel=f"<#{channel}>", when=moment(poll.closes_at))
                await asker.whisper(Card(said))
            case AlreadyOpen(poll):
                if not await self._posting.bring_back(poll):
                    raise UserError("tissues.already_open", **_where(poll))
                await asker.whisper(Card(t("tissues.posted_again", **_where(poll))))

    async def close(self, asker: Asker, typed: str | None) -> None:
        """Asks first: closing shows the counts to everybody."""
        require_host(asker)
        if typed:
            await self._ask_to_close(asker, await named_poll(asker, self._results, typed))
            return
        polls = await self._results.open_polls(asker.club_id)
        if not polls:
            raise UserError("tissues.none_open")
        if len(polls) > 1:
            await asker.whisper(pick_card(polls, "tissues-close-which", self._names, asker))
        else:
            await self._ask_to_close(asker, polls[0])

    async def reopen(self, asker: Asker, typed: str | None, closes: str | None) -> None:
        require_host(asker)
        poll = await latest_poll(asker, self._results, typed, lambda poll: not poll.open)
        if poll is None:
            raise UserError("tissues.none_closed")
        await self._reopen(asker, poll.poll_id, _close_time(asker, closes))

    async def recount(self, asker: Asker, typed: str | None) -> None:
        require_host(asker)
        poll = await latest_poll(asker, self._results, typed, lambda _: True)
        recount = await self._results.recount(poll.poll_id) if poll else None
        if recount is None:
            raise UserError("tissues.none_yet")
        await asker.whisper(_recount_card(recount, self._names, asker.t))

    def _require_rights(self, asker: Asker, channel: int) -> None:
        """Named here and now, while the host is looking: a job that fails later tells nobody."""
        missing = self._channels.missing_to_post(channel)
        if missing:
            raise UserError("tissues.cannot_post", channel=f"<#{channel}>", missing=", ".join(missing))
        if missing is None and channel != asker.channel_id:
            raise UserError("tissues.channel_gone")

    def _require_rights_for_result(self, poll: Poll) -> None:
        """Where the poll's channel is gone it may be closed all the same."""
        missing = self._channels.missing_to_post(poll.channel_id)
        if missing:
            raise UserError(
                "tissues.cannot_show", channel=f"<#{poll.channel_id}>", missing=", ".join(missing)
            )

    async def _picked_to_close(self, press: Press) -> None:
        require_host(press.asker)
        await self._ask_to_close(press.asker, await named_poll(press.asker, self._results, press.values[0]))

    async def _ask_to_close(self, asker: Asker, poll: Poll) -> None:
        if not poll.open:
            raise UserError("tissues.not_open", minutes=REOPEN_WITHIN.seconds // 60)
        self._require_rights_for_result(poll)
        t = asker.t
        await asker.whisper(
            Card(
                f"### {t('tissues.close_sure')}",
                f"{self._names.title(poll)}\n{t('tissues.close_means', minutes=REOPEN_WITHIN.seconds // 60)}",
                *rows(
                    [
                        button(t("tissues.button_close"), f"tissues-close:{poll.poll_id}:{poll.generation}"),
                        button(t("tissues.button_leave_open"), "tissues-leave-open"),
                    ]
                ),
            )
        )

    async def _confirmed(self, press: Press) -> None:
        asker = press.asker
        require_host(asker)
        poll_id, generation = press.numbers(2)
        self._require_rights_for_result(await named_poll(asker, self._results, press.word()))
        match await self._tissues.close(poll_id, generation, asker.member_id, asker.now):
            case JustClosed(poll):
                known = self._channels.missing_to_post(poll.channel_id) is not None
                key = "tissues.closing" if known else "tissues.closing_out_of_reach"
                await asker.whisper(Card(asker.t(key, channel=f"<#{poll.channel_id}>")))
            case NotOpen():
                raise UserError("tissues.not_open", minutes=REOPEN_WITHIN.seconds // 60)
            case NoSuchPoll():
                raise UserError("error.old_button")

    async def _left_open(self, press: Press) -> None:
        await press.asker.whisper(Card(press.asker.t("tissues.left_open")))

    async def _reopened_for(self, press: Press) -> None:
        require_host(press.asker)
        poll_id, hours = press.numbers(2)
        await self._reopen(press.asker, poll_id, press.asker.now + timedelta(hours=hours))

    async def _reopen(self, asker: Asker, poll_id: int, closes_at: datetime | None) -> None:
        outcome = await self._tissues.reopen(poll_id, asker.club_id, closes_at, asker.now)
        await asker.whisper(self._reopening(outcome, asker.t))

    def _reopening(self, outcome: ReopenOutcome, t: Speaker) -> Card:
        minutes = REOPEN_WITHIN.seconds // 60
        match outcome:
            case Reopened(poll):
                return Card(t("tissues.reopening", **_where(poll)))
            case NeedsClose(poll):
                return self._ask_until(poll, t)
            case StillOpen(poll):
                raise UserError("tissues.still_open", **_where(poll))
            case TooLate():
                raise UserError("tissues.too_late", minutes=minutes)
            case AlreadyOpen(poll):
                raise UserError("tissues.already_open", **_where(poll))
            case NoSuchPoll():
                raise UserError("tissues.unknown_poll")
            case other:
                assert_never(other)

    def _ask_until(self, poll: Poll, t: Speaker) -> Card:
        spans = [
            button(t("tissues.button_hours", n=hours), f"tissues-reopen:{poll.poll_id}:{hours}")
            for hours in REOPEN_HOURS
        ]
        return Card(f"### {t('tissues.reopen_until')}", self._names.title(poll), *rows(spans))


def _close_time(asker: Asker, typed: str | None) -> datetime | None:
    return moment_in(typed, asker.club.tz, asker.now) if typed else None


def _where(poll: Poll) -> dict[str, object]:
    return {"channel": f"<#{poll.channel_id}>", "when": moment(poll.closes_at)}


def _recount_card(recount: Recount, names: Names, t: Speaker) -> Card:
    """Whether it matches; the figures only where anybody may see them."""
    lines = [
        t(key, n=counts.people, total=counts.total, bins=words.histogram(counts))
        for key, counts in (("tissues.recount_found", recount.found), ("tissues.recount_kept", recount.kept))
        if counts
    ]
    return Card(
        f"### {t('tissues.recount_matches' if recount.matches else 'tissues.recount_differs')}",
        names.title(recount.poll),
        "\n".join(lines[:1] if recount.matches else lines),
    )
