"""All that authors wrote, as one value."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import ClassVar

from .blank_form import BlankForm
from .campaign import PICTURES, Campaign, Picture
from .contact import Contacts
from .course import Course, Lesson, Module, RolePath
from .first_response import Confidentiality, FirstHours, in_words
from .flow import Flow, flow_places
from .lesson_plan import LessonPlan
from .observed_task import ObservedTask
from .penal_act import LookUp
from .plan import Charter, Decision
from .pocket_text import PocketText
from .question import Bank, Question
from .registers import Audience, Register, Terms, Units
from .scenario import Scenario, placed_scenarios
from .values import DRAFT, NOTHING, Document, Review, Text


class HandPage(Document):
    """A page written by hand in `content/pages/`."""

    given: ClassVar[frozenset[str]] = frozenset({"source", "body", "body_line"})
    body: str = ""
    body_line: int = 1
    title: Text
    summary: Text | None = None
    review: Review = DRAFT


#: The documents that somebody approves.
Reviewed = Course | Lesson | Campaign | BlankForm | LessonPlan | PocketText | HandPage
#: Those that may serve a point of the plan.
Serving = Course | Lesson | Campaign | BlankForm | LessonPlan


def id_of(document: Reviewed) -> str:
    """Returns the id by which a document is named; for a page by hand, its path below `content/pages`."""
    if isinstance(document, HandPage):
        return PurePosixPath(document.source).relative_to("content/pages").with_suffix("").as_posix()
    return document.id


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A programme. `lessons` are by `course/lesson`, `drawings` by file.

    `files` are all that lie under `content/`, by their path from `root`.
    """

    root: Path
    charter: Charter
    units: Units
    audiences: Mapping[str, Audience]
    register: Register
    terms: Terms
    contacts: Contacts
    decisions: Mapping[str, Decision] = NOTHING
    look_up: LookUp | None = None
    confidentiality: Confidentiality | None = None
    first_hours: FirstHours | None = None
    pictures: Mapping[str, Picture] = NOTHING
    drawings: Mapping[str, str] = NOTHING
    courses: Mapping[str, Course] = NOTHING
    lessons: Mapping[str, Lesson] = NOTHING
    banks: Mapping[str, Bank] = NOTHING
    scenarios: Mapping[str, Scenario] = NOTHING
    campaigns: Mapping[str, Campaign] = NOTHING
    flows: Mapping[str, Flow] = NOTHING
    forms: Mapping[str, BlankForm] = NOTHING
    lesson_plans: Mapping[str, LessonPlan] = NOTHING
    observed_tasks: Mapping[str, ObservedTask] = NOTHING
    pocket_texts: Mapping[str, PocketText] = NOTHING
    pages: tuple[HandPage, ...] = ()
    files: frozenset[str] = frozenset()

    def in_words(self, text: str) -> str:
        """Returns a text with what all texts say alike: who has to report what, and the first hours."""
        return in_words(text, self.confidentiality, self.first_hours)

    @cached_property
    def questions(self) -> Mapping[str, tuple[Bank, Question]]:
        return {id: (bank, asked) for bank in self.banks.values() for id, asked in bank.questions.items()}

    @cached_property
    def plan_points(self) -> frozenset[str]:
        return frozenset(self.charter.plan.points())

    @property
    def coordinator(self) -> str:
        """The name of the agency that leads and runs the service, or its id where that is unknown."""
        id = self.charter.coordinator
        return self.units.agencies[id].name if id in self.units.agencies else id

    def deciders(self, *decisions: Decision) -> tuple[str, ...]:
        """Returns the names of those who have to decide, each once."""
        agencies = self.units.agencies
        asked = dict.fromkeys(id for decision in decisions for id in decision.who)
        return tuple(agencies[id].name for id in asked if id in agencies)

    def assumed(self, target: str) -> Mapping[str, Decision]:
        """Returns the decisions that a target's counting rests on, open or made, by id."""
        entry = self.charter.targets[target]
        regular = self.charter.regular.assumes if entry.measure == "communication" else ()
        return {id: self.decisions[id] for id in (*regular, *entry.assumes) if id in self.decisions}

    def still_open(self, decisions: Iterable[str]) -> Mapping[str, Decision]:
        """Returns those of the questions that nobody has answered, by id, each once."""
        named = dict.fromkeys(decisions)
        return {id: self.decisions[id] for id in named if id in self.decisions and self.decisions[id].is_open}

    @property
    def regular_waits_for(self) -> tuple[str, ...]:
        """The names of those who have yet to decide what "regularly" means."""
        named = [self.decisions[id] for id in self.charter.regular.assumes if id in self.decisions]
        return self.deciders(*(decision for decision in named if decision.is_open))

    def drawing(self, picture: str | None) -> str | None:
        """Returns the text of a picture's drawing; None where there is no such picture or drawing."""
        entry = self.pictures.get(picture or "")
        return self.drawings.get(f"{PICTURES}/{entry.file}") if entry else None

    def lessons_of(self, course: Course) -> tuple[Lesson, ...]:
        """Returns a course's lessons in order; missing ones are left out, since checks report them."""
        return tuple(self.lessons[id] for id in course.lesson_ids if id in self.lessons)

    def lessons_on(self, course: Course, path: RolePath) -> tuple[Lesson, ...]:
        """Returns the lessons of a path by role, without missing ones."""
        return tuple(self.lessons[id] for id in course.lesson_ids_on(path) if id in self.lessons)

    @cached_property
    def courses_apart(self) -> Mapping[str, Course]:
        """The courses that are recorded while no target counts them, by id."""
        rules = (target.courses for target in self.charter.targets.values() if target.courses)
        named = {id for rule in rules for id in rule.courses}
        return {
            id: course
            for id, course in self.courses.items()
            if course.is_recorded and course.counts_toward is None and id not in named
        }

    def courses_of_level(self, level: str) -> frozenset[str]:
        """Returns the ids of the courses that count for units of a level, or for no level in particular."""
        levels = {id: target.level for id, target in self.charter.targets.items()}
        return frozenset(
            id
            for id, course in self.courses.items()
            if id not in self.courses_apart and levels.get(course.counts_toward or "") in (None, level)
        )

    def own_lessons_of(self, course: Course) -> tuple[Lesson, ...]:
        """Returns a course's lessons without those that it shows of another course."""
        return tuple(lesson for lesson in self.lessons_of(course) if lesson.home == course.id)

    @cached_property
    def belonging(self) -> Mapping[str, Mapping[str, str]]:
        """Maps, for each course, the objectives that its lessons write themselves to those of the course."""
        return {
            course.id: {
                id: within
                for lesson in self.lessons_of(course)
                for id, own in lesson.own_objectives.items()
                if (within := own.within(course.id))
            }
            for course in self.courses.values()
        }

    def drawable(self, course: Course, bank: Bank, objective: str | None) -> tuple[tuple[str, Question], ...]:
        """Returns the questions of a bank that a course draws for one of its objectives, with their ids.

        They name it, or an objective of a lesson that belongs to it there; for None they are all.
        """
        belonging = self.belonging.get(course.id, NOTHING)
        below = [id for id, within in belonging.items() if within == objective]
        return sum(map(bank.fitting, below), bank.fitting(objective))

    @property
    def reviewed(self) -> tuple[Reviewed, ...]:
        """Everything that has a `review`; banks and observed tasks are approved with their courses."""
        return (*self.serving, *self.pocket_texts.values(), *self.pages)

    @property
    def serving(self) -> tuple[Serving, ...]:
        """Everything that may serve a point of the plan."""
        groups: tuple[Iterable[Serving], ...] = (
            self.courses.values(),
            self.lessons.values(),
            self.campaigns.values(),
            self.forms.values(),
            self.lesson_plans.values(),
        )
        return tuple(document for group in groups for document in group)

    def banks_of(self, course: Course) -> tuple[Bank, ...]:
        """Returns the banks of its own lessons' self-checks and of its test, each once."""
        draws = course.test.draw if course.test else ()
        drawn = [self.banks[draw.bank] for draw in draws if draw.bank in self.banks]
        asked = [bank for lesson in self.own_lessons_of(course) for bank in self.self_check_banks(lesson)]
        return tuple({bank.id: bank for bank in (*asked, *drawn)}.values())

    def self_check_banks(self, lesson: Lesson) -> tuple[Bank, ...]:
        """Returns the banks that hold a lesson's self-check questions, each once."""
        banks = [self.questions[id][0] for id in lesson.self_check if id in self.questions]
        return tuple({bank.id: bank for bank in banks}.values())

    def scenarios_of(self, lesson: Lesson) -> tuple[Scenario, ...]:
        """Returns the scenarios that a lesson places, in order."""
        placed = placed_scenarios(lesson.body)
        return tuple(self.scenarios[line.id] for line in placed if line.id in self.scenarios)

    def flows_in(self, lesson: Lesson) -> tuple[Flow, ...]:
        """Returns the flows that a lesson shows, in order; missing ones are left out."""
        places = dict.fromkeys(place.id for place in flow_places(lesson.body))
        return tuple(self.flows[id] for id in places if id in self.flows)

    def lessons_with(self, flow: Flow) -> tuple[Lesson, ...]:
        return self._lessons_by_flow.get(flow.id, ())

    def flow_review(self, flow: Flow) -> Review:
        """Returns the review that a flow goes by: a draft's while one of its lessons is a draft."""
        reviews = [lesson.review for lesson in self.lessons_with(flow)]
        return next((review for review in reviews if review.is_draft), reviews[0] if reviews else DRAFT)

    @cached_property
    def _lessons_by_flow(self) -> Mapping[str, tuple[Lesson, ...]]:
        by_flow: dict[str, tuple[Lesson, ...]] = {}
        for lesson in self.lessons.values():
            for flow in self.flows_in(lesson):
                by_flow[flow.id] = (*by_flow.get(flow.id, ()), lesson)
        return by_flow

    def tasks_of(self, course: Course) -> tuple[ObservedTask, ...]:
        """Returns the observed tasks of a course, in order; missing ones are left out."""
        named = dict.fromkeys(course.observed_tasks)
        return tuple(self.observed_tasks[id] for id in named if id in self.observed_tasks)

    def courses_observing(self, task: ObservedTask) -> tuple[Course, ...]:
        return tuple(course for course in self.courses.values() if task.id in course.observed_tasks)

    def task_review(self, task: ObservedTask) -> Review:
        """Returns the review that a task goes by: a draft's while one of its courses is a draft."""
        reviews = [course.review for course in self.courses_observing(task)]
        return next((review for review in reviews if review.is_draft), reviews[0] if reviews else DRAFT)

    def courses_with(self, lesson: Lesson) -> tuple[Course, ...]:
        return self._courses_by_lesson.get(lesson.id, ())

    def keeps_nothing(self, lesson: Lesson) -> bool:
        """Tells whether a lesson's page keeps nothing, as it does once a course that has it keeps nothing."""
        return any(course.keeps_nothing for course in self.courses_with(lesson))

    @cached_property
    def _courses_by_lesson(self) -> Mapping[str, tuple[Course, ...]]:
        by_lesson: dict[str, tuple[Course, ...]] = {}
        for course in self.courses.values():
            for id in course.lesson_ids:
                by_lesson[id] = (*by_lesson.get(id, ()), course)
        return by_lesson

    def taught_minutes(self, course: Course) -> int:
        """Returns the minutes planned for all lessons in class, not those to study alone."""
        return sum(lesson.minutes for lesson in self.lessons_of(course))

    def module_minutes(self, course: Course, module: Module) -> int:
        """Returns the minutes planned for a module in class."""
        lessons = map(self.lessons.get, course.lesson_ids_of(module))
        return sum(lesson.minutes for lesson in lessons if lesson is not None)

    def core_minutes(self, course: Course) -> Mapping[str, int]:
        """Returns the minutes planned for each module of the core, by its id; none without a core."""
        return {module.id: self.module_minutes(course, module) for module in course.core}

    def core_left(
        self, course: Course, minutes: Mapping[str, int], credited: Container[str]
    ) -> tuple[tuple[Module, int], ...]:
        """Returns the modules of the core that somebody still needs, with the minutes that each lacks."""
        left = {id: whole - minutes.get(id, 0) for id, whole in self.core_minutes(course).items()}
        return tuple(
            (module, left[module.id])
            for module in course.core
            if module.id not in credited and left[module.id] > 0
        )

    def class_minutes(self, course: Course) -> int:
        """Returns the minutes in class that complete a course: of its core, those it states, or all."""
        if course.core:
            return sum(self.core_minutes(course).values())
        return course.class_minutes or self.taught_minutes(course)
