"""Compares every row that is vouched for with its last digest, and the chain of the digests with itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import Connection, func, select

from . import schema
from .digests import EMPTY, VOUCHED, Vouched, digests, hash_of, rows
from .ledger import FIRST_HASH, LedgerFault, ProblemKind

#: How many problems are told; where there are more, nobody reads them one by one.
MOST = 1_000
#: The last digest of each row, by table and key.
Last = dict[str, dict[str, bytes]]


def problems(connection: Connection) -> tuple[LedgerFault, ...]:
    """Returns what is wrong with rows that are vouched for: nothing, if all are as they were written."""
    last: Last = {name: {} for name in VOUCHED}
    chain = tuple(_of_the_chain(connection, last))[:MOST]
    found = (one for vouched in VOUCHED.values() for one in _of_a_table(connection, vouched, last))
    return (*chain, *islice(found, MOST))


def count(connection: Connection) -> int:
    """Returns how many rows are vouched for."""
    tables = (vouched.table for vouched in VOUCHED.values())
    return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def _of_the_chain(connection: Connection, last: Last) -> Iterator[LedgerFault]:
    """Yields gaps and links that do not hold, and notes the last digest of each row."""
    seq, before = 0, FIRST_HASH
    query = select(schema.row_digest).order_by(schema.row_digest.c.seq)
    for row in connection.execute(query, execution_options={"yield_per": 5_000}):
        here, relation, key, sha256, hash = tuple(row)
        where = f"row_digest {here}"
        if here != seq + 1:
            gone = here - seq - 1
            yield LedgerFault(where, f"{gone} missing before it", "digests-gone", (str(here), str(gone)))
        if hash != hash_of(before, here, relation, key, sha256):
            yield LedgerFault(where, "chain broken", "digests-chain", (str(here),))
        seq, before = here, hash
        last.setdefault(relation, {})[key] = sha256


def _of_a_table(connection: Connection, vouched: Vouched, last: Last) -> Iterator[LedgerFault]:
    known = last[vouched.table.name]
    for key, digest in digests(vouched, rows(connection, vouched, vouched.cells)):
        noted = known.pop(key, None)
        if noted != digest:
            yield _problem(connection, vouched, key, "added" if noted is None else "changed")
    for key, noted in known.items():
        if noted != EMPTY:
            yield _problem(connection, vouched, key, "removed")


def _problem(connection: Connection, vouched: Vouched, key: str, kind: ProblemKind) -> LedgerFault:
    if vouched.table is not schema.roster_member:
        return LedgerFault(vouched.table.name, key, kind, (key,))
    number = connection.scalar(select(schema.roster.c.number).where(schema.roster.c.id == key))
    here = select(func.count()).where(schema.roster_member.c.roster == key)
    return LedgerFault(vouched.table.name, key, "members", (str(number or "?"), str(connection.scalar(here))))
