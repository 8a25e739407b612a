"""Tables: each row has the cells of the first one, and nothing hangs on a table by mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.programme import Programme
from ..problems import Problem
from ..tidying.tables import TableFault, tables
from .passages import Passage

#: How much of a line a sentence quotes.
LONGEST_QUOTE = 60


def check(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for table in tables(passage.text) if passage.is_markdown else ():
            if table.fault:
                yield _problem(passage, table.fault)


def _problem(passage: Passage, fault: TableFault) -> Problem:
    """The whole line is pointed at; cells that are lost have no place of their own."""
    lines = passage.text.split("\n")
    phrase = lines[fault.line].strip()
    start = sum(len(line) + 1 for line in lines[: fault.line])
    start += len(lines[fault.line]) - len(lines[fault.line].lstrip())
    found = phrase if len(phrase) <= LONGEST_QUOTE else phrase[: LONGEST_QUOTE - 1] + "…"
    counts = {"count": str(fault.count), "columns": str(fault.columns), "wanted": fault.wanted}
    values = {"found": " ".join(found.split()), **counts}
    return Problem(code=fault.code, place=passage.at(start, phrase), values=values)
