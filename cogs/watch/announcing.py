"""The announcement of an evening: what, when, who is coming, what to know before, and how to be reminded."""

from collections.abc import Iterable

from bot.domain.film import Version
from bot.domain.spoilers import Eyes, Level, Room
from bot.domain.tissues.counts import lines_within
from bot.domain.watch.attendees import Crowd
from bot.domain.watch.positions import spoken
from bot.domain.watch.reminders import Reminder
from bot.domain.watch.watch import State, Watch
from bot.i18n import Speaker
from bot.ui.cards import Card, button, rows, small
from bot.ui.dates import as_of, moment
from bot.ui.persistent import Persistent
from bot.ui.reading import Reading
from cogs.watch import words
from cogs.watch.words import Billing

MARK = "watch-coming:{}"
REMINDER_MARK = "watch-coming:{}:{}:{}"
MOST_WARNINGS, MOST_PLACES = 1000, 700  # characters; buttons lead to the rest


def announcement(watch: Watch, crowd: Crowd, billing: Billing, ceiling: Level, t: Speaker) -> Card:
    """The evening as everybody is told of it."""
    if watch.state is State.CANCELLED:
        return Card(f"### 🎬 {words.title(watch)}", t("watch.called_off"))
    if watch.state is not State.PLANNED:
        return Card(f"### 🎬 {words.title(watch)}", _when(watch, t), _where_it_runs(watch, t))
    version = billing.version(watch)
    reading = Reading(billing.film(watch.feature.film), Room(min(ceiling, Level.PREMISE)), Eyes.EVERYBODY, t)
    return Card(
        f"### 🎬 {words.title(watch)}",
        "\n".join(filter(None, (_when(watch, t), _place(watch, t), _host(watch, t)))),
        t("watch.coming", n=crowd.coming),
        _section(t("watch.warnings"), _warnings(reading, version), MOST_WARNINGS),
        _section(t("watch.places"), _places(reading, version), MOST_PLACES),
        *rows(
            [
                button(t("watch.button_coming"), MARK.format(watch.watch_id), emoji="🙋"),
                button(t("watch.button_remind"), f"watch-remind:{watch.watch_id}", emoji="🔔"),
                button(t("watch.button_start"), f"watch-lobby:{watch.watch_id}", emoji="🎬"),
            ]
        ),
        *rows(_more(reading, version)),
        small(t("watch.host_buttons")),
    )


def reminder_card(watch: Watch, reminder: Reminder, t: Speaker) -> Card:
    """What everybody in the channel is reminded with."""
    ping = f"<@&{watch.role_id}>" if watch.role_id else ""
    mark = REMINDER_MARK.format(watch.watch_id, reminder, watch.plan)
    return Card(
        f"### ⏰ {words.title(watch)}",
        ping,
        _when(watch, t),
        *rows([button(t("watch.button_coming"), mark, emoji="🙋")]),
    )


def private_reminder(watch: Watch, t: Speaker) -> Card:
    """What one member is reminded with."""
    return Card(f"### ⏰ {words.title(watch)}", _when(watch, t), _link(watch))


def promise_card(watch: Watch, t: Speaker) -> Card:
    """Tells a member, in their own messages, that a reminder will come there."""
    return Card(f"### 🔔 {words.title(watch)}", t("watch.reminder_promised"), _when(watch, t), _link(watch))


def _when(watch: Watch, t: Speaker) -> str:
    at = watch.planned_for
    return t("watch.when", when=moment(at), relative=moment(at, "R"), length=spoken(watch.feature.length))


def _place(watch: Watch, t: Speaker) -> str:
    return t("watch.in_voice", channel=f"<#{watch.venue_id}>") if watch.venue_id else ""


def _host(watch: Watch, t: Speaker) -> str:
    return t("watch.host", host=f"<@{watch.host_id}>") if watch.host_id else ""


def _where_it_runs(watch: Watch, t: Speaker) -> str:
    return t("watch.was_finished") if watch.over else t("watch.is_running")


def _link(watch: Watch) -> str:
    place = f"https://discord.com/channels/{watch.club_id}/{watch.channel_id}"
    return f"{place}/{watch.message_id}" if watch.message_id else place


def _section(title: str, lines: Iterable[str], most: int) -> str:
    kept = lines_within(list(lines), most)
    return f"**{title}**\n" + "\n".join(kept) if kept else ""


def _warnings(reading: Reading, version: Version | None) -> Iterable[str]:
    if version is None:
        return ()
    about = (
        warning.statement for warning in reading.film.warnings if warning.about in {version.key, "family"}
    )
    return (f"- {said}" for said in reading.shown(about))


def _places(reading: Reading, version: Version | None) -> Iterable[str]:
    for place in reading.film.availability:
        said = reading.statement(place.statement) if version and place.version == version.key else None
        if said:
            yield f"- **{place.country}:** {said} ({as_of(place.statement.as_of, reading.t)})"


def _more(reading: Reading, version: Version | None) -> list[Persistent]:
    """What the sections leave out."""
    if version is None:
        return []
    t, address = reading.t, f"facts:{reading.film.slug}"
    return [
        button(t("button.warnings"), f"{address}:warnings:{version.key}"),
        button(t("button.where"), f"{address}:where:{version.key}"),
    ]
