"""The whole of how a programme stands, put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..model.programme import Programme
from .approvals import Approvals, approvals
from .cited import cited
from .decisions import AwaitedDecision, awaited_decisions
from .ends import Ends, ends
from .law import LawDue, law_due
from .outdated import ContentAge, content_age
from .plan import PlanCover, plan_cover
from .taught import CampaignOverview, CourseOverview, PageOverview, campaigns, courses, pages


@dataclass(frozen=True, kw_only=True)
class Overview:
    """`day` is the day of which it tells, `until` the last one that it looks ahead to.

    `targets` counts all of the plan.
    """

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
    ends: Ends


def overview(programme: Programme, day: date, within: int) -> Overview:
    """Returns how the programme stands on a day, and what is due within that many days from it."""
    until = day + timedelta(days=within)
    citations = cited(programme)
    return Overview(
        title=programme.charter.title,
        coordinator=_name(programme, programme.charter.coordinator),
        day=day,
        until=until,
        approvals=approvals(programme, day, until),
        courses=courses(programme, day),
        campaigns=campaigns(programme, day),
        pages=pages(programme, day),
        targets=len(programme.charter.targets),
        decisions=awaited_decisions(programme),
        law=law_due(programme, citations, day),
        age=content_age(programme, citations, day),
        plan=plan_cover(programme),
        ends=ends(programme, day, until),
    )


def _name(programme: Programme, unit: str) -> str:
    """Returns the name of an agency, or the id where no agency has it, which is a finding."""
    agency = programme.units.agencies.get(unit)
    return agency.name if agency else unit
