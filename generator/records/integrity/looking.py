"""Looks at a database before anything is made of what is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ..ledger import LedgerFault, ProblemKind
from . import server, sqlite_pages, values
from .faults import require_damage

#: What was looked at: the pages of a file; the tables of a server, and its indexes by amcheck or by their
#: number of rows; every value; every reference to another table.
Check = Literal["pages", "tables", "amcheck", "indexes", "values", "references"]
#: How many problems of a kind are told; where there are more, nobody reads them one by one.
MOST = 200
#: Kinds of problems after which nothing else can be said: rows cannot be read or are not there.
DAMAGE: frozenset[ProblemKind] = frozenset({"damaged", "index", "counted"})


@dataclass(frozen=True, kw_only=True)
class Integrity:
    """The problems found, and what was looked at; `is_damaged` where one of them is of `DAMAGE`."""

    problems: tuple[LedgerFault, ...]
    checks: tuple[Check, ...]
    is_damaged: bool


def look(connection: Connection) -> Integrity:
    """Returns what the database's own check and reading every value came to. Writes nothing."""
    is_file = connection.dialect.name == "sqlite"
    damage: tuple[LedgerFault, ...]
    checks: tuple[Check, ...]
    if is_file:
        damage, checks = tuple(islice(sqlite_pages.problems(connection), MOST)), ("pages",)
    else:
        damage = tuple(islice(server.problems(connection), MOST))
        checks = ("tables", "amcheck" if server.has_amcheck(connection) else "indexes")
    if any(one.kind in DAMAGE for one in damage):
        return Integrity(problems=damage, checks=checks, is_damaged=True)
    others = [
        *_guarded(connection, "values", values.problems),
        *_guarded(connection, "references", values.references),
    ]
    rows = {one.where for one in others}
    # The database's own check knows that a value of a table is wrong, and not in which row.
    kept = (one for one in damage if one.kind != "constraint" or one.where not in rows)
    return Integrity(problems=(*kept, *others), checks=(*checks, "values", "references"), is_damaged=False)


def _guarded(
    connection: Connection, name: str, looking: Callable[[Connection], Iterator[LedgerFault]]
) -> list[LedgerFault]:
    """The problems found, of which one may be that nothing can be looked at."""
    try:
        with connection.begin_nested():
            return list(islice(looking(connection), MOST))
    except DBAPIError as fault:
        require_damage(fault)
        return [LedgerFault("file", f"{name} cannot be read", "unread", (name,))]
