"""Heads of the ledger: its last row by number and hash, short enough to be noted and compared.

Whoever can switch off the triggers can cut off the last rows, and the rest of the chain is still sound;
a head that was noted elsewhere tells.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sqlalchemy import Connection, select

from . import schema
from .ledger import FIRST_HASH
from .refusals import Malformed

#: Hexadecimal digits of a hash that are shown: 64 bits, which nobody makes another ledger come to.
DIGITS = 16
_WRITTEN = re.compile(rf"([0-9]{{1,15}}):([0-9a-f]{{{DIGITS}}})", re.ASCII)


class Head(NamedTuple):
    """The number of the last row and how its hash begins; of an empty ledger, row 0."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


def written(text: str) -> Head:
    """A head as it was noted. Raises Malformed."""
    found = _WRITTEN.fullmatch(text.strip().lower())
    if found is None:
        raise Malformed("a head is a number and 16 digits of a hash")
    return Head(int(found[1]), found[2])


def head(connection: Connection) -> Head:
    """Where the ledger ends now."""
    table = schema.event.c
    row = connection.execute(select(table.seq, table.hash).order_by(table.seq.desc()).limit(1)).first()
    return _head(row.seq, row.hash) if row else _head(0, FIRST_HASH)


def is_kept(connection: Connection, noted: Head) -> bool:
    """Whether the ledger, being sound, still holds all that it held when the head was noted."""
    table = schema.event.c
    query = select(table.hash).where(table.seq == noted.seq)
    found = connection.scalar(query) if noted.seq else FIRST_HASH
    return found is not None and _head(noted.seq, found) == noted


def _head(seq: int, hash: bytes) -> Head:
    return Head(seq, hash.hex()[:DIGITS])
