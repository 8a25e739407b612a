"""How a programme stands on a day: what there is, what waits, and what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..model.plan import Decision
from ..model.programme import Programme
from .content import (
    Approvals,
    CampaignOverview,
    ContentAge,
    CourseOverview,
    PageOverview,
    approvals_on,
    campaign_overviews,
    content_age,
    course_overviews,
    page_overviews,
)
from .law_due import ComingLastDays, LawDue, citing_content, coming_last_days, law_due

#: Words by which a task asks for something to read, to teach or to tell.
OF_MATERIAL = ("tài liệu", "tập huấn", "bồi dưỡng", "truyền thông", "tuyên truyền", "phổ biến")


# --- decisions -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class AwaitedDecision:
    """An open question, with its targets' titles by id and the courses in whose classes it comes up.

    Whether such a target is reached is told only once the question is answered.
    """

    id: str
    question: str
    who: tuple[str, ...]
    since: date
    targets: Mapping[str, str]
    courses: tuple[str, ...]


def awaited_decisions(programme: Programme) -> tuple[AwaitedDecision, ...]:
    """Returns the open decisions, those asked longest ago first, then those that targets wait for."""
    awaited = [
        _awaited(programme, id, decision) for id, decision in programme.decisions.items() if decision.is_open
    ]
    return tuple(sorted(awaited, key=lambda decision: (decision.since, -len(decision.targets))))


def _awaited(programme: Programme, id: str, decision: Decision) -> AwaitedDecision:
    waiting = {
        target: entry.title
        for target, entry in programme.charter.targets.items()
        if id in programme.assumed(target)
    }
    return AwaitedDecision(
        id=id,
        question=decision.question,
        who=programme.deciders(decision),
        since=decision.since,
        targets=waiting,
        courses=tuple(course for course in decision.courses if course in programme.courses),
    )


# --- tasks of the plan ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class UnservedPoint:
    """A task that no material serves; `asks` tells whether its own words speak of material or teaching.

    `leads` are the units that the plan puts in charge of it.
    """

    point: str
    text: str
    asks: bool
    leads: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlanCover:
    """The part of the plan without material; `points` is how many tasks its second section has."""

    points: int
    unserved: tuple[UnservedPoint, ...]


def plan_cover(programme: Programme) -> PlanCover:
    """Returns the tasks without material, those that ask for it first.

    A task is served by whatever names it under `serves`, or names the part or the group that it is in.
    """
    tasks = dict(programme.charter.plan.task_points())
    served = _served(programme)
    leads = _leads(programme)
    unserved = [
        UnservedPoint(point=point, text=text, asks=_asks(text), leads=leads.get(point, ()))
        for point, text in tasks.items()
        if not any(point == served_point or point.startswith(f"{served_point}.") for served_point in served)
    ]
    return PlanCover(points=len(tasks), unserved=tuple(sorted(unserved, key=lambda task: not task.asks)))


def _served(programme: Programme) -> set[str]:
    return {point for document in programme.serving for point in document.serves}


def _asks(text: str) -> bool:
    return any(word in text.lower() for word in OF_MATERIAL)


def _leads(programme: Programme) -> dict[str, tuple[str, ...]]:
    agencies = programme.units.agencies
    units_by_point: dict[str, tuple[str, ...]] = {}
    for duty in programme.charter.plan.duties:
        for point in duty.leads if duty.unit in agencies else ():
            units_by_point[point] = (*units_by_point.get(point, ()), agencies[duty.unit].name)
    return units_by_point


# --- the whole -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Overview:
    """How a programme stands on `day`, and what is due by `until`; `targets` counts all of the plan's."""

    title: str
    coordinator: str
    day: date
    until: date
    approvals: Approvals
    courses: tuple[CourseOverview, ...]
    campaigns: tuple[CampaignOverview, ...]
    pages: tuple[PageOverview, ...]
    targets: int
    decisions: tuple[AwaitedDecision, ...]
    law: LawDue
    age: ContentAge
    plan: PlanCover
    last_days: ComingLastDays


def overview(programme: Programme, day: date, within: int) -> Overview:
    """Returns how the programme stands on a day, and what is due within that many days from it."""
    until = day + timedelta(days=within)
    citations = citing_content(programme)
    return Overview(
        title=programme.charter.title,
        coordinator=programme.coordinator,
        day=day,
        until=until,
        approvals=approvals_on(programme, day, until),
        courses=course_overviews(programme, day),
        campaigns=campaign_overviews(programme, day),
        pages=page_overviews(programme, day),
        targets=len(programme.charter.targets),
        decisions=awaited_decisions(programme),
        law=law_due(programme, citations, day),
        age=content_age(programme, citations, day),
        plan=plan_cover(programme),
        last_days=coming_last_days(programme, day, until),
    )
