"""Reads everything again: the ledger's chain, and the figures against the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from . import heads, ledger, projections, schema, vouched_rows
from .heads import Head
from .ledger import Problem
from .projections.rows import PROJECTED


@dataclass(frozen=True, kw_only=True)
class Verification:
    """How much was read again, and what was wrong with it: nothing, if it is sound.

    `events` are the rows of the ledger, `vouched` those of other tables that digests vouch for, `figures`
    the rows that were computed from the ledger and from the rosters.
    """

    head: Head
    events: int
    vouched: int
    persons: int
    figures: int
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        return not self.problems


def verified(connection: Connection) -> Verification:
    """Returns what reading everything came to. Writes nothing."""
    figures = (*PROJECTED.values(), schema.tally, schema.expected)
    return Verification(
        head=heads.head(connection),
        events=_rows(connection, schema.event),
        vouched=vouched_rows.count(connection),
        persons=_rows(connection, schema.person),
        figures=sum(_rows(connection, table) for table in figures),
        problems=(
            *ledger.verify(connection),
            *vouched_rows.problems(connection),
            *projections.differences(connection),
        ),
    )


def _rows(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
