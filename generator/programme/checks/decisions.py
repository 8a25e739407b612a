"""Open decisions: who has to decide is an agency, and whatever rests on one names one that is there."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.decision import DECISIONS
from ..model.programme import Programme
from ..problems import Path, Place, Problem
from .near import unknown
from .passages import place_of


def check(programme: Programme) -> Iterator[Problem]:
    for id in programme.decisions:
        yield from _named(programme, id)
    yield from _assumed(programme)


def _named(programme: Programme, id: str) -> Iterator[Problem]:
    decision = programme.decisions[id]
    if not decision.who:
        yield Problem(code="no-one-decides", place=_place(id, "who"), values={"id": id})
    for index, unit in enumerate(decision.who):
        if unit not in programme.units.agencies:
            yield unknown("unit", _place(id, "who", index), unit, programme.units.agencies)
    for index, course in enumerate(decision.courses):
        if course not in programme.courses:
            yield unknown("course", _place(id, "courses", index), course, programme.courses)


def _assumed(programme: Programme) -> Iterator[Problem]:
    """Nothing is assumed in silence: what "regularly" means is written, and on what it rests."""
    charter = programme.charter
    resting: list[tuple[Path, tuple[str, ...]]] = [(("regular", "assumes"), charter.regular.assumes)]
    for id, target in charter.targets.items():
        resting.append((("targets", id, "assumes"), target.assumes))
        if target.measure == "communication" and "regular" not in charter.model_fields_set:
            place = place_of(charter, "targets", id)
            yield Problem(code="regular-left-out", place=place, values={"id": id})
    for path, named in resting:
        for index, decision in enumerate(named):
            if decision not in programme.decisions:
                place = place_of(charter, *path, index)
                yield unknown("decision", place, decision, programme.decisions)


def _place(id: str, *path: str | int) -> Place:
    return Place(file=DECISIONS, path=(id, *path))
