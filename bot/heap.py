"""Keeps the garbage collector from going through thousands of servers again and again, with the event loop held."""

import gc

YOUNG = 5_000  # objects: what a message being sent needs dies young, and never joins those that are gone through whole


def keep_servers() -> None:
    """What is there now is there to stay and isn't gone through any more. Called after every new session of Discord's:
    what an earlier call kept may have been replaced since, and is collected then."""
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.freeze()
