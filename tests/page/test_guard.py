"""Only whoever has the whole address opens the page: another site's page can neither read nor drive it."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import WSServerHandshakeError
from yarl import URL

from bot.rehearsal import BotProcess, Rehearsal
from bot.rehearsal.page import Page, Stage
from bot.rehearsal.seed import Club, seed

EVIL = "https://evil.example"


@pytest_asyncio.fixture
async def address() -> AsyncIterator[URL]:
    page = Page()
    async with Rehearsal.start(beside=page.routes) as discord_:
        club: Club = seed(discord_)
        yield URL(page.open(Stage(discord_, BotProcess(discord_, ["none"]), club)))
        await page.close()


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def status(http: aiohttp.ClientSession, url: URL, **headers: str) -> int:
    async with http.get(
        url, headers={name.replace("_", "-"): value for name, value in headers.items()}
    ) as got:
        return got.status


@pytest.mark.asyncio
async def test_the_whole_address_opens_the_page_and_its_parts(
    http: aiohttp.ClientSession, address: URL
) -> None:
    assert await status(http, address) == 200
    assert await status(http, address / "js/app.js") == 200
    assert await status(http, address, Sec_Fetch_Site="none") == 200
    assert address.host == "127.0.0.1"


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["", "js/app.js", "wire", "files/1/a.png"])
async def test_a_wrong_token_opens_nothing(http: aiohttp.ClientSession, address: URL, path: str) -> None:
    assert await status(http, address.with_path(f"/page/guessed/{path}")) == 403
    assert await status(http, address.with_path("/page")) == 403


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
    ],
)
async def test_another_site_reads_nothing_even_with_the_token(
    http: aiohttp.ClientSession, address: URL, headers: dict[str, str]
) -> None:
    for path in ("", "js/app.js", "files/1/a.png"):
        assert await status(http, address.with_path(address.path + path), **headers) == 403


@pytest.mark.asyncio
@pytest.mark.parametrize("origin", [None, EVIL, "null"])
async def test_another_site_drives_nothing_even_with_the_token(
    http: aiohttp.ClientSession, address: URL, origin: str | None
) -> None:
    with pytest.raises(WSServerHandshakeError) as refused:
        await http.ws_connect(address / "wire", origin=origin)
    assert refused.value.status == 403


@pytest.mark.asyncio
async def test_a_name_made_to_point_here_drives_nothing(http: aiohttp.ClientSession, address: URL) -> None:
    host = f"evil.example:{address.port}"
    with pytest.raises(WSServerHandshakeError) as refused:
        await http.ws_connect(address / "wire", origin=f"http://{host}", headers={"Host": host})
    assert refused.value.status == 403


@pytest.mark.asyncio
async def test_the_page_itself_is_let_in(http: aiohttp.ClientSession, address: URL) -> None:
    async with http.ws_connect(address / "wire", origin=str(address.origin())) as wire:
        first = await wire.receive_json()
    assert first["set"]["club"]["name"] == "Sunday Cell Film Club"


@pytest.mark.asyncio
async def test_nothing_beside_the_page_s_own_files_is_served(
    http: aiohttp.ClientSession, address: URL
) -> None:
    for path in ("../guard.py", "%2e%2e/guard.py", "js/../../guard.py", "js", "none.js"):
        assert await status(http, URL(f"{address}{path}", encoded=True)) in {403, 404, 501}


@pytest.mark.asyncio
async def test_pages_say_that_nothing_from_outside_may_run(http: aiohttp.ClientSession, address: URL) -> None:
    async with http.get(address) as got:
        policy, body = got.headers["Content-Security-Policy"], await got.text()
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert got.headers["Referrer-Policy"] == "no-referrer"
    assert "//" not in body.replace("<!doctype html>", "")


def test_no_file_of_the_page_names_another_site() -> None:
    static = Path(__file__).resolve().parents[2] / "bot/rehearsal/page/static"
    for file in static.rglob("*.*"):
        text = file.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text, file
        assert "https://" not in text, file
