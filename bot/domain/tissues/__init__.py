"""How many tissues a film took: what members type, what a poll allows, and what its ballots come to."""
