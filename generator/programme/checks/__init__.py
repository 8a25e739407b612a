"""Every check of a programme, in order: pure functions from a programme to the problems found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import is_not

from ..kinds import KINDS
from ..model.programme import Programme
from ..problems import Problem
from . import (
    audiences,
    campaigns,
    commune_tiles,
    course_core,
    courses,
    figure_blocks,
    flows,
    lesson_lengths,
    links,
    markup,
    named_ids,
    objectives,
    penal_acts,
    personal_data,
    scenarios,
    totals,
    typed_duties,
    typed_law,
    validity,
    wording,
)
from .passages import Passage, all_passages

OF_DOCUMENTS = (
    courses.check_courses,
    course_core.check_cores,
    courses.check_questions,
    objectives.check_objectives,
    courses.check_alike_questions,
    courses.check_unasked_questions,
    scenarios.check_scenarios,
    *(check for kind in KINDS for check in kind.checks),
    named_ids.check_contacts,
    named_ids.check_pictures,
    campaigns.check_campaigns,
    penal_acts.check_penal_acts,
    campaigns.check_plan,
    commune_tiles.check_tiles,
    validity.check_decisions,
    validity.check_topics,
    typed_duties.check_duties,
    validity.check_approvals,
    lesson_lengths.check_lesson_lengths,
    lesson_lengths.check_class_minutes,
    courses.check_file_names,
)
#: These checks need a text, the other texts of its file, and what all files share (`_shared`).
OF_TEXTS = (
    links.check_pointers,
    typed_law.check_typed_law,
    typed_duties.check_typed_duties,
    typed_duties.check_typed_hours,
    markup.check_markup,
    wording.check_leftovers,
    markup.check_headings,
    markup.check_blocks,
    figure_blocks.check_figures,
    markup.check_tables,
    markup.check_lists,
    wording.check_letters,
    personal_data.check_telephones,
    personal_data.check_personal_data,
    wording.check_wording,
    wording.check_written_forms,
    wording.check_placeholders,
)
#: These checks hold a text against other files as well.
ACROSS_FILES = (
    links.check_links,
    flows.check_flows,
    flows.check_flow_places,
    scenarios.check_placed_scenarios,
    totals.check_totals,
    validity.check_last_days,
    audiences.check_audiences,
)


@dataclass
class _CheckedTexts:
    """Remembers the texts of files without problems, for as long as what all files share is unchanged.

    A live preview checks again at every edit, so that only changed files are looked through again.
    """

    shared: tuple[object, ...] = ()
    texts: set[Passage] = field(default_factory=set)

    def under(self, shared: tuple[object, ...]) -> set[Passage]:
        if len(shared) != len(self.shared) or any(map(is_not, shared, self.shared)):
            self.shared, self.texts = shared, set()
        return self.texts


_checked_texts = _CheckedTexts()


def check_programme(programme: Programme) -> Iterator[Problem]:
    """Yields every problem of the content that only shows across files or in the text of one."""
    for checked in OF_DOCUMENTS:
        yield from checked(programme)
    texts = tuple(all_passages(programme))
    yield from _within_files(programme, texts)
    for check in ACROSS_FILES:
        yield from check(programme, texts)


def _within_files(programme: Programme, texts: Sequence[Passage]) -> Iterator[Problem]:
    sound = _checked_texts.under(_shared(programme))
    changed = {text.file for text in texts if text not in sound}
    looked_at = [text for text in texts if text.file in changed]
    problems = [problem for check in OF_TEXTS for problem in check(programme, looked_at)]
    unsound = {problem.place.file for problem in problems}
    sound.update(text for text in looked_at if text.file not in unsound)
    yield from problems


def _shared(programme: Programme) -> tuple[object, ...]:
    return (
        programme.charter,
        programme.units,
        programme.audiences,
        programme.register,
        programme.terms,
        programme.contacts,
        programme.decisions,
        programme.confidentiality,
        programme.first_hours,
        programme.pictures,
    )
