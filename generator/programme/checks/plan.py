"""The plan and the law: points, units and references that are named exist; each law has its days."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.base import Document
from ..model.plan import Duty, Target
from ..model.programme import Programme
from ..model.reference import ENDED
from ..problems import Path, Problem
from .near import unknown
from .passages import place_of


def check(programme: Programme) -> Iterator[Problem]:
    yield from _charter(programme)
    yield from _law(programme)
    yield from _local_slots(programme)
    for documents in (programme.courses, programme.lessons, programme.campaigns):
        for document in documents.values():
            yield from _points(programme, document, ("serves",), document.serves)


def _charter(programme: Programme) -> Iterator[Problem]:
    charter, agencies = programme.charter, programme.units.agencies
    for index, duty in enumerate(charter.plan.duties):
        yield from _duty(programme, index, duty)
    for key in ("coordinator", "law_confirmed_by"):
        if getattr(charter, key) not in agencies:
            yield unknown("unit", place_of(charter, key), getattr(charter, key), agencies)
    if charter.plan.reference not in programme.register.documents:
        place = place_of(charter, "plan", "reference")
        yield unknown("reference", place, charter.plan.reference, programme.register.documents)
    for id, target in charter.targets.items():
        yield from _point(programme, charter, ("targets", id, "point"), target.point)
        yield from _counted(programme, id, target)
    for id, agency in agencies.items():
        yield from _point(programme, programme.units, ("agencies", id, "point"), agency.point)


def _counted(programme: Programme, id: str, target: Target) -> Iterator[Problem]:
    """The courses that a target counts."""
    for key in ("any_of", "all_of"):
        for index, course in enumerate(getattr(target.courses, key, ())):
            if course not in programme.courses:
                place = place_of(programme.charter, "targets", id, "courses", key, index)
                yield unknown("course", place, course, programme.courses)


def _duty(programme: Programme, index: int, duty: Duty) -> Iterator[Problem]:
    charter, agencies = programme.charter, programme.units.agencies
    if duty.unit not in agencies:
        yield unknown("unit", place_of(charter, "plan", "duties", index, "unit"), duty.unit, agencies)
    for key in ("leads", "supports"):
        yield from _points(programme, charter, ("plan", "duties", index, key), getattr(duty, key))


def _law(programme: Programme) -> Iterator[Problem]:
    for id, reference in programme.register.documents.items():
        start, end = reference.effective_from, reference.effective_until
        if start and end and end < start:
            place = place_of(programme.register, "documents", id, "effective_until")
            yield Problem(code="ends-before-it-starts", place=place, values={"id": id})
        if reference.status in ENDED and not end:
            place = place_of(programme.register, "documents", id, "status")
            yield Problem(code="ended-without-day", place=place, values={"id": id})


def _local_slots(programme: Programme) -> Iterator[Problem]:
    communes = programme.units.communes
    for code in programme.contacts.local_by_commune:
        if code not in communes:
            yield unknown("unit", place_of(programme.contacts, "local_by_commune", code), code, communes)


def _points(
    programme: Programme, document: Document, path: Path, points: tuple[str, ...]
) -> Iterator[Problem]:
    for index, point in enumerate(points):
        yield from _point(programme, document, (*path, index), point)


def _point(programme: Programme, document: Document, path: Path, point: str) -> Iterator[Problem]:
    if point not in programme.plan_points:
        yield unknown("point", place_of(document, *path), point, programme.plan_points, about="charter")
