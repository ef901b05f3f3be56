"""What members do at an evening: come, be reminded, get ready, tap, ask where it is, ask for a break."""

from collections.abc import Iterator
from typing import assert_never

from bot.domain.watch.outcomes import (
    BreakAsked,
    BreakBegun,
    NoSuchWatch,
    Noted,
    NotNow,
    Tapped,
    TooSoon,
    WhereAt,
    WhereOutcome,
)
from bot.domain.watch.positions import position_in, spoken
from bot.domain.watch.taps import EVERY
from bot.domain.watch.watch import State, Watch
from bot.errors import UserError
from bot.house import House
from bot.ui.cards import Card, button, rows, small
from bot.ui.dates import moment
from bot.ui.desk import Asker, Handler, Press
from bot.ui.forms import Form, field
from bot.ui.members import require_voice
from cogs.watch import announcing
from cogs.watch.board import Board
from cogs.watch.choosing import BEGUN, Chooser
from cogs.watch.panel import where_card

LONGEST_TYPED = 10
MOST_TISSUES = 999


class Attending:
    """Presses of members, and `/watch clock`."""

    def __init__(self, house: House, chooser: Chooser, board: Board) -> None:
        self._presence = house.watch_presence
        self._channels = house.channels
        self._chooser = chooser
        self._board = board

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "watch-coming", self._coming
        yield "watch-remind", self._remind
        yield "watch-ready", self._ready
        yield "watch-tap", self._tap
        yield "watch-where", self._where
        yield "watch-resync", self._ask_what_shows
        yield "watch-synced", self._resync
        yield "watch-break", self._break
        yield "watch-saw", self._saw
        yield "watch-taps", self._my_taps

    async def clock(self, asker: Asker, typed: str | None) -> None:
        """`/watch clock`: the film clock with a tissue button of one's own."""
        watch = await self._chooser.one(asker, typed, BEGUN)
        await self._show_where(asker, watch.watch_id)

    async def _where(self, press: Press) -> None:
        await self._show_where(press.asker, press.number())

    async def _show_where(self, asker: Asker, watch_id: int, said: str = "") -> None:
        outcome = await self._presence.where(watch_id, asker.club_id, asker.member_id, asker.now)
        await asker.whisper(where_card(_told(outcome), asker.now, asker.t, said))
        self._board.throttle.ask(watch_id)

    async def _tap(self, press: Press) -> None:
        asker, watch_id = press.asker, press.number()
        require_voice(asker)
        match await self._presence.tap(watch_id, asker.club_id, asker.member_id, asker.now):
            case Tapped(_, position, taps):
                await self._answer_tap(asker, watch_id, asker.t("watch.tapped", n=taps, at=spoken(position)))
            case TooSoon():
                raise UserError("watch.tap_too_soon", seconds=EVERY.seconds)
            case NotNow(watch):
                raise _not_now(watch)
            case NoSuchWatch():
                raise UserError("error.old_button")
            case other:
                assert_never(other)

    async def _answer_tap(self, asker: Asker, watch_id: int, said: str) -> None:
        """A line for a press on the panel; on the member's own card in place."""
        message = asker.interaction.message
        if message is not None and message.flags.ephemeral:
            await self._show_where(asker, watch_id, said)
        else:
            await asker.interaction.response.send_message(said, ephemeral=True)
            self._board.throttle.ask(watch_id)

    async def _ask_what_shows(self, press: Press) -> None:
        t = press.asker.t
        shown = field(t("watch.form_shown"), hint=t("watch.form_hint"), longest=LONGEST_TYPED)
        form = Form(t("watch.form_title"), f"watch-synced:{press.word()}", shown)
        await press.asker.interaction.response.send_modal(form)

    async def _resync(self, press: Press) -> None:
        asker = press.asker
        watch = await self._chooser.named(asker, press.word())
        shown = position_in(press.values[0], watch.clock.last)
        outcome = await self._presence.resync(
            watch.watch_id, asker.club_id, asker.member_id, shown, asker.now
        )
        await asker.whisper(where_card(_told(outcome), asker.now, asker.t, asker.t("watch.synced")))

    async def _break(self, press: Press) -> None:
        asker, watch_id = press.asker, press.number()
        require_voice(asker)
        match await self._presence.ask_for_break(watch_id, asker.club_id, asker.member_id, asker.now):
            case BreakAsked(_, asked, needed):
                said = asker.t("watch.break_asked", n=asked, needed=needed)
            case BreakBegun(_, until):
                said = asker.t("watch.break_begun", when=moment(until, "R"))
            case NotNow(watch):
                raise _not_now(watch)
            case NoSuchWatch():
                raise UserError("error.old_button")
            case other:
                assert_never(other)
        self._board.throttle.ask(watch_id)
        await asker.whisper(Card(said))

    async def _coming(self, press: Press) -> None:
        asker, watch_id = press.asker, press.number()
        require_voice(asker)
        match await self._presence.come(watch_id, asker.club_id, asker.member_id, asker.now):
            case Noted(watch, on=True):
                said = asker.t("watch.you_come", when=moment(watch.planned_for))
            case Noted():
                said = asker.t("watch.you_dont_come")
            case NotNow(watch):
                raise _not_planned(watch)
            case NoSuchWatch():
                raise UserError("error.old_button")
            case other:
                assert_never(other)
        self._board.throttle.ask(watch_id)
        await asker.interaction.response.send_message(said, ephemeral=True)

    async def _remind(self, press: Press) -> None:
        asker, watch_id = press.asker, press.number()
        found = await self._presence.taps_of(watch_id, asker.club_id, asker.member_id)
        if found is None:
            raise UserError("error.old_button")
        watch, member = found
        if watch.state is not State.PLANNED:
            raise _not_planned(watch)
        interaction = asker.interaction
        await interaction.response.defer(
            ephemeral=True, thinking=True
        )  # Discord lets a bot open few messages a second
        said = await self._change_reminder(asker, watch, wished=not member.remind)
        await interaction.edit_original_response(view=Card(said))

    async def _change_reminder(self, asker: Asker, watch: Watch, *, wished: bool) -> str:
        """Whose messages are closed is told now, not when the reminder fails: a first one is sent at once."""
        t = asker.t
        if wished and not await self._channels.send_privately(
            asker.member_id, announcing.promise_card(watch, t), f"w{asker.interaction.id:x}"
        ):
            return t("watch.messages_closed")
        outcome = await self._presence.wish_reminder(watch.watch_id, asker.club_id, asker.member_id)
        return t("watch.will_remind" if isinstance(outcome, Noted) and outcome.on else "watch.wont_remind")

    async def _ready(self, press: Press) -> None:
        asker, watch_id = press.asker, press.number()
        match await self._presence.get_ready(watch_id, asker.club_id, asker.member_id, asker.now):
            case Noted():
                self._board.throttle.ask(watch_id)
                await asker.interaction.response.send_message(asker.t("watch.you_are_ready"), ephemeral=True)
            case NotNow():
                raise UserError("watch.lobby_over")
            case NoSuchWatch():
                raise UserError("error.old_button")
            case other:
                assert_never(other)

    async def _saw(self, press: Press) -> None:
        asker, yes = press.asker, press.args[1:]
        outcome = await self._presence.saw_the_end(
            press.number(), asker.club_id, asker.member_id, asker.now, to_the_end=yes == ("1",)
        )
        match outcome:
            case Noted(on=True):
                said = asker.t("watch.noted_seen")
            case Noted():
                said = asker.t("watch.noted_unseen")
            case NotNow():
                raise UserError("watch.did_not_watch")
            case NoSuchWatch():
                raise UserError("error.old_button")
            case other:
                assert_never(other)
        await asker.interaction.response.send_message(said, ephemeral=True)

    async def _my_taps(self, press: Press) -> None:
        """One's own taps, to be used as a ballot; nothing counts until that is pressed."""
        asker, watch_id = press.asker, press.number()
        found = await self._presence.taps_of(watch_id, asker.club_id, asker.member_id)
        if found is None:
            raise UserError("error.old_button")
        watch, member = found
        if not member.taps:
            raise UserError("watch.no_taps")
        t, tissues = asker.t, min(member.taps, MOST_TISSUES)
        use = (
            button(t("watch.button_use_taps", n=tissues), f"tissues:{watch.poll_id}:{tissues}", emoji="🧻")
            if watch.poll_id
            else None
        )
        await asker.whisper(
            Card(t("watch.your_taps", n=member.taps), *rows([use]), small(t("watch.taps_are_no_ballot")))
        )


def _told(outcome: WhereOutcome) -> WhereAt:
    match outcome:
        case WhereAt():
            return outcome
        case NotNow(watch):
            raise _not_now(watch)
        case NoSuchWatch():
            raise UserError("error.old_button")
        case other:
            assert_never(other)


def _not_now(watch: Watch) -> UserError:
    """Why the film clock can't be asked, tapped or stopped at this moment."""
    if watch.over:
        return UserError("watch.is_over")
    if watch.state in {State.PLAYING, State.PAUSED}:
        return UserError("watch.not_while")
    return UserError("watch.not_begun", when=moment(watch.planned_for))


def _not_planned(watch: Watch) -> UserError:
    return UserError("watch.is_over") if watch.over else UserError("watch.has_begun")
