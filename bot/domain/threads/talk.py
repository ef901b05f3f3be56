"""Which question a thread is asked next."""

from collections.abc import Collection
from random import Random

from bot.domain.film import Film, Question
from bot.domain.spoilers import Room
from bot.domain.threads.subjects import Subject, targets

FAMILY = "family"


def askable(film: Film, subject: Subject, room: Room) -> list[Question]:
    """The questions about the thread's versions, or about all of them, that may stand in `room` and go no further
    than the thread is meant to."""
    about = {FAMILY, *targets(film, subject.versions)}
    return [
        question
        for question in film.questions
        if question.about in about
        and question.text.spoils.level <= subject.level
        and room.admits(question.text.spoils)
    ]


def next_question(questions: Collection[Question], asked: Collection[str], chance: Random) -> Question | None:
    """One the thread has not had, those that are about its own films before those about all; None once it has had
    them all."""
    fresh = [question for question in questions if question.key not in asked]
    own = [question for question in fresh if question.about != FAMILY]
    return chance.choice(own or fresh) if fresh else None
