"""The plan: points, units and references that it names exist; materials serve real tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model.programme import Programme
from ..problems import Place, Problem
from .near import unknown
from .passages import place_of


def check(programme: Programme) -> Iterator[Problem]:
    charter = programme.charter
    agencies = programme.units.agencies
    for index, duty in enumerate(charter.plan.duties):
        if duty.unit not in agencies:
            yield unknown("unit", place_of(charter, "plan", "duties", index, "unit"), duty.unit, agencies)
        for key in ("leads", "supports"):
            yield from _points(programme, charter, ("plan", "duties", index, key), getattr(duty, key))
    for key in ("coordinator", "law_confirmed_by"):
        if getattr(charter, key) not in agencies:
            yield unknown("unit", place_of(charter, key), getattr(charter, key), agencies)
    if charter.plan.reference not in programme.register.documents:
        place = place_of(charter, "plan", "reference")
        yield unknown("reference", place, charter.plan.reference, programme.register.documents)
    for id, reference in programme.register.documents.items():
        start, end = reference.effective_from, reference.effective_until
        if start and end and end < start:
            place = place_of(programme.register, "documents", id, "effective_until")
            yield Problem(code="ends-before-it-starts", place=place, values={"id": id})
    for documents in (programme.courses, programme.lessons, programme.campaigns):
        for document in documents.values():
            yield from _points(programme, document, ("serves",), document.serves)


def _points(
    programme: Programme, document: Any, path: tuple[str | int, ...], points: tuple[str, ...]
) -> Iterator[Problem]:
    for index, point in enumerate(points):
        if point not in programme.plan_points:
            place = Place(file=document.source, path=(*path, index))
            yield unknown("point", place, point, programme.plan_points, about="charter")
