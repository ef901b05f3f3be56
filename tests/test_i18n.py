"""The catalogues: the right form, English where a language is silent, and a clear word on what can't be read."""

from pathlib import Path

import discord
import pytest
from discord import app_commands

from bot.errors import SetupError
from bot.i18n import CommandTexts, Texts, load_texts, text_key

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural};\\n"\n\n'
ENGLISH = """
msgid "greeting"
msgstr "Hello, {name}"

msgid "only.english"
msgstr "Only here"

msgid "tissues"
msgid_plural "tissues"
msgstr[0] "{n} tissue"
msgstr[1] "{n} tissues"
"""
TURKISH = """
msgid "greeting"
msgstr "Merhaba {name}"

msgid "only.english"
msgstr ""

msgid "tissues"
msgid_plural "tissues"
msgstr[0] "{n} mendil"
msgstr[1] "{n} mendil"
"""
FILIPINO = """
msgid "tissues"
msgid_plural "tissues"
msgstr[0] "{n} tisyu"
msgstr[1] "{n} na tisyu"
"""


@app_commands.command(name="greeting")
async def greeting(_interaction: discord.Interaction) -> None:
    """A command to be described."""


CONTEXT: app_commands.TranslationContextTypes = app_commands.TranslationContext(
    app_commands.TranslationContextLocation.command_description, greeting
)


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    two = "nplurals=2; plural=(n != 1)"
    # CLDR's rule: all but the numbers that end in 4, 6 or 9
    filipino = "nplurals=2; plural=(n % 10 == 4 || n % 10 == 6 || n % 10 == 9)"
    for language, plural, body in (("en", two, ENGLISH), ("tr", two, TURKISH), ("fil", filipino, FILIPINO)):
        (tmp_path / f"{language}.po").write_text(HEAD.replace("{plural}", plural) + body, encoding="utf-8")
    return load_texts(tmp_path)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("tr", "Merhaba Dilan"),
        ("en-US", "Hello, Dilan"),
        ("en-GB", "Hello, Dilan"),
        ("ko", "Hello, Dilan"),
        ("fil", "Hello, Dilan"),
        ("", "Hello, Dilan"),
    ],
)
def test_a_locale_gets_its_language_or_english(texts: Texts, locale: str, said: str) -> None:
    assert texts.speaker(locale)("greeting", name="Dilan") == said


def test_a_text_that_is_not_translated_yet_comes_in_english(texts: Texts) -> None:
    assert texts.speaker("tr")("only.english") == "Only here"
    assert texts.speaker("tr").has("only.english")


def test_a_text_nobody_wrote_is_a_fault_of_ours(texts: Texts) -> None:
    assert not texts.speaker("en").has("no.such")
    with pytest.raises(KeyError, match=r"no\.such"):
        texts.speaker("tr")("no.such")


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("en", 0, "0 tissues"),
        ("en", 1, "1 tissue"),
        ("en", 2, "2 tissues"),
        ("tr", 5, "5 mendil"),
        ("fil", 1, "1 tisyu"),
        ("fil", 4, "4 na tisyu"),
        ("fil", 19, "19 na tisyu"),
        ("fil", 20, "20 tisyu"),
    ],
)
def test_a_number_gets_the_form_of_its_language(texts: Texts, language: str, n: int, said: str) -> None:
    assert texts.speaker(language)("tissues", n=n) == said


def test_what_members_type_is_never_read_as_a_placeholder(texts: Texts) -> None:
    assert texts.speaker("en")("greeting", name="{name.__class__}") == "Hello, {name.__class__}"


def test_a_folder_without_english_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"LOCALES_DIR: .* holds no en\.po"):
        load_texts(tmp_path)


@pytest.mark.parametrize(
    "broken",
    [
        b'msgid "a"\nmsgstring "b"\n',
        b"\xff\xfe",
        (HEAD.replace("{plural}", "nplurals=2; plural=(import os)") + 'msgid "a"\nmsgstr "b"\n').encode(),
    ],
    ids=["a word that is none", "not UTF-8", "a plural rule that is none"],
)
def test_a_broken_catalogue_is_refused_by_name(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "en.po").write_bytes(broken)
    with pytest.raises(SetupError, match=r"LOCALES_DIR: en\.po can't be read"):
        load_texts(tmp_path)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (discord.Locale.american_english, "Hello, you"),
        (discord.Locale.british_english, None),
        (discord.Locale.turkish, "Merhaba you"),
        (discord.Locale.korean, None),
    ],
)
async def test_discord_is_told_the_languages_there_are(
    texts: Texts, locale: discord.Locale, said: str | None
) -> None:
    text = text_key("greeting", name="you")
    assert await CommandTexts(texts).translate(text, locale, CONTEXT) == said


@pytest.mark.asyncio
async def test_a_name_without_a_text_stays_the_codes_own(texts: Texts) -> None:
    name = app_commands.locale_str("greet")
    assert await CommandTexts(texts).translate(name, discord.Locale.american_english, CONTEXT) is None
