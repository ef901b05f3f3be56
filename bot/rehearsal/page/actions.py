"""What the page can do: act as the member who looks, move the clock, and trouble the bot."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.rehearsal import acting
from bot.rehearsal.answers import Answer, ClientRefuses, InteractionFailed
from bot.rehearsal.messages import Message
from bot.rehearsal.offered import BOOLEAN, INTEGER, NUMBER, STRING, pick
from bot.rehearsal.page.messages import drawn
from bot.rehearsal.page.names import NamesFor
from bot.rehearsal.process import ProcessError
from bot.rehearsal.rules import Json

if TYPE_CHECKING:
    from bot.rehearsal.page.session import Session

Asked = dict[str, Any]
Deed = Callable[["Session", Asked], Awaitable[Json]]

LIMITED_FOR = 10.0
LONGEST_JUMP = timedelta(weeks=60)
STRING_SELECT = 3


async def perform(session: Session, asked: Asked) -> Json:
    """What came of it: `ok`, or an `error` in words for the member."""
    try:
        deed = DEEDS[asked["do"]]
        return {"ok": True, **await deed(session, asked)}
    except (ClientRefuses, InteractionFailed, ProcessError) as refusal:
        return {"error": _sentence(str(refusal))}
    except (AttributeError, LookupError, TypeError, ValueError) as nonsense:
        return {"error": f"That can't be done: {nonsense!r}"}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


async def look(session: Session, asked: Asked) -> Json:
    stage = session.stage
    member = stage.member(asked["member"]) if "member" in asked else None
    session.look(member, stage.channel(asked.get("channel", "")))
    return {}


async def say(session: Session, asked: Asked) -> Json:
    text = str(asked["text"]).strip()
    if not 0 < len(text) <= 2000:
        raise ClientRefuses(f"A message takes 1 to 2000 characters, not {len(text)}.")
    session.viewer.say(session.channel, text)
    return {}


async def interested(session: Session, asked: Asked) -> Json:
    session.viewer.interested(session.stage.guild.scheduled[int(asked["event"])])
    return {}


async def slash(session: Session, asked: Asked) -> Json:
    options = _options(session, asked["path"], asked.get("options") or {}, strict=True)
    return _outcome(session, await acting.slash(session.viewer, session.channel, asked["path"], options))


async def complete(session: Session, asked: Asked) -> Json:
    also = _options(session, asked["path"], asked.get("also") or {}, strict=False)
    typed = (str(asked["option"]), asked.get("typed", ""))
    choices = await acting.complete(session.viewer, session.channel, asked["path"], typed, also)
    return {"choices": [{"name": choice.name, "value": choice.value} for choice in choices]}


async def press(session: Session, asked: Asked) -> Json:
    answer = await acting.press(session.viewer, _message(session, asked), str(asked["name"]))
    return _outcome(session, answer)


async def choose(session: Session, asked: Asked) -> Json:
    message, name = _message(session, asked), str(asked["name"])
    select = next((s for s in message.selects() if s["custom_id"] == name), {"type": STRING_SELECT})
    values = [_chosen(session, select["type"], value) for value in asked["values"]]
    return _outcome(session, await acting.choose(session.viewer, message, name, tuple(values)))


async def submit(session: Session, asked: Asked) -> Json:
    modal = session.forms.get(str(asked["form"]))
    if modal is None:
        raise ClientRefuses("That form is gone.")
    kinds = {field["custom_id"]: field["type"] for _, field in modal.fields() if "custom_id" in field}
    values = {
        name: [_chosen(session, kinds[name], each) for each in value] if isinstance(value, list) else value
        for name, value in asked["fields"].items()
    }
    answer = await acting.submit(session.viewer, modal, values)
    session.forms.pop(str(asked["form"]), None)
    return _outcome(session, answer)


async def menu(session: Session, asked: Asked) -> Json:
    message = _message(session, asked)
    return _outcome(session, await acting.menu(session.viewer, message, asked["name"], session.channel))


async def vote(session: Session, asked: Asked) -> Json:
    """In a native poll, by the ids of its answers; none takes a vote back."""
    message = _message(session, asked)
    answers = message.poll.answers if message.poll else []
    session.viewer.vote(message, *(answer.text for answer in answers if answer.id in asked["answers"]))
    return {}


async def jump(session: Session, asked: Asked) -> Json:
    """By `seconds`, or to what the bot says falls due next."""
    clock, due = session.stage.discord.clock, session.stage.bot.due
    if "seconds" in asked:
        by = timedelta(seconds=float(asked["seconds"]))
    elif due is None:
        raise ClientRefuses("Nothing is due.")
    else:
        by = max(timedelta(), due - clock.now())
    if not timedelta() <= by <= LONGEST_JUMP:
        raise ClientRefuses("The clock goes forward, and not more than a year at once.")
    clock.jump(by)
    return {}


async def crash(session: Session, _: Asked) -> Json:
    await session.stage.bot.kill()
    return {}


async def start(session: Session, _: Asked) -> Json:
    if session.stage.bot.running:
        raise ClientRefuses("The bot is running.")
    await session.stage.bot.start()
    await session.stage.bot.ready()
    return {}


async def drop(session: Session, _: Asked) -> Json:
    await session.stage.discord.drop_connection()
    return {}


async def limit(session: Session, _: Asked) -> Json:
    session.stage.limited_until = time.time() + LIMITED_FOR
    session.stage.discord.rate_limit_for(LIMITED_FOR)
    return {}


async def tongue(session: Session, asked: Asked) -> Json:
    """The club's language, as its owner sets it in Discord."""
    session.stage.guild.set_locale(str(asked["locale"]))
    return {}


DEEDS: dict[str, Deed] = {
    deed.__name__: deed
    for deed in (
        look,
        say,
        interested,
        slash,
        complete,
        press,
        choose,
        submit,
        menu,
        vote,
        jump,
        crash,
        start,
        drop,
        limit,
        tongue,
    )
}


def _outcome(session: Session, answer: Answer) -> Json:
    if not answer.is_modal:
        return {}
    modal, form = answer.modal, str(answer.interaction.id)
    session.forms[form] = modal
    names = NamesFor(session.stage.guild, session.viewer)
    return {"form": {"id": form, "title": modal.title, "components": drawn(modal.components, names)}}


def _message(session: Session, asked: Asked) -> Message:
    message = session.channel.messages.get(int(asked["message"]))
    if message is None:
        raise ClientRefuses("That message is gone.")
    return message


def _chosen(session: Session, select_type: int, value: Any) -> Any:
    return session.stage.thing(value) if select_type in {5, 6, 7, 8} else value


def _options(session: Session, path: str, given: Json, *, strict: bool) -> Json:
    """The options as their types want them; not `strict`: without those that aren't finished yet."""
    kinds = {option["name"]: option["type"] for option in pick(session.viewer, session.channel, path).options}
    values = {}
    for name, value in given.items():
        try:
            values[name] = _value(session, kinds.get(name, STRING), value)
        except ValueError:
            if strict:
                raise ClientRefuses(f"{name} takes a number, not {value!r}") from None
    return values


def _value(session: Session, kind: int, value: Any) -> Any:
    match kind:
        case _ if kind == STRING:
            return str(value)
        case _ if kind == INTEGER:
            return int(value)
        case _ if kind == NUMBER:
            return float(value)
        case _ if kind == BOOLEAN:
            return value in {True, "true"}
        case _:
            return session.stage.thing(str(value))
