"""The rehearsal's page: the little Discord, to be looked at and clicked on in a browser."""

from bot.rehearsal.page.server import Page
from bot.rehearsal.page.stage import Stage

__all__ = ["Page", "Stage"]
