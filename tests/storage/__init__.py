"""The engine's promises, on real files."""
