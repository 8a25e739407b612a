"""Which tasks of the plan no course, campaign or lesson serves."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.programme import Programme

#: Words by which a task asks for something to read, to teach or to tell.
OF_MATERIAL = ("tài liệu", "tập huấn", "bồi dưỡng", "truyền thông", "tuyên truyền", "phổ biến")


@dataclass(frozen=True, kw_only=True)
class UnservedPoint:
    """A task that no material serves. `asks` tells whether its own words speak of material or teaching.

    `leads` are the units that the plan puts in charge of it.
    """

    point: str
    text: str
    asks: bool
    leads: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlanCover:
    """`points` is how many tasks the plan's second section has."""

    points: int
    unserved: tuple[UnservedPoint, ...]


def plan_cover(programme: Programme) -> PlanCover:
    """Returns the tasks without material, those that ask for it first.

    A task is served by whatever names it under `serves`, or names the part or the group that it is in.
    """
    tasks = dict(programme.charter.plan.task_points())
    served = _served(programme)
    leads = _leads(programme)
    found = [
        UnservedPoint(point=point, text=text, asks=_asks(text), leads=leads.get(point, ()))
        for point, text in tasks.items()
        if not any(point == one or point.startswith(f"{one}.") for one in served)
    ]
    return PlanCover(points=len(tasks), unserved=tuple(sorted(found, key=lambda one: not one.asks)))


def _served(programme: Programme) -> set[str]:
    groups = (programme.courses.values(), programme.campaigns.values(), programme.lessons.values())
    return {point for group in groups for document in group for point in document.serves}


def _asks(text: str) -> bool:
    return any(word in text.lower() for word in OF_MATERIAL)


def _leads(programme: Programme) -> dict[str, tuple[str, ...]]:
    agencies = programme.units.agencies
    found: dict[str, tuple[str, ...]] = {}
    for duty in programme.charter.plan.duties:
        for point in duty.leads if duty.unit in agencies else ():
            found[point] = (*found.get(point, ()), agencies[duty.unit].name)
    return found
