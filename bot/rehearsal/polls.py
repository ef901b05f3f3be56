"""Discord's native polls: what is asked, who voted, and what the counts say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rehearsal.faults import Faults, Path
from bot.rehearsal.rules import Json, Rule

LIMIT = "discord.md: Limits, native poll"
ANSWERS = Rule("a poll has 1-10 answers", LIMIT)
QUESTION = Rule("a poll's question has at most 300 characters", LIMIT)
ANSWER = Rule("a poll's answer has at most 55 characters", LIMIT)
HOURS = Rule("a poll runs whole hours, at most 32 days", LIMIT)
MOST_HOURS = 32 * 24


@dataclass(frozen=True, slots=True)
class PollAnswer:
    id: int
    text: str
    emoji: Json | None = None


@dataclass(eq=False, slots=True)
class Poll:
    question: str
    answers: list[PollAnswer]
    expires_at: datetime
    multiple: bool = False
    votes: dict[tuple[int, int], None] = field(default_factory=dict)  # (answer, user), the oldest first
    missed: int = 0  # of the newest votes, until the count is final
    ended: bool = False
    final: bool = False

    def voters(self, answer_id: int) -> list[int]:
        return sorted(user for answer, user in self.votes if answer == answer_id)

    def counts(self) -> Counter[int]:
        """Votes by answer; not quite right before they are final."""
        cast = list(self.votes)
        counted = cast if self.final else cast[: max(0, len(cast) - self.missed)]
        return Counter(answer for answer, _ in counted)

    @property
    def winner(self) -> PollAnswer | None:
        """The one answer with the most votes: none in a tie or without votes."""
        first = self.counts().most_common(2)
        if not first or (len(first) == 2 and first[0][1] == first[1][1]):
            return None
        return next(a for a in self.answers if a.id == first[0][0])

    def payload(self) -> Json:
        counts = self.counts()
        voted = [{"id": a.id, "count": counts[a.id], "me_voted": False} for a in self.answers if counts[a.id]]
        return {
            "question": {"text": self.question},
            "answers": [_answer_payload(answer) for answer in self.answers],
            "expiry": self.expires_at.isoformat(),
            "allow_multiselect": self.multiple,
            "layout_type": 1,
            "results": {"is_finalized": self.final, "answer_counts": voted},
        }


def poll_of(body: Json, now: datetime) -> Poll:
    """The poll that a checked request asks for."""
    media = [answer["poll_media"] for answer in body["answers"]]
    answers = [PollAnswer(i, each.get("text") or "", each.get("emoji")) for i, each in enumerate(media, 1)]
    ends = now + timedelta(hours=body.get("duration") or 24)
    return Poll(body["question"]["text"], answers, ends, bool(body.get("allow_multiselect")))


def check_poll(body: Json, faults: Faults) -> None:
    path: Path = ("poll",)
    question, answers = body["question"].get("text"), body["answers"]
    faults.required((*path, "question", "text"), question, QUESTION)
    faults.text((*path, "question", "text"), question, QUESTION, most=300)
    faults.count((*path, "answers"), answers, ANSWERS, least=1, most=10)
    for index, answer in enumerate(answers):
        here = (*path, "answers", index, "poll_media", "text")
        faults.required(here, answer["poll_media"].get("text"), ANSWER)
        faults.text(here, answer["poll_media"].get("text"), ANSWER, most=55)
    hours = body.get("duration") or 24
    if hours != int(hours) or not 1 <= hours <= MOST_HOURS:
        faults.add((*path, "duration"), "NUMBER_TYPE_MAX", f"A whole number, 1 to {MOST_HOURS}.", HOURS)


def _answer_payload(answer: PollAnswer) -> Json:
    emoji = {"emoji": answer.emoji} if answer.emoji else {}
    return {"answer_id": answer.id, "poll_media": {"text": answer.text, **emoji}}
