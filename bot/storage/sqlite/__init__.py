"""The SQLite engine: one writer that shares commits, readers apart."""
