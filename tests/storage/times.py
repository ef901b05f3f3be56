"""The instant at which the tests of the storage play."""

from datetime import UTC, datetime

NOW = datetime(2025, 11, 22, 19, 30, tzinfo=UTC)
