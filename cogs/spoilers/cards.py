"""The cards of spoiler threads: the gate, the question before the door, what stands inside, the closing note."""

from collections.abc import Sequence

from bot.domain.film import Question
from bot.domain.threads.subjects import Subject
from bot.domain.threads.thread import Parting, SpoilerThread
from bot.domain.watch.positions import spoken
from bot.i18n import Speaker
from bot.ui.cards import Card, button, rows, small
from cogs.spoilers.titles import Titles, listed

# what tells the bot's messages about one thread from each other
GATE_MARK = "spoilers-gate:{}"
INTRO_MARK = "spoilers-list:{}:intro"
QUESTION_MARK = "spoilers-prompt:{}:first"
PARTING_MARK = "spoilers-list:{}:closed"
COUNTED_TO = 50  # Discord counts a thread's members no further


def gate_card(thread: SpoilerThread, people: int, titles: Titles, t: Speaker) -> Card:
    """The door of a gated thread, as everybody in the channel sees it."""
    subject = thread.subject
    so_far = "spoilers.button_that_far" if subject.up_to else "spoilers.button_seen"
    return Card(
        f"### {thread.name}",
        " ".join([_whom(subject, t), *_also(subject, titles, t), t("spoilers.inside", n=people)]),
        *rows(
            [
                button(t(so_far), GATE_MARK.format(thread.row)),
                button(t("spoilers.button_remind"), f"spoilers-remind:{thread.row}"),
            ]
        ),
        small(t("spoilers.gate_rules")),
    )


def closed_gate_card(thread: SpoilerThread, t: Speaker) -> Card:
    """What stands at the door once the thread is closed."""
    return Card(
        f"### {thread.name}",
        t("spoilers.gate_closed"),
        *rows([button(t("spoilers.button_list"), f"spoilers-list:{thread.row}:gate")]),
    )


def door_card(thread: SpoilerThread, unseen: Sequence[str], titles: Titles, t: Speaker) -> Card:
    """The question before the door, to one member."""
    subject = thread.subject
    also = subject.gives_away(titles.film(subject.film))
    inside = t("spoilers.door_inside", level=_inside(subject, t))
    given = t("spoilers.door_also", versions=listed(also, t)) if also else ""
    asked = (
        t("spoilers.door_so_far", versions=titles.titles(subject, unseen, t), place=spoken(subject.up_to))
        if subject.up_to
        else t("spoilers.door_seen", versions=titles.titles(subject, unseen, t), n=len(unseen))
    )
    return Card(
        f"### {thread.name}",
        " ".join(part for part in (inside, given) if part),
        f"**{asked}**",
        *rows(
            [
                button(t("spoilers.button_yes"), f"spoilers-enter:{thread.row}"),
                button(t("spoilers.button_no"), f"spoilers-not-yet:{thread.row}"),
            ]
        ),
        small(t("spoilers.door_minute" if subject.up_to else "spoilers.door_recorded")),
    )


def not_yet_card(thread: SpoilerThread, t: Speaker) -> Card:
    return Card(
        t("spoilers.not_yet"),
        *rows([button(t("spoilers.button_remind"), f"spoilers-remind:{thread.row}")]),
    )


def intro_card(thread: SpoilerThread, titles: Titles, t: Speaker) -> Card:
    """The first message of a public thread: no more than its parent may show."""
    subject = thread.subject
    return Card(
        f"### {thread.name}",
        " ".join([t("spoilers.public_intro", level=_inside(subject, t)), *_also(subject, titles, t)]),
        *rows([button(t("spoilers.button_list"), INTRO_MARK.format(thread.row))]),
        small(t("spoilers.public_rules")),
    )


def question_card(thread: SpoilerThread, question: Question, t: Speaker, *, first: bool) -> Card:
    """A question to talk about."""
    address = QUESTION_MARK.format(thread.row) if first else f"spoilers-prompt:{thread.row}"
    return Card(f"💬 **{question.text.text}**", *rows([button(t("spoilers.button_prompt"), address)]))


def warning_card(subject: Subject, address: str, titles: Titles, t: Speaker) -> Card:
    """What opening a public thread means, and the step that does it."""
    return Card(
        f"### {titles.name(subject, t)}",
        t("spoilers.public_sure"),
        *rows(
            [
                button(t("spoilers.button_open_public"), address),
                button(t("spoilers.button_cancel"), "spoilers-cancel"),
            ]
        ),
    )


def parting_card(thread: SpoilerThread, parting: Parting, t: Speaker) -> Card:
    """The closing note, inside the thread."""
    return Card(
        f"### {t('spoilers.closed_title')}",
        t(
            "spoilers.parting",
            people=t("spoilers.people", n=parting.people)
            if thread.subject.gated or parting.people < COUNTED_TO
            else t("spoilers.people_more", n=COUNTED_TO),
            messages=t("spoilers.messages", n=parting.messages),
            days=t("spoilers.days", n=parting.days),
        ),
        *rows([button(t("spoilers.button_list"), PARTING_MARK.format(thread.row))]),
    )


def _inside(subject: Subject, t: Speaker) -> str:
    """What talk inside may give away, in a sentence's words."""
    if subject.up_to is not None:
        return t("spoilers.inside_up_to", place=spoken(subject.up_to))
    return t(f"spoilers.inside_level.{subject.level.word}")


def _whom(subject: Subject, t: Speaker) -> str:
    n, versions = len(subject.versions), listed(subject.versions, t)
    if subject.up_to is not None:
        place = spoken(subject.up_to)
        if n == 1:
            return t("spoilers.for_so_far_one", place=place)
        return t("spoilers.for_so_far_all", n=n, versions=versions, place=place)
    return t("spoilers.for_seen_one") if n == 1 else t("spoilers.for_seen_all", n=n, versions=versions)


def _also(subject: Subject, titles: Titles, t: Speaker) -> list[str]:
    also = subject.gives_away(titles.film(subject.film))
    return [t("spoilers.also_gives_away", versions=listed(also, t))] if also else []
