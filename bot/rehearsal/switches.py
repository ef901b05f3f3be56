"""Failures on demand: an answer lost after the deed, and slow answers."""

from dataclasses import dataclass, field

from bot.rehearsal.routing import Endpoint

Route = tuple[str, str]


@dataclass(slots=True)
class Switches:
    """Routes are named by method and template, as in `("POST", "/channels/{channel_id}/messages")`."""

    delays: dict[Route, float] = field(default_factory=dict)
    _lost: list[Route] = field(default_factory=list)

    def answer_502_after_acting(self, method: str, template: str, *, times: int = 1) -> None:
        """Do what is asked, then answer 502: discord.py then asks again (discord.md: trap 9)."""
        self._lost += [(method, template)] * times

    def delay(self, method: str, template: str, seconds: float) -> None:
        """Hold each answer of a route back; 0 ends that."""
        self.delays[method, template] = seconds

    def delay_of(self, endpoint: Endpoint) -> float:
        return self.delays.get((endpoint.method, endpoint.template), 0.0)

    def loses(self, endpoint: Endpoint) -> bool:
        route = endpoint.method, endpoint.template
        if route not in self._lost:
            return False
        self._lost.remove(route)
        return True
