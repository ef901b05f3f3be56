"""Evenings to look at: what is planned, what was, and what an evening left."""

from collections.abc import Iterator

from bot.domain.tissues.counts import lines_within
from bot.domain.watch.outcomes import Report
from bot.domain.watch.positions import spoken
from bot.domain.watch.watch import State, Watch
from bot.errors import UserError
from bot.house import House
from bot.i18n import Speaker
from bot.ui.cards import Card, button, rows, small
from bot.ui.dates import moment
from bot.ui.desk import Asker, Handler, Press
from bot.ui.pictures import Picture
from cogs.watch import words
from cogs.watch.choosing import Chooser
from cogs.watch.closing import TAPE_MARK, Closing, files, minutes_card

MOST_PAST = 5
LONGEST_LIST = 2500  # characters of a card's 4,000: what is ahead, before what was


class Showing:
    """`/watch list` and `report`."""

    def __init__(self, house: House, chooser: Chooser, closing: Closing) -> None:
        self._reports = house.watch_reports
        self._chooser = chooser
        self._closing = closing

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "watch-report", self._pressed
        yield "watch-minutes", self._minutes

    async def list_evenings(self, asker: Asker) -> None:
        """What is ahead, then the last few that were."""
        t = asker.t
        ahead = await self._reports.ahead(asker.club_id)
        past = (await self._reports.finished(asker.club_id))[:MOST_PAST]
        if not ahead and not past:
            raise UserError("watch.none_planned")
        await asker.whisper(
            Card(
                f"### 🎬 {t('watch.list_title')}",
                "\n".join(lines_within([_line(watch, t) for watch in ahead], LONGEST_LIST))
                or t("watch.none_ahead"),
                f"**{t('watch.list_past')}**\n" + "\n".join(_line(watch, t) for watch in past)
                if past
                else "",
            )
        )

    async def report(self, asker: Asker, typed: str | None) -> None:
        watch = await self._chooser.finished(asker, typed)
        await self._show(asker, watch)

    async def _pressed(self, press: Press) -> None:
        await self._show(press.asker, await self._chooser.named(press.asker, press.word()))

    async def _minutes(self, press: Press) -> None:
        watch = await self._chooser.named(press.asker, press.word())
        report = await self._reports.report(watch.watch_id)
        if report is None or report.tape is None:
            raise UserError("watch.tape_sealed")
        await press.asker.whisper(minutes_card(report.tape, watch, press.asker.t))

    async def _show(self, asker: Asker, watch: Watch) -> None:
        report = await self._reports.report(watch.watch_id)
        if report is None:
            raise UserError("watch.no_report")
        picture = await self._closing.picture(report.tape, asker.t) if report.tape else None
        card = report_card(report, picture, asker.t)
        await asker.interaction.response.send_message(view=card, files=files(picture), ephemeral=True)


def report_card(report: Report, picture: Picture | None, t: Speaker) -> Card:
    """What may be seen of a finished evening."""
    watch, tape = report.watch, report.tape
    lines = [
        t("watch.ended", when=moment(watch.since), at=spoken(watch.clock.offset)),
        t("watch.watched", n=report.crowd.watching),
    ]
    if tape is None:
        sealed = t("watch.tape_sealed") if report.sealed else t("watch.no_tape")
        return Card(f"### 🎬 {words.title(watch)}", "\n".join(lines), sealed)
    return Card(
        f"### 🎬 {words.title(watch)}",
        "\n".join([*lines, t("watch.tape_title", n=tape.total), t(words.FLOWS[tape.flow])]),
        picture.item() if picture else "",
        t("watch.tape_wettest", minutes=words.wettest(tape, t)) if tape.wet else "",
        *rows([button(t("watch.button_minutes"), TAPE_MARK.format(watch.watch_id)) if tape.wet else None]),
        small(t("watch.tape_unshown", n=tape.hidden)) if tape.hidden else "",
    )


def _line(watch: Watch, t: Speaker) -> str:
    at = watch.since if watch.state is State.FINISHED else watch.planned_for
    where = f"<#{watch.channel_id}>"
    return f"- **{words.title(watch)}** · {moment(at)} · {where} · {words.state(watch, t)}"
