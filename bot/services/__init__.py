"""Use cases: each one transaction, called alike by cogs, the runner and the command line."""
