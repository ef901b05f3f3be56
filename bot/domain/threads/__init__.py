"""Spoiler threads: what each is about, who may enter, and what the bot itself may say inside."""
