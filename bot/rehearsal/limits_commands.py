"""What a command may be: names, options, choices, and the 8,000 characters of one command."""

import re
import unicodedata
from collections.abc import Iterator

from bot.rehearsal.commands import CHAT_INPUT
from bot.rehearsal.faults import Faults, Path
from bot.rehearsal.rules import Json, Rule

LIMITS = "discord.md: Limits, commands"
DOCS = "docs: Application Commands"
NAME = Rule("a slash name matches ^[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}$, lower case", DOCS)
DESCRIPTION = Rule("a description has 1-100 characters; menus have none", DOCS)
OPTIONS = Rule("25 options, 25 subcommands per level, required ones first, names unique", LIMITS)
CHOICES = Rule("25 choices of 1-100 characters, none beside autocomplete", LIMITS)
ALL_TEXT = Rule("a command's names, descriptions and values have 8,000 characters in all", LIMITS)
LOCALES = Rule("localizations are keyed by Discord's locales", "discord.md: Limits, locales")
AUTOCOMPLETE = Rule("25 autocomplete results", LIMITS)

SUBCOMMAND, GROUP = 1, 2
DISCORD_LOCALES = frozenset(
    re.findall(
        r"\S+",
        "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi"
        " th zh-CN ja zh-TW ko",
    )
)


def check_command(command: Json, path: Path = (), faults: Faults | None = None) -> None:
    """Raise 50035 for what is wrong; with `faults` of the caller, only collect."""
    mine = faults or Faults()
    slash = (command.get("type") or CHAT_INPUT) == CHAT_INPUT
    _check_names(command, path, mine, slash=slash)
    if slash:
        _check_descriptions(command, path, mine)
    elif command.get("description") or command.get("options"):
        mine.add((*path, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "None", DESCRIPTION)
    _check_options(command.get("options") or [], (*path, "options"), mine, depth=0)
    if sum(_longest(texts) for texts in _texts(command)) > 8000:
        mine.add(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)", ALL_TEXT)
    if faults is None:
        mine.raise_if_any()


def check_commands(commands: list[Json]) -> None:
    faults = Faults()
    for index, command in enumerate(commands):
        check_command(command, (index,), faults)
    names = [(c.get("name"), c.get("type") or CHAT_INPUT) for c in commands]
    for index, name in enumerate(names):
        if name in names[:index]:
            faults.add((index, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", f"{name[0]!r} twice", NAME)
    faults.raise_if_any()


def check_choices(choices: list[Json], path: Path, faults: Faults, rule: Rule = CHOICES) -> None:
    faults.count(path, choices, rule, most=25)
    for index, choice in enumerate(choices):
        here = (*path, index)
        faults.required((*here, "name"), choice.get("name"), rule)
        names = {"name": choice.get("name"), **(choice.get("name_localizations") or {})}
        for name in names.values():
            faults.text((*here, "name"), name, rule, least=1, most=100)
        if isinstance(choice.get("value"), str):
            faults.text((*here, "value"), choice["value"], rule, most=100)


def is_slash_name(name: object) -> bool:
    return (
        isinstance(name, str) and 1 <= len(name) <= 32 and name == name.lower() and all(map(_allowed, name))
    )


def _allowed(character: str) -> bool:
    in_script = "\u0900" <= character <= "\u097f" or "\u0e00" <= character <= "\u0e7f"
    return character in "-_'" or unicodedata.category(character)[0] in "LN" or in_script


def _check_names(holder: Json, path: Path, faults: Faults, *, slash: bool) -> None:
    localized = holder.get("name_localizations") or {}
    _check_locales(localized, (*path, "name_localizations"), faults)
    names = [((*path, "name"), holder.get("name"))]
    names += [((*path, "name_localizations", locale), name) for locale, name in localized.items()]
    for where, name in names:
        if slash and not is_slash_name(name):
            faults.add(where, "APPLICATION_COMMAND_INVALID_NAME", f"{name!r} is no name", NAME)
        faults.text(where, name, NAME, least=1, most=32)


def _check_descriptions(holder: Json, path: Path, faults: Faults) -> None:
    localized = holder.get("description_localizations") or {}
    _check_locales(localized, (*path, "description_localizations"), faults)
    faults.required((*path, "description"), holder.get("description"), DESCRIPTION)
    for text in (holder.get("description"), *localized.values()):
        faults.text((*path, "description"), text, DESCRIPTION, least=1, most=100)


def _check_locales(localized: Json, path: Path, faults: Faults) -> None:
    for locale in localized.keys() - DISCORD_LOCALES:
        faults.add((*path, locale), "DICT_TYPE_INVALID_KEY", f"{locale!r} is no locale", LOCALES)


def _check_options(options: list[Json], path: Path, faults: Faults, *, depth: int) -> None:
    faults.count(path, options, OPTIONS, most=25)
    if len({o.get("name") for o in options}) < len(options):
        faults.add(path, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "A name stands twice", OPTIONS)
    required = [bool(o.get("required")) for o in options]
    if required != sorted(required, reverse=True):
        message = "Required options must be placed before non-required options"
        faults.add(path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message, OPTIONS)
    for index, option in enumerate(options):
        _check_option(option, (*path, index), faults, depth=depth)


def _check_option(option: Json, path: Path, faults: Faults, *, depth: int) -> None:
    _check_names(option, path, faults, slash=True)
    _check_descriptions(option, path, faults)
    if option.get("type") in {SUBCOMMAND, GROUP}:
        if depth > (option["type"] == SUBCOMMAND):
            faults.add((*path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Too deep", OPTIONS)
        _check_options(option.get("options") or [], (*path, "options"), faults, depth=depth + 1)
    choices = option.get("choices") or []
    check_choices(choices, (*path, "choices"), faults)
    if choices and option.get("autocomplete"):
        message = "Choices and autocomplete exclude each other"
        faults.add(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", message, CHOICES)


def _texts(holder: Json) -> Iterator[list[str]]:
    """Each text with its translations; Discord counts the longest of each."""
    for key in ("name", "description"):
        yield [holder.get(key) or "", *(holder.get(f"{key}_localizations") or {}).values()]
    for choice in holder.get("choices") or []:
        yield [choice.get("name") or "", *(choice.get("name_localizations") or {}).values()]
        yield [str(choice.get("value") or "")]
    for option in holder.get("options") or []:
        yield from _texts(option)


def _longest(texts: list[str]) -> int:
    return max(map(len, texts))
