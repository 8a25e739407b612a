"""What there is to say of all the people of a list together."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from ..programme.vietnamese import folded
from .entry import KnownPerson, RosterEntry
from .matching import Decisions, Key, Matches, Person, row_key, same_post, same_unit
from .notices import Notice
from .proposal import ProposedRow
from .spelling import keyed

#: From how many people known, and which share of them in percent, their leaving is pointed out.
FEWEST_KNOWN, MANY_LEAVING = 10, 20

Rows = Iterable[ProposedRow]
UnitNames = Mapping[str, str]


def notices(
    matches: Matches,
    known: Collection[KnownPerson],
    decisions: Decisions,
    scope: Collection[str] | None,
    unit_names: UnitNames,
) -> Iterator[Notice]:
    undecided = [row for row in matches.rows if row_key(row) not in decisions]
    yield from _twice(undecided, unit_names)
    yield from _namesakes(matches.rows, decisions, unit_names)
    yield from _almost_twice(undecided, unit_names)
    if scope is not None:
        yield from _out_of_scope(matches.rows, scope, unit_names)
    if matches.rows:
        yield from _leaving(matches, known, unit_names)


def _twice(rows: Rows, unit_names: UnitNames) -> Iterator[Notice]:
    for first, *others in _sharing(rows, same_post):
        for row in others:
            yield _pair("person-twice", row, first, unit_names)


def _namesakes(rows: Rows, decisions: Decisions, unit_names: UnitNames) -> Iterator[Notice]:
    """Two people or one with two posts: asked of each but those the records or the office know apart."""
    asked = [row for row in rows if row.fate != "new" or row_key(row) not in decisions]
    for group in _sharing(asked, same_unit):
        first, *others = sorted(group, key=_is_new)
        for row in others:
            if _is_new(row) and keyed(row.entry.position) != keyed(first.entry.position):
                yield _pair("same-name-in-unit", row, first, unit_names)


def _is_new(row: ProposedRow) -> bool:
    return row.fate == "new"


def _almost_twice(rows: Rows, unit_names: UnitNames) -> Iterator[Notice]:
    for first, *others in _sharing(rows, _letters):
        for row in others:
            if keyed(row.entry.full_name) != keyed(first.entry.full_name):
                yield _pair("almost-twice", row, first, unit_names)


def _letters(person: Person) -> Hashable:
    return folded(person.full_name), person.unit, folded(person.position)


def _sharing(rows: Rows, key: Key) -> Iterator[list[ProposedRow]]:
    """The groups of two and more with the same key."""
    groups = _grouped((key(row.entry), row) for row in rows)
    yield from (group for group in groups.values() if len(group) > 1)


V = TypeVar("V")


def _grouped(pairs: Iterable[tuple[Hashable, V]]) -> dict[Hashable, list[V]]:
    found: dict[Hashable, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _pair(code: str, row: ProposedRow, first: ProposedRow, unit_names: UnitNames) -> Notice:
    values = {
        **_values(row.entry, unit_names),
        "other": f"{first.spot.sheet}!{first.spot.cell}",
        "other_name": first.entry.full_name,
        "other_position": first.entry.position or "…",
    }
    return Notice(code=code, spot=row.spot, values=values)


def _values(entry: RosterEntry, unit_names: UnitNames) -> dict[str, str]:
    return {"name": entry.full_name, "position": entry.position or "…", "unit": unit_names[entry.unit]}


def _out_of_scope(rows: Rows, scope: Collection[str], unit_names: UnitNames) -> Iterator[Notice]:
    for row in rows:
        if row.entry.unit not in scope:
            yield Notice(code="out-of-scope", spot=row.spot, values={"unit": unit_names[row.entry.unit]})


def _leaving(matches: Matches, known: Collection[KnownPerson], unit_names: UnitNames) -> Iterator[Notice]:
    """A list that shrinks raises the share that was trained; never in silence."""
    active = [person for person in known if person.is_active]
    count = len(matches.leaving)
    if len(active) >= FEWEST_KNOWN and count * 100 >= len(active) * MANY_LEAVING:
        yield Notice(code="many-leaving", values={"count": str(count), "known": str(len(active))})
    listed = {row.entry.unit for row in matches.rows}
    absent = dict.fromkeys(person.unit for person in matches.leaving if person.unit not in listed)
    if absent:
        names = ", ".join(unit_names.get(unit, unit) for unit in absent)
        yield Notice(code="unit-absent", values={"units": names, "count": str(len(absent))})
