"""Every deliberate error of the bot.

TissueBoxError
├── UserError       told to the member in their language, logged at INFO
│   └── NotAllowedError  the member may not do this here
├── LaterError      a job that can't be done yet: tried again later, logged in one line
├── SetupError      told to the operator, one line, exit code 2
└── PackError       told to the pack author: every fault of a pack at once
"""

from collections.abc import Sequence


class TissueBoxError(Exception):
    """The root of all errors this bot raises on purpose."""


class UserError(TissueBoxError):
    """Something a member can mend; `key` names a text of the catalogues, `params` fill its placeholders."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class NotAllowedError(UserError):
    """The member lacks a right that the text names."""


class LaterError(TissueBoxError):
    """A job can't be done yet, for a reason that passes; the message is one line that names it."""


class SetupError(TissueBoxError):
    """A setting, file or database the operator has to mend; the message is one line that says how."""


class PackError(TissueBoxError):
    """A film pack that can't be used; `faults` holds one line for each fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)
