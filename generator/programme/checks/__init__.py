"""Every check of a programme, in order: pure functions from a programme to the problems found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import is_not

from ...two_processes import shared
from ..kinds import KINDS
from ..model.programme import Programme
from ..model.values import NamedDocument
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
from .passages import Passage, all_passages, passages_of

OF_DOCUMENTS = (
    courses.check_courses,
    course_core.check_cores,
    courses.check_questions,
    objectives.check_objectives,
    courses.check_alike_questions,
    courses.check_unasked_questions,
    scenarios.check_scenarios,
    *(check for kind in KINDS for check in kind.checks),
    named_ids.check_named_ids,
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
class SoundTexts:
    """Remembers the files whose texts had no problem, for as long as what all files share is unchanged.

    Only files that have changed are looked through again. `texts` has by file its document, where it is one,
    and its passages.
    """

    shared: tuple[object, ...] = ()
    texts: dict[str, tuple[object, tuple[Passage, ...]]] = field(default_factory=dict)

    def hold_against(self, shared: tuple[object, ...]) -> None:
        if len(shared) != len(self.shared) or any(map(is_not, shared, self.shared)):
            self.shared, self.texts = shared, {}

    def has(self, file: str, document: object, passages: tuple[Passage, ...]) -> bool:
        kept_document, kept_passages = self.texts.get(file, (None, ()))
        return document is kept_document and passages == kept_passages


#: With those within files, the checks of all that a text names.
OF_ONE_TEXT = (
    *OF_TEXTS,
    links.check_links,
    flows.check_flow_places,
    scenarios.check_placed_scenarios,
)


def check_text(programme: Programme, document: NamedDocument) -> Iterator[Problem]:
    """Yields what the text of one document alone has wrong with it; other documents are not looked at."""
    texts = tuple(passages_of(programme, document))
    for check in OF_ONE_TEXT:
        yield from (problem for problem in check(programme, texts) if problem.place.file == document.source)


def check_programme(programme: Programme, sound: SoundTexts | None = None) -> Iterator[Problem]:
    """Yields every problem of the content that only shows across files or in the text of one."""
    for checked in OF_DOCUMENTS:
        yield from checked(programme)
    texts = tuple(all_passages(programme))
    yield from _within_files(programme, texts, sound or SoundTexts())
    for check in ACROSS_FILES:
        yield from check(programme, texts)


def _within_files(programme: Programme, texts: Sequence[Passage], sound: SoundTexts) -> Iterator[Problem]:
    sound.hold_against(_shared(programme))
    documents = {document.source: document for document in programme.every_document}
    by_file: dict[str, list[Passage]] = {}
    for text in texts:
        by_file.setdefault(text.file, []).append(text)
    contents: dict[str, tuple[object, tuple[Passage, ...]]] = {
        file: (documents.get(file), tuple(passages)) for file, passages in by_file.items()
    }
    changed = {file for file, content in contents.items() if not sound.has(file, *content)}

    def look_at(files: Sequence[str]) -> list[Problem]:
        own = frozenset(files)
        looked_at = [text for text in texts if text.file in own]
        return [problem for check in OF_TEXTS for problem in check(programme, looked_at)]

    problems = shared(look_at, [file for file in contents if file in changed])
    unsound = {problem.place.file for problem in problems}
    sound.texts = {file: contents[file] for file in contents.keys() - unsound}
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
