"""Rate limits as Discord answers them: buckets per route and major parameter, 50 a second in all."""

import hashlib
import time
from collections import deque
from dataclasses import dataclass, field

from bot.rehearsal.rules import ApiError, Json, Rule

RATES = Rule("per-route limits come in headers; 50 requests/s for the bot", "discord.md: Limits, rates")
INVALID = Rule("10,000 invalid requests in 10 min lead to a ban", "discord.md: Limits, rates")
INVALID_STATUS = frozenset({401, 403, 429})


@dataclass(frozen=True, slots=True)
class Quota:
    """`limit` requests in each window of `per` seconds. Discord's real ones are not documented."""

    limit: int
    per: float


@dataclass(slots=True)
class _Window:
    quota: Quota
    ends: float = 0.0
    used: int = 0

    def take(self, now: float) -> float:
        """Count one request; more than 0 is how long to wait instead."""
        if now >= self.ends:
            self.ends, self.used = now + self.quota.per, 0
        if self.used >= self.quota.limit:
            return self.ends - now
        self.used += 1
        return 0.0


@dataclass(slots=True)
class RateLimits:
    everything: Quota = field(default_factory=lambda: Quota(50, 1.0))
    enforced: bool = True
    invalid: deque[float] = field(default_factory=deque)
    _windows: dict[tuple[str, str], _Window] = field(default_factory=dict)
    _global: _Window | None = None
    _closed_until: float = 0.0

    def close_for(self, seconds: float) -> None:
        """Answer 429 to all but interaction answers for a while."""
        self._closed_until = time.monotonic() + seconds

    def admit(self, route: str, major: str, quota: Quota | None, *, counts_globally: bool) -> dict[str, str]:
        """The headers of an admitted request; raises RateLimitError for another."""
        now = time.monotonic()
        if counts_globally:
            self._admit_globally(now)
        return self._admit_to_bucket(route, major, quota, now) if quota else {}

    def note(self, status: int) -> None:
        """Count what Discord counts towards a ban."""
        now = time.monotonic()
        if status in INVALID_STATUS:
            self.invalid.append(now)
        while self.invalid and now - self.invalid[0] > 600:
            self.invalid.popleft()

    @property
    def closed(self) -> bool:
        """Whether `close_for` still holds."""
        return self.closed_for > 0

    @property
    def closed_for(self) -> float:
        """Seconds for which `close_for` still holds."""
        return max(0.0, self._closed_until - time.monotonic())

    @property
    def banned(self) -> bool:
        return len(self.invalid) >= 10_000

    def _admit_globally(self, now: float) -> None:
        if now < self._closed_until:
            raise RateLimitError(self._closed_until - now, everywhere=True)
        self._global = self._global or _Window(self.everything)
        wait = self._global.take(now) if self.enforced else 0.0
        if wait:
            raise RateLimitError(wait, everywhere=True)

    def _admit_to_bucket(self, route: str, major: str, quota: Quota, now: float) -> dict[str, str]:
        window = self._windows.setdefault((route, major), _Window(quota))
        wait = window.take(now) if self.enforced else 0.0
        remaining = window.quota.limit - window.used if self.enforced else window.quota.limit
        left = max(window.ends - now, 0.0)
        headers = {
            "X-RateLimit-Limit": str(window.quota.limit),
            "X-RateLimit-Remaining": str(0 if wait else remaining),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
        }
        if wait:
            raise RateLimitError(wait, headers=headers)
        return headers


class RateLimitError(ApiError):
    """429 with `retry_after` in seconds; a `Via` header tells discord.py that it is Discord's own."""

    def __init__(
        self, wait: float, *, everywhere: bool = False, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(429, 0, "You are being rate limited.", RATES)
        self.wait, self.everywhere = wait, everywhere
        self.headers = {
            **(headers or {}),
            "Retry-After": f"{wait:.3f}",
            "Via": "1.1 rehearsal",
            "X-RateLimit-Scope": "global" if everywhere else "user",
            **({"X-RateLimit-Global": "true"} if everywhere else {}),
        }

    def body(self) -> Json:
        return {"message": self.message, "retry_after": round(self.wait, 3), "global": self.everywhere}
