"""Digests of rows: a second chain beside the ledger, so that no row behind a figure changes unseen.

Each row that is written to a table of `VOUCHED` leaves a digest, in the same transaction; a row that is
changed leaves another, and its last one stands. Rows that mean something only together, such as the members
of a roster, have one digest for all of them.

An empty cell is no part of a digest. So a migration that adds a column need do nothing about rows in which it
is empty; one that fills it, or changes what is there, calls `vouch_again`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, func, insert, inspect, select, type_coerce
from sqlalchemy.types import NullType

from .. import schema
from ..errors import Malformed
from ..schema.columns import Flag, utc_text
from .ledger import CHUNK, FIRST_HASH, LedgerFault, ProblemKind, last_link

Row = Mapping[str, Any]
Condition = ColumnElement[bool]


@dataclass(frozen=True, kw_only=True)
class VouchedTable:
    """A table whose rows leave digests; rows that are alike in `by` have one together.

    `order` are the columns by which the rows of such a list are ordered; none without lists.
    """

    table: Table
    by: tuple[str, ...]
    order: tuple[str, ...]
    cells: tuple[str, ...]
    flags: tuple[str, ...]


def _vouched(table: Table, *by: str, computed: Sequence[str] = ()) -> VouchedTable:
    """Describes a table. Columns `computed` from the ledger are compared with it, and have no digest."""
    key = tuple(column.name for column in table.primary_key)
    cells = tuple(column.name for column in table.c if column.name not in computed)
    flags = tuple(column.name for column in table.c if isinstance(column.type, Flag))
    order = (*by, *key) if by and len(by) < len(key) else ()
    return VouchedTable(table=table, by=by or key, order=order, cells=cells, flags=flags)


VOUCHED: Mapping[str, VouchedTable] = {
    vouched.table.name: vouched
    for vouched in (
        _vouched(schema.unit),
        _vouched(schema.former_name, "unit"),
        _vouched(schema.person, computed=["merged_into"]),
        _vouched(schema.roster),
        _vouched(schema.roster_member, "roster"),
        _vouched(schema.superseded_roster),
        _vouched(schema.course_version),
        _vouched(schema.form),
        *map(_vouched, schema.ENTRY_TABLES),
        _vouched(schema.certificate),
        _vouched(schema.audit),
    )
}


# --- writing ----------------------------------------------------------------------------------


def add_rows(connection: Connection, table: Table, added: Sequence[Row]) -> None:
    """Inserts rows, which may be a whole list, and vouches for them."""
    vouched = VOUCHED[table.name]
    connection.execute(insert(table), added)
    if vouched.order:
        added = sorted(added, key=lambda row: [row[column] for column in vouched.order])
    _append(connection, vouched, digest_rows(vouched, added))


def vouch(connection: Connection, table: Table, keys: Sequence[str]) -> None:
    """Vouches for rows that were changed just now, or for whole lists, by their keys."""
    vouched = VOUCHED[table.name]
    (by,) = vouched.by
    for first in range(0, len(keys), CHUNK):
        chunk = keys[first : first + CHUNK]
        digests = dict(
            digest_rows(vouched, read_rows(connection, vouched, vouched.cells, table.c[by].in_(chunk)))
        )
        _append(connection, vouched, ((key, digests.get(key, EMPTY)) for key in chunk))


def vouch_again(connection: Connection, *names: str) -> None:
    """Vouches for every row that is there, of these tables or of all, by their present columns."""
    for name in names or VOUCHED:
        vouched = VOUCHED[name]
        if inspect(connection).has_table(name):
            present = {column["name"] for column in inspect(connection).get_columns(name)}
            cells = [cell for cell in vouched.cells if cell in present]
            _append(connection, vouched, digest_rows(vouched, read_rows(connection, vouched, cells)))


def _append(connection: Connection, vouched: VouchedTable, digested: Iterable[tuple[str, bytes]]) -> None:
    (seq, last), relation = last_link(connection, _TABLE), vouched.table.name
    digested = iter(digested)
    while chunk := list(islice(digested, CHUNK)):
        written = []
        for key, sha256 in chunk:
            seq += 1
            last = digest_hash(last, seq, relation, key, sha256)
            written.append({"seq": seq, "relation": relation, "row": key, "sha256": sha256, "hash": last})
        connection.execute(_INSERT, written)


_TABLE = schema.row_digest
_INSERT = insert(_TABLE)


def digest_hash(before: bytes, seq: int, relation: str, row: str, sha256: bytes) -> bytes:
    """Returns the hash of a row of digests: of the hash before it, and of its values.

    Their lengths are in it, as a key may have spaces and must not pass for another one's.
    """
    table, key = relation.encode(), row.encode()
    written = b"%b%d %d %d %b%b%b" % (before, seq, len(table), len(key), table, key, sha256)
    return hashlib.sha256(written).digest()


# --- digests ----------------------------------------------------------------------------------

#: The digest of an empty list.
EMPTY = hashlib.sha256().digest()


def digest_rows(vouched: VouchedTable, rows: Iterable[Row]) -> Iterator[tuple[str, bytes]]:
    """Yields the key and the digest of each row, or of each list; rows of a list come in order.

    A digest is of the cells that are not empty; a flag is a number in it, which is how SQLite keeps it.
    """
    for key, together in groupby(rows, lambda row: " ".join(row[name] for name in vouched.by)):
        digest = hashlib.sha256()
        for row in together:
            cells = {name: row[name] for name in vouched.cells if row.get(name) is not None}
            cells |= {name: int(cells[name]) for name in vouched.flags if name in cells}
            digest.update(_WRITTEN.encode(cells).encode() + b"\n")
        yield key, digest.digest()


_WRITTEN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=utc_text)


def read_rows(
    connection: Connection, vouched: VouchedTable, cells: Sequence[str], *conditions: Condition
) -> Iterator[Row]:
    """Yields rows as the database keeps them, so that a cell that makes no sense is read as well."""
    table = vouched.table
    query = select(*(type_coerce(table.c[name], NullType()) for name in cells)).where(*conditions)
    query = query.order_by(*(table.c[name] for name in vouched.order))
    for row in connection.execute(query, execution_options={"yield_per": 5_000}):
        yield dict(zip(cells, row, strict=True))


#: How many problems are reported; nobody reads more one by one.
MOST_PROBLEMS = 1_000
#: The last digest of each row, by table and key.
LastDigests = dict[str, dict[str, bytes]]


def row_problems(connection: Connection) -> tuple[LedgerFault, ...]:
    """Returns faults of rows that are vouched for: none if all are as they were written."""
    last: LastDigests = {name: {} for name in VOUCHED}
    chain = tuple(_chain_problems(connection, last))[:MOST_PROBLEMS]
    problems = (
        problem for vouched in VOUCHED.values() for problem in _table_problems(connection, vouched, last)
    )
    return (*chain, *islice(problems, MOST_PROBLEMS))


def count_vouched(connection: Connection) -> int:
    """Returns how many rows are vouched for."""
    tables = (vouched.table for vouched in VOUCHED.values())
    return sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def _chain_problems(connection: Connection, last: LastDigests) -> Iterator[LedgerFault]:
    """Yields gaps and links that do not hold, and notes the last digest of each row."""
    seq, before = 0, FIRST_HASH
    query = select(schema.row_digest).order_by(schema.row_digest.c.seq)
    for row in connection.execute(query, execution_options={"yield_per": 5_000}):
        number, relation, key, sha256, hash = tuple(row)
        where = f"row_digest {number}"
        if number != seq + 1:
            gone = number - seq - 1
            yield LedgerFault(where, f"{gone} missing before it", "digests-gone", (str(number), str(gone)))
        if hash != digest_hash(before, number, relation, key, sha256):
            yield LedgerFault(where, "chain broken", "digests-chain", (str(number),))
        seq, before = number, hash
        last.setdefault(relation, {})[key] = sha256


def _table_problems(
    connection: Connection, vouched: VouchedTable, last: LastDigests
) -> Iterator[LedgerFault]:
    digests = last[vouched.table.name]
    for key, digest in digest_rows(vouched, read_rows(connection, vouched, vouched.cells)):
        noted = digests.pop(key, None)
        if noted != digest:
            yield _row_problem(connection, vouched, key, "added" if noted is None else "changed")
    for key, noted in digests.items():
        if noted != EMPTY:
            yield _row_problem(connection, vouched, key, "removed")


def _row_problem(connection: Connection, vouched: VouchedTable, key: str, kind: ProblemKind) -> LedgerFault:
    if vouched.table is not schema.roster_member:
        return LedgerFault(vouched.table.name, key, kind, (key,))
    number = connection.scalar(select(schema.roster.c.number).where(schema.roster.c.id == key))
    members = select(func.count()).where(schema.roster_member.c.roster == key)
    return LedgerFault(
        vouched.table.name, key, "members", (str(number or "?"), str(connection.scalar(members)))
    )


# --- the head of both chains ------------------------------------------------------------------

#: Hexadecimal digits of a hash that are shown: 64 bits, too many to make another ledger match.
HEAD_DIGITS = 16
_HEAD_TEXT = re.compile(rf"([0-9]{{1,15}})(?:\+([0-9]{{1,15}}))?:([0-9a-f]{{{HEAD_DIGITS}}})", re.ASCII)


class Head(NamedTuple):
    """The numbers of the last event and of the last digest, and the first digits of their common hash.

    A head noted before there were digests has no digest number, and its hash is the event's.
    """

    events: int
    digests: int | None
    hash: str

    def __str__(self) -> str:
        return f"{self.events}{'' if self.digests is None else f'+{self.digests}'}:{self.hash}"


def parse_head(text: str) -> Head:
    """Returns a head as it was noted. Raises Malformed."""
    match = _HEAD_TEXT.fullmatch(text.strip().lower())
    if match is None:
        raise Malformed("a head is one number or two and 16 digits of a hash")
    return Head(int(match[1]), int(match[2]) if match[2] else None, match[3])


def current_head(connection: Connection) -> Head:
    """Returns where the ledger ends now."""
    (events, event_hash), (rows, digest_hash) = last_link(connection), last_link(connection, _TABLE)
    return Head(events, rows, _hash_of_both(event_hash, digest_hash))


def still_holds(connection: Connection, noted: Head) -> bool:
    """Returns whether the ledger, being sound, still holds all that it held when the head was noted."""
    event_hash = _chain_hash(connection, schema.event, noted.events)
    if noted.digests is None:
        return event_hash is not None and event_hash.hex()[:HEAD_DIGITS] == noted.hash
    digest_hash = _chain_hash(connection, schema.row_digest, noted.digests)
    if event_hash is None or digest_hash is None:
        return False
    return _hash_of_both(event_hash, digest_hash) == noted.hash


def _chain_hash(connection: Connection, table: Table, seq: int) -> bytes | None:
    """Returns the hash of a row of a chain; row 0 has the hash before the first. None if there is no row."""
    return connection.scalar(select(table.c.hash).where(table.c.seq == seq)) if seq else FIRST_HASH


def _hash_of_both(event: bytes, digest: bytes) -> str:
    return hashlib.sha256(event + digest).hexdigest()[:HEAD_DIGITS]


#: The head of an empty ledger.
EMPTY_HEAD = Head(0, 0, _hash_of_both(FIRST_HASH, FIRST_HASH))
