"""Several files read as one list: every sheet and every notice names its file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..programme.model.base import NOTHING
from . import reading
from .book import Book, Grid, titled
from .limits import Contents, ListTooLarge
from .notices import Answers, Notice, Spot
from .separated import SHEET

#: A file's name, and what it holds.
NamedFile = tuple[str, bytes]


def read_all(files: Sequence[NamedFile], answers: Answers = NOTHING) -> Book:
    """Reads one file after the other; what is wrong with one is a notice that does not stop the others.

    The limits of a list hold for all of them together. A file that was sent twice is read once.
    """
    if len(files) == 1:
        ((name, content),) = files
        return reading.read(content, name, answers)
    books = tuple(_read(distinct(files), answers))
    digests = "".join(sorted({book.sha256 for book in books}))
    return Book(
        name="; ".join(book.name for book in books),
        sha256=hashlib.sha256(digests.encode()).hexdigest(),
        grids=tuple(grid for book in books for grid in book.grids),
        notices=tuple(notice for book in books for notice in book.notices),
    )


def distinct(files: Sequence[NamedFile]) -> list[NamedFile]:
    """Returns the files, those that share a name told apart by a number: a finding leads to one of them."""
    taken: set[str] = set()
    found = []
    for name, content in files:
        count, own = 1, name
        while own in taken:
            count += 1
            own = f"{name} ({count})"
        taken.add(own)
        found.append((own, content))
    return found


def _read(files: Sequence[NamedFile], answers: Answers) -> Iterator[Book]:
    contents, first = Contents(), dict[str, str]()
    for name, content in files:
        digest = hashlib.sha256(content).hexdigest()
        if digest in first:
            values = {"other": first[digest]}
            yield _told(name, digest, Notice(code="same-file", spot=Spot(sheet=name), values=values))
            continue
        first[digest] = name
        book = reading.read(content, name, answers)
        try:
            _take(book, contents)
        except ListTooLarge as found:
            yield _told(name, digest, found.notice.at(Spot(sheet=name)))
            continue
        yield _named(book)


def _told(name: str, digest: str, notice: Notice) -> Book:
    return Book(name=name, sha256=digest, notices=(notice,))


def _take(book: Book, contents: Contents) -> None:
    """Counts a file together with those before it. Raises TooMuch."""
    for grid in book.grids:
        for row in grid.rows:
            contents.take_row(row)


def _named(book: Book) -> Book:
    return replace(
        book,
        grids=tuple(_of_file(grid, book.name) for grid in book.grids),
        notices=tuple(
            notice.at(replace(notice.spot, sheet=titled(book.name, notice.spot.sheet)))
            for notice in book.notices
        ),
    )


def _of_file(grid: Grid, file: str) -> Grid:
    """Returns the sheet with its file's name; a CSV has no sheets, so it is called by its file alone."""
    return replace(grid, file=file, name="" if grid.name == SHEET else grid.name)
