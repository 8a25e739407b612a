"""What stands against a programme. Pure: a programme in, problems out; others find words for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import is_not

from ..model.programme import Programme
from ..problems import Problem
from . import (
    alike,
    blocks,
    campaigns,
    courses,
    decisions,
    file_names,
    headings,
    last_days,
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
    written_forms,
)
from .passages import Passage, passages

OF_DOCUMENTS = (
    courses.check,
    questions.check,
    alike.check,
    unasked.check,
    campaigns.check,
    plan.check,
    decisions.check,
    reviews.check,
    lengths.check,
    file_names.check,
)
#: They look at a text, at others of its file, and at what all files share (`_shared`).
OF_TEXTS = (
    pointers.check,
    typed_law.check,
    markup.check,
    leftovers.check,
    headings.check,
    blocks.check,
    tables.check,
    lists.check,
    letters.check,
    numbers.check,
    personal_data.check,
    words.check,
    written_forms.check,
    placeholders.check,
)
#: They hold a text against other files as well.
ACROSS_FILES = (links.check, totals.check, last_days.check)


@dataclass
class _Sound:
    """The texts of files in which nothing was found, as long as what they share is the same.

    A live preview checks again at every edit: only files that changed are looked through again.
    """

    shared: tuple[object, ...] = ()
    texts: set[Passage] = field(default_factory=set)

    def under(self, shared: tuple[object, ...]) -> set[Passage]:
        if len(shared) != len(self.shared) or any(map(is_not, shared, self.shared)):
            self.shared, self.texts = shared, set()
        return self.texts


_sound = _Sound()


def check(programme: Programme) -> Iterator[Problem]:
    """Every problem of the content that its files, each for itself, could not show."""
    for checked in OF_DOCUMENTS:
        yield from checked(programme)
    texts = tuple(passages(programme))
    yield from _within_files(programme, texts)
    for read in ACROSS_FILES:
        yield from read(programme, texts)


def _within_files(programme: Programme, texts: Sequence[Passage]) -> Iterator[Problem]:
    sound = _sound.under(_shared(programme))
    changed = {text.file for text in texts if text not in sound}
    looked_at = [text for text in texts if text.file in changed]
    found = [problem for read in OF_TEXTS for problem in read(programme, looked_at)]
    unsound = {problem.place.file for problem in found}
    sound.update(text for text in looked_at if text.file not in unsound)
    yield from found


def _shared(programme: Programme) -> tuple[object, ...]:
    return (
        programme.charter,
        programme.units,
        programme.audiences,
        programme.register,
        programme.terms,
        programme.contacts,
        programme.decisions,
        programme.pictures,
    )
