"""What members type looks like nothing but text."""

import pytest

from bot.ui.plain import clean, plain


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  The   Green\nMile ", "The Green Mile"),
        ("Paper \u202ednoM\u2069", "Paper dnoM"),
        ("ಪುಷ್ಪಕ\u200dವಿಮಾನ", "ಪುಷ್ಪಕ\u200dವಿಮಾನ"),
        ("👨\u200d👧", "👨\u200d👧"),
    ],
)
def test_what_cannot_be_seen_goes(typed: str, shown: str) -> None:
    assert clean(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**loud**", r"\*\*loud\*\*"),
        ("<@1>", "‹@1>"),
        ("<t:1:F>", "‹t:1:F>"),
        ("see https://discord.gg/a_b_c", "see https:\u200b//discord.gg/a\\_b\\_c"),
        ("[free](https://example.org)", "\\[free](https:\u200b//example.org)"),
    ],
)
def test_nothing_typed_looks_like_anything_else(typed: str, shown: str) -> None:
    assert plain(typed) == shown


def test_everybody_is_not_called() -> None:
    assert "@everyone" not in plain("@everyone")
