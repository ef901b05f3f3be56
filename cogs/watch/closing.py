"""What an evening leaves behind: the card at its end, the tissue poll, the tape."""

from collections.abc import Sequence

import discord

from bot.domain.jobs import Job
from bot.domain.tissues.outcomes import AlreadyOpen, Opened
from bot.domain.tissues.polls import OPEN_FOR, Poll
from bot.domain.watch.outcomes import Report
from bot.domain.watch.positions import spoken
from bot.domain.watch.tape import Tape
from bot.domain.watch.watch import State, Watch
from bot.house import House
from bot.i18n import Speaker
from bot.services.tissues import NewPoll
from bot.ui.cards import Card, button, rows, small
from bot.ui.pictures import Picture
from cogs.watch import words
from cogs.watch.board import Board
from cogs.watch.words import Billing

END_MARK = "watch-taps:{}"
TAPE_MARK = "watch-minutes:{}"


class Closing:
    """The jobs at the end of an evening; each may be done again."""

    def __init__(self, house: House, billing: Billing, board: Board) -> None:
        self._reports = house.watch_reports
        self._tissues = house.tissues
        self._channels = house.channels
        self._pictures = house.pictures
        self._clock = house.clock
        self._billing = billing
        self._board = board

    async def end(self, job: Job) -> None:
        """The evening is over: its messages say so; a finished one gets its closing card, its poll and its tape."""
        watch = await self._reports.watch(job.subject)
        if watch is None:
            return
        await self._board.redraw_announcement(watch)
        if watch.state is State.FINISHED:
            await self._wrap_up(job, watch)
        await self._board.close_panel(watch)

    async def _wrap_up(self, job: Job, watch: Watch) -> None:
        await self._reports.wrap_up(watch.watch_id)
        found = await self._reports.with_crowd(watch.watch_id)
        if found is None or not found[1].watching:
            return
        if not await self._channels.gone(watch.channel_id):
            await self._reports.poll_opened(watch, await self._open_poll(watch), self._clock.now())
        await self._send_end(job, watch)

    async def show_tape(self, job: Job) -> None:
        """The tape, once its poll hides nothing any more."""
        report = await self._reports.report(job.subject)
        if report is None or report.tape is None or report.watch.tape_id is not None:
            return
        watch, t = report.watch, await self._board.speaker(report.watch)
        drawn = self._channels.may(watch.channel_id, attach_files=True)
        picture = await self.picture(report.tape, t) if drawn else None
        card = tape_card(report, report.tape, picture, t)
        sent = await self._channels.send_in_time(
            watch.channel_id, card, job, TAPE_MARK.format(watch.watch_id), files(picture)
        )
        if sent:
            await self._reports.note(watch.watch_id, "tape_id", sent.message_id)

    async def picture(self, tape: Tape, t: Speaker) -> Picture:
        alt = words.tape_alt(tape, t)
        return await self._pictures.tape("tape", alt, tape.minutes, [wet.minute for wet in tape.wettest])

    async def forget(self, job: Job) -> None:
        """The single taps have been kept long enough: their sums stay."""
        await self._reports.forget_taps(job.subject)

    async def _send_end(self, job: Job, watch: Watch) -> None:
        card = end_card(watch, self._billing, await self._board.speaker(watch))
        await self._channels.send_in_time(watch.channel_id, card, job, END_MARK.format(watch.watch_id))

    async def _open_poll(self, watch: Watch) -> Poll:
        """The evening's poll: one for each evening ever, or the one that asks about this version already."""
        now = self._clock.now()
        new = NewPoll(
            club_id=watch.club_id,
            channel_id=watch.channel_id,
            film=watch.feature.film,
            version=watch.feature.version,
            title="" if watch.feature.version else watch.feature.title,
            live=False,
            opened_by=watch.host_id,
            closes_at=now + OPEN_FOR,
            evening=f"watch:{watch.watch_id}",
        )
        match await self._tissues.open(new, now):
            case Opened(poll) | AlreadyOpen(poll):
                return poll


def files(picture: Picture | None) -> Sequence[discord.File]:
    return [picture.file()] if picture else []


def end_card(watch: Watch, billing: Billing, t: Speaker) -> Card:
    """Thanks, the question whether one saw it all (where that can be), one's own taps, where to talk."""
    asked = watch.seen_to_the_end()
    number = watch.watch_id
    return Card(
        f"### 🎬 {t('watch.thanks')}",
        words.title(watch),
        t("watch.saw_the_end") if asked else t("watch.ended_early", at=spoken(watch.clock.offset)),
        *rows(
            [
                button(t("watch.button_saw_it"), f"watch-saw:{number}:1", emoji="👀") if asked else None,
                button(t("watch.button_not_all"), f"watch-saw:{number}:0") if asked else None,
            ]
        ),
        *rows(
            [
                button(t("watch.button_my_taps"), END_MARK.format(number), emoji="🧻"),
                button(t("watch.button_talk"), "spoilers-page:0", emoji="💬"),
                button(t("button.support"), f"facts:{billing.film(watch.feature.film).slug}:support"),
            ]
        ),
        small(t("watch.tape_follows")),
    )


def tape_card(report: Report, tape: Tape, picture: Picture | None, t: Speaker) -> Card:
    """The tape as everybody sees it. Its marks name minutes, never what happens in them."""
    watch = report.watch
    return Card(
        f"### 🧻 {t('watch.tape_title', n=tape.total)}",
        words.title(watch),
        picture.item() if picture else "",
        t(words.FLOWS[tape.flow]),
        t("watch.tape_wettest", minutes=words.wettest(tape, t)) if tape.wet else "",
        *rows([button(t("watch.button_minutes"), TAPE_MARK.format(watch.watch_id))] if tape.wet else []),
        small(t("watch.tape_unshown", n=tape.hidden)) if tape.hidden else "",
    )


def minutes_card(tape: Tape, watch: Watch, t: Speaker) -> Card:
    """The tape in words and figures."""
    return Card(
        f"### 🧻 {words.title(watch)}",
        t("watch.tape_alt", length=spoken(watch.feature.length), n=tape.total),
        words.minutes_text(tape)[:3500],
        small(t("watch.tape_unshown", n=tape.hidden)) if tape.hidden else "",
    )
