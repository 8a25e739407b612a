"""Verification: reads everything again.

Somebody who can switch off the triggers can cut off the last rows of both chains, or write both afresh; the
chains are then sound, and only a head that was noted elsewhere tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from . import database_integrity, schema
from .database_integrity import Check
from .events import ledger, projections, row_digests
from .events.fold import PROJECTED
from .events.ledger import LedgerFault
from .events.row_digests import EMPTY_HEAD, Head, current_head

T = TypeVar("T")
#: Faults that reading meets where values were changed behind our back.
UNREADABLE = (ArithmeticError, AttributeError, DBAPIError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, kw_only=True)
class Verification:
    """How much was read again, and what was wrong with it: nothing, if it is sound.

    `events` are the rows of the ledger, `vouched` those of other tables that digests vouch for, `figures`
    the rows that were computed from the ledger. Of a damaged database nothing is
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
    checked = database_integrity.check_integrity(connection)
    if checked.is_damaged:
        none = {"events": 0, "vouched": 0, "persons": 0, "figures": 0}
        return Verification(
            head=EMPTY_HEAD, problems=checked.problems, checks=checked.checks, is_damaged=True, **none
        )
    return Verification(
        head=_read_or_nothing(connection, current_head) or EMPTY_HEAD,
        events=_count_rows(connection, schema.event),
        vouched=row_digests.count_vouched(connection),
        persons=_count_rows(connection, schema.person),
        figures=sum(_count_rows(connection, table) for table in PROJECTED.values()),
        problems=(*checked.problems, *_compare(connection, {problem.where for problem in checked.problems})),
        checks=checked.checks,
    )


def _compare(connection: Connection, faulty: Set[str]) -> Iterator[LedgerFault]:
    """Yields where chains, rows and figures differ; tables in `faulty` cannot be read."""
    parts = {
        "chain": ledger.ledger_problems,
        "rows": row_digests.row_problems,
        "figures": projections.misfolded,
    }
    for name, compare in parts.items():
        problems = _read_or_nothing(connection, compare)
        is_unread = problems is None
        for problem in problems or ():
            if problem.kind == "unreadable" and faulty & PROJECTED.keys():
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
            database_integrity.raise_unless_damage(fault)
        return None


def is_table(name: str) -> bool:
    """Returns whether the records have a table of that name."""
    return name in schema.METADATA.tables


def _count_rows(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
