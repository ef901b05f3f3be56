"""A member's own ballot: given, changed, looked at, taken away."""

from collections.abc import Iterator
from typing import assert_never

from bot.domain.tissues.outcomes import (
    Cast,
    Changed,
    Closed,
    Erased,
    Kept,
    NoBallot,
    NoSuchPoll,
    Receipt,
)
from bot.domain.tissues.polls import Poll
from bot.domain.tissues.typed import MOST, tissues_in
from bot.errors import UserError
from bot.house import House
from bot.i18n import Speaker
from bot.ui.cards import Card, button, rows, small
from bot.ui.dates import moment
from bot.ui.desk import Asker, Handler, Press
from bot.ui.forms import Form, field
from bot.ui.members import require_voice
from cogs.tissues.cards import vote_card
from cogs.tissues.choosing import named_poll, pick_card
from cogs.tissues.posting import Posting
from cogs.tissues.words import Names

LONGEST_TYPED = 20


class Voting:
    """Presses of members on a poll, and the commands that do the same."""

    def __init__(self, house: House, names: Names, posting: Posting) -> None:
        self._tissues = house.tissues
        self._results = house.tissue_results
        self._names = names
        self._redraws = posting.throttle

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "tissues", self._pressed
        yield "tissues-more", self._asked_for_more
        yield "tissues-typed", self._typed
        yield "tissues-vote", self._picked
        yield "tissues-mine", self._mine
        yield "tissues-erase", self._erase

    async def vote(self, asker: Asker, typed: str | None) -> None:
        """`/tissues vote`: finds the open poll from any channel."""
        number = None if typed is None else tissues_in(typed)
        polls = [poll for poll in await self._results.open_polls(asker.club_id) if poll.accepts(asker.now)]
        if not polls:
            raise UserError("tissues.none_open")
        if len(polls) > 1:
            address = "tissues-vote" if number is None else f"tissues-vote:{number}"
            await asker.whisper(pick_card(polls, address, self._names, asker))
        elif number is None:
            await asker.whisper(vote_card(polls[0], self._names, asker.t))
        else:
            await self._cast(asker, polls[0].poll_id, number)

    async def receipt(self, asker: Asker, typed: str | None) -> None:
        """`/tissues receipt`: one's own ballot in the poll named, or the one given last."""
        if typed:
            poll = await named_poll(asker, self._results, typed)
            await self._show_mine(asker, poll.poll_id)
            return
        receipt = await self._tissues.last_receipt(asker.club_id, asker.member_id)
        if receipt is None:
            raise UserError("tissues.no_ballot_here")
        await asker.whisper(self._receipt_card(receipt, asker))

    async def _pressed(self, press: Press) -> None:
        poll_id, number = press.numbers(2)
        await self._cast(press.asker, poll_id, number)

    async def _asked_for_more(self, press: Press) -> None:
        t = press.asker.t
        typed = field(t("tissues.form_field"), hint=t("tissues.form_hint", most=MOST), longest=LONGEST_TYPED)
        form = Form(t("tissues.form_title"), f"tissues-typed:{press.args[0]}", typed)
        await press.asker.interaction.response.send_modal(form)

    async def _typed(self, press: Press) -> None:
        await self._cast(press.asker, press.number(), tissues_in(press.values[0]))

    async def _picked(self, press: Press) -> None:
        poll_id = press.chosen()
        if press.args:
            await self._cast(press.asker, poll_id, press.number())
            return
        poll = await named_poll(press.asker, self._results, press.values[0])
        await press.asker.whisper(vote_card(poll, self._names, press.asker.t))

    async def _cast(self, asker: Asker, poll_id: int, number: int) -> None:
        require_voice(asker)
        outcome = await self._tissues.cast(poll_id, asker.club_id, asker.member_id, number, asker.now)
        if isinstance(outcome, Cast | Changed):
            self._redraws.ask(poll_id)
        if isinstance(outcome, Closed):  # it may still look open, or its result stand nowhere
            self._redraws.ask(poll_id)
            await self._tissues.show_missing(asker.now, asker.club_id)
        if isinstance(outcome, NoSuchPoll):
            raise UserError("error.old_button")
        await self._say(asker, outcome.poll, _what_happened(outcome, asker.t))

    async def _say(self, asker: Asker, poll: Poll, said: str) -> None:
        """On the poll's message in a line of its own, on the member's own card in place."""
        interaction = asker.interaction
        if interaction.message is not None and interaction.message.flags.ephemeral:
            more = poll.accepts(asker.now)
            await asker.change(vote_card(poll, self._names, asker.t, said) if more else Card(said))
        else:
            await interaction.response.send_message(said, ephemeral=True)

    async def _mine(self, press: Press) -> None:
        await self._show_mine(press.asker, press.number())

    async def _show_mine(self, asker: Asker, poll_id: int) -> None:
        match await self._tissues.receipt(poll_id, asker.club_id, asker.member_id):
            case Receipt() as receipt:
                await asker.whisper(self._receipt_card(receipt, asker))
            case NoBallot(poll):
                raise UserError("tissues.no_ballot_yet" if poll.accepts(asker.now) else "tissues.no_ballot")
            case NoSuchPoll():
                raise UserError("error.old_button")
            case other:
                assert_never(other)

    async def _erase(self, press: Press) -> None:
        asker, poll_id = press.asker, press.number()
        match await self._tissues.erase(poll_id, asker.club_id, asker.member_id):
            case Erased(poll):
                if poll.open:
                    self._redraws.ask(poll_id)
                await asker.whisper(Card(asker.t("tissues.erased" if poll.open else "tissues.erased_name")))
            case NoBallot():
                raise UserError("tissues.no_ballot")
            case NoSuchPoll():
                raise UserError("error.old_button")
            case other:
                assert_never(other)

    def _receipt_card(self, receipt: Receipt, asker: Asker) -> Card:
        t, poll = asker.t, receipt.poll
        lines = [t("tissues.receipt", n=receipt.tissues, when=moment(receipt.cast_at))]
        if receipt.changed_at != receipt.cast_at:
            lines.append(t("tissues.receipt_changed", when=moment(receipt.changed_at)))
        return Card(
            f"### 🧻 {t('tissues.button_mine')}",
            self._names.title(poll),
            "\n".join(lines),
            *rows([button(t("tissues.button_erase"), f"tissues-erase:{poll.poll_id}")]),
            small(t("tissues.erase_open" if poll.open else "tissues.erase_closed")),
        )


def _what_happened(outcome: Cast | Changed | Kept | Closed, t: Speaker) -> str:
    until = moment(outcome.poll.closes_at)
    match outcome:
        case Cast(_, number):
            return t("tissues.cast", n=number, until=until)
        case Changed(_, before, after):
            return t("tissues.changed", n=after, before=before, until=until)
        case Kept(_, number):
            return t("tissues.kept", n=number, until=until)
        case Closed(_, None):
            return t("tissues.closed_without")
        case Closed(_, mine):
            return t("tissues.closed_with", n=mine)
        case other:
            assert_never(other)
