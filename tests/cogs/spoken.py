"""Every text of a film with what it gives away, found by walking the film and not by knowing its cards."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from bot.domain.film import Fact, Film, QuizQuestion, Source, Statement, Text
from bot.domain.spoilers import NOTHING, Room, Spoils

Spoken = tuple[str, Spoils]

HEAD = slice(12, 48)  # past what a search may repeat, before what a label may cut off
TAIL = slice(-36, None)


def spoken(film: Film) -> list[Spoken]:
    """Every text of a film, with what it gives away."""
    return [(text, spoils) for text, spoils in _of(film) if text]


def forbidden(film: Film, room: Room) -> frozenset[str]:
    """Pieces of every text that is too much for `room`, without those that stand in an allowed text as well."""
    every = spoken(film)
    allowed = "\n".join(text for text, spoils in every if room.admits(spoils))
    pieces = {piece for text, spoils in every if not room.admits(spoils) for piece in _pieces(text)}
    return frozenset(piece for piece in pieces if piece not in allowed)


def _pieces(text: str) -> tuple[str, ...]:
    said = text.rstrip(".")
    return (said[HEAD], said[TAIL]) if len(said) > HEAD.stop else (said,)


def _of(value: object) -> Iterator[Spoken]:
    match value:
        case str():
            yield value, NOTHING
        case Statement(text=text, spoils=spoils, sides=sides, sources=sources):
            yield from ((each, spoils) for each in (text, *sides))
            yield from _of(sources)
        case Text(text=text, spoils=spoils):
            yield text, spoils
        case Source(name=name, url=url, spoils=spoils):
            yield from ((name, spoils), (url, spoils))
        case Fact(statement=statement, quiz=QuizQuestion(ask=ask, answer=answer, wrong=wrong)):
            yield from _of(statement)
            yield from ((each, statement.spoils) for each in (ask, answer, *wrong))
        case _:
            yield from chain.from_iterable(map(_of, _parts(value)))


def _parts(value: object) -> Iterable[object]:
    match value:
        case Mapping():
            return value.values()
        case tuple():
            return value
        case Struct():
            return [getattr(value, name) for name in value.__struct_fields__]
    return ()
