"""The rules, without clock, database or Discord."""
