"""Names of courses' stages, recorded events and entries of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ...programme.model.course import Course
from ...programme.model.plan import Counting
from ...programme.model.programme import Programme
from ...records.events.class_completion import ClassCredit
from ...records.staff_entries import ENTRY_KINDS
from ...records.training.progress import NOTHING_YET, CourseState, Pair, Pending
from ...render.templates import day
from .forms import catalogue, message, staff_form

Stage = Literal["chua", "dang", "mien"]
#: The stages a person can be at, as one may ask for them.
STAGES: Mapping[Stage, str] = catalogue()["stages"]


@dataclass(frozen=True, kw_only=True)
class SoFar:
    """A stage of a course, to ask for and to read."""

    stage: Stage
    text: str


def course_progress(
    programme: Programme, rule: Counting, person: str, states: Mapping[Pair, CourseState]
) -> SoFar:
    """Says how far a person is with each course that counts; the title only where there are several."""
    by_course = {id: states.get((person, id), NOTHING_YET) for id in rule.courses}
    begun = [id for id, state in by_course.items() if state.is_begun]
    waived = [id for id, state in by_course.items() if state.waived_since]
    stage: Stage = "mien" if waived else "dang" if begun else "chua"
    if stage == "chua":
        return SoFar(stage=stage, text=message("progress.not_begun"))
    shown = [id for id in rule.courses if id in {*begun, *waived, *rule.all_of}]
    texts = {id: "; ".join(_state_words(programme, programme.courses[id], by_course[id])) for id in shown}
    if len(rule.courses) == 1:
        return SoFar(stage=stage, text=texts[shown[0]])
    return SoFar(stage=stage, text=". ".join(f"{programme.courses[id].title}: {texts[id]}" for id in shown))


def _state_words(programme: Programme, course: Course, state: CourseState) -> Iterator[str]:
    if state.waived_since:
        yield message("progress.waived", day=day(state.waived_since))
    if state.done_on:
        yield message("progress.done", day=day(state.done_on))
        return
    yield from (_pending_words(entry, state) for entry in state.waiting)
    if state.minutes:
        yield from class_words(programme, course, state)
    yield from _test_words(course, state)
    if not state.is_begun and not state.waived_since:
        yield message("progress.not_begun")


def class_words(programme: Programme, course: Course, state: CourseState) -> Iterator[str]:
    """Describes what somebody attended in class, and what is missing there."""
    missing = core_words(programme, course, state.modules)
    if not missing:
        yield message("progress.minutes", minutes=state.minutes, needed=programme.class_minutes(course))
        return
    yield message("progress.core", minutes=state.minutes, missing=missing)
    if state.earlier_minutes:
        yield message("progress.earlier", minutes=state.earlier_minutes)


def core_words(programme: Programme, course: Course, credit: ClassCredit) -> str:
    """Names the modules of the core that somebody lacks, with their minutes; "" where there are none."""
    left = programme.core_left(course, credit.minutes, credit.credited)
    return ", ".join(
        message("progress.core_part", title=module.title, left=minutes) for module, minutes in left
    )


def _pending_words(entry: Pending, state: CourseState) -> str:
    """Describes an entry typed by hand, which counts once another person has checked it."""
    answers = next((attempt for attempt in state.attempts if attempt.event_id == entry.event_id), None)
    if answers is not None:
        return message("progress.paper_waits", right=answers.right, asked=answers.asked)
    return message("progress.class_waits", day=day(entry.done_on))


def _test_words(course: Course, state: CourseState) -> Iterator[str]:
    """Describes the last of the attempts that count, and how many are left."""
    counted = [attempt for attempt in state.attempts if attempt.standing == "counted"]
    if counted:
        last = counted[-1]
        left = max(course.test.attempts - len(state.attempts), 0) if course.test else 0
        name = "progress.test_again" if left else "progress.test_last"
        yield message(name, right=last.right, asked=last.asked, left=left)


#: The entries written beside the ledger.
AUDITED_ACTIONS: Mapping[str, str] = catalogue()["actions"] | {
    f"{kind.name}.{act}": words[act]
    for kind in ENTRY_KINDS
    for words in (staff_form(kind.name).words,)
    for act in ("entered", "withdrawn")
    if act in words
}
#: The entries of the ledger, by kind: what was done, and how a person's page calls it.
STATED_ACTIONS: Mapping[str, str] = catalogue()["statements"]
EVENT_NAMES: Mapping[str, str] = catalogue()["events"]
ACTIONS: Mapping[str, str] = {**AUDITED_ACTIONS, **STATED_ACTIONS}
#: Names of actors that are no account, and of reasons that the service itself gives.
SYSTEM_ACTORS: Mapping[str, str] = catalogue()["actors"]
FIXED_REASONS: Mapping[str, str] = catalogue()["reasons"]
#: Whom a roster lists.
LEVEL_NAMES: Mapping[str, str] = catalogue()["levels"]
