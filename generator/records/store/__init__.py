"""The door to a database: one writer, many readers, every acknowledged write on disk."""

from .copying import head_of
from .engines import located
from .reading import found_at, see
from .store import Store, restore

__all__ = ["Store", "found_at", "head_of", "located", "restore", "see"]
