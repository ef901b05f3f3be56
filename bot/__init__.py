"""Tissue Box: a Discord bot for film clubs."""
