"""Courses, campaigns and pages: their contents, their approval, and those older than their law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..course_figures import course_minutes, is_illustrated
from ..kinds import KINDS, kind_of
from ..model.course import Course, Draw, Lesson
from ..model.page import HandPage
from ..model.programme import Programme
from ..model.values import Review, ReviewedDocument
from .law_due import CitingContent, LawChange, cites, law_changes

#: A lapsed approval is a state of its own: a reader would be told that the text is approved.
STATES = ("draft", "reviewed", "approved", "over")


@dataclass(frozen=True, kw_only=True)
class AwaitedApproval:
    """An approval to ask for: a course with its own lessons, a single lesson, a campaign or a page.

    `states` counts the texts that wait, by state; `valid_until` is the first day on which one of them ends.
    """

    id: str
    kind: str
    title: str
    states: Mapping[str, int]
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AwaitedContact:
    """A contact, and what has to be done before an approved text may name it."""

    id: str
    name: str
    condition: str


@dataclass(frozen=True, kw_only=True)
class Approvals:
    """How far approval has come: `counts` are of all texts, by kind and state, of kinds that there are."""

    counts: Mapping[str, Mapping[str, int]]
    next: tuple[AwaitedApproval, ...]
    contacts: tuple[AwaitedContact, ...]


def approval_state(review: Review, day: date) -> str:
    """Returns where a review stands on a day: one of STATES."""
    return "over" if review.is_over(day) else review.status


def approvals_on(programme: Programme, day: date, until: date) -> Approvals:
    """Returns the counts, and what is to be approved next.

    First comes what has run out or will by `until`, then what somebody has reviewed.
    """
    counts: dict[str, Counter[str]] = {}
    for document in programme.reviewed:
        counts.setdefault(kind_of(document).name, Counter())[approval_state(document.review, day)] += 1
    awaited = [approval for group in _groups(programme) if (approval := _awaited(group, day, until))]
    return Approvals(
        counts={kind: {state: by_state[state] for state in STATES} for kind, by_state in counts.items()},
        next=tuple(sorted(awaited, key=_order)),
        contacts=tuple(
            AwaitedContact(id=id, name=contact.name, condition=contact.condition)
            for id, contact in programme.contacts.contacts.items()
            if contact.publish and contact.condition and not contact.is_ready
        ),
    )


def _groups(programme: Programme) -> Iterator[tuple[ReviewedDocument, ...]]:
    """Yields what one approval covers; a lesson that its course does not name is approved by itself."""
    covered: set[str] = set()
    for course in programme.courses.values():
        own = programme.own_lessons_of(course)
        covered.update(lesson.id for lesson in own)
        yield (course, *own)
    yield from ((lesson,) for lesson in programme.lessons.values() if lesson.id not in covered)
    for kind in KINDS:
        if kind.is_reviewed and kind.model not in (Course, Lesson):
            yield from ((document,) for document in programme.of(kind.model).values())


def _awaited(group: tuple[ReviewedDocument, ...], day: date, until: date) -> AwaitedApproval | None:
    waiting = [document for document in group if _waits(document.review, until)]
    if not waiting:
        return None
    # Where only lessons of a course wait, the course still tells which approval that is.
    first = group[0] if group[0] in waiting or len(waiting) > 1 else waiting[0]
    ends = [
        document.review.valid_until
        for document in waiting
        if not document.review.is_draft and document.review.valid_until
    ]
    states = Counter(approval_state(document.review, day) for document in waiting)
    return AwaitedApproval(
        id=first.id,
        kind=kind_of(first).name,
        title=first.title,
        states={state: states[state] for state in STATES if states[state]},
        valid_until=min(ends, default=None),
    )


def _waits(review: Review, until: date) -> bool:
    return review.is_draft or (review.valid_until is not None and review.valid_until <= until)


def _order(approval: AwaitedApproval) -> tuple[date, bool]:
    return approval.valid_until or date.max, "reviewed" not in approval.states


# --- courses, campaigns, pages -------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ObjectiveOverview:
    """The questions of a course's objective on a day, those of `lesson_objectives`, which belong to it, too.

    `test_questions` are those of the test's banks, None for a course without a test.
    """

    id: str
    lesson_objectives: tuple[str, ...]
    self_check_questions: int
    test_questions: int | None


@dataclass(frozen=True, kw_only=True)
class CourseOverview:
    """A course on a day.

    `shared_lessons` are those of other courses that it shows; minutes and self-checks count them too.
    `taught_minutes` are of all lessons in class, `class_minutes` those that complete the course there, as
    `core_modules` do where it has a core.
    `test_questions` are those that its forms may draw on the day, `form_questions` those of one form; a
    course without a test has neither. `lesson_states` are of its own lessons, approved with it;
    `unillustrated` are the ids of those that show nothing by a figure, a flow or a scenario.
    """

    id: str
    title: str
    state: str
    own_lessons: int
    shared_lessons: int
    lesson_states: Mapping[str, int]
    self_study_minutes: int
    taught_minutes: int
    class_minutes: int
    core_modules: int
    self_check_questions: int
    test_questions: int | None
    form_questions: int | None
    objectives: tuple[ObjectiveOverview, ...]
    unillustrated: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CampaignOverview:
    """A campaign; `materials` counts what is printed for it, by kind."""

    id: str
    title: str
    state: str
    materials: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class PageOverview:
    """A page written by hand."""

    id: str
    title: str
    state: str


def course_overviews(programme: Programme, day: date) -> tuple[CourseOverview, ...]:
    """Returns each course as it is on a day, in the order of the programme."""
    return tuple(_course(programme, course, day) for course in programme.courses.values())


def _course(programme: Programme, course: Course, day: date) -> CourseOverview:
    lessons, own = programme.lessons_of(course), programme.own_lessons_of(course)
    states = Counter(approval_state(lesson.review, day) for lesson in own)
    asked = {id for lesson in lessons for id in lesson.self_check if _is_asked(programme, id, day)}
    return CourseOverview(
        id=course.id,
        title=course.title,
        state=approval_state(course.review, day),
        own_lessons=len(own),
        shared_lessons=len(lessons) - len(own),
        lesson_states={state: states[state] for state in STATES if states[state]},
        self_study_minutes=course_minutes(programme, course),
        taught_minutes=programme.taught_minutes(course),
        class_minutes=programme.class_minutes(course),
        core_modules=len(course.core),
        self_check_questions=len(asked),
        test_questions=len(_drawable(programme, course, day)) if course.test else None,
        form_questions=course.test.asked if course.test else None,
        objectives=tuple(_objectives(programme, course, asked, day)),
        unillustrated=tuple(lesson.id for lesson in own if not is_illustrated(lesson.body)),
    )


def _objectives(
    programme: Programme, course: Course, asked: Collection[str], day: date
) -> Iterator[ObjectiveOverview]:
    """Yields the objectives of a course, of whose self-checks those questions are."""
    drawn = dict.fromkeys(draw.bank for draw in _draws(course))
    banks = [programme.banks[id] for id in drawn if id in programme.banks]
    belonging = programme.belonging[course.id]
    for objective in course.objectives:
        below = tuple(id for id, within in belonging.items() if within == objective)
        named = (programme.questions[id][1].objective for id in asked)
        fitting = [
            question.is_right_on(day)
            for bank in banks
            for _, question in programme.drawable(course, bank, objective)
        ]
        yield ObjectiveOverview(
            id=objective,
            lesson_objectives=below,
            self_check_questions=sum(name in (objective, *below) for name in named),
            test_questions=sum(fitting) if course.test else None,
        )


def _is_asked(programme: Programme, id: str, day: date) -> bool:
    return id in programme.questions and programme.questions[id][1].is_right_on(day)


def _draws(course: Course) -> tuple[Draw, ...]:
    return course.test.draw if course.test else ()


def _drawable(programme: Programme, course: Course, day: date) -> set[tuple[str, str]]:
    """Returns the questions that forms may draw on a day, each by its bank and id."""
    return {
        (bank.id, id)
        for draw in _draws(course)
        if (bank := programme.banks.get(draw.bank))
        for id, question in programme.drawable(course, bank, draw.objective)
        if question.is_right_on(day)
    }


def campaign_overviews(programme: Programme, day: date) -> tuple[CampaignOverview, ...]:
    """Returns each campaign with what is printed for it, in the order of the programme."""
    return tuple(
        CampaignOverview(
            id=campaign.id,
            title=campaign.title,
            state=approval_state(campaign.review, day),
            materials=dict(Counter(material.kind for material in campaign.materials.values())),
        )
        for campaign in programme.campaigns.values()
    )


def page_overviews(programme: Programme, day: date) -> tuple[PageOverview, ...]:
    """Returns each page written by hand, in the order of the programme."""
    return tuple(_page(page, day) for page in programme.pages.values())


def _page(page: HandPage, day: date) -> PageOverview:
    return PageOverview(id=page.id, title=page.title, state=approval_state(page.review, day))


# --- older than its law --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OutdatedContent:
    """Content with what happened to its law since its day, the earliest first."""

    id: str
    kind: str
    title: str
    day: date
    is_checked: bool
    law: tuple[LawChange, ...]


@dataclass(frozen=True, kw_only=True)
class ContentAge:
    """How old content is beside its law: `citing` counts all content that cites any.

    `unchecked` counts what of it has no day of its own, only the programme's (`as_of`).
    """

    as_of: date
    citing: int
    unchecked: int
    outdated: tuple[OutdatedContent, ...]


def content_age(programme: Programme, citations: Iterable[CitingContent], day: date) -> ContentAge:
    """Returns which content is older than its law, that of the earliest change first.

    Content is older than its law where, after its own day and no later than the day asked for, a place that
    it cites began or ended, the document was amended (by the day that the register tells in words), or the
    register's entry was compared with its source once more (`checked`).
    """
    changes = (*law_changes(programme), *_compared(programme))
    passed = sorted((change for change in changes if change.on <= day), key=lambda change: change.on)
    with_law = [content for content in citations if content.places]
    with_changes = [_outdated(content, passed) for content in with_law]
    return ContentAge(
        as_of=programme.charter.as_of,
        citing=len(with_law),
        unchecked=sum(not content.is_checked for content in with_law),
        outdated=tuple(
            sorted(
                (content for content in with_changes if content.law), key=lambda content: content.law[0].on
            )
        ),
    )


def _compared(programme: Programme) -> tuple[LawChange, ...]:
    return tuple(
        LawChange(on=reference.checked, document=id, locator="", title=reference.short, change="compared")
        for id, reference in programme.register.documents.items()
    )


def _outdated(content: CitingContent, passed: Iterable[LawChange]) -> OutdatedContent:
    return OutdatedContent(
        id=content.id,
        kind=content.kind,
        title=content.title,
        day=content.day,
        is_checked=content.is_checked,
        law=tuple(
            change
            for change in passed
            if change.on > content.day and cites(content, change.document, change.locator)
        ),
    )
