"""A list's people by what becomes of them, and by unit; of very many the first are named, all are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ....programme.vietnamese import alphabetical
from ....roster_import.proposal import KnownPerson, Proposal, ProposedRow
from ..base import UnitScope

#: How many people of one fate are named; so many stand in a list of their own, more in a fold for each unit.
MOST_NAMED, FEW = 500, 12
FATES = ("undecided", "new", "changed", "leaving", "unchanged")


class ChangeLine(NamedTuple):
    """A person: what was and what is to be where these differ, and the row of the file."""

    name: str
    unit: str
    was: str
    now: str
    place: str


class UnitChanges(NamedTuple):
    """The people of one unit; of `lines` there are fewer than its persons where very many change."""

    name: str
    persons: int
    lines: Sequence[ChangeLine]


class Change(NamedTuple):
    """All people of one fate."""

    fate: str
    persons: int
    units: Sequence[UnitChanges]
    unnamed: int

    @property
    def is_short(self) -> bool:
        return self.persons <= FEW


def changes(proposal: Proposal, units: UnitScope) -> list[Change]:
    """Returns the fates that somebody has, those that change something first."""
    shown = []
    for fate in FATES:
        if fate == "leaving":
            shown.append(_change(fate, proposal.leaving, lambda person: person.unit, units, _known_line))
        else:
            rows = [row for row in proposal.rows if row.fate == fate]
            shown.append(_change(fate, rows, lambda row: row.entry.unit, units, _row_line))
    return [change for change in shown if change.persons]


def _change(
    fate: str,
    persons: Sequence[ProposedRow] | Sequence[KnownPerson],
    unit_of: Callable[..., str],
    units: UnitScope,
    line: Callable[..., ChangeLine],
) -> Change:
    counts = Counter(map(unit_of, persons))
    named: dict[str, list[ChangeLine]] = {}
    for person in persons[:MOST_NAMED]:
        named.setdefault(unit_of(person), []).append(line(person, units))
    by_name = sorted(counts, key=lambda unit: alphabetical(units.name(unit)))
    changed_units = [UnitChanges(units.name(unit), counts[unit], named.get(unit, ())) for unit in by_name]
    return Change(fate, len(persons), changed_units, max(len(persons) - MOST_NAMED, 0))


def _known_line(person: KnownPerson, units: UnitScope) -> ChangeLine:
    return ChangeLine(person.full_name, units.name(person.unit), "", person.position, "")


def _row_line(row: ProposedRow, units: UnitScope) -> ChangeLine:
    entry, before = row.entry, row.before
    was, now = "", entry.position
    if row.fate == "changed" and before is not None:
        pairs = [
            (before.full_name, entry.full_name),
            (before.position, entry.position),
            (units.name(before.unit), units.name(entry.unit)),
        ]
        differing = [(old, new) for old, new in pairs if old != new]
        was, now = (_joined(side) for side in zip(*differing, strict=True)) if differing else ("", now)
    return ChangeLine(entry.full_name, units.name(entry.unit), was, now, str(row.spot.row))


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part or "–" for part in parts)
