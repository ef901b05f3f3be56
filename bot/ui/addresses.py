"""Numbers in addresses and options: they come from outside, so they may be no numbers at all, or too large."""

LARGEST = 2**63 - 1  # what both databases hold
DIGITS = len(str(LARGEST))


def number_in(text: str) -> int | None:
    """The number that `text` writes in plain digits; None where it is none, or larger than any of ours."""
    if not (text.isascii() and text.isdecimal() and len(text) <= DIGITS):
        return None
    number = int(text)
    return number if number <= LARGEST else None
