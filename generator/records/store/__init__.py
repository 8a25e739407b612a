"""A database of records: one writer, many readers, every acknowledged write on disk."""

from .backups import Restored, backup, restore
from .engines import locate
from .store import Store, read_ledger, state_at

__all__ = ["Restored", "Store", "backup", "locate", "read_ledger", "restore", "state_at"]
