"""Running an evening: lobby, countdown, pause, resume, seek, finish."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from typing import assert_never

from bot.domain.watch.outcomes import ChannelTaken, Moved, NoSuchWatch, NotNow, Step
from bot.domain.watch.positions import position_in, spoken
from bot.domain.watch.watch import LIVE, State, Watch
from bot.errors import UserError
from bot.house import House
from bot.ui.cards import Card, button, rows
from bot.ui.dates import moment
from bot.ui.desk import Asker, Handler, Press
from cogs.watch import words
from cogs.watch.board import Board
from cogs.watch.choosing import AHEAD, Chooser, require_runner

Move = Callable[[int, int, datetime], Awaitable[Step]]


class Hosting:
    """Commands and buttons of whoever runs an evening."""

    def __init__(self, house: House, chooser: Chooser, board: Board) -> None:
        self._watches = house.watches
        self._channels = house.channels
        self._chooser = chooser
        self._board = board

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "watch-lobby", self._pressed_start
        yield "watch-go", self._pressed_start
        yield "watch-pause", self._pressed_pause
        yield "watch-resume", self._pressed_resume
        yield "watch-finish", self._pressed_finish
        yield "watch-finish-sure", self._finish_sure
        yield "watch-go-on", self._go_on

    async def start(self, asker: Asker, typed: str | None) -> None:
        """Opens the lobby of a planned evening; counts down in an open lobby."""
        watch = await self._chooser.one(asker, typed, {State.PLANNED, State.LOBBY})
        await self._start(asker, watch)

    async def pause(self, asker: Asker) -> None:
        await self._pause(asker, await self._chooser.one(asker, None, LIVE))

    async def resume(self, asker: Asker) -> None:
        await self._resume(asker, await self._chooser.one(asker, None, LIVE))

    async def seek(self, asker: Asker, typed: str) -> None:
        watch = await self._chooser.one(asker, None, LIVE)
        require_runner(asker, watch)
        to = position_in(typed, watch.feature.length)
        step = await self._watches.seek(watch.watch_id, asker.club_id, to, asker.now)
        await self._say(asker, self._moved(step), asker.t("watch.sought", at=spoken(to)))

    async def finish(self, asker: Asker) -> None:
        await self._ask_to_finish(asker, await self._chooser.one(asker, None, LIVE))

    async def hand_over(self, asker: Asker, typed: str | None, host_id: int) -> None:
        watch = await self._chooser.one(asker, typed, AHEAD)
        require_runner(asker, watch)
        step = await self._watches.hand_over(watch.watch_id, asker.club_id, host_id, asker.now)
        await self._say(asker, self._moved(step), asker.t("watch.handed_over", host=f"<@{host_id}>"))

    async def _pressed_start(self, press: Press) -> None:
        await self._start(press.asker, await self._chooser.named(press.asker, press.word()))

    async def _pressed_pause(self, press: Press) -> None:
        await self._pause(press.asker, await self._chooser.named(press.asker, press.word()))

    async def _pressed_resume(self, press: Press) -> None:
        await self._resume(press.asker, await self._chooser.named(press.asker, press.word()))

    async def _pressed_finish(self, press: Press) -> None:
        await self._ask_to_finish(press.asker, await self._chooser.named(press.asker, press.word()))

    async def _start(self, asker: Asker, watch: Watch) -> None:
        if watch.state is State.LOBBY:
            after = await self._take(asker, watch, self._watches.start)
            await self._say(asker, after, asker.t("watch.counting_down"))
        else:
            self._require_rights(watch)
            after = await self._take(asker, watch, self._watches.open_lobby)
            await self._say(asker, after, asker.t("watch.lobby_opened", channel=f"<#{watch.channel_id}>"))

    async def _pause(self, asker: Asker, watch: Watch) -> None:
        after = await self._take(asker, watch, self._watches.pause)
        await self._say(asker, after, asker.t("watch.paused", at=spoken(after.clock.offset)))

    async def _resume(self, asker: Asker, watch: Watch) -> None:
        after = await self._take(asker, watch, self._watches.resume)
        when = moment(after.clock.playing_since or asker.now, "R")
        await self._say(asker, after, asker.t("watch.resumed", when=when))

    async def _ask_to_finish(self, asker: Asker, watch: Watch) -> None:
        """Asks first: the end can't be undone."""
        require_runner(asker, watch)
        if watch.state not in LIVE:
            raise _refused(watch)
        t, at = asker.t, spoken(watch.clock.position(asker.now))
        await asker.whisper(
            Card(
                f"### {t('watch.finish_sure')}",
                t("watch.finish_means", at=at, length=spoken(watch.feature.length)),
                *rows(
                    [
                        button(t("watch.button_finish"), f"watch-finish-sure:{watch.watch_id}"),
                        button(t("watch.button_go_on"), "watch-go-on"),
                    ]
                ),
            )
        )

    async def _finish_sure(self, press: Press) -> None:
        asker = press.asker
        watch = await self._chooser.named(asker, press.word())
        after = await self._take(asker, watch, self._watches.finish)
        await self._say(asker, after, asker.t("watch.finished"))

    async def _go_on(self, press: Press) -> None:
        await press.asker.whisper(Card(press.asker.t("watch.goes_on_then")))

    async def _take(self, asker: Asker, watch: Watch, move: Move) -> Watch:
        require_runner(asker, watch)
        return self._moved(await move(watch.watch_id, asker.club_id, asker.now))

    async def _say(self, asker: Asker, watch: Watch, said: str) -> None:
        self._board.throttle.ask(watch.watch_id)
        await asker.whisper(Card(said))

    def _moved(self, step: Step) -> Watch:
        match step:
            case Moved(watch):
                return watch
            case NotNow(watch):
                raise _refused(watch)
            case ChannelTaken(watch):
                raise UserError("watch.channel_taken", title=words.title(watch))
            case NoSuchWatch():
                raise UserError("watch.unknown")
            case other:
                assert_never(other)

    def _require_rights(self, watch: Watch) -> None:
        """Named while the host is looking: a job that fails later tells nobody."""
        missing = self._channels.missing_to_post(watch.channel_id)
        if missing:
            raise UserError("watch.cannot_post", channel=f"<#{watch.channel_id}>", missing=", ".join(missing))


def _refused(watch: Watch) -> UserError:
    """That the evening's state doesn't allow it, and what that state is."""
    return UserError(words.REFUSED[watch.state])
