"""The door to a database: one writer, many readers, every acknowledged write on disk."""

from .copying import head_of
from .store import Store, restore

__all__ = ["Store", "head_of", "restore"]
