"""`python -m bot demo` as a newcomer starts and ends it."""

import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

from bot.errors import SetupError
from bot.storage.sqlite.file import hold
from tests.page.conftest import ROOT


@contextmanager
def demo(home: Path, *args: str) -> Iterator[tuple["Popen[str]", str]]:
    """The process, and the address it printed."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    argv = [sys.executable, "-m", "bot", "demo", "--no-browser", *args]
    with Popen(argv, cwd=home, env=env, stdout=PIPE, stderr=PIPE, text=True) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.terminate()  # its bot ends with it


def test_it_prints_one_address_on_loopback_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    with demo(tmp_path) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address) as page:
            assert "<main" in page.read().decode()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0, err
        assert "http" not in out
        assert "Traceback" not in err


def test_its_data_stay_until_a_fresh_one_is_asked_for(tmp_path: Path) -> None:
    database = tmp_path / "var/demo/bot.db"
    with demo(tmp_path):
        assert database.is_file()
    left = database.with_name("left")
    left.touch()
    with demo(tmp_path, "--fresh"):
        assert not left.exists()
        assert database.is_file()


def test_a_demo_that_is_killed_leaves_no_bot_behind(tmp_path: Path) -> None:
    database = tmp_path / "var/demo/bot.db"
    with demo(tmp_path) as (process, _):
        process.kill()
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            hold(database).close()
        except SetupError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the bot still holds its database")


def test_a_port_that_is_taken_is_said_in_a_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demo(tmp_path, "--port", str(port)) as (process, _):
            _, err = process.communicate(timeout=20)
    assert process.returncode == 2
    assert err.startswith(f"--port {port}: ")
    assert len(err.splitlines()) == 1


def test_the_bot_that_serves_carries_no_markdown(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    loaded = (
        "import sys, bot.cli, bot.app; print([m for m in sys.modules if 'markdown' in m or 'rehearsal' in m])"
    )
    with Popen([sys.executable, "-c", loaded], cwd=tmp_path, env=env, stdout=PIPE, text=True) as process:
        out, _ = process.communicate(timeout=20)
    assert out.strip() == "[]"
