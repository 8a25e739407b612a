"""Reads everything again: the database itself, the ledger's chain, and the figures against the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from . import heads, integrity, ledger, projections, schema, vouched_rows
from .heads import Head
from .integrity import Check
from .ledger import LedgerFault
from .projections.rows import PROJECTED
from .schema.projections import COMPUTED

T = TypeVar("T")
#: What comes of reading values that were changed behind our back.
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


def verified(connection: Connection) -> Verification:
    """Returns what reading everything came to. Writes nothing."""
    found = integrity.look(connection)
    if found.is_damaged:
        none = {"events": 0, "vouched": 0, "persons": 0, "figures": 0}
        return Verification(
            head=heads.NOWHERE, problems=found.problems, checks=found.checks, is_damaged=True, **none
        )
    figures = (*PROJECTED.values(), schema.tally, schema.expected)
    return Verification(
        head=_read(connection, heads.head) or heads.NOWHERE,
        events=_rows(connection, schema.event),
        vouched=vouched_rows.count(connection),
        persons=_rows(connection, schema.person),
        figures=sum(_rows(connection, table) for table in figures),
        problems=(*found.problems, *_compared(connection, {one.where for one in found.problems})),
        checks=found.checks,
    )


def _compared(connection: Connection, faulty: Set[str]) -> Iterator[LedgerFault]:
    """Yields where chains, rows and figures differ, as far as they can be read; `faulty` tables cannot."""
    parts = {"chain": ledger.verify, "rows": vouched_rows.problems, "figures": projections.differences}
    for name, compare in parts.items():
        problems = _read(connection, compare)
        is_unread = problems is None
        for one in problems or ():
            if one.kind == "unreadable" and faulty & COMPUTED:
                # Whoever folds cannot say whether it was the ledger or the figure that it could not read.
                is_unread = True
            else:
                yield one
        if is_unread:
            yield LedgerFault(name, "cannot be read", "unread", (name,))


def _read(connection: Connection, look: Callable[[Connection], T]) -> T | None:
    """Returns what a look came to; nothing where a value is none that we write."""
    try:
        with connection.begin_nested():
            return look(connection)
    except UNREADABLE as fault:
        if isinstance(fault, DBAPIError):
            integrity.require_damage(fault)
        return None


def _rows(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
