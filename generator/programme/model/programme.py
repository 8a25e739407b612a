"""All that authors wrote, as one value."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from .campaign import PICTURES, Campaign, Picture
from .contact import Contacts
from .course import Course, Lesson, Module, RolePath
from .first_response import Confidentiality, FirstHours, in_words
from .flow import Flow, flow_places
from .observed_task import ObservedTask
from .page import HandPage
from .penal_act import LookUp
from .plan import Charter, Decision
from .question import Bank, Question
from .registers import Audience, Register, Terms, Units
from .scenario import Scenario, placed_scenarios
from .values import DRAFT, NOTHING, NamedDocument, ReadOnly, Review, ReviewedDocument, ServingDocument

#: A document of a kind.
D = TypeVar("D", bound=NamedDocument)


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A programme. `documents` are by kind and id, `drawings` by file.

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
    documents: Mapping[type[NamedDocument], Mapping[str, NamedDocument]] = NOTHING
    files: frozenset[str] = frozenset()

    def of(self, model: type[D]) -> Mapping[str, D]:
        """Returns the documents of a kind by their ids."""
        return cast("Mapping[str, D]", self.documents.get(model, NOTHING))

    def having(self, model: type[D], documents: Mapping[str, D]) -> Programme:
        """Returns the programme with these as its documents of a kind."""
        return replace(self, documents=ReadOnly(dict(self.documents) | {model: documents}))

    @cached_property
    def courses(self) -> Mapping[str, Course]:
        return self.of(Course)

    @cached_property
    def lessons(self) -> Mapping[str, Lesson]:
        """The lessons by `course/lesson`."""
        return self.of(Lesson)

    @cached_property
    def banks(self) -> Mapping[str, Bank]:
        return self.of(Bank)

    @cached_property
    def scenarios(self) -> Mapping[str, Scenario]:
        return self.of(Scenario)

    @cached_property
    def flows(self) -> Mapping[str, Flow]:
        return self.of(Flow)

    @cached_property
    def campaigns(self) -> Mapping[str, Campaign]:
        return self.of(Campaign)

    @cached_property
    def observed_tasks(self) -> Mapping[str, ObservedTask]:
        return self.of(ObservedTask)

    @cached_property
    def pages(self) -> Mapping[str, HandPage]:
        return self.of(HandPage)

    @cached_property
    def minutes(self) -> dict[str, int]:
        """The minutes to study each lesson alone, by its id, as far as they were asked for."""
        return {}

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
    def every_document(self) -> Iterator[NamedDocument]:
        """Yields the documents of every kind."""
        for documents in self.documents.values():
            yield from documents.values()

    @property
    def reviewed(self) -> tuple[ReviewedDocument, ...]:
        """Everything that has a `review`; the rest is approved with the courses or lessons that have it."""
        return tuple(each for each in self.every_document if isinstance(each, ReviewedDocument))

    @property
    def serving(self) -> tuple[ServingDocument, ...]:
        """Everything that may serve a point of the plan."""
        return tuple(each for each in self.every_document if isinstance(each, ServingDocument))

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

    def bank_review(self, bank: Bank) -> Review:
        """Returns a review that is no draft once a course that asks a bank is approved."""
        return _approved_along(course.review for course in self._courses_by_bank.get(bank.id, ()))

    def documents_with(self, bank: Bank) -> tuple[Course | Lesson, ...]:
        """Returns the courses and the lessons that ask questions of a bank."""
        lessons = (lesson for lesson in self.lessons.values() if bank in self.self_check_banks(lesson))
        return (*self._courses_by_bank.get(bank.id, ()), *lessons)

    @cached_property
    def _courses_by_bank(self) -> Mapping[str, tuple[Course, ...]]:
        return _grouped(
            (bank.id, course) for course in self.courses.values() for bank in self.banks_of(course)
        )

    def lessons_placing(self, scenario: Scenario) -> tuple[Lesson, ...]:
        return self._lessons_by_scenario.get(scenario.id, ())

    def scenario_review(self, scenario: Scenario) -> Review:
        """Returns a review that is no draft once a lesson that places a scenario is approved."""
        return _approved_along(lesson.review for lesson in self.lessons_placing(scenario))

    @cached_property
    def _lessons_by_scenario(self) -> Mapping[str, tuple[Lesson, ...]]:
        lessons = self.lessons.values()
        return _grouped((each.id, lesson) for lesson in lessons for each in self.scenarios_of(lesson))

    def lessons_with(self, flow: Flow) -> tuple[Lesson, ...]:
        return self._lessons_by_flow.get(flow.id, ())

    def flow_review(self, flow: Flow) -> Review:
        """Returns the review that a flow goes by: a draft's while one of its lessons is a draft."""
        reviews = [lesson.review for lesson in self.lessons_with(flow)]
        return next((review for review in reviews if review.is_draft), reviews[0] if reviews else DRAFT)

    @cached_property
    def _lessons_by_flow(self) -> Mapping[str, tuple[Lesson, ...]]:
        return _grouped(
            (flow.id, lesson) for lesson in self.lessons.values() for flow in self.flows_in(lesson)
        )

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
        return _grouped((id, course) for course in self.courses.values() for id in course.lesson_ids)

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


T = TypeVar("T")


def _grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    """Returns what stands beside each id, in order."""
    groups: dict[str, list[T]] = {}
    for id, value in pairs:
        groups.setdefault(id, []).append(value)
    return {id: tuple(values) for id, values in groups.items()}


def _approved_along(reviews: Iterable[Review]) -> Review:
    """Returns a review without a day that is approved once one of these is."""
    return DRAFT if all(review.is_draft for review in reviews) else Review(status="approved")
