"""What came of a member's act: a message, a form, choices, or a failure."""

from dataclasses import dataclass
from typing import Any

from bot.rehearsal.interactions import Callback, Interaction
from bot.rehearsal.messages import Message, component_texts, walk
from bot.rehearsal.rules import Json


class ClientRefuses(Exception):  # noqa: N818  reads as a sentence
    """What a member's client wouldn't let them do: an absent button, a missing option."""


class InteractionFailed(Exception):  # noqa: N818  the words on the screen
    """The member reads "This interaction failed"."""


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Modal:
    """A form on the member's screen."""

    title: str
    custom_id: str
    components: list[Json]
    opened_by: Interaction

    def fields(self) -> list[tuple[str, Json]]:
        """(label, field) from top to bottom."""
        holders = [(c, c.get("component") or (c.get("components") or [{}])[0]) for c in self.components]
        return [(holder.get("label") or field.get("label", ""), field) for holder, field in holders if field]

    @property
    def text(self) -> str:
        lines = [text for c in walk(self.components) for text in component_texts(c)]
        return "\n".join([self.title, *lines])


@dataclass(frozen=True, slots=True)
class Answer:
    interaction: Interaction

    @property
    def message(self) -> Message:
        """The message that the answer made or changed."""
        found = self.interaction.original or next(iter(self.interaction.followups), None)
        if found is None:
            raise LookupError("this answer has no message")
        return found

    @property
    def followups(self) -> list[Message]:
        return self.interaction.followups

    @property
    def modal(self) -> Modal:
        data = self.interaction.callback_data
        if self.interaction.callback is not Callback.MODAL:
            raise LookupError("this answer is no form")
        return Modal(data["title"], data["custom_id"], data["components"], self.interaction)

    @property
    def choices(self) -> list[Choice]:
        listed = self.interaction.callback_data.get("choices") or []
        return [Choice(each["name"], each["value"]) for each in listed]

    @property
    def is_modal(self) -> bool:
        return self.interaction.callback is Callback.MODAL

    @property
    def ephemeral(self) -> bool:
        return not self.is_modal and self.message.ephemeral

    @property
    def deferred(self) -> bool:
        return self.interaction.callback in {Callback.DEFERRED_MESSAGE, Callback.DEFERRED_UPDATE}

    @property
    def elapsed(self) -> float:
        """Seconds from the sent interaction to its callback."""
        return self.interaction.answered_at - self.interaction.sent_at

    @property
    def text(self) -> str:
        """All that the member reads in it."""
        return self.modal.text if self.is_modal else self.message.text

    async def settled(self) -> "Answer":
        """Wait for what follows a quiet acknowledgement: an edit or a follow-up."""
        await self.interaction.settled.wait()
        return self
