"""Which texts are drafts, which are approved, and what is to be approved next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..model.campaign import Campaign
from ..model.course import Course, Lesson
from ..model.programme import HandPage, Programme, Reviewed, id_of
from ..model.review import Review

KINDS: Mapping[type, str] = {Course: "course", Lesson: "lesson", Campaign: "campaign", HandPage: "page"}
#: An approval that has run out is a state of its own: a reader would be told that it is approved.
STATES = ("draft", "reviewed", "approved", "over")


@dataclass(frozen=True, kw_only=True)
class AwaitedApproval:
    """One approval to ask for: a course with its own lessons, a lesson by itself, a campaign or a page.

    `states` counts the texts that wait, by state; `valid_until` is the first day on which one of them ends.
    """

    id: str
    kind: str
    title: str
    states: Mapping[str, int]
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AwaitedContact:
    """What has to be done before an approved text may name a contact."""

    id: str
    name: str
    condition: str


@dataclass(frozen=True, kw_only=True)
class Approvals:
    """How far approval has come. `counts` are of all texts, by kind and state, of kinds that there are."""

    counts: Mapping[str, Mapping[str, int]]
    next: tuple[AwaitedApproval, ...]
    contacts: tuple[AwaitedContact, ...]


def state(review: Review, day: date) -> str:
    """Returns where a review stands on a day: one of STATES."""
    return "over" if review.is_over(day) else review.status


def approvals(programme: Programme, day: date, until: date) -> Approvals:
    """Returns the counts, and what is to be approved next.

    First comes what has run out or will by `until`, then what somebody has reviewed.
    """
    counts: dict[str, Counter[str]] = {}
    for document in programme.reviewed:
        counts.setdefault(KINDS[type(document)], Counter())[state(document.review, day)] += 1
    awaited = [one for group in _groups(programme) if (one := _awaited(group, day, until))]
    return Approvals(
        counts={kind: {one: found[one] for one in STATES} for kind, found in counts.items()},
        next=tuple(sorted(awaited, key=_order)),
        contacts=tuple(
            AwaitedContact(id=id, name=one.name, condition=one.condition)
            for id, one in programme.contacts.contacts.items()
            if one.publish and one.condition and not one.is_ready
        ),
    )


def _groups(programme: Programme) -> Iterator[tuple[Reviewed, ...]]:
    """Yields what one approval covers; a lesson that its course does not name is approved by itself."""
    covered: set[str] = set()
    for course in programme.courses.values():
        own = programme.own_lessons_of(course)
        covered.update(lesson.id for lesson in own)
        yield (course, *own)
    yield from ((lesson,) for lesson in programme.lessons.values() if lesson.id not in covered)
    yield from ((campaign,) for campaign in programme.campaigns.values())
    yield from ((page,) for page in programme.pages)


def _awaited(group: tuple[Reviewed, ...], day: date, until: date) -> AwaitedApproval | None:
    waiting = [one for one in group if _waits(one.review, until)]
    if not waiting:
        return None
    # Of a course whose lessons alone wait, the course still says which approval it is.
    first = group[0] if group[0] in waiting or len(waiting) > 1 else waiting[0]
    ends = [one.review.valid_until for one in waiting if not one.review.is_draft and one.review.valid_until]
    states = Counter(state(one.review, day) for one in waiting)
    return AwaitedApproval(
        id=id_of(first),
        kind=KINDS[type(first)],
        title=first.title,
        states={one: states[one] for one in STATES if states[one]},
        valid_until=min(ends, default=None),
    )


def _waits(review: Review, until: date) -> bool:
    return review.is_draft or (review.valid_until is not None and review.valid_until <= until)


def _order(one: AwaitedApproval) -> tuple[date, bool]:
    return one.valid_until or date.max, "reviewed" not in one.states
