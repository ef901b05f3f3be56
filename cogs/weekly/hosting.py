"""What hosts do with slots: set one up, change it, let a date or a while pass, post at once, remove it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.moments import moment_in
from bot.domain.recurrence import WeeklyTime, instant
from bot.domain.weekly.occurrences import NoSuchSlot, NotAhead, Posting, Settled, TooMany, Week
from bot.domain.weekly.slots import GRACE, MOST_SLOTS, OPEN_FOR, Kind, Voting
from bot.domain.weekly.typed import quiet_hours, time_of_day
from bot.errors import UserError
from bot.house import House
from bot.services.weekly_slots import Change, NewSlot
from bot.ui.cards import Card
from bot.ui.dates import moment
from bot.ui.desk import Asker, Handler, Press
from bot.ui.forms import Form, field
from bot.ui.hosts import is_host, require_host
from cogs.weekly import cards, words
from cogs.weekly.asked import Wanted
from cogs.weekly.choosing import Choosing
from cogs.weekly.contents import Contents
from cogs.weekly.posting import Posts

LONGEST_TYPED = 20
LONGEST_REST = timedelta(days=366)


class Hosting:
    """Everything that takes a host."""

    def __init__(self, house: House, choosing: Choosing, posts: Posts, contents: Contents) -> None:
        self._slots = house.weekly.slots
        self._choosing = choosing
        self._posts = posts
        self._contents = contents

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "weekly-unskip", self._unskip
        yield "weekly-remove", self._remove_sure
        yield "weekly-keep", self._keep
        yield "weekly-quiet", self._ask_for_quiet
        yield "weekly-hours", self._set_quiet
        yield "weekly-show", self._show

    async def add(self, asker: Asker, kind: Kind, wanted: Wanted) -> None:
        require_host(asker)
        channel = wanted.channel_id or asker.club.announcements or asker.channel_id
        voting = Voting(wanted.open_for or OPEN_FOR, native=bool(wanted.native), plans=bool(wanted.plans))
        await self._require_rights(channel, native=voting.native and kind is Kind.NEXT_FILM)
        when = WeeklyTime(wanted.weekday or 0, time_of_day(wanted.time or ""), wanted.zone or asker.club.zone)
        grace = GRACE if wanted.grace is None else wanted.grace
        new = NewSlot(asker.club_id, channel, kind, when, grace, voting, asker.member_id)
        match await self._slots.add(new, asker.now):
            case Settled(week):
                await self._answer(asker, week, asker.t("weekly.added"))
            case TooMany():
                raise UserError("weekly.too_many", most=MOST_SLOTS)

    async def edit(self, asker: Asker, typed: str | None, wanted: Wanted) -> None:
        require_host(asker)
        slot = (await self._choosing.one(asker, typed)).slot
        change = Change(
            channel_id=wanted.channel_id,
            weekday=wanted.weekday,
            at=time_of_day(wanted.time) if wanted.time is not None else None,
            zone=wanted.zone,
            grace=wanted.grace,
            open_for=wanted.open_for,
            native=wanted.native,
            plans=wanted.plans,
        )
        if change == Change():
            raise UserError("weekly.nothing_to_change")
        await self._require_rights(change.channel_id or slot.channel_id, native=change.applied(slot).native)
        outcome = await self._slots.change(slot.slot_id, asker.club_id, asker.member_id, change, asker.now)
        await self._settled(asker, outcome, asker.t("weekly.changed_slot"))

    async def show_all(self, asker: Asker) -> None:
        weeks = await self._slots.weeks(asker.club_id, asker.now)
        quiet = await self._slots.quiet(asker.club_id)
        await asker.whisper(cards.list_card(weeks, quiet, asker.now, asker.t, host=is_host(asker)))

    async def skip(self, asker: Asker, typed: str | None, date: str | None) -> None:
        require_host(asker)
        slot = (await self._choosing.one(asker, typed)).slot
        day = words.day_of(date) if date else None
        if date and day is None:
            raise UserError("weekly.date_unclear", typed=date[:40])
        outcome = await self._slots.skip(slot.slot_id, asker.club_id, day, asker.now)
        await self._settled(asker, outcome, asker.t("weekly.skipped_now"))

    async def pause(self, asker: Asker, typed: str | None, until: str | None) -> None:
        require_host(asker)
        slot = (await self._choosing.one(asker, typed)).slot
        ends = _end_of_rest(until, asker) if until else None
        outcome = await self._slots.pause(slot.slot_id, asker.club_id, ends, asker.now)
        await self._settled(asker, outcome, "")

    async def resume(self, asker: Asker, typed: str | None) -> None:
        require_host(asker)
        slot = (await self._choosing.one(asker, typed)).slot
        await self._require_rights(slot.channel_id, native=slot.native)
        outcome = await self._slots.resume(slot.slot_id, asker.club_id, asker.member_id, asker.now)
        await self._settled(asker, outcome, asker.t("weekly.resumed"))

    async def remove(self, asker: Asker, typed: str | None) -> None:
        """Asks first."""
        require_host(asker)
        week = await self._choosing.one(asker, typed)
        await asker.whisper(cards.remove_card(week.slot, asker.t))

    async def post_now(self, asker: Asker, typed: str | None) -> None:
        require_host(asker)
        week = await self._choosing.one(asker, typed)
        slot = week.slot
        if slot.rests(asker.now):
            raise UserError("weekly.is_resting")
        await self._require_rights(slot.channel_id, native=slot.native)
        if await self._posts.bring_back(slot):
            await asker.whisper(Card(asker.t("weekly.back", channel=f"<#{slot.channel_id}>")))
            return
        if await self._contents.of(slot, week.ahead(asker.now, 1)[0].day, asker.now) is None:
            raise UserError(f"weekly.nothing.{slot.kind}")
        match await self._slots.by_hand(slot.slot_id, asker.club_id, asker.now):
            case Posting():
                await asker.whisper(Card(asker.t("weekly.now", channel=f"<#{slot.channel_id}>")))
            case NotAhead():
                raise UserError("weekly.not_ahead")
            case NoSuchSlot():
                raise UserError("weekly.unknown")

    async def _answer(self, asker: Asker, week: Week, said: str) -> None:
        quiet = await self._slots.quiet(asker.club_id)
        await asker.whisper(cards.slot_card(week, quiet, asker.now, asker.t, said))

    async def _settled(self, asker: Asker, outcome: Settled | NotAhead | NoSuchSlot, said: str) -> None:
        match outcome:
            case Settled(week):
                await self._answer(asker, week, said)
            case NotAhead():
                raise UserError("weekly.not_ahead")
            case NoSuchSlot():
                raise UserError("weekly.unknown")

    async def _show(self, press: Press) -> None:
        await self.show_all(press.asker)

    async def _unskip(self, press: Press) -> None:
        asker = press.asker
        require_host(asker)
        slot_id, day = press.number(), words.day_of(press.word(1))
        if day is None:
            raise UserError("error.old_button")
        outcome = await self._slots.unskip(slot_id, asker.club_id, day, asker.now)
        await self._settled(asker, outcome, asker.t("weekly.unskipped"))

    async def _remove_sure(self, press: Press) -> None:
        asker = press.asker
        require_host(asker)
        if not await self._slots.remove(press.number(), asker.club_id, asker.now):
            raise UserError("weekly.unknown")
        await asker.whisper(Card(asker.t("weekly.removed")))

    async def _keep(self, press: Press) -> None:
        await press.asker.whisper(Card(press.asker.t("weekly.kept")))

    async def _ask_for_quiet(self, press: Press) -> None:
        asker, t = press.asker, press.asker.t
        require_host(asker)
        present = await self._slots.quiet(asker.club_id)
        value = f"{words.clock(present.start)}-{words.clock(present.end)}" if present else ""
        typed = field(
            t("weekly.quiet_field"),
            hint=t("weekly.quiet_hint"),
            longest=LONGEST_TYPED,
            value=value,
        )
        await asker.interaction.response.send_modal(Form(t("weekly.button_quiet"), "weekly-hours", typed))

    async def _set_quiet(self, press: Press) -> None:
        require_host(press.asker)
        hours = quiet_hours(press.values[0])
        await self._slots.set_quiet(press.asker.club_id, hours, press.asker.now)
        await self.show_all(press.asker)

    async def _require_rights(self, channel_id: int, *, native: bool) -> None:
        """Named here and now, while the host is looking."""
        if not await self._posts.is_there(channel_id):
            raise UserError("weekly.no_channel")
        missing = self._posts.missing(channel_id, native=native)
        if missing:
            raise UserError("weekly.cannot_post", channel=f"<#{channel_id}>", missing=", ".join(missing))


def _end_of_rest(typed: str, asker: Asker) -> datetime:
    """When a rest ends: a moment, or the beginning of a day by the club's clock; UserError where that is past."""
    day = words.day_of(typed) if len(typed.strip()) == len("2026-12-24") else None
    farthest = asker.now + LONGEST_REST
    if day and day > farthest.date():
        raise UserError("weekly.until_far")
    if day and day < asker.now.date() - timedelta(days=1):
        raise UserError("weekly.until_past", at=day.isoformat())
    if day:
        at = instant(datetime.combine(day, datetime.min.time()), asker.club.zone)
    else:
        at = moment_in(typed, asker.club.tz, asker.now)
    if at <= asker.now:
        raise UserError("weekly.until_past", at=moment(at))
    if at > farthest:
        raise UserError("weekly.until_far")
    return at
