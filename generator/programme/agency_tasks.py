"""The tasks of a plan with those who lead and support them, and the share of each agency."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from . import urls
from .kinds import kind_of
from .model.course import Lesson
from .model.plan import Decision, Duty, Plan, Target
from .model.programme import Programme
from .model.registers import Agency


@dataclass(frozen=True, kw_only=True)
class ServingMaterial:
    """A document that serves a task: the name of its kind, and its page from the site's root."""

    kind: str
    title: str
    address: str


@dataclass(frozen=True, kw_only=True)
class PlannedTask:
    """A point of the tasks; `leaders` and `supporters` are ids of units."""

    point: str
    short_title: str
    text: str
    leaders: tuple[str, ...]
    supporters: tuple[str, ...]
    materials: tuple[ServingMaterial, ...]

    @property
    def number(self) -> str:
        """The point without the section that all tasks stand in: 2.1.c."""
        return self.point.partition(".")[2]

    @property
    def part(self) -> str:
        return self.point.rpartition(".")[0]

    @property
    def group(self) -> str:
        return self.part.rpartition(".")[0]


@dataclass(frozen=True, kw_only=True)
class AgencyShare:
    """The tasks and duties of an agency, the targets of those tasks, and the questions it has to answer."""

    id: str
    agency: Agency
    duties: tuple[Duty, ...]
    leads: tuple[PlannedTask, ...]
    supports: tuple[PlannedTask, ...]
    targets: Mapping[str, Target]
    questions: Mapping[str, Decision]

    @property
    def subject(self) -> str:
        """The subject of its sheet, apart from the ids of courses and campaigns."""
        return f"agency:{self.id}"

    @property
    def is_requested(self) -> bool:
        return all(duty.requested for duty in self.duties)

    @property
    def materials(self) -> tuple[ServingMaterial, ...]:
        """The materials of the tasks that it leads, or supports where it leads none; each once."""
        tasks = self.leads or self.supports
        return tuple(dict.fromkeys(material for task in tasks for material in task.materials))


def planned_tasks(programme: Programme) -> Mapping[str, PlannedTask]:
    """Returns every point of the tasks, in the plan's order."""
    plan, materials = programme.charter.plan, _materials_by_point(programme)
    return {
        point: PlannedTask(
            point=point,
            short_title=short_title,
            text=text,
            leaders=_units(plan, point, lambda duty: duty.leads),
            supporters=_units(plan, point, lambda duty: duty.supports),
            materials=tuple(materials.get(point, ())),
        )
        for group in plan.tasks
        for point, short_title, text in group.points()
    }


def agency_shares(programme: Programme) -> tuple[AgencyShare, ...]:
    """Returns the share of each agency that has a duty, in the order of section IV."""
    tasks, duties = planned_tasks(programme), programme.charter.plan.duties
    units = dict.fromkeys(duty.unit for duty in duties if duty.unit in programme.units.agencies)
    return tuple(_share(programme, id, tasks) for id in units)


def _share(programme: Programme, id: str, tasks: Mapping[str, PlannedTask]) -> AgencyShare:
    leads = tuple(task for task in tasks.values() if id in task.leaders)
    supports = tuple(task for task in tasks.values() if id in task.supporters)
    agency = programme.units.agencies[id]
    targets = programme.charter.targets.items()
    return AgencyShare(
        id=id,
        agency=agency,
        duties=tuple(duty for duty in programme.charter.plan.duties if duty.unit == id),
        leads=leads,
        supports=supports,
        targets={key: target for key, target in targets if _concerns(target, agency, leads, supports)},
        questions={
            key: decision
            for key, decision in programme.decisions.items()
            if decision.is_open and id in decision.who
        },
    )


def _concerns(
    target: Target, agency: Agency, leads: Iterable[PlannedTask], supports: Iterable[PlannedTask]
) -> bool:
    """Tells whether a target is of tasks that an agency leads, or supports at the target's own level."""
    level = "commune" if agency.communes else "province"
    is_its_level = target.level in (None, level)
    if any(task.part == target.task for task in leads):
        return is_its_level or not agency.communes
    return is_its_level and any(task.part == target.task for task in supports)


def _units(plan: Plan, point: str, points: Callable[[Duty], Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(duty.unit for duty in plan.duties if point in points(duty)))


def _materials_by_point(programme: Programme) -> Mapping[str, list[ServingMaterial]]:
    by_point: dict[str, list[ServingMaterial]] = {}
    for point, material in (*_whole_materials(programme), *_lessons(programme)):
        by_point.setdefault(point, []).append(material)
    return by_point


def _whole_materials(programme: Programme) -> Iterator[tuple[str, ServingMaterial]]:
    for document in programme.serving:
        kind = kind_of(document)
        if kind.address and not isinstance(document, Lesson):
            address = kind.address(document)
            material = ServingMaterial(kind=kind.name, title=document.title, address=address)
            yield from ((point, material) for point in document.serves)


def _lessons(programme: Programme) -> Iterator[tuple[str, ServingMaterial]]:
    """Yields the lessons by the points that they serve alone, not with their whole course."""
    for lesson in programme.lessons.values():
        of_courses = {point for course in programme.courses_with(lesson) for point in course.serves}
        material = ServingMaterial(kind="lesson", title=lesson.title, address=urls.lesson(lesson.id))
        yield from ((point, material) for point in lesson.serves if point not in of_courses)
