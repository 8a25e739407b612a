"""The door to a database: one writer, many readers, every acknowledged write on disk."""

from .store import Store, restore

__all__ = ["Store", "restore"]
