"""A round of questions in a channel: the first right press wins the point, everybody has one try a question."""

from collections import Counter
from datetime import datetime, timedelta

from msgspec import Struct

ANSWER_TIME = timedelta(seconds=60)


class AskedQuestion(Struct, frozen=True):
    """A question of a round as it was put; `won_by` is the member who had it first, once somebody had."""

    fact: str
    ask: str
    choices: tuple[str, ...]
    answer: int
    won_by: int | None = None

    @property
    def right(self) -> str:
        return self.choices[self.answer]


class Quiz(Struct, frozen=True):
    """A round. `position` is the open question from 0; past the last the round is over."""

    quiz_id: int
    club_id: int
    channel_id: int
    film: str
    message_id: int | None
    position: int
    asked_at: datetime
    questions: tuple[AskedQuestion, ...]
    ended: bool = False

    @property
    def over(self) -> bool:
        return self.ended or self.position >= len(self.questions)

    @property
    def current(self) -> AskedQuestion | None:
        return None if self.over else self.questions[self.position]

    @property
    def previous(self) -> AskedQuestion | None:
        return self.questions[self.position - 1] if self.position else None

    @property
    def closes_at(self) -> datetime:
        """When the open question is given up."""
        return self.asked_at + ANSWER_TIME

    def scores(self) -> list[tuple[int, int]]:
        """(member, points), most points first, whoever got there first before the others."""
        winners = [question.won_by for question in self.questions]
        return Counter(member for member in winners if member is not None).most_common()


class Right(Struct, frozen=True):
    """The first right press: the round as it goes on."""

    quiz: Quiz


class Wrong(Struct, frozen=True):
    """A wrong press; the member's one try for this question."""


class TriedBefore(Struct, frozen=True):
    """The member has had their try."""


class TooLate(Struct, frozen=True):
    """The question was answered or given up before: the round as it stands."""

    quiz: Quiz


class NoSuchQuiz(Struct, frozen=True):
    """The round is gone."""


Outcome = Right | Wrong | TriedBefore | TooLate | NoSuchQuiz
