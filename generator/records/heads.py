"""Heads of the ledger: where its events end and where its digests do, short enough to be noted and compared.

Whoever can switch off the triggers can cut off the last rows of both chains, or write both afresh, and they
are sound; a head that was noted elsewhere tells.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from sqlalchemy import Connection, Table, select

from . import digests, ledger, schema
from .ledger import FIRST_HASH
from .refusals import Malformed

#: Hexadecimal digits of a hash that are shown: 64 bits, which nobody makes another ledger come to.
DIGITS = 16
_WRITTEN = re.compile(rf"([0-9]{{1,15}})(?:\+([0-9]{{1,15}}))?:([0-9a-f]{{{DIGITS}}})", re.ASCII)


class Head(NamedTuple):
    """The numbers of the last event and of the last digest, and how the hash of both their hashes begins.

    One that was noted before there were digests has none, and the hash is the event's.
    """

    events: int
    digests: int | None
    hash: str

    def __str__(self) -> str:
        return f"{self.events}{'' if self.digests is None else f'+{self.digests}'}:{self.hash}"


def written(text: str) -> Head:
    """A head as it was noted. Raises Malformed."""
    found = _WRITTEN.fullmatch(text.strip().lower())
    if found is None:
        raise Malformed("a head is one number or two and 16 digits of a hash")
    return Head(int(found[1]), int(found[2]) if found[2] else None, found[3])


def head(connection: Connection) -> Head:
    """Where the ledger ends now."""
    (events, event_hash), (rows, digest_hash) = ledger.end(connection), digests.end(connection)
    return Head(events, rows, _of_both(event_hash, digest_hash))


def is_kept(connection: Connection, noted: Head) -> bool:
    """Whether the ledger, being sound, still holds all that it held when the head was noted."""
    event_hash = _hash(connection, schema.event, noted.events)
    if noted.digests is None:
        return event_hash is not None and event_hash.hex()[:DIGITS] == noted.hash
    digest_hash = _hash(connection, schema.row_digest, noted.digests)
    if event_hash is None or digest_hash is None:
        return False
    return _of_both(event_hash, digest_hash) == noted.hash


def _hash(connection: Connection, table: Table, seq: int) -> bytes | None:
    """Returns the hash of a row of a chain, of row 0 that before the first, or nothing."""
    return connection.scalar(select(table.c.hash).where(table.c.seq == seq)) if seq else FIRST_HASH


def _of_both(event: bytes, digest: bytes) -> str:
    return hashlib.sha256(event + digest).hexdigest()[:DIGITS]


#: Where an empty ledger ends.
NOWHERE = Head(0, 0, _of_both(FIRST_HASH, FIRST_HASH))
