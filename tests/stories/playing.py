"""A member who tries everything: every command with its options filled, every button, select and form that comes of
it, in any channel. It is told of no command: whatever the bot has registered is played."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from bot.rehearsal import Answer, Choice, ClientRefuses, InteractionFailed, Member, Message
from bot.rehearsal.commands import CHAT_INPUT, MESSAGE_MENU
from bot.rehearsal.entities import Channel, Role

SUBCOMMANDS = {1, 2}
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, NUMBER = 3, 4, 5, 6, 7, 8, 10
LINK = 5
TYPED = {"closes": "2h", "when": "2d", "at": "20:00", "to": "0:10", "up-to-minute": "0:50", "tissues": "3"}
DEPTH = 3


class Player:
    """Plays as `member`, who never presses what starts with `never`; `role` and `other` are what options ask for.
    `offered` keeps all that lists have shown."""

    def __init__(
        self, member: Member, role: Role, other: Member, text_channel: Channel, never: str = "\0"
    ) -> None:
        self.member, self.role, self.other, self.text_channel = member, role, other, text_channel
        self.never = never
        self.offered: list[str] = []
        self.forms: list[str] = []
        self.played: set[str] = set()
        self.pressed: set[tuple[int, str]] = set()
        self.answers: list[Message] = []

    async def everything(self, channel: Channel, but: Iterable[str] = ()) -> None:
        """Every command here with what it needs, and with all it takes."""
        for path, options in sorted(self._commands()):
            if path in but:
                continue
            needed = [option for option in options if option.get("required")]
            for filled in [needed] if len(needed) == len(options) else [needed, options]:
                await self._call(channel, path, filled, last=filled is options)
        self.pressed |= {(channel.id, "")}

    async def look_through(self, messages: Iterable[Message]) -> None:
        """Every button and select of messages that stand there."""
        for message in messages:
            await self._follow(message, DEPTH)

    async def menus(self, message: Message) -> None:
        for _, command in list(self.member.world.commands):
            if command["type"] == MESSAGE_MENU:
                await self._heed(await self.member.menu(message, command["name"]), DEPTH)

    def _commands(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        for _, command in list(self.member.world.commands):
            if command["type"] == CHAT_INPUT:
                yield from _paths(command["name"], command.get("options") or [])

    async def _call(self, channel: Channel, path: str, options: list[dict[str, Any]], *, last: bool) -> None:
        filled: dict[str, Any] = {}
        try:
            for option in options:
                filled[option["name"]] = await self._value(channel, path, option, filled, last=last)
            answer = await self.member.slash(channel, path, **filled)
        except ClientRefuses:
            return
        except InteractionFailed as failed:
            failed.add_note(f"/{path} {filled} in #{channel.name}")
            raise
        self.played.add(path)
        await self._heed(answer, DEPTH)

    async def _value(
        self, channel: Channel, path: str, option: dict[str, Any], also: dict[str, Any], *, last: bool
    ) -> Any:
        name, kind = option["name"], option["type"]
        if option.get("choices"):
            return option["choices"][-1 if last else 0]["value"]
        if option.get("autocomplete"):
            choices = await self._choices(channel, path, name, also)
            if choices:
                return choices[-1 if last else 0].value
        plain = {
            STRING: TYPED.get(name, "zq"),
            INTEGER: option.get("min_value") or 3,
            NUMBER: option.get("min_value") or 3,
            BOOLEAN: True,
            USER: self.other,
            CHANNEL: self.text_channel,
            ROLE: self.role,
        }
        return plain[kind]

    async def _choices(self, channel: Channel, path: str, name: str, also: dict[str, Any]) -> list[Choice]:
        """What an option's list offers; none where the bot has nothing to say to what was filled in before."""
        with suppress(InteractionFailed):
            choices = await self.member.complete(channel, path, also=also, **{name: ""})
            self.offered += [str(text) for choice in choices for text in (choice.name, choice.value)]
            return choices
        return []

    async def _heed(self, answer: Answer, depth: int) -> None:
        if answer.deferred:
            await answer.settled()
        if answer.is_modal:
            self.forms.append(answer.text)
            fields = {field["custom_id"]: "3" for _, field in answer.modal.fields() if field["type"] == 4}
            with suppress(ClientRefuses):
                await self._heed(await self.member.submit(answer.modal, fields), depth - 1)
            return
        with suppress(LookupError):
            self.answers.append(answer.message)
            await self._follow(answer.message, depth - 1)

    async def _follow(self, message: Message, depth: int) -> None:
        """Each button and select of a kind once in a channel, as long as it leads somewhere new."""
        if depth <= 0 or not self.member.reads(message):
            return
        for button in message.buttons():
            if button.get("style") != LINK and self._is_new(message, button["custom_id"]):
                with suppress(ClientRefuses):
                    await self._heed(await self.member.press(message, button["custom_id"]), depth)
        for select in message.selects():
            for option in (select.get("options") or [])[:: max(1, len(select.get("options") or []) - 1)]:
                if self._is_new(message, f"{select['custom_id']} {option['value']}"):
                    with suppress(ClientRefuses):
                        answer = await self.member.choose(message, select["custom_id"], option["value"])
                        await self._heed(answer, depth)

    def _is_new(self, message: Message, address: str) -> bool:
        kind = (message.channel.id, ":".join(part for part in address.split(":")[:4] if not part.isdecimal()))
        new = kind not in self.pressed and not address.startswith(self.never)
        self.pressed.add(kind)
        return new


def _paths(path: str, options: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    inner = [option for option in options if option["type"] in SUBCOMMANDS]
    if not inner:
        yield path, options
    for option in inner:
        yield from _paths(f"{path} {option['name']}", option.get("options") or [])
