"""What Discord's documentation leaves open or makes too large to try: a test chooses."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(slots=True)
class Habits:
    active_threads: int = 1000  # discord/discord-api-docs#5369
    thread_members: int = 1000
    unstarted_event: timedelta = timedelta(hours=4)  # then Discord cancels it; the number isn't documented
    poll_final_after: timedelta = timedelta()  # discord/discord-api-docs#6872: may take hours
    poll_votes_missed: int = 0  # the newest votes that counts leave out until they are final
