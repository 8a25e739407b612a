"""The modules that a class taught: fields of its form, how they are read, and how they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ....programme.model.course import Course
from ....records.training.classes import ClassSession
from ...dependencies import Service
from ..forms import FormField, FormReader, StaffForm, message, staff_form

#: The most minutes of one class: a long day.
LONGEST = 720


@dataclass(frozen=True, kw_only=True)
class ModuleFields:
    """The fields of a course with a core, one for each of its modules."""

    course: Course
    form: StaffForm

    @property
    def problem(self) -> str:
        """The name under which a problem of all fields together is told."""
        return f"phut.{self.course.id}"

    def read(self, reading: FormReader, minutes: int, today: date) -> Mapping[str, int]:
        """Returns the minutes taught of each module, without those of which nothing was."""
        typed = reading.read(self.form, today)
        taught = {id: typed[_name(self.course, id)] or 0 for id in _ids(self.course)}
        if not any(taught.values()):
            reading.problems.setdefault(self.problem, self.form.words["none"])
        elif minutes and sum(taught.values()) > minutes:
            too_many = self.form.words["too_many"].format(taught=sum(taught.values()), minutes=minutes)
            reading.problems.setdefault(self.problem, too_many)
        return {id: minutes for id, minutes in taught.items() if minutes}


def module_fields(service: Service) -> dict[str, ModuleFields]:
    """Returns the fields of each recorded course that has a core, by its id."""
    return {
        id: ModuleFields(course=course, form=_form(service, course))
        for id, course in service.attempts.courses.items()
        if course.core
    }


def _form(service: Service, course: Course) -> StaffForm:
    declared = staff_form("class-modules")
    fields: dict[str, FormField] = {}
    for module in course.modules:
        minutes = service.programme.module_minutes(course, module)
        label = declared.words["core" if module.core else "more"].format(title=module.title, minutes=minutes)
        name = _name(course, module.id)
        fields[name] = replace(declared.fields["module"], name=name, label=label, most=LONGEST)
    return replace(declared, fields=fields)


def planned_modules(service: Service) -> dict[str, str]:
    """Returns what the fields hold first: the minutes of the core."""
    return {
        _name(course, id): str(minutes)
        for course in service.attempts.courses.values()
        for id, minutes in service.programme.core_minutes(course).items()
    }


def taught_words(service: Service, held: ClassSession) -> tuple[str, ...]:
    """Returns how each module is called that a class taught, with its minutes."""
    return tuple(_taught_words(service, held.course, held.taught))


def _taught_words(service: Service, id: str, taught: Mapping[str, int]) -> Iterator[str]:
    course = service.programme.courses.get(id)
    modules = {module.id: module for module in course.modules} if course else {}
    # In the order of the course; modules that it has no more come last, by their ids.
    for module_id in (*(id for id in modules if id in taught), *(id for id in taught if id not in modules)):
        module, minutes = modules.get(module_id), taught[module_id]
        whole = service.programme.module_minutes(course, module) if course and module else 0
        title = module.title if module else module_id
        name = "class-modules.part" if minutes < whole else "class-modules.whole"
        yield message(name, title=title, minutes=minutes, whole=whole)


def _ids(course: Course) -> tuple[str, ...]:
    return tuple(module.id for module in course.modules)


def _name(course: Course, module: str) -> str:
    return f"phut.{course.id}.{module}"
