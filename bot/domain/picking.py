"""Which fact a channel gets next, and which ones a question round asks."""

from collections.abc import Collection, Sequence
from random import Random

from msgspec import Struct

from bot.domain.film import Fact, Film, QuizQuestion
from bot.domain.spoilers import Room

QUIZ_LENGTH = 5


class Picked(Struct, frozen=True):
    """The next fact, and whether the channel has been through all of them and starts over with it."""

    fact: Fact
    starts_over: bool


class Asked(Struct, frozen=True):
    """A question as it is put: the choices shuffled, `answer` the index of the right one."""

    fact: str
    ask: str
    choices: tuple[str, ...]
    answer: int


def tellable(film: Film, room: Room, about: str | None = None, topic: str | None = None) -> list[Fact]:
    """The facts that may stand in `room`, of one version and topic where these are given."""
    return [
        fact
        for fact in film.facts
        if room.admits(fact.statement.spoils) and about in {None, fact.about} and topic in {None, fact.topic}
    ]


def pick_fact(facts: Sequence[Fact], shown: Collection[str], chance: Random) -> Picked | None:
    """A fact that was not shown yet, any fact once all were; None where there is none at all."""
    if not facts:
        return None
    fresh = [fact for fact in facts if fact.key not in shown]
    return Picked(chance.choice(fresh or facts), starts_over=not fresh)


def pick_questions(film: Film, room: Room, chance: Random) -> tuple[Asked, ...]:
    """Up to QUIZ_LENGTH questions that give nothing away in `room`."""
    known = [(fact, fact.quiz) for fact in tellable(film, room) if fact.quiz is not None]
    drawn = chance.sample(known, min(QUIZ_LENGTH, len(known)))
    return tuple(_ask(fact, question, chance) for fact, question in drawn)


def _ask(fact: Fact, question: QuizQuestion, chance: Random) -> Asked:
    choices = [question.answer, *question.wrong]
    chance.shuffle(choices)
    return Asked(fact.key, question.ask, tuple(choices), choices.index(question.answer))
