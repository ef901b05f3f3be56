"""Figures as each language writes them."""

from babel.numbers import format_decimal

from bot.i18n import Speaker


def decimal(value: float, t: Speaker) -> str:
    """One place after the point, or the comma."""
    return format_decimal(value, format="#,##0.0", locale=t.language)


def plain(value: float, t: Speaker) -> str:
    """A half where there is one, a whole number otherwise."""
    return format_decimal(value, format="#,##0.#", locale=t.language)
