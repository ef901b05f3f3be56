"""Planning an evening, changing it, calling it off; each typed time is shown before it counts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import assert_never

from bot.domain.watch.outcomes import ChannelTaken, Moved, NoSuchWatch, NotNow, Step
from bot.domain.watch.positions import spoken
from bot.domain.watch.watch import UNBEGUN, Feature, State, Watch
from bot.errors import UserError
from bot.house import House
from bot.services.timephrases import when as time_of
from bot.services.watches import NewWatch
from bot.ui.cards import Card, button, rows, small
from bot.ui.dates import moment
from bot.ui.desk import Asker, Handler, Press
from bot.ui.hosts import require_host
from bot.ui.plain import clean
from bot.ui.reading import named
from cogs.watch import words
from cogs.watch.choosing import PLANNED, Chooser, require_runner
from cogs.watch.events import Events
from cogs.watch.words import Billing


class Planning:
    """`/watch plan`, `edit` and `cancel`."""

    def __init__(self, house: House, billing: Billing, chooser: Chooser, events: Events) -> None:
        self._watches = house.watches
        self._channels = house.channels
        self._billing = billing
        self._chooser = chooser
        self._events = events

    def routes(self) -> Iterator[tuple[str, Handler]]:
        yield "watch-announce", self._announce
        yield "watch-discard", self._discard
        yield "watch-move", self._move
        yield "watch-cancel", self._cancel_sure
        yield "watch-keep", self._keep

    async def plan(
        self,
        asker: Asker,
        version: str,
        when: str,
        *,
        venue_id: int | None,
        channel_id: int | None,
        minutes: int | None,
        role_id: int | None,
    ) -> None:
        """Understands what is asked for and shows it before it counts."""
        require_host(asker)
        feature = self._feature(version, minutes)
        at = await time_of(when, words.languages(asker), asker.club.tz, asker.now)
        channel = channel_id or asker.channel_id
        self._require_rights(channel)
        new = NewWatch(asker.club_id, channel, asker.member_id, feature, at, venue_id, role_id)
        watch = await self._watches.draft(new, asker.now)
        t = asker.t
        await asker.whisper(
            Card(
                f"### {t('watch.is_this_right')}",
                f"**{words.title(watch)}** · {spoken(feature.length)}",
                t("watch.when_read", when=moment(at), relative=moment(at, "R")),
                t("watch.will_be_in", channel=f"<#{channel}>"),
                *rows(
                    [
                        button(t("watch.button_announce"), f"watch-announce:{watch.watch_id}", emoji="📣"),
                        button(t("watch.button_discard"), f"watch-discard:{watch.watch_id}"),
                    ]
                ),
                small(t("watch.club_time", when=words.wall(at, asker.club.tz, t))),
            )
        )

    async def edit(
        self, asker: Asker, typed: str | None, when: str | None, version: str | None, minutes: int | None
    ) -> None:
        """Changes what is shown at once; another time once it was confirmed."""
        watch = await self._chooser.one(asker, typed, PLANNED)
        require_runner(asker, watch)
        if when is None and version is None and minutes is None:
            raise UserError("watch.nothing_to_change")
        at = await time_of(when, words.languages(asker), asker.club.tz, asker.now) if when else None
        t, said = asker.t, ""
        if version is not None or minutes is not None:
            watch = await self._change(asker, watch, version, minutes)
            said = t("watch.changed", title=words.title(watch), length=spoken(watch.feature.length))
        await asker.whisper(self._ask_to_move(asker, watch, at, said) if at else Card(said))

    async def cancel(self, asker: Asker, typed: str | None) -> None:
        """Asks first: everybody who is coming is told."""
        watch = await self._chooser.one(asker, typed, {State.PLANNED, State.LOBBY})
        require_runner(asker, watch)
        if watch.state not in UNBEGUN:
            raise UserError(words.REFUSED[watch.state])
        t = asker.t
        await asker.whisper(
            Card(
                f"### {t('watch.cancel_sure')}",
                f"**{words.title(watch)}** · {moment(watch.planned_for)}",
                *rows(
                    [
                        button(t("watch.button_cancel"), f"watch-cancel:{watch.watch_id}"),
                        button(t("watch.button_keep"), "watch-keep"),
                    ]
                ),
            )
        )

    async def _announce(self, press: Press) -> None:
        asker, t = press.asker, press.asker.t
        require_host(asker)
        watch = _moved(await self._watches.confirm(press.number(), asker.club_id, asker.now))
        missing = self._events.missing(watch)
        await asker.whisper(
            Card(
                t("watch.announced", channel=f"<#{watch.channel_id}>", when=moment(watch.planned_for)),
                t("watch.no_event", missing=", ".join(missing)) if missing else "",
            )
        )

    async def _discard(self, press: Press) -> None:
        asker = press.asker
        require_host(asker)
        _moved(await self._watches.discard(press.number(), asker.club_id, asker.now))
        await asker.whisper(Card(asker.t("watch.discarded")))

    async def _move(self, press: Press) -> None:
        asker = press.asker
        number, plan, seconds = press.numbers(3)
        watch = await self._chooser.named(asker, press.word())
        require_runner(asker, watch)
        at = datetime.fromtimestamp(seconds, UTC)
        if at <= asker.now:
            raise UserError("watch.when_past", at=moment(at))
        after = _moved(await self._watches.move(number, asker.club_id, plan, at, asker.now))
        await asker.whisper(Card(asker.t("watch.moved", when=moment(after.planned_for))))

    async def _cancel_sure(self, press: Press) -> None:
        asker = press.asker
        watch = await self._chooser.named(asker, press.word())
        require_runner(asker, watch)
        _moved(await self._watches.cancel(watch.watch_id, asker.club_id, asker.now))
        await asker.whisper(Card(asker.t("watch.cancelled")))

    async def _keep(self, press: Press) -> None:
        await press.asker.whisper(Card(press.asker.t("watch.kept")))

    async def _change(self, asker: Asker, watch: Watch, version: str | None, minutes: int | None) -> Watch:
        if version is not None:
            feature = self._feature(version, minutes)
        else:
            old = watch.feature
            length = timedelta(minutes=minutes) if minutes else old.length
            feature = Feature(old.film, old.version, old.title, length)
        return _moved(await self._watches.change(watch.watch_id, asker.club_id, feature, asker.now))

    def _ask_to_move(self, asker: Asker, watch: Watch, at: datetime, said: str) -> Card:
        t = asker.t
        address = f"watch-move:{watch.watch_id}:{watch.plan}:{int(at.timestamp())}"
        return Card(
            f"### {t('watch.is_this_right')}",
            said,
            f"**{words.title(watch)}**",
            t(
                "watch.when_moved",
                before=moment(watch.planned_for),
                when=moment(at),
                relative=moment(at, "R"),
            ),
            *rows([button(t("watch.button_move"), address), button(t("watch.button_leave"), "watch-keep")]),
            small(t("watch.club_time", when=words.wall(at, asker.club.tz, t))),
        )

    def _feature(self, typed: str, minutes: int | None) -> Feature:
        """A version, or a free title of that many minutes."""
        found = self._billing.find(typed)
        if found is None:
            title = clean(typed)
            if not title:
                raise UserError("watch.no_title")
            return Feature("", "", title, words.length_of(None, minutes))
        film, version = found
        return Feature(film.slug, version.key, named(version), words.length_of(version, minutes))

    def _require_rights(self, channel_id: int) -> None:
        missing = self._channels.missing_to_post(channel_id)
        if missing:
            raise UserError("watch.cannot_post", channel=f"<#{channel_id}>", missing=", ".join(missing))


def _moved(step: Step) -> Watch:
    match step:
        case Moved(watch):
            return watch
        case NotNow(watch):
            raise UserError("watch.too_late" if watch.state is State.PLANNED else words.REFUSED[watch.state])
        case ChannelTaken() | NoSuchWatch():
            raise UserError("watch.unknown")
        case other:
            assert_never(other)
