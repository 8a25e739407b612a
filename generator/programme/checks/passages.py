"""Every text a reader may see, with where it stands and on what day it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..model.base import Document, Review, texts_of
from ..model.plan import DECISIONS
from ..model.pointer import without_code
from ..model.programme import Programme
from ..model.scalars import Markdown
from ..problems import Path, Place
from ..vietnamese import lowered

#: The keys of what a question offers to choose from.
ANSWERS = frozenset({"text", "left", "right"})
#: The first line of a block, which ends with its title.
BLOCK = re.compile(r"[ \t]*(?:!!!|\?\?\?)")
DIGITS = frozenset("0123456789")
#: The end of a line within a paragraph, and what shows as nothing or as a blank.
LINE_END = re.compile(r"\n(?![ \t]*(?:\n|[-*+•|#>]|[0-9]+[.)]|!!!|\?\?\?))")
UNSAID = re.compile(r"&nbsp;|[*_]")


class Passage(NamedTuple):
    """`line` is set for a Markdown body (where it begins), `path` for a field.

    `kind` is the class name of the document; `on` the day on which cited law must be in force.
    `is_approved` also holds for questions of an approved course.
    """

    text: str
    file: str
    kind: str
    on: date
    path: Path = ()
    line: int | None = None
    is_approved: bool = False

    @property
    def is_body(self) -> bool:
        return self.line is not None

    @property
    def is_markdown(self) -> bool:
        """Whether Markdown counts here; elsewhere nothing is code, so nothing hides in it."""
        return self.line is not None or isinstance(self.text, Markdown)

    @property
    def is_answer(self) -> bool:
        return self.kind == "Bank" and self.path[-1] in ANSWERS

    def takes_pointer(self, start: int) -> bool:
        """Whether a pointer belongs there: in Markdown, but for the title of a block and an answer.

        An answer is tapped to be chosen, not to call; and on paper a citation is the number of a note.
        """
        line = self.text.rfind("\n", 0, start) + 1
        return self.is_markdown and not self.is_answer and not BLOCK.match(self.text, line)

    def at(self, start: int, phrase: str) -> Place:
        """Of a phrase that begins at `start`, or soon after it on the same line."""
        if self.line is None:
            nth = _lowered(self.text).count(lowered(phrase), 0, start)
            return Place(file=self.file, path=self.path, phrase=phrase, nth=nth)
        line = self.line + self.text.count("\n", 0, start)
        column = start - self.text.rfind("\n", 0, start)
        return Place(file=self.file, line=line, column=column, phrase=phrase)


def words_alone(text: str, *left_out: tuple[str, re.Pattern[str]], is_markdown: bool = True) -> str:
    """The text as it is read aloud, every character where it was: code and what is `left_out` say nothing.

    Before each pattern stands a sign that is in all that it finds. The lines of a paragraph are one, and
    marks are blanks.
    """
    plain = without_code(text) if is_markdown else text
    for sign, pattern in left_out:
        if sign in plain:
            plain = pattern.sub(lambda match: "\0" * len(match[0]), plain)
    if "*" in plain or "_" in plain or "&nbsp;" in plain:
        plain = UNSAID.sub(lambda match: " " * len(match[0]), plain)
    return LINE_END.sub(" ", plain) if "\n" in plain else plain


#: What is found in one text is found at once.
_lowered = lru_cache(maxsize=4)(lowered)

#: Where a text does not say it in its own voice: the law's words, the plan's, the list of words.
QUOTING = frozenset({"Register", "Terms", "Charter", "Units"})

#: Fields that say where something was read, in the words of that place.
SOURCES = frozenset({"source", "sources"})


def all_passages(programme: Programme) -> Iterator[Passage]:
    """Fields and bodies of every document, in the order of the files."""
    as_of, approved = programme.charter.as_of, _approved(programme)
    for document in _documents(programme):
        review = getattr(document, "review", None)
        on = review.content_date(as_of) if isinstance(review, Review) else as_of
        file, kind, said = document.source, type(document).__name__, document.source in approved
        for path, text in document.texts:
            yield Passage(text=text, file=file, kind=kind, on=on, path=path, is_approved=said)
        if body := getattr(document, "body", ""):
            line = getattr(document, "body_line", 1)
            yield Passage(text=body, file=file, kind=kind, on=on, line=line, is_approved=said)
    yield from _lists(programme)


def _approved(programme: Programme) -> frozenset[str]:
    """Returns the files of what is approved, the questions of approved courses with it."""
    files = {document.source for document in programme.reviewed if not document.review.is_draft}
    courses = [course for course in programme.courses.values() if not course.review.is_draft]
    return frozenset(files.union(bank.source for course in courses for bank in programme.banks_of(course)))


def _lists(programme: Programme) -> Iterator[Passage]:
    """The files that are one mapping, without a document around it."""
    audiences, pictures = "content/programme/audiences.yml", "content/pictures/pictures.yml"
    for file, kind, values in (
        (audiences, "Audience", programme.audiences),
        (DECISIONS, "Decision", programme.decisions),
        (pictures, "Picture", programme.pictures),
    ):
        for path, text in texts_of(values, ()):
            yield Passage(text=text, file=file, kind=kind, on=programme.charter.as_of, path=path)


def _documents(programme: Programme) -> Iterator[Document]:
    yield from (programme.charter, programme.units, programme.register, programme.terms)
    yield programme.contacts
    for group in (programme.courses, programme.lessons, programme.banks, programme.campaigns):
        yield from group.values()
    yield from programme.pages


def place_of(document: Document, *path: str | int) -> Place:
    return Place(file=document.source, path=path)
