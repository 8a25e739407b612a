"""What stands against a programme. Pure: a programme in, problems out; others find words for them."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.programme import Programme
from ..problems import Problem
from . import (
    alike,
    blocks,
    campaigns,
    courses,
    drawings,
    file_names,
    headings,
    leftovers,
    lengths,
    letters,
    links,
    lists,
    markup,
    numbers,
    personal_data,
    placeholders,
    plan,
    pointers,
    questions,
    reviews,
    tables,
    totals,
    typed_law,
    unasked,
    words,
)
from .passages import passages

OF_DOCUMENTS = (
    courses.check,
    questions.check,
    alike.check,
    unasked.check,
    campaigns.check,
    plan.check,
    reviews.check,
    drawings.check,
    lengths.check,
    file_names.check,
)
OF_PASSAGES = (
    pointers.check,
    typed_law.check,
    markup.check,
    leftovers.check,
    headings.check,
    blocks.check,
    tables.check,
    lists.check,
    links.check,
    letters.check,
    numbers.check,
    personal_data.check,
    words.check,
    placeholders.check,
    totals.check,
)


def check(programme: Programme) -> Iterator[Problem]:
    """Every problem of the content that its files, each for itself, could not show."""
    for checked in OF_DOCUMENTS:
        yield from checked(programme)
    texts = tuple(passages(programme))
    for read in OF_PASSAGES:
        yield from read(programme, texts)
