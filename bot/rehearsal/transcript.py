"""A message as its reader sees it, drawn for a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from bot.rehearsal.answers import Answer, Modal
from bot.rehearsal.lines import line_of
from bot.rehearsal.messages import Attachment, Message
from bot.rehearsal.polls import Poll
from bot.rehearsal.rules import Json

RESET, BOLD, DIM, ITALIC, UNDERLINE = "\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[3m", "\x1b[4m"
BLUE, RED, GREEN, GREY = "\x1b[34m", "\x1b[31m", "\x1b[32m", "\x1b[90m"
BUTTON_COLOURS = {1: BLUE, 3: GREEN, 4: RED}
COVER = "█"
SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)
BOLD_TEXT, UNDERLINED = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"__(.+?)__")
SLANTED, HEADING = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)"), re.compile(r"^(#{1,3}|-#) (.+)$", re.MULTILINE)
TIME, LINK = re.compile(r"<t:(-?\d+)(?::([a-zA-Z]))?>"), re.compile(r"\[([^\]]+)\]\(<?(https?://[^)>]+)>?\)")
USER, ROLE, CHANNEL = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>"), re.compile(r"<#(\d+)>")


@dataclass(frozen=True, slots=True)
class Transcript:
    """Renders for one reader; `colour=False` leaves the bare characters."""

    colour: bool = True

    def message(self, message: Message) -> str:
        lines = [self._author(message), *self._body(message)]
        return "\n".join(f"  {line}" if index else line for index, line in enumerate(lines))

    def answer(self, answer: Answer) -> str:
        return self.modal(answer.modal) if answer.is_modal else self.message(answer.message)

    def modal(self, modal: Modal) -> str:
        lines = [self._paint(f"┌ {modal.title}", BOLD)]
        for label, field in modal.fields():
            shown = field.get("value") or field.get("placeholder") or ""
            options = " ".join(f"( ) {o['label']}" for o in field.get("options") or [])
            lines.append(f"│ {label}: {options or f'[{shown:<12}]'}")
        return "\n".join([*lines, f"└ {self._paint('[ Submit ]', BLUE)}"])

    def text(self, text: str, message: Message) -> str:
        """Discord's markdown, lightly: spoilers covered, times and mentions as their reader sees them."""
        covered = SPOILER.sub(lambda m: COVER * len(m[1].replace("\n", " ")), text)
        named = self._mentions(covered, message)
        timed = TIME.sub(lambda m: _time(int(m[1]), m[2] or "f", message), named)
        linked = LINK.sub(lambda m: self._paint(m[1], UNDERLINE), timed)
        headed = HEADING.sub(lambda m: self._paint(m[2], DIM if m[1] == "-#" else BOLD), linked)
        for pattern, style in ((BOLD_TEXT, BOLD), (UNDERLINED, UNDERLINE), (SLANTED, ITALIC)):
            headed = pattern.sub(partial(self._styled, style), headed)
        return headed

    def _mentions(self, text: str, message: Message) -> str:
        guild = message.channel.guild
        if guild is None:
            return text
        users = {str(m.id): f"@{m.name}" for m in guild.members.values()}
        roles = {str(r.id): f"@{r.name}" for r in guild.roles.values()}
        channels = {str(c.id): f"#{c.name}" for c in guild.channels.values()}
        for pattern, names in ((USER, users), (ROLE, roles), (CHANNEL, channels)):
            text = pattern.sub(partial(_named, names), text)
        return text

    def _author(self, message: Message) -> str:
        app = self._paint(" APP ", BLUE) if message.author.bot else ""
        when = self._paint(f"{message.created_at:%H:%M}", GREY)
        edited = self._paint(" (edited)", GREY) if message.edited else ""
        reader = message.ephemeral_to
        only = self._paint(f" · only {reader.name} can see this", GREY) if reader else ""
        return f"{self._paint(message.author.name, BOLD)}{app} {when}{edited}{only}"

    def _body(self, message: Message) -> Iterator[str]:
        if line_of(message):
            yield from self.text(line_of(message), message).split("\n")
        if message.poll is not None:
            yield from self._poll(message.poll)
        for embed in message.embeds:
            yield from (f"▌ {line}" for line in self._embed(embed, message))
        shown = _pictured(message.components)
        for attachment in message.attachments:
            if attachment.url not in shown:
                yield self._attachment(attachment)
        for component in message.components:
            yield from self._component(component, message)

    def _poll(self, poll: Poll) -> Iterator[str]:
        yield self._paint(poll.question, BOLD)
        counts = poll.counts()
        yield from (f"( ) {answer.text}  {counts[answer.id]}" for answer in poll.answers)

    def _embed(self, embed: Json, message: Message) -> Iterator[str]:
        if embed.get("title"):
            yield self._paint(embed["title"], BOLD)
        if embed.get("description"):
            yield from self.text(embed["description"], message).split("\n")
        for field in embed.get("fields") or []:
            yield self._paint(field["name"], BOLD)
            yield from self.text(field["value"], message).split("\n")
        if embed.get("footer"):
            yield self._paint(embed["footer"]["text"], GREY)

    def _component(self, component: Json, message: Message) -> Iterator[str]:
        drawings: dict[int, Callable[[Json, Message], Iterator[str]]] = {
            1: self._row,
            9: self._section,
            10: self._display,
            12: self._gallery,
            13: self._file,
            14: self._separator,
            17: self._container,
        }
        draw = drawings.get(component["type"])
        if draw is not None:
            yield from draw(component, message)

    def _row(self, row: Json, _: Message) -> Iterator[str]:
        yield "  ".join(self._control(control) for control in row["components"])

    def _control(self, control: Json) -> str:
        if control["type"] != 2:
            return f"[ {control.get('placeholder') or 'Choose'} ▾ ]"
        emoji = (control.get("emoji") or {}).get("name")
        label = " ".join(part for part in (emoji, control.get("label")) if part)
        if control.get("disabled"):
            return self._paint(f"[ {label} ]", DIM)
        return self._paint(
            f"[ {label}{' ↗' if control['style'] == 5 else ''} ]", BUTTON_COLOURS.get(control["style"])
        )

    def _section(self, section: Json, message: Message) -> Iterator[str]:
        lines = [line for c in section["components"] for line in self._component(c, message)]
        accessory = section["accessory"]
        beside = self._control(accessory) if accessory["type"] == 2 else self._picture(accessory)
        yield from (*lines[:-1], f"{lines[-1]}  {beside}")

    def _display(self, display: Json, message: Message) -> Iterator[str]:
        yield from self.text(display["content"], message).split("\n")

    def _gallery(self, gallery: Json, _: Message) -> Iterator[str]:
        yield from (self._picture(item) for item in gallery["items"])

    def _file(self, file: Json, _: Message) -> Iterator[str]:
        yield f"📎 {file['file']['url'].rsplit('/', 1)[-1]}"

    def _separator(self, separator: Json, _: Message) -> Iterator[str]:
        yield self._paint("─" * 40, GREY) if separator.get("divider", True) else ""

    def _container(self, container: Json, message: Message) -> Iterator[str]:
        if container.get("spoiler"):
            yield f"┃ {COVER * 40}"
            return
        for component in container["components"]:
            yield from (f"┃ {line}" for line in self._component(component, message))

    def _picture(self, item: Json) -> str:
        if item.get("spoiler"):
            return f"🖼  {COVER * 12}"
        return self._paint(f"🖼  {item.get('description') or 'no alt text'}", GREY)

    def _attachment(self, attachment: Attachment) -> str:
        if attachment.spoiler:
            return f"📎 {COVER * 12}"
        return self._paint(f"📎 {attachment.filename}: {attachment.description or 'no alt text'}", GREY)

    def _styled(self, style: str, match: re.Match[str]) -> str:
        return self._paint(match[1], style)

    def _paint(self, text: str, style: str | None) -> str:
        return f"{style}{text}{RESET}" if self.colour and style and text else text


def _named(names: dict[str, str], mention: re.Match[str]) -> str:
    return names.get(mention[1], mention[0])


def _time(unix: int, style: str, message: Message) -> str:
    """In UTC, which is named; relative ones are told from when the message was sent or edited."""
    moment = datetime.fromtimestamp(unix, UTC)
    if style != "R":
        formats = {"t": "%H:%M", "d": "%d %b %Y", "D": "%d %b %Y", "F": "%a %d %b %Y %H:%M"}
        return f"{moment:{formats.get(style, '%d %b %Y %H:%M')}} UTC"
    seconds = (moment - (message.edited_at or message.created_at)).total_seconds()
    sizes = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
    size, unit = next(((s, u) for s, u in sizes if abs(seconds) >= s), (1, "second"))
    count = round(abs(seconds) / size)
    span = f"{count} {unit}{'s' if count != 1 else ''}"
    return f"in {span}" if seconds >= 0 else f"{span} ago"


def _pictured(components: list[Json]) -> set[str]:
    """The urls of what components show themselves."""
    found: set[str] = set()
    for component in components:
        for holder in (component, *(component.get("items") or [])):
            for key in ("media", "file"):
                found |= {holder[key]["url"]} if isinstance(holder.get(key), dict) else set()
        found |= _pictured(component.get("components") or [])
        found |= _pictured([component["accessory"]] if component.get("accessory") else [])
    return found
