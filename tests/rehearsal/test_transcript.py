"""Messages as their reader sees them in a terminal."""

import pytest

from bot.rehearsal.messages import COMPONENTS_V2
from bot.rehearsal.rules import Json
from bot.rehearsal.transcript import Transcript
from tests.rehearsal.conftest import Desk

pytestmark = pytest.mark.asyncio
PLAIN = Transcript(colour=False)


def row(*controls: Json) -> Json:
    return {"type": 1, "components": list(controls)}


async def drawn(desk: Desk, body: Json, files: dict[str, bytes] | None = None) -> list[str]:
    got = await desk.raw.ask("POST", desk.messages, body, files=files)
    assert got.status == 200, got.body
    return PLAIN.message(desk.cinema.history()[-1]).split("\n")


async def test_a_layout_is_drawn_from_top_to_bottom(desk: Desk) -> None:
    media = {"media": {"url": "attachment://chart.png"}, "description": "7 cried"}
    lines = await drawn(
        desk,
        {
            "flags": COMPONENTS_V2,
            "components": [
                {
                    "type": 17,
                    "components": [
                        {"type": 10, "content": f"## **Result**\nHe ||dies|| <@{desk.alice.id}>"},
                        {"type": 14},
                        {"type": 12, "items": [media]},
                    ],
                },
                row(
                    {"type": 2, "style": 1, "label": "More…", "custom_id": "more"},
                    {"type": 2, "style": 5, "label": "Source", "url": "https://example.org"},
                ),
                row(
                    {
                        "type": 3,
                        "custom_id": "s",
                        "placeholder": "Version",
                        "options": [{"label": "a", "value": "a"}],
                    }
                ),
            ],
        },
        {"chart.png": b"png"},
    )
    assert lines[0].startswith("Tissue Box APP ")
    assert lines[1:] == [
        "  ┃ Result",
        "  ┃ He ████ @Alice",
        "  ┃ " + "─" * 40,
        "  ┃ 🖼  7 cried",
        "  [ More… ]  [ Source ↗ ]",
        "  [ Version ▾ ]",
    ]


async def test_spoilers_times_and_files_are_shown_as_clients_do(desk: Desk) -> None:
    lines = await drawn(desk, {"content": "<t:0:F> __x__ *y*"}, {"SPOILER_end.png": b"p", "a.txt": b"a"})
    assert lines[1:] == ["  Thu 01 Jan 1970 00:00 UTC x y", "  📎 ████████████", "  📎 a.txt: no alt text"]
    later = desk.discord.clock.now().timestamp() + 7205
    assert (await drawn(desk, {"content": f"<t:{int(later)}:R>"}))[1] == "  in 2 hours"
    hidden = {"type": 17, "spoiler": True, "components": [{"type": 10, "content": "he dies"}]}
    assert (await drawn(desk, {"flags": COMPONENTS_V2, "components": [hidden]}))[1] == "  ┃ " + "█" * 40


async def test_who_alone_can_see_it_stands_above(desk: Desk) -> None:
    said = desk.bob.say(desk.cinema, "hm")
    said.ephemeral_to = desk.alice.user
    assert PLAIN.message(said).split("\n")[0].endswith("only Alice can see this")
    assert "\x1b[" in Transcript().message(said)
    assert "\x1b[" not in PLAIN.message(said)


async def test_embeds_are_drawn(desk: Desk) -> None:
    embed = {
        "title": "Fact",
        "description": "**a**",
        "fields": [{"name": "n", "value": "v"}],
        "footer": {"text": "s"},
    }
    assert (await drawn(desk, {"embeds": [embed]}))[1:] == ["  ▌ Fact", "  ▌ a", "  ▌ n", "  ▌ v", "  ▌ s"]


async def test_polls_and_lines_are_drawn(desk: Desk) -> None:
    poll = desk.alice.ask(desk.cinema, "Which next?", ["Korea", "Turkey"])
    desk.bob.vote(poll, "Turkey")
    assert PLAIN.message(poll).split("\n")[1:] == ["  Which next?", "  ( ) Korea  0", "  ( ) Turkey  1"]
    desk.alice.start_thread(desk.cinema, "after the film")
    assert PLAIN.message(desk.cinema.history()[-1]).endswith("Alice started a thread: after the film")
