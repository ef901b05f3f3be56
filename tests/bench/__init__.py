"""Measurements against the budget; not tests: their verdict depends on the machine."""
