"""Merged persons: which persons are one, and who remains."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, or_, select, update

from .. import schema

Edge = tuple[str, str]


def remaining_persons(connection: Connection, persons: Collection[str]) -> dict[str, str]:
    """Returns who remains, as stored, for these persons and all merged with them."""
    asked: set[str] = set()
    wanted = set(persons)
    remaining: dict[str, str] = {}
    while wanted - asked:
        rows = connection.execute(_TOGETHER, {"persons": sorted(wanted)}).all()
        remaining = {row.id: row.merged_into or row.id for row in rows}
        asked, wanted = wanted, wanted | set(remaining.values())
    return remaining


_PERSON = schema.person.c
_ASKED: BindParameter[Any] = bindparam("persons", expanding=True)
_TOGETHER = select(_PERSON.id, _PERSON.merged_into).where(
    or_(_PERSON.id.in_(_ASKED), _PERSON.merged_into.in_(_ASKED))
)


def merged_into(connection: Connection) -> dict[str, str]:
    """Returns who remains of each person that was merged into another."""
    query = select(_PERSON.id, _PERSON.merged_into).where(_PERSON.merged_into.is_not(None))
    return {row.id: row.merged_into for row in connection.execute(query)}


def ids_of_person(connection: Connection, person: str) -> frozenset[str]:
    """Returns the id of a person and of those merged into them."""
    query = select(_PERSON.id).where(or_(_PERSON.id == person, _PERSON.merged_into == person))
    return frozenset(connection.execute(query).scalars())


def remaining_after(edges: Iterable[Edge], persons: Iterable[str]) -> dict[str, str]:
    """Returns who remains of each group that merges tie together: the first by id merged into nobody.

    In a circle it is the first by id. The result depends on the set of merges, not on their order.
    """
    edges = tuple(edges)
    leads = {person: person for person in persons}

    def lead(person: str) -> str:
        while leads[person] != person:
            leads[person] = leads[leads[person]]
            person = leads[person]
        return person

    for merged, into in edges:
        if merged in leads and into in leads:
            leads[lead(merged)] = lead(into)
    groups: dict[str, list[str]] = {}
    for person in leads:
        groups.setdefault(lead(person), []).append(person)
    leaving = {person for person, into in edges if person != into}
    remaining: dict[str, str] = {}
    for group in groups.values():
        stays = min([person for person in group if person not in leaving] or group)
        remaining |= dict.fromkeys(group, stays)
    return remaining


def merge_edges(connection: Connection, persons: Collection[str] | None = None) -> tuple[Edge, ...]:
    """Returns the merges that stand, of these persons or of all: (merged person, person merged into)."""
    table = schema.event.c
    merges = select(table.event_id, table.person, table.payload).where(table.kind == "person.merged")
    if persons is not None:
        merges = merges.where(table.person.in_(persons))
    rows = connection.execute(merges).all()
    voids = select(table.person, table.payload).where(
        table.kind == "voided", table.person.in_({row.person for row in rows})
    )
    voided = {(row.person, json.loads(row.payload)["target"]) for row in connection.execute(voids)}
    return tuple(
        (row.person, json.loads(row.payload)["into"])
        for row in rows
        if (row.person, row.event_id) not in voided
    )


def store_remaining(connection: Connection, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Writes who remains, where it has changed."""
    table = schema.person
    changed = [
        {"merged": person, "stays": stays if stays != person else None}
        for person, stays in after.items()
        if before.get(person, person) != stays
    ]
    if changed:
        statement = update(table).where(table.c.id == bindparam("merged"))
        connection.execute(statement.values(merged_into=bindparam("stays")), changed)
