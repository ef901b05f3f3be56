"""The cards of a poll: the question, its result, and what stands there once it was reopened."""

from bot.domain.tissues.polls import FEWEST_SHOWN, Poll
from bot.domain.tissues.results import Figures, PeopleOnly, Result
from bot.i18n import Speaker
from bot.ui.cards import Card, button, rows, small
from bot.ui.dates import moment
from bot.ui.persistent import Persistent
from bot.ui.pictures import Picture
from cogs.tissues import words
from cogs.tissues.words import Names

ONE_PRESS = range(5)

# what tells a poll's message and its result from the bot's other ones in a channel
POLL_MARK = "tissues-mine:{}"
RESULT_MARK = "tissues-all:{}:result"


def poll_card(result: Result, names: Names, t: Speaker) -> Card:
    """The question as everybody sees it."""
    poll = result.poll
    return open_card(result, names, t) if poll.open else closed_card(result, names, t)


def open_card(result: Result, names: Names, t: Speaker) -> Card:
    poll = result.poll
    return Card(
        f"### 🧻 {t('tissues.question')}",
        _about(names.title(poll), _closes(poll, t)),
        _so_far(result, t),
        t("tissues.was_reopened") if poll.reopened else "",
        *rows(numbers(poll)),
        *rows([_more(poll, t), button(t("tissues.button_mine"), POLL_MARK.format(poll.poll_id))]),
        small(t("tissues.rules_live" if poll.live else "tissues.rules")),
    )


def closed_card(result: Result, names: Names, t: Speaker) -> Card:
    """The question once it is closed: where its result stands."""
    poll = result.poll
    there = f"https://discord.com/channels/{poll.club_id}/{poll.channel_id}/{poll.result_id}"
    return Card(
        f"### 🧻 {t('tissues.question')}",
        _about(names.title(poll), t("tissues.closed_at", when=moment(poll.closed_at or poll.closes_at))),
        t("tissues.answered", n=_people(result)),
        t("tissues.result_there", url=there) if poll.result_id else "",
        *rows([button(t("tissues.button_mine"), POLL_MARK.format(poll.poll_id))]),
    )


def result_card(result: Result, names: Names, t: Speaker, picture: Picture | None, *, mark: bool) -> Card:
    """A closed poll's result; `mark` makes it the one result message of its poll, and not a copy."""
    poll = result.poll
    buttons = rows(_after(poll, names, t, mark=mark))
    match result:
        case PeopleOnly(_, people):
            return Card(
                f"### 🧻 {t('tissues.result_few_title')}",
                names.title(poll),
                t("tissues.answered", n=people),
                t("tissues.result_few", fewest=FEWEST_SHOWN),
                *buttons,
                small(t("tissues.thanks")),
            )
        case Figures(_, counts, comparisons):
            lines = [words.figures(counts, t), *words.comparisons(comparisons, names, t)]
            return Card(
                f"### 🧻 {words.total(counts, t)}",
                names.title(poll),
                "\n".join(lines),
                picture.item() if picture else "",
                words.histogram(counts),
                *buttons,
                small(t("tissues.thanks")),
            )


def reopened_card(poll: Poll, names: Names, t: Speaker) -> Card:
    """Stands where the result stood, until the next one does."""
    return Card(
        f"### 🧻 {t('tissues.reopened_title')}",
        _about(names.title(poll), _closes(poll, t)),
        t("tissues.reopened"),
        *rows(_after(poll, names, t, mark=True)),
    )


def vote_card(poll: Poll, names: Names, t: Speaker, said: str = "") -> Card:
    """The buttons of a poll for one member, with what their last press did."""
    return Card(
        f"### 🧻 {t('tissues.question')}",
        _about(names.title(poll), _closes(poll, t)),
        said,
        *rows(numbers(poll)),
        *rows([_more(poll, t)]),
    )


def numbers(poll: Poll) -> list[Persistent]:
    return [button(str(n), f"tissues:{poll.poll_id}:{n}") for n in ONE_PRESS]


def _more(poll: Poll, t: Speaker) -> Persistent:
    return button(t("tissues.button_more"), f"tissues-more:{poll.poll_id}")


def _after(poll: Poll, names: Names, t: Speaker, *, mark: bool) -> list[Persistent]:
    address = RESULT_MARK.format(poll.poll_id) if mark else f"tissues-all:{poll.poll_id}:copy"
    return [
        button(t("tissues.button_versions"), address),
        button(t("button.support"), f"facts:{names.film(poll.film).slug}:support"),
    ]


def _about(title: str, when: str) -> str:
    return f"{title} · {when}" if title else when


def _closes(poll: Poll, t: Speaker) -> str:
    at = poll.closes_at
    return t("tissues.closes", relative=moment(at, "R"), when=moment(at))


def _so_far(result: Result, t: Speaker) -> str:
    match result:
        case PeopleOnly(poll, people):
            said = t("tissues.answered_so_far", n=people)
            return f"{said} {t('tissues.shown_from' if poll.live else 'tissues.hidden', fewest=FEWEST_SHOWN)}"
        case Figures(_, counts):
            lines = [words.total(counts, t), words.figures(counts, t), words.histogram(counts)]
            return "\n".join(lines)


def _people(result: Result) -> int:
    return result.people if isinstance(result, PeopleOnly) else result.counts.people
