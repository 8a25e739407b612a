"""The law that a sheet rests on: a line for each document, with the numbers of its notes in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ...programme.model import registers
from ...programme.model.programme import Programme
from ...programme.model.registers import Reference
from ..html_tags import attributes_of, split_tags
from ..printable import Sheet
from ..text.citations import NO_LONGER, in_print, short_name, short_place
from ..text.paper import Note
from ..typography import NBSP
from .context import LessonOnPaper

#: Stands between the anchor of a lesson and the number of its note.
_NOTE = "-note-"
_PART = re.compile(r"(\d*)([^.\d]*)\.?")


@dataclass(frozen=True, kw_only=True)
class NotedPlace:
    """A place of a document that prose cites by a number; `words` are "" for a document as a whole.

    Neighbours of one article are one place with several `numbers`, in the order of its words.
    `title` says what its article is about; "" where the place before it is of the same article.
    """

    numbers: Sequence[int]
    words: str
    title: str
    doubt: str


@dataclass(frozen=True, kw_only=True)
class NotedLaw:
    """A document with its notes; `tabled` are the articles that tables and answers name in words."""

    short: str
    title: str
    status: str
    places: tuple[NotedPlace, ...]
    tabled: str


@dataclass(frozen=True, kw_only=True)
class LawList:
    """The documents in the order of their first mention; notes are numbered as they stand in the list.

    `numbers` has the number of each note in it, by the anchor of a lesson and its number within the lesson.
    """

    laws: tuple[NotedLaw, ...]
    numbers: Mapping[tuple[str, int], int]

    def renumbered(self, sheet: Sheet) -> Sheet:
        """Returns the sheet with the numbers of its list in place of those of each lesson."""

        parts = split_tags(sheet.html)
        for at in range(1, len(parts), 2):
            if not parts[at].startswith("<a "):
                continue
            anchor, is_note, number = attributes_of(parts[at]).get("href", "").rpartition(_NOTE)
            if is_note and anchor[1:]:
                number = str(self.numbers[anchor[1:], int(number)])
                parts[at : at + 2] = f'<a href="#note-{number}">', number
        return replace(sheet, html="".join(parts))


def law_list(programme: Programme, lessons: Iterable[LessonOnPaper]) -> LawList:
    """Returns what the lessons of a sheet cite."""
    lessons = tuple(lessons)
    noted = {note.words: note for lesson in lessons for note in lesson.notes}
    tabled = {note.words: note for lesson in lessons for note in lesson.tabled}
    by_law: dict[str, tuple[list[Note], list[Note]]] = {
        note.id: ([], []) for note in (*noted.values(), *tabled.values())
    }
    for note in sorted(noted.values(), key=_place_in_law):
        by_law[note.id][0].append(note)
    for note in sorted(tabled.values(), key=_place_in_law):
        by_law[note.id][1].append(note)
    ordered = [note.words for notes, _ in by_law.values() for note in notes]
    numbers = {words: number for number, words in enumerate(ordered, 1)}
    documents = programme.register.documents
    return LawList(
        laws=tuple(
            _noted_law(
                documents[id],
                registers.surest_status_on(documents[id], programme.charter.as_of),
                *notes,
                numbers,
            )
            for id, notes in by_law.items()
        ),
        numbers={
            (lesson.anchor, note.number): numbers[note.words] for lesson in lessons for note in lesson.notes
        },
    )


def _noted_law(
    reference: Reference,
    status: str,
    noted: Sequence[Note],
    tabled: Sequence[Note],
    numbers: Mapping[str, int],
) -> NotedLaw:
    if registers.says_in_force(status) and {note.doubt for note in (*noted, *tabled)} == {
        registers.TO_COMPARE
    }:
        status = registers.TO_COMPARE
    return NotedLaw(
        short=short_name(reference.short),
        title="" if reference.title == reference.short else reference.title,
        status=status,
        places=tuple(_noted_places(reference, noted, numbers, status)),
        tabled=_tabled_words(reference, tabled, status),
    )


def _noted_places(
    reference: Reference, noted: Sequence[Note], numbers: Mapping[str, int], status: str
) -> Iterator[NotedPlace]:
    article_before = ""
    for _, alike in groupby(noted, key=lambda note: _parent(reference, note)):
        notes = list(alike)
        note = notes[0]
        number, _, _ = note.locator.partition(".")
        article = reference.articles.get(number) if reference.divided_by == "articles" else None
        yield NotedPlace(
            numbers=[numbers[note.words] for note in notes],
            words=_words_of_neighbours(reference, [note.locator for note in notes]),
            title=(article and number != article_before and article.title) or "",
            doubt=note.doubt if note.doubt != status else "",
        )
        article_before = number


def _parent(reference: Reference, note: Note) -> tuple[str, str]:
    """Returns what neighbours share: the article or clause that they are parts of; else the place."""
    parent, _, part = note.locator.rpartition(".")
    folds = reference.divided_by == "articles" and parent
    return f"{parent}.{'k' if part.isdigit() else 'p'}" if folds else note.locator, note.doubt


def _words_of_neighbours(reference: Reference, locators: Sequence[str]) -> str:
    """Returns places that differ in their last part: "Đ. 34 k. 1–3, 6"."""
    first = in_print(short_place(reference, locators[0]))
    parts = [locator.rpartition(".")[2] for locator in locators]
    if len(parts) == 1:
        return first.replace("k. ", f"k.{NBSP}")
    if all(part.isdigit() for part in parts):
        parts = list(ranges(map(int, parts)))
    return f"{first.rpartition(' ')[0]}{NBSP}{', '.join(parts)}"


def _tabled_words(reference: Reference, notes: Iterable[Note], status: str) -> str:
    """Returns what tables cite of a document, those places last of which a doubt is to be told."""
    by_doubt: dict[str, list[str]] = {}
    for note in notes:
        doubt = note.doubt if note.doubt != status else ""
        by_doubt.setdefault(doubt, []).append(note.locator)
    return "; ".join(
        " ".join(filter(None, (_places_in_short(reference, locators, doubt), doubt and f"({doubt})")))
        for doubt, locators in sorted(by_doubt.items())
    )


def _places_in_short(reference: Reference, locators: Sequence[str], doubt: str) -> str:
    """Returns the articles of some places, neighbours as a range: "Điều 5, 6, 32–35".

    What has ended is named by its clause, since the rest of its article is law.
    """
    if doubt == NO_LONGER:
        return ", ".join(dict.fromkeys(in_print(short_place(reference, locator)) for locator in locators))
    locators = [locator for locator in locators if locator]
    articles = dict.fromkeys(locator.partition(".")[0] for locator in locators)
    numbers = [int(article) for article in articles if article.isdigit()]
    if reference.divided_by == "points" or len(numbers) < len(articles):
        words = (registers.locator_words(reference, locator) for locator in locators)
        return ", ".join(dict.fromkeys(filter(None, words)))
    return f"Điều {', '.join(ranges(sorted(numbers)))}" if numbers else ""


def ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Yields numbers in words, three or more that follow each other as one range."""
    for _, group in groupby(enumerate(numbers), key=lambda numbered: numbered[1] - numbered[0]):
        run = [number for _, number in group]
        if len(run) > 2:
            yield f"{run[0]}–{run[-1]}"
        else:
            yield from map(str, run)


def _place_in_law(note: Note) -> list[tuple[int, str]]:
    """Returns what sorts places as a law has them, an article 8a after 8."""
    return [(int(digits or 0), letters) for digits, letters in _PART.findall(note.locator)]
