"""The rows of what was done in a period: classes, communication, plans that were issued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..programme.model.programme import Programme
from ..records.staff_entries import CommunicationActivity, IssuedPlan
from ..records.training.classes import ClassSession
from ..targets import CommuneOutreach, Figures, Period, audience_titles, group_of, material_titles
from .blocks import short_day, words_for
from .target_rows import Row, regular_commune


def activity_rows(
    programme: Programme,
    figures: Figures,
    period: Period,
    communes: Sequence[CommuneOutreach],
    names: Mapping[str, str],
) -> Iterator[Row]:
    sessions = [one for one in figures.sessions if period.holds(one.held_on)]
    activities = [one for one in figures.activities if period.holds(one.held_on)]
    is_public = figures.scope is None
    yield from (replace(row, is_public=is_public) for row in _classes(sessions, programme))
    yield from _communication(activities, communes, period, programme)
    yield from _communes(programme, communes, names)
    yield from _plans(figures, period, names)


def _count(id: str, group: str, label: str, unit: str, number: int, /, **labelled: object) -> Row:
    """Attendances are never persons, and each row of them says so. Zero is that nothing was recorded."""
    return Row(
        id=id,
        group=group,
        label=words_for("labels", label, **labelled),
        counted=words_for("units", unit),
        numerator=number or None,
        words="" if number else words_for("values", "none"),
        note=words_for("notes", "attendances") if unit == "attendances" else "",
        is_public=True,
    )


# --- classes ----------------------------------------------------------------------------------


def _classes(sessions: Sequence[ClassSession], programme: Programme) -> Iterator[Row]:
    nameless = [one for one in sessions if one.anonymous]
    for prefix, some in (("", sessions), ("anonymous-", nameless)):
        key = "training." + prefix
        yield _count(f"{key}sessions", "classes", f"{prefix}sessions", "sessions", len(some))
        yield _count(f"{key}attendances", "classes", f"{prefix}attendances", "attendances", _heads(some))
    for course in sorted({one.course for one in sessions}):
        some = [one for one in sessions if one.course == course]
        title = programme.courses[course].title if course in programme.courses else course
        key = f"training.course.{course}"
        yield _count(f"{key}.sessions", "classes", "course-sessions", "sessions", len(some), course=title)
        yield _count(
            f"{key}.attendances", "classes", "course-attendances", "attendances", _heads(some), course=title
        )


def _heads(some: Iterable[ClassSession | CommunicationActivity]) -> int:
    return sum(one.headcount for one in some)


# --- communication ----------------------------------------------------------------------------


def _communication(
    activities: Sequence[CommunicationActivity],
    communes: Sequence[CommuneOutreach],
    period: Period,
    programme: Programme,
) -> Iterator[Row]:
    group, key = "communication", "communication"
    yield _count(f"{key}.activities", group, "activities", "activities", len(activities))
    yield _count(f"{key}.attendances", group, "activity-attendances", "attendances", _heads(activities))
    ours = f"{key}.commune-activities"
    yield _count(ours, group, "commune-activities", "activities", sum(one.total for one in communes))
    for half in period.half_years if period.half is None else ():
        held = sum(one.activities[half] for one in communes)
        yield _count(f"{ours}.{half.id}", group, "commune-activities-half", "activities", held, period=half)
    heads = sum(one.attendances for one in communes)
    yield _count(f"{key}.commune-attendances", group, "commune-attendances", "attendances", heads)
    yield Row(
        id=f"{key}.active-communes",
        group=group,
        label=words_for("labels", "active-communes"),
        counted=words_for("counted", "communication"),
        **_of_communes(sum(1 for one in communes if one.total), len(communes)),
        is_public=True,
    )
    whom = [(one.audience, one) for one in activities]
    yield from _grouped("audience", whom, audience_titles(programme))
    used = [(one.material, one) for one in activities if one.material]
    yield from _grouped("material", used, material_titles(programme, words_for("values", "other-material")))


def _of_communes(recorded: int, communes: int) -> dict[str, Any]:
    """Counts the communes that have something on record; of none there is no number."""
    return (
        {"numerator": recorded, "denominator": communes}
        if recorded
        else {"words": words_for("values", "none")}
    )


def _grouped(
    by: str, held: Sequence[tuple[str, CommunicationActivity]], titles: Mapping[str, str]
) -> Iterator[Row]:
    """By audience or material, each with how often and for how many."""
    found: dict[str, list[CommunicationActivity]] = {}
    for written, one in held:
        found.setdefault(group_of(written, titles), []).append(one)
    for id, some in sorted(found.items()):
        key, named = f"communication.{by}.{id}", {by: titles.get(id, id)}
        yield _count(
            f"{key}.activities", "communication", f"{by}-activities", "activities", len(some), **named
        )
        yield _count(
            f"{key}.attendances", "communication", f"{by}-attendances", "attendances", _heads(some), **named
        )


def _communes(
    programme: Programme, communes: Sequence[CommuneOutreach], names: Mapping[str, str]
) -> Iterator[Row]:
    """Yields what each commune did; nothing of each where nothing was recorded of any."""
    if not any(one.total for one in communes):
        return
    for one in communes:
        unit, key = names.get(one.unit, one.unit), f"communication.unit.{one.unit}"
        for half, number in one.activities.items():
            id = f"{key}.{half.id}"
            yield _count(
                id, "communication", "commune-half-year", "activities", number, unit=unit, period=half
            )
        yield _count(f"{key}.total", "communication", "commune-total", "activities", one.total, unit=unit)
        yield _count(
            f"{key}.attendances", "communication", "commune-heads", "attendances", one.attendances, unit=unit
        )
        yield regular_commune(programme, one, unit, f"{key}.regular")


# --- plans ------------------------------------------------------------------------------------


def _plans(figures: Figures, period: Period, names: Mapping[str, str]) -> Iterator[Row]:
    issued, communes = figures.plans(period), figures.communes_with_plans(period)
    if not issued:
        return
    yield _count("plans.issued", "plans", "issued", "documents", len(issued))
    yield Row(
        id="plans.communes",
        group="plans",
        label=words_for("labels", "communes-with-plans"),
        counted=words_for("counted", "communication"),
        **_of_communes(communes.numerator, communes.denominator),
        is_public=True,
    )
    places = {unit: place for place, unit in enumerate(names)}
    order = sorted(issued, key=lambda one: (places.get(one.unit, len(places)), one.issued_on, one.number))
    for number, one in enumerate(order, 1):
        yield Row(
            id=f"plans.unit.{one.unit}.{number}",
            group="plans",
            label=words_for("labels", "unit-plan", unit=names.get(one.unit, one.unit)),
            words=words_for("values", "document", number=one.number, day=short_day(one.issued_on)),
            note=_years(one),
            is_public=True,
        )


def _years(one: IssuedPlan) -> str:
    known = {"first": str(one.first_year), "last": str(one.last_year)}
    return words_for("notes", "one-year" if one.first_year == one.last_year else "years", **known)
