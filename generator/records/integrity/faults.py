"""Which faults of a driver say something of what is stored; the others say only that it cannot be had now."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

#: How states of PostgreSQL begin for what was read: damaged, not converted, not read by the system.
OF_STORED = frozenset({"XX", "22", "58"})
#: Codes of SQLite for a file that somebody else holds.
HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def require_damage(fault: DBAPIError) -> None:
    """Raises a fault that says nothing of what is stored: a server that is gone, a lock, no right."""
    state = getattr(fault.orig, "sqlstate", None)
    is_elsewhere = state is not None and state[:2] not in OF_STORED
    code = getattr(fault.orig, "sqlite_errorcode", None) or sqlite3.SQLITE_CORRUPT
    if fault.connection_invalidated or is_elsewhere or code & 0xFF in HELD:
        raise fault
