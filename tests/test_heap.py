"""What lives as long as the process is left alone by the garbage collector; what was replaced is collected."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot import heap


class Server:
    """Knows its channels, which know it, as discord.py's do."""

    def __init__(self) -> None:
        self.channels = [self]


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_is_kept_is_not_gone_through_any_more() -> None:
    server = Server()
    heap.keep_servers()
    assert not any(each is server for each in gc.get_objects())


def test_what_a_new_session_replaced_is_collected() -> None:
    server = Server()
    heap.keep_servers()
    replaced = weakref.ref(server)
    del server
    gc.collect()
    assert replaced() is not None
    heap.keep_servers()
    assert replaced() is None
