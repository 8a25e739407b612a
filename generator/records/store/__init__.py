"""The door to a database: one writer, many readers, every acknowledged write on disk."""

from .backups import Restored, backup, restore
from .engines import located
from .reading import found_at, see
from .store import Store

__all__ = ["Restored", "Store", "backup", "found_at", "located", "restore", "see"]
