"""The rows of a period's activities: classes, communication, issued plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..programme.model.programme import Programme
from ..records.staff_entries import CommunicationActivity, IssuedPlan
from ..records.training.classes import ClassSession
from ..targets import (
    CommuneOutreach,
    Figures,
    Period,
    audience_titles,
    completed_apart,
    group_of,
    material_titles,
)
from .blocks import words_for
from .target_rows import Row, regular_commune


def activity_rows(
    programme: Programme,
    figures: Figures,
    period: Period,
    communes: Sequence[CommuneOutreach],
    names: Mapping[str, str],
) -> Iterator[Row]:
    sessions = [session for session in figures.sessions if period.holds(session.held_on)]
    activities = [activity for activity in figures.activities if period.holds(activity.held_on)]
    is_public = figures.scope is None
    yield from (replace(row, is_public=is_public) for row in _classes(sessions, programme))
    if programme.courses_apart:
        yield from (replace(row, is_public=is_public) for row in _completed(figures, period, programme))
    yield from _communication(activities, communes, period, programme)
    yield from _communes(programme, communes, names)
    yield from _plans(figures, period, names)


def _count(
    id: str, group: str, label: str, unit: str, number: int, of: int | None = None, /, **labelled: object
) -> Row:
    """Returns a row of a count, perhaps `of` so many, or of attendances, which are never persons.

    Zero means that nothing was recorded, and so is no number.
    """
    return Row(
        id=id,
        group=group,
        label=words_for("labels", label, **labelled),
        counted=words_for("units", unit),
        numerator=number or None,
        denominator=of if number else None,
        words="" if number else words_for("values", "none"),
        note=words_for("notes", "attendances") if unit == "attendances" else "",
        is_public=True,
    )


def _held(
    key: str,
    group: str,
    unit: str,
    label: str,
    held: Sequence[ClassSession | CommunicationActivity],
    /,
    **labelled: object,
) -> Iterator[Row]:
    """Yields two rows of what was held: how often, and how many attended."""
    yield _count(f"{key}{unit}", group, f"{label}{unit}", unit, len(held), **labelled)
    heads = sum(event.headcount for event in held)
    yield _count(f"{key}attendances", group, f"{label}attendances", "attendances", heads, **labelled)


# --- classes ----------------------------------------------------------------------------------


def _classes(sessions: Sequence[ClassSession], programme: Programme) -> Iterator[Row]:
    nameless = [session for session in sessions if session.anonymous]
    yield from _held("training.", "classes", "sessions", "", sessions)
    yield from _held("training.anonymous-", "classes", "sessions", "anonymous-", nameless)
    for course in sorted({session.course for session in sessions}):
        some = [session for session in sessions if session.course == course]
        title = programme.courses[course].title if course in programme.courses else course
        key = f"training.course.{course}."
        yield from _held(key, "classes", "sessions", "course-", some, course=title)


def _completed(figures: Figures, period: Period, programme: Programme) -> Iterator[Row]:
    """Yields the persons who completed each course that no target counts."""
    for course, persons in completed_apart(programme, figures, period).items():
        key, title = f"training.course.{course}.completed", programme.courses[course].title
        yield _count(key, "classes", "course-completed", "persons", persons, course=title)


# --- communication ----------------------------------------------------------------------------


def _communication(
    activities: Sequence[CommunicationActivity],
    communes: Sequence[CommuneOutreach],
    period: Period,
    programme: Programme,
) -> Iterator[Row]:
    group, key = "communication", "communication"
    yield from _held(f"{key}.", group, "activities", "all-", activities)
    ours = f"{key}.commune-activities"
    yield _count(ours, group, "commune-activities", "activities", sum(commune.total for commune in communes))
    for half in period.half_years if period.half is None else ():
        held = sum(commune.activities[half] for commune in communes)
        yield _count(f"{ours}.{half.id}", group, "commune-activities-half", "activities", held, period=half)
    heads = sum(commune.attendances for commune in communes)
    yield _count(f"{key}.commune-attendances", group, "commune-attendances", "attendances", heads)
    active = sum(1 for commune in communes if commune.total)
    yield _count(f"{key}.active-communes", group, "active-communes", "communes", active, len(communes))
    by_audience = [(activity.audience, activity) for activity in activities]
    yield from _grouped("audience", by_audience, audience_titles(programme))
    by_material = [(activity.material, activity) for activity in activities if activity.material]
    yield from _grouped(
        "material", by_material, material_titles(programme, words_for("values", "other-material"))
    )


def _grouped(
    by: str, held: Sequence[tuple[str, CommunicationActivity]], titles: Mapping[str, str]
) -> Iterator[Row]:
    """Yields rows by audience or material, each with how often and for how many."""
    grouped: dict[str, list[CommunicationActivity]] = {}
    for written, activity in held:
        grouped.setdefault(group_of(written, titles), []).append(activity)
    for id, some in sorted(grouped.items()):
        named = {by: titles.get(id, id)}
        yield from _held(f"communication.{by}.{id}.", "communication", "activities", f"{by}-", some, **named)


def _communes(
    programme: Programme, communes: Sequence[CommuneOutreach], names: Mapping[str, str]
) -> Iterator[Row]:
    """Yields the rows of each commune's activities; none where nothing was recorded at all."""
    if not any(commune.total for commune in communes):
        return
    for commune in communes:
        unit, key = names.get(commune.unit, commune.unit), f"communication.unit.{commune.unit}"
        for half, number in commune.activities.items():
            id = f"{key}.{half.id}"
            yield _count(
                id, "communication", "commune-half-year", "activities", number, unit=unit, period=half
            )
        yield _count(f"{key}.total", "communication", "commune-total", "activities", commune.total, unit=unit)
        yield _count(
            f"{key}.attendances",
            "communication",
            "commune-heads",
            "attendances",
            commune.attendances,
            unit=unit,
        )
        yield regular_commune(programme, commune, unit, f"{key}.regular")


# --- plans ------------------------------------------------------------------------------------


def _plans(figures: Figures, period: Period, names: Mapping[str, str]) -> Iterator[Row]:
    issued, communes = figures.plans(period), figures.communes_with_plans(period)
    if not issued:
        return
    yield _count("plans.issued", "plans", "issued", "documents", len(issued))
    recorded, whole = communes.numerator, communes.denominator
    yield _count("plans.communes", "plans", "communes-with-plans", "communes", recorded, whole)
    places = {unit: place for place, unit in enumerate(names)}
    order = sorted(issued, key=lambda plan: (places.get(plan.unit, len(places)), plan.issued_on, plan.number))
    for number, plan in enumerate(order, 1):
        yield Row(
            id=f"plans.unit.{plan.unit}.{number}",
            group="plans",
            label=words_for("labels", "unit-plan", unit=names.get(plan.unit, plan.unit)),
            words=words_for("values", "document", number=plan.number, day=plan.issued_on),
            note=_years(plan),
            is_public=True,
        )


def _years(plan: IssuedPlan) -> str:
    years = {"first": str(plan.first_year), "last": str(plan.last_year)}
    return words_for("notes", "one-year" if plan.first_year == plan.last_year else "years", **years)
