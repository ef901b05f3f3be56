"""Shapes on Discord that every feature shares."""
