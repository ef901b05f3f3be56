"""Whatever a member has written, all of it ends up behind spoiler tags as Discord reads them, and none of it is
lost."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.veiling import FENCE, JOINER, LIMIT, length, veiled

PIECES = (
    "||", "|", "\\", "\\|", "`", "``", "```", "```py\n", "\n", "> ", ">>> ", "# ", "- ", "1. ", "-# ", " ", "**",
    "__", "~~", "<@1234>", "<@&99>", "@everyone", "<#42>", "<:cry:1234>", "<t:1700000000:R>", "</spoilers say:7>",
    "https://example.org/a|b", "[text](https://example.org)", "👩‍👩‍👧", "🧻", "é", "e\u0301", "السجن",
    "\u202eabc\u202c", "사형", "the end", "||secret||", "`a||b`", "```a||b```", "\\||no||", "||", "😭" * 30, "x" * 50,
)  # fmt: skip
WRITTEN = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)


def bare_and_hidden(message: str) -> tuple[str, str]:
    """What Discord shows of a message before and after a tap on its spoilers: at each place the first rule that
    matches wins, and a spoiler ends at the next two bars, whatever they stand in."""
    rules = (
        re.compile(r"(```)[\s\S]+?```"),
        re.compile(r"(`+)(?!`)[\s\S]*?[^`]\1(?!`)"),
        re.compile(r"(\\)[^0-9A-Za-z\s]"),
    )
    spoiler = re.compile(r"\|\|([\s\S]+?)\|\|")
    bare, hidden, at = "", "", 0
    while at < len(message):
        taken = next((found[0] for rule in rules if (found := rule.match(message, at))), None)
        veil = None if taken else spoiler.match(message, at)
        if veil:
            hidden += veil[1]
            at = veil.end()
        else:
            bare += taken or message[at]
            at += len(taken or message[at])
    return bare, hidden


def letters(text: str) -> str:
    """`text` without what nobody sees."""
    return re.sub(rf"[\s{JOINER}]", "", text)


def without_tags(text: str) -> str:
    """`text` with the tags of its spoilers taken off, however deep."""
    bare = ""
    while text:
        found = re.match(
            r"```[\s\S]+?```|(`+)(?!`)[\s\S]*?[^`]\1(?!`)|\\[^0-9A-Za-z\s]|<[^<>\s]+>"
            r"|\[[^\[\]\\`|<\n]+\]\([^()\\`|<>\s]+\)|https?://[^\s|<>]+"
            r"|\|\|(?P<inner>[\s\S]+?)\|\||[\s\S]",
            text,
        )
        assert found is not None
        inner = found["inner"]
        bare += without_tags(inner) if inner and inner.strip() else found[0]
        text = text[found.end() :]
    return bare


@given(WRITTEN)
@example("|")
@example("a|")
@example("a\\")
@example("||||")
@example("||a||b||c||")
@example("```py\nprint(a || b)\n```")
@example("||```a||b```||")
@example("||||||||||[text](https://example.org)\\|||||")
@example("see:https://example.org\\|||||")
@settings(max_examples=400, deadline=None)
def test_every_visible_character_is_hidden_and_none_is_lost(text: str) -> None:
    read = [bare_and_hidden(message) for message in veiled(text)]
    assert [bare for bare, _ in read if bare] == []
    if length(text) < LIMIT // 3:
        assert letters("".join(hidden for _, hidden in read)) == letters(without_tags(text))


@given(WRITTEN, st.integers(min_value=24, max_value=120))
@settings(max_examples=400, deadline=None)
def test_however_little_fits_a_message_all_of_it_arrives_in_order(text: str, limit: int) -> None:
    messages = veiled(text, limit)
    read = [bare_and_hidden(message) for message in messages]
    assert [message for message in messages if length(message) > limit] == []
    assert [bare for bare, _ in read if bare] == []
    arrived = iter(letters("".join(hidden for _, hidden in read)))
    lost = [letter for letter in letters(without_tags(text)) if letter not in arrived]
    assert lost == []


@given(st.text(alphabet="|`\\ a\n", max_size=4000))
@settings(max_examples=50, deadline=None)
def test_no_message_is_longer_than_discord_allows(text: str) -> None:
    assert all(2 < length(message) <= LIMIT for message in veiled(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("he dies", ["||he dies||"]),
        ("||he dies|| at the end", ["||he dies at the end||"]),
        ("> a quote\n# loud", ["||> a quote\n# loud||"]),
        ("a | b", [f"||a |{JOINER} b||"]),
        ("`a||b`", [f"||`a|{JOINER}|{JOINER}b`||"]),
        ("C:\\", [f"||C:\\{JOINER}||"]),
        ("", []),
        (" \n", []),
    ],
)
def test_what_becomes_of_a_text(text: str, shown: list[str]) -> None:
    assert veiled(text) == shown


def test_a_long_text_is_cut_between_words_and_a_long_block_stays_code() -> None:
    words = veiled("word " * 700)
    assert [length(message) <= LIMIT for message in words] == [True, True]
    assert all(message.removeprefix("||").startswith("word") for message in words)
    blocks = veiled("```py\n" + "line of code\n" * 300 + "```")
    assert len(blocks) == 2
    assert all(block.startswith(f"||{FENCE}py\n") and block.endswith(f"{FENCE}||") for block in blocks)


def test_a_family_is_not_torn_apart() -> None:
    family = "👩‍👩‍👧"
    for message in veiled(family * 20, 50):
        assert not message.strip("|").startswith("\u200d")
        assert not message.strip("|").endswith("\u200d")


def test_nothing_a_member_types_is_much_work() -> None:
    for text in ("|" * 4000, "`" * 4000, "`a``b" * 800, "<a:" * 1300, "\\" * 4000):
        assert "".join(veiled(text))
