"""Matching: finds which person of the records each row of a list is, where that is certain.

A name, a position and a unit are all there is to tell people by. A wrong match would give somebody another
one's completions, a missed one is mended by a merge; so doubtful rows are left to the office.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ..programme.vietnamese import folded
from .findings import FILE, Notice
from .proposal import Fate, KnownPerson, PersonId, ProposedRow, RosterEntry
from .vocabulary import comparable, quoted

#: A person of a list, by the sheet's name and the cell: A2, and A2.2 for the second one in it.
RowKey = tuple[str, str]
#: The office's decision on a row: the person it is, or None for somebody new.
Decisions = Mapping[RowKey, PersonId | None]

Person = RosterEntry | KnownPerson
Key = Callable[[Person], Hashable]


def same_post(person: Person) -> Hashable:
    return comparable(person.full_name), person.unit, comparable(person.position)


def same_unit(person: Person) -> Hashable:
    return comparable(person.full_name), person.unit


def same_position(person: Person) -> Hashable:
    """Returns the key of a name and position in any unit; without a position, a key of its own."""
    return (comparable(person.full_name), comparable(person.position)) if person.position else id(person)


def same_letters(person: Person) -> Hashable:
    """Returns the key of a unit and a name without its marks."""
    return folded(person.full_name), person.unit


@dataclass(frozen=True, kw_only=True)
class Matches:
    """Every row with its fate, in the order given; and the known persons that are on none."""

    rows: tuple[ProposedRow, ...]
    leaving: tuple[KnownPerson, ...]
    notices: tuple[Notice, ...]


@dataclass(kw_only=True)
class _Open:
    """The rows and the known persons not matched yet, and what was found so far."""

    rows: dict[RowKey, ProposedRow]
    known: dict[PersonId, KnownPerson]
    unit_names: Mapping[str, str]
    settled: dict[RowKey, ProposedRow] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


def row_key(row: ProposedRow) -> RowKey:
    cell = row.spot.cell
    return row.spot.worksheet, cell if row.number == 1 else f"{cell}.{row.number}"


def match_rows(
    rows: Iterable[ProposedRow],
    known: Iterable[KnownPerson],
    decisions: Decisions,
    unit_names: Mapping[str, str],
) -> Matches:
    """Returns each row's person, and who is on no row.

    Decisions come first, then the same post, the same unit, the same position elsewhere; last, a name that
    differs by its marks only.
    """
    given = {row_key(row): row for row in rows}
    left = _Open(rows=dict(given), known={person.id: person for person in known}, unit_names=unit_names)
    _decided(left, decisions)
    _pairs(left, same_post)
    _pairs(left, same_unit)
    _mark_doubts(left, same_unit, "ambiguous-person")
    _pairs(left, same_position, "changed-unit")
    _mark_doubts(left, same_letters, "almost-known-person")
    _mark_new(left)
    return Matches(
        rows=tuple(left.settled[key] for key in given),
        leaving=tuple(person for person in left.known.values() if person.is_active),
        notices=tuple(left.notices),
    )


def _decided(left: _Open, decisions: Decisions) -> None:
    for key, id in decisions.items():
        row = left.rows.get(key)
        if row is None or (id is not None and id not in left.known):
            values = {"sheet": quoted(key[0]), "row": quoted(key[1])}
            left.notices.append(Notice(code="outdated-decision", spot=FILE, values=values))
        else:
            _set_fate(left, row, left.known.pop(id) if id is not None else None)


def _pairs(left: _Open, key: Key, code: str = "") -> None:
    """Matches a row and a person where each is the only one with the key."""
    for rows, persons in _groups(left, key):
        if len(rows) == len(persons) == 1:
            if code:
                left.notices.append(_match_notice(left, code, rows[0], persons))
            _set_fate(left, rows[0], left.known.pop(persons[0].id))


def _mark_doubts(left: _Open, key: Key, code: str) -> None:
    """Leaves to the office the rows that may be one of several, and keeps those persons from leaving."""
    for rows, persons in _groups(left, key):
        for row in rows:
            left.notices.append(_match_notice(left, code, row, persons))
            _set_fate(left, replace(row, fate="undecided", candidates=tuple(persons)))
        for person in persons:
            del left.known[person.id]


def _groups(left: _Open, key: Key) -> Iterator[tuple[list[ProposedRow], list[KnownPerson]]]:
    """Yields the rows and the persons that share a key, where there are both."""
    persons: dict[Hashable, list[KnownPerson]] = {}
    for person in left.known.values():
        persons.setdefault(key(person), []).append(person)
    rows: dict[Hashable, list[ProposedRow]] = {}
    for row in left.rows.values():
        if (shared := key(row.entry)) in persons:
            rows.setdefault(shared, []).append(row)
    for shared, matching_rows in rows.items():
        yield matching_rows, persons[shared]


def _set_fate(left: _Open, row: ProposedRow, before: KnownPerson | None = None) -> None:
    fate = row.fate if row.candidates else _fate(row.entry, before)
    del left.rows[row_key(row)]
    left.settled[row_key(row)] = replace(row, fate=fate, before=before)


def _fate(entry: RosterEntry, before: KnownPerson | None) -> Fate:
    if before is None:
        return "new"
    is_same = (before.full_name, before.position, before.unit) == (
        entry.full_name,
        entry.position,
        entry.unit,
    )
    return "unchanged" if is_same and before.is_active else "changed"


def _mark_new(left: _Open) -> None:
    """Marks rows new that the records do not know; with a notice where a namesake leaves another unit."""
    names: dict[str, list[KnownPerson]] = {}
    for person in left.known.values():
        names.setdefault(comparable(person.full_name), []).append(person)
    for row in list(left.rows.values()):
        if persons := names.get(comparable(row.entry.full_name)):
            left.notices.append(_match_notice(left, "maybe-moved", row, persons))
        _set_fate(left, row)


def _match_notice(left: _Open, code: str, row: ProposedRow, persons: Iterable[KnownPerson]) -> Notice:
    known = "; ".join(
        ", ".join(filter(None, (each.full_name, each.position, left.unit_names.get(each.unit, each.unit))))
        for each in persons
    )
    return Notice(code=code, spot=row.spot, values={"name": row.entry.full_name, "known": known})


def same_without_marks(person: Person) -> Hashable:
    return folded(person.full_name), person.unit, folded(person.position)


V = TypeVar("V")


def group_by_key(pairs: Iterable[tuple[Hashable, V]]) -> dict[Hashable, list[V]]:
    grouped: dict[Hashable, list[V]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return grouped
