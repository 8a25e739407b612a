"""What stands against a programme. Pure: a programme in, problems out; others find words for them."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.programme import Programme
from ..problems import Problem
from . import campaigns, courses, links, markup, plan, pointers, questions, reviews, words

CHECKS = (
    courses.check,
    questions.check,
    campaigns.check,
    plan.check,
    reviews.check,
    pointers.check,
    markup.check,
    links.check,
    words.check,
)


def check(programme: Programme) -> Iterator[Problem]:
    """Every problem of the content that its files, each for itself, could not show."""
    for checked in CHECKS:
        yield from checked(programme)
