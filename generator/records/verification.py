"""Verification: reads everything again, and says where the ledger ends (its head).

Somebody who can switch off the triggers can cut off the last rows of both chains, or write both afresh; the
chains are then sound, and only a head that was noted elsewhere tells.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from . import integrity, schema
from .errors import Malformed
from .events import ledger, projections, row_digests
from .events.fold import PROJECTED
from .events.ledger import FIRST_HASH, LedgerFault
from .events.projections import COMPUTED
from .integrity import Check

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
    (events, event_hash), (rows, digest_hash) = (
        ledger.last_event(connection),
        row_digests.last_digest(connection),
    )
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


T = TypeVar("T")
#: Faults that reading meets where values were changed behind our back.
UNREADABLE = (ArithmeticError, AttributeError, DBAPIError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, kw_only=True)
class Verification:
    """How much was read again, and what was wrong with it: nothing, if it is sound.

    `events` are the rows of the ledger, `vouched` those of other tables that digests vouch for, `figures`
    the rows that were computed from the ledger and from the rosters. Of a damaged database nothing is
    counted, and neither chains nor figures are compared.
    """

    head: Head
    events: int
    vouched: int
    persons: int
    figures: int
    problems: tuple[LedgerFault, ...]
    checks: tuple[Check, ...] = ()
    is_damaged: bool = False

    @property
    def is_sound(self) -> bool:
        return not self.problems


def verify_ledger(connection: Connection) -> Verification:
    """Returns the result of reading everything. Writes nothing."""
    checked = integrity.check_integrity(connection)
    if checked.is_damaged:
        none = {"events": 0, "vouched": 0, "persons": 0, "figures": 0}
        return Verification(
            head=EMPTY_HEAD, problems=checked.problems, checks=checked.checks, is_damaged=True, **none
        )
    figures = (*PROJECTED.values(), schema.tally, schema.expected)
    return Verification(
        head=_read_or_nothing(connection, current_head) or EMPTY_HEAD,
        events=_count_rows(connection, schema.event),
        vouched=row_digests.count_vouched(connection),
        persons=_count_rows(connection, schema.person),
        figures=sum(_count_rows(connection, table) for table in figures),
        problems=(*checked.problems, *_compare(connection, {problem.where for problem in checked.problems})),
        checks=checked.checks,
    )


def _compare(connection: Connection, faulty: Set[str]) -> Iterator[LedgerFault]:
    """Yields where chains, rows and figures differ; tables in `faulty` cannot be read."""
    parts = {
        "chain": ledger.ledger_problems,
        "rows": row_digests.row_problems,
        "figures": projections.differences,
    }
    for name, compare in parts.items():
        problems = _read_or_nothing(connection, compare)
        is_unread = problems is None
        for problem in problems or ():
            if problem.kind == "unreadable" and faulty & COMPUTED:
                # Folding cannot say whether it was the ledger or the figure that it could not read.
                is_unread = True
            else:
                yield problem
        if is_unread:
            yield LedgerFault(name, "cannot be read", "unread", (name,))


def _read_or_nothing(connection: Connection, look: Callable[[Connection], T]) -> T | None:
    """Returns the result of a look; None where it met a value that we never write."""
    try:
        with connection.begin_nested():
            return look(connection)
    except UNREADABLE as fault:
        if isinstance(fault, DBAPIError):
            integrity.raise_unless_damage(fault)
        return None


def is_table(name: str) -> bool:
    """Returns whether the records have a table of that name."""
    return name in schema.METADATA.tables


def _count_rows(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
