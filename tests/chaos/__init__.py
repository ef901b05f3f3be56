"""Plays in which the bot is killed again and again: whatever it has confirmed must hold."""
