"""Every text that a reader may see, with its place and the day on which the law it cites must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..kinds import kind_of
from ..model.plan import DECISIONS
from ..model.pointer import without_code
from ..model.programme import Programme
from ..model.values import Document, Markdown, NamedDocument, texts_of
from ..problems import Path, Place
from ..vietnamese import lowered

#: The keys of the parts of a question that a reader chooses among.
ANSWERS = frozenset({"text", "left", "right"})
#: The first line of a block, which ends with its title.
BLOCK = re.compile(r"[ \t]*(?:!!!|\?\?\?)")
DIGITS = frozenset("0123456789")
#: The end of a line within a paragraph, and characters that show as nothing or as a blank.
LINE_END = re.compile(r"\n(?![ \t]*(?:\n|[-*+•|#>]|[0-9]+[.)]|!!!|\?\?\?))")
UNSAID = re.compile(r"&nbsp;|[*_]")


class Passage(NamedTuple):
    """A text: `line` is set for a Markdown body (where it begins), `path` for a field.

    `kind` is the class name of the document; `on` the day on which cited law must be in force. `is_approved`
    also holds for questions and observed tasks of an approved course, and scenarios of an approved lesson.
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
        """True where the text is read as Markdown; elsewhere no code could hide anything."""
        return self.line is not None or isinstance(self.text, Markdown)

    @property
    def is_answer(self) -> bool:
        return self.kind == "Bank" and self.path[-1] in ANSWERS

    def takes_pointer(self, start: int) -> bool:
        """Tells whether a pointer may stand there: in Markdown, except in a block's title or an answer.

        An answer is tapped to be chosen, not to call; and on paper a citation is the number of a note.
        """
        line = self.text.rfind("\n", 0, start) + 1
        return self.is_markdown and not self.is_answer and not BLOCK.match(self.text, line)

    def at(self, start: int, phrase: str) -> Place:
        """Returns the place of a phrase that begins at `start`, or soon after it on the same line."""
        if self.line is None:
            nth = _lowered(self.text).count(lowered(phrase), 0, start)
            return Place(file=self.file, path=self.path, phrase=phrase, nth=nth)
        line = self.line + self.text.count("\n", 0, start)
        column = start - self.text.rfind("\n", 0, start)
        return Place(file=self.file, line=line, column=column, phrase=phrase)


def words_alone(text: str, *left_out: tuple[str, re.Pattern[str]], is_markdown: bool = True) -> str:
    """Returns the text as it is read aloud, with offsets kept: code and matches of `left_out` are blanked.

    Each pattern comes with a character that all its matches contain. The lines of a paragraph are joined, and
    Markdown's marks are blanks.
    """
    plain = without_code(text) if is_markdown else text
    for sign, pattern in left_out:
        if sign in plain:
            plain = pattern.sub(lambda match: "\0" * len(match[0]), plain)
    if "*" in plain or "_" in plain or "&nbsp;" in plain:
        plain = UNSAID.sub(lambda match: " " * len(match[0]), plain)
    return LINE_END.sub(" ", plain) if "\n" in plain else plain


#: All findings of one text are looked for at once.
_lowered = lru_cache(maxsize=4)(lowered)

#: Where a text quotes others rather than speaking for itself: law, the plan, the list of words.
QUOTING = frozenset({"Register", "Terms", "Charter", "Units"})

#: Fields that say where something was read, in that source's own words.
SOURCES = frozenset({"source", "sources"})


def all_passages(programme: Programme) -> Iterator[Passage]:
    """Yields the fields and bodies of every document, in the order of the files."""
    as_of = programme.charter.as_of
    for document in _kept_once(programme):
        yield from _passages(document, as_of)
    for named in programme.every_document:
        yield from passages_of(programme, named)
    yield from _lists(programme)


def passages_of(programme: Programme, document: NamedDocument) -> Iterator[Passage]:
    """Yields the fields and the body of a document that has an id."""
    review = kind_of(document).review(programme, document)
    on = review.content_date(programme.charter.as_of)
    yield from _passages(document, on, is_approved=not review.is_draft)


def _passages(document: Document, on: date, *, is_approved: bool = False) -> Iterator[Passage]:
    file, kind = document.source, type(document).__name__
    for path, text in document.texts:
        yield Passage(text=text, file=file, kind=kind, on=on, path=path, is_approved=is_approved)
    if body := getattr(document, "body", ""):
        line = getattr(document, "body_line", 1)
        yield Passage(text=body, file=file, kind=kind, on=on, line=line, is_approved=is_approved)


def _lists(programme: Programme) -> Iterator[Passage]:
    """Yields the files that hold a single mapping without a document around it."""
    audiences, pictures = "content/programme/audiences.yml", "content/pictures/pictures.yml"
    for file, kind, values in (
        (audiences, "Audience", programme.audiences),
        (DECISIONS, "Decision", programme.decisions),
        (pictures, "Picture", programme.pictures),
    ):
        for path, text in texts_of(values, ()):
            yield Passage(text=text, file=file, kind=kind, on=programme.charter.as_of, path=path)


def _kept_once(programme: Programme) -> Iterator[Document]:
    yield from (programme.charter, programme.units, programme.register, programme.terms)
    yield programme.contacts
    for kept in (programme.look_up, programme.confidentiality, programme.first_hours):
        if kept:
            yield kept
