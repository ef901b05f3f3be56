"""Whose data each table holds and how long it is kept; export, erasure and retention are derived from this."""

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct


class OfNobody(Struct, frozen=True, kw_only=True):
    """Rows about no club and no member."""

    kept: str


class OfClub(Struct, frozen=True, kw_only=True):
    """Rows of the club in `club`. `mentions` are columns that name a member in passing (who planned, who
    closed): blanked when that member asks to be forgotten, while the row stays the club's."""

    club: str
    kept: str
    mentions: tuple[str, ...] = ()


class OfMember(Struct, frozen=True, kw_only=True):
    """Rows of the member in `member`; `club` is None where they hold across clubs."""

    member: str
    club: str | None
    kept: str


Holding: TypeAlias = OfNobody | OfClub | OfMember

HOLDS: Mapping[str, Holding] = {
    "schema_migrations": OfNobody(kept="as long as the database"),
    "meta": OfNobody(kept="as long as the database"),
    "clubs": OfClub(club="club_id", kept="until the club removes the bot"),
    "channel_ceilings": OfClub(club="club_id", kept="until the club removes the bot"),
    "jobs": OfClub(club="club_id", kept="90 days after they are finished"),
    "shown_facts": OfClub(club="club_id", kept="until every fact was shown once"),
    "quizzes": OfClub(club="club_id", kept="until the club removes the bot"),
    "quiz_questions": OfClub(club="club_id", kept="with their quiz", mentions=("won_by",)),
    "quiz_tries": OfMember(member="member_id", club="club_id", kept="with their quiz"),
    "tissue_polls": OfClub(
        club="club_id", kept="until the club removes the bot", mentions=("opened_by", "closed_by")
    ),
    "tissue_ballots": OfMember(member="member_id", club="club_id", kept="with their poll"),
    "tissue_counts": OfClub(club="club_id", kept="with their poll"),
    "tissue_board": OfMember(member="member_id", club="club_id", kept="until the member leaves the board"),
    "watches": OfClub(club="club_id", kept="until the club removes the bot", mentions=("host_id",)),
    "watch_members": OfMember(member="member_id", club="club_id", kept="with their watch-along"),
    "watch_taps": OfMember(
        member="member_id", club="club_id", kept="90 days after the evening, then only their sums"
    ),
    "watch_spells": OfClub(club="club_id", kept="with their watch-along"),
    "watch_minutes": OfClub(club="club_id", kept="with their watch-along"),
    "seen": OfMember(member="member_id", club=None, kept="until the member takes it back"),
    "spoiler_threads": OfClub(
        club="club_id", kept="until the club removes the bot", mentions=("opened_by", "closed_by")
    ),
    "spoiler_members": OfMember(member="member_id", club="club_id", kept="with their thread"),
    "spoiler_reminders": OfMember(member="member_id", club="club_id", kept="until the reminder is sent"),
    "spoiler_questions": OfClub(club="club_id", kept="with their thread"),
    "hidings": OfMember(
        member="author_id", club="club_id", kept="until the author deletes the hidden message"
    ),
    "hiding_copies": OfClub(club="club_id", kept="with the message they hide"),
    "weekly_slots": OfClub(club="club_id", kept="until a host removes the slot", mentions=("made_by",)),
    "weekly_dates": OfClub(club="club_id", kept="with their slot"),
    "weekly_quiet": OfClub(club="club_id", kept="until the club removes the bot"),
    "weekly_suggestions": OfMember(member="member_id", club="club_id", kept="until they are watched"),
    "weekly_votes": OfClub(club="club_id", kept="until the club removes the bot"),
    "weekly_candidates": OfClub(club="club_id", kept="with their vote", mentions=("suggested_by",)),
    "weekly_ballots": OfMember(member="member_id", club="club_id", kept="with their vote"),
}


def columns(holding: Holding) -> tuple[str, ...]:
    """The columns by which `holding` finds its owners."""
    match holding:
        case OfNobody():
            return ()
        case OfClub(club=club, mentions=mentions):
            return (club, *mentions)
        case OfMember(member=member, club=club):
            return (member,) if club is None else (member, club)
