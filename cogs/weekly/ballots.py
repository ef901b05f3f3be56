"""The cards of a vote for the next film: the question, its result, one's own ballot, the club's list."""

from collections.abc import Sequence

import discord

from bot.domain.tissues.polls import FEWEST_SHOWN
from bot.domain.watch.watch import Watch
from bot.domain.weekly.candidates import Feature, Standing, Suggestion
from bot.domain.weekly.votes import (
    Candidate,
    Drawn,
    LeastWatched,
    NobodyVoted,
    Outright,
    Unread,
    Vote,
    decide,
    winner_of,
)
from bot.i18n import Speaker
from bot.ui.cards import Card, button, menu, rows, small
from bot.ui.dates import moment
from bot.ui.plain import plain, shortened

LABEL = 34
OPTION = 100
MOST_LISTED = 20

# what tells a vote's message and its result from the bot's other ones in a channel
VOTE_MARK = "weekly-mine:{}"
RESULT_MARK = "weekly-mine:{}:result"


def vote_card(vote: Vote, t: Speaker) -> Card:
    """The question as everybody sees it: open, with hidden counts, or closed, with the way to its result."""
    return _open_card(vote, t) if vote.open else _closed_card(vote, t)


def standing_card(standing: Sequence[Standing], t: Speaker) -> Card:
    """Who would stand in the next vote."""
    lines = [_line(number, each.feature, each.suggested_by, t) for number, each in enumerate(standing, 1)]
    return Card(f"### 🗳️ {t('weekly.vote')}", "\n".join(lines))


def result_card(vote: Vote, watch: Watch | None, evening: str, t: Speaker) -> Card:
    """What a vote came to and what follows: the evening that is planned, or a button that plans it for `evening`."""
    winner = winner_of(decide(vote))
    mine = button(t("weekly.button_mine"), RESULT_MARK.format(vote.vote_id))
    plan = button(t("weekly.button_plan"), f"weekly-plan:{vote.vote_id}", emoji="🎬")
    known = winner is not None and winner.feature.minutes is not None
    offered = known and watch is None and evening != ""
    return Card(
        f"### 🗳️ {_verdict(vote, t)}",
        t("weekly.voted", n=vote.people) if vote.seed is not None else "",
        _figures(vote, t),
        _tie(vote, t),
        t("weekly.planned", when=moment(watch.planned_for)) if watch else "",
        t("weekly.offered", when=evening) if offered else "",
        t("weekly.no_length", title=plain(winner.feature.title)) if winner and not known else "",
        *rows([plan if offered else None, mine]),
    )


def ballot_card(vote: Vote, mine: Candidate | None, t: Speaker) -> Card:
    """A member's own ballot, for them alone."""
    if vote.native:
        return Card(t("weekly.mine_native"))
    if mine is None:
        return Card(t("weekly.mine_none" if vote.open else "weekly.mine_never"))
    return Card(t("weekly.mine", title=plain(mine.feature.title)))


def list_card(suggestions: Sequence[Suggestion], member_id: int, t: Speaker, said: str = "") -> Card:
    """What members would like to watch, the newest of it, with a way to take one's own back."""
    newest = suggestions[-MOST_LISTED:]
    lines = [f"- {_title(each.feature, t)} · <@{each.member_id}>" for each in newest]
    more = len(suggestions) - len(newest)
    own = [each for each in suggestions if each.member_id == member_id][:25]
    options = [
        discord.SelectOption(label=each.feature.title[:OPTION], value=str(each.suggestion_id)) for each in own
    ]
    return Card(
        f"### 🎞️ {t('weekly.wishes')}",
        said,
        t("weekly.more_wishes", n=more) if more else "",
        "\n".join(lines) or t("weekly.no_wishes"),
        *([menu(t("weekly.withdraw"), "weekly-withdraw", options)] if options else []),
        small(t("weekly.wishes_rules")),
    )


def _open_card(vote: Vote, t: Speaker) -> Card:
    closes = t("weekly.closes", relative=moment(vote.closes_at, "R"), when=moment(vote.closes_at))
    lines = [_line(each.number, each.feature, each.suggested_by, t) for each in vote.candidates]
    choices = [button(_label(each), f"weekly-vote:{vote.vote_id}:{each.number}") for each in vote.candidates]
    return Card(
        f"### 🗳️ {t('weekly.vote')}",
        closes,
        "\n".join(lines),
        f"{t('weekly.voted', n=vote.people)} {t('weekly.hidden')}",
        *rows(choices),
        *rows([button(t("weekly.button_mine"), VOTE_MARK.format(vote.vote_id))]),
        small(t("weekly.vote_rules")),
    )


def _closed_card(vote: Vote, t: Speaker) -> Card:
    there = f"https://discord.com/channels/{vote.club_id}/{vote.channel_id}/{vote.result_id}"
    return Card(
        f"### 🗳️ {t('weekly.vote')}",
        t("weekly.vote_closed", when=moment(vote.closed_at or vote.closes_at)),
        t("weekly.voted", n=vote.people),
        t("weekly.result_there", url=there) if vote.result_id else "",
        *rows([button(t("weekly.button_mine"), VOTE_MARK.format(vote.vote_id))]),
    )


def _verdict(vote: Vote, t: Speaker) -> str:
    match decide(vote):
        case Outright(winner) | LeastWatched(winner) | Drawn(winner):
            return t("weekly.won", title=plain(winner.feature.title))
        case NobodyVoted():
            return t("weekly.nobody_voted")
        case Unread():
            return t("weekly.unread")


def _figures(vote: Vote, t: Speaker) -> str:
    """Each candidate's votes; with few ballots nothing that would tell whose they are, unless Discord showed it."""
    if vote.seed is None or vote.people == 0:
        return ""
    if vote.people < FEWEST_SHOWN and not vote.native:
        return t("weekly.few", fewest=FEWEST_SHOWN)
    chosen = sorted(
        (each for each in vote.candidates if each.votes), key=lambda each: (-(each.votes or 0), each.number)
    )
    lines = [f"{each.number}\\. {plain(each.feature.title)}: **{each.votes}**" for each in chosen]
    none = len(vote.candidates) - len(chosen)
    return "\n".join([*lines, *([small(t("weekly.no_votes", n=none))] if none else [])])


def _tie(vote: Vote, t: Speaker) -> str:
    """How a tie was broken; with few ballots only how one would be, since it would tell whose they are."""
    if 0 < vote.people < FEWEST_SHOWN and not vote.native:
        return t("weekly.tie_few", seed=vote.seed)
    match decide(vote):
        case LeastWatched(_, tied):
            return t("weekly.tie_watched", n=len(tied))
        case Drawn(_, tied, seed):
            numbers = ", ".join(str(each.number) for each in tied)
            return t("weekly.tie_lot", n=len(tied), seed=seed, numbers=numbers)
        case _:
            return ""


def _line(number: int, feature: Feature, suggested_by: int | None, t: Speaker) -> str:
    whose = f" · {t('weekly.suggested_by', member=f'<@{suggested_by}>')}" if suggested_by else ""
    return f"{number}\\. {_title(feature, t)}{whose}"


def _title(feature: Feature, t: Speaker) -> str:
    length = f" · {t('weekly.minutes', n=feature.minutes)}" if feature.minutes else ""
    return f"{plain(feature.title)}{length}"


def _label(candidate: Candidate) -> str:
    return shortened(f"{candidate.number}. {candidate.feature.title}", LABEL)
