"""A date and a time of day as people write them, read whole or not at all."""
