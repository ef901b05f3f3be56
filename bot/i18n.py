"""The catalogues: every text a member reads, by key and language, and the names of commands on Discord."""

import logging
from collections.abc import Callable, Mapping, Sequence
from gettext import c2py
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po
from discord import Locale, app_commands
from msgspec import Struct

from bot.errors import SetupError

log = logging.getLogger(__name__)

ENGLISH = "en"


class Catalogue(Struct, frozen=True):
    """One language: each key's forms (one, or as many as the language has plurals) and the rule between them."""

    language: str
    forms: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]

    def find(self, key: str, n: object) -> str | None:
        """The text for `key`, in the form that the number `n` wants; None where there is none."""
        forms = self.forms.get(key)
        if not forms:
            return None
        form = forms[self.plural(n)] if len(forms) > 1 and isinstance(n, int) else forms[0]
        return form or None


class Speaker:
    """Says texts in one language, in English where a text is missing. A missing English text is a KeyError."""

    def __init__(self, spoken: Catalogue, english: Catalogue) -> None:
        self._spoken = spoken
        self._english = english

    @property
    def language(self) -> str:
        return self._spoken.language

    def __call__(self, key: str, **params: object) -> str:
        """The text for `key` with its placeholders filled; `n` chooses the plural form."""
        n = params.get("n")
        text = self._spoken.find(key, n) or self._english.find(key, n)
        if text is None:
            raise KeyError(key)
        return text.format_map(params)

    def has(self, key: str) -> bool:
        """Whether there is a text for `key` at all."""
        return bool(self._spoken.find(key, 1) or self._english.find(key, 1))


class Texts:
    """All catalogues."""

    def __init__(self, catalogues: Mapping[str, Catalogue]) -> None:
        english = catalogues[ENGLISH]
        self._speakers = {language: Speaker(spoken, english) for language, spoken in catalogues.items()}

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._speakers)

    def speaker(self, locale: str) -> Speaker:
        """The speaker for a Discord locale or a language code; English where there is no catalogue."""
        language, _, _ = locale.partition("-")
        return self._speakers.get(locale) or self._speakers.get(language) or self._speakers[ENGLISH]


def load_texts(directory: Path) -> Texts:
    """Reads every `<language>.po` in `directory`; raises SetupError naming the file that can't be used."""
    catalogues = {path.stem: _read(path) for path in sorted(directory.glob("*.po"))}
    if ENGLISH not in catalogues:
        raise SetupError(f"LOCALES_DIR: {directory} holds no {ENGLISH}.po")
    return Texts(catalogues)


def _read(path: Path) -> Catalogue:
    try:
        with path.open("rb") as file:
            entries = read_po(file, locale=path.stem, abort_invalid=True)
        plural = c2py(entries.plural_expr)
    except (OSError, PoFileError, ValueError) as fault:
        raise SetupError(f"LOCALES_DIR: {path.name} can't be read: {fault}") from fault
    forms = {_first(entry.id): _all(entry.string) for entry in entries if entry.id}
    return Catalogue(path.stem, forms, plural)


def _all(strings: str | Sequence[str] | None) -> tuple[str, ...]:
    return (strings,) if isinstance(strings, str) else tuple(strings or ())


def _first(strings: str | Sequence[str]) -> str:
    return _all(strings)[0]


def text_key(key: str, **params: str) -> app_commands.locale_str:
    """A command text by its key in the catalogues; the default Discord shows is the English one."""
    return app_commands.locale_str(key, **params)


class CommandTexts(app_commands.Translator):
    """Gives Discord each command's texts in each language that has them; names are left to the code's own
    where a catalogue has none."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - the library's signature
    ) -> str | None:
        language, _, _ = locale.value.partition("-")
        if language not in self._texts.languages or locale is Locale.british_english:
            return None
        speaker = self._texts.speaker(language)
        params = dict(string.extras)
        key = str(params.pop("key", string.message))
        return speaker(key, **params) if speaker.has(key) else None
