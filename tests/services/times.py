"""The evening on which these tests play."""

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
