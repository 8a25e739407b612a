"""Reads uploaded files into one book of sheets; what is wrong with a file becomes a notice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..programme.model.base import NOTHING
from . import csv_file, docx_file, file_safety, xlsx_file
from .csv_file import WORKSHEET
from .file_safety import Contents, ListTooLarge
from .findings import Answers, Notice, Spot
from .grid import Book, Grid, convert_old_fonts, worksheet_title

MOST_BYTES = 10 * file_safety.MEGABYTE
Grids = tuple[tuple[Grid, ...], tuple[Notice, ...]]


def read_file(content: bytes, name: str, answers: Answers = NOTHING) -> Book:
    """Returns the sheets of an XLSX or CSV, or the tables of a DOCX; the bytes say which it is.

    `name` is only shown. `answers` may say that letters of an old font are none.
    """
    grids, notices = _grids(content)
    read = [convert_old_fonts(grid, is_wanted=answers.get("font", True)) for grid in grids]
    grids = tuple(grid for grid, _ in read)
    notices = (*notices, *(notice for _, font_notices in read for notice in font_notices))
    return Book(name=name, sha256=hashlib.sha256(content).hexdigest(), grids=grids, notices=notices)


def _grids(content: bytes) -> Grids:
    if len(content) > MOST_BYTES:
        return _refused("file-too-big", most=str(MOST_BYTES // file_safety.MEGABYTE))
    if not content.strip():
        return _refused("empty-file")
    if content.startswith(file_safety.ZIP_START):
        return _from_archive(content)
    if refusal := file_safety.file_refusal(content):
        return (), (refusal,)
    grid, notices = csv_file.read_worksheet(content)
    return (grid,) if grid else (), notices


def _from_archive(content: bytes) -> Grids:
    try:
        if fault := file_safety.archive_fault(content) or file_safety.open_document_refusal(content):
            return (), (fault,)
        return _from_package(content)
    except ListTooLarge as error:
        return (), (error.notice,)
    except Exception:  # the one entry: zipfile and openpyxl raise anything at all for a broken file
        return _refused("broken-workbook")


def _from_package(content: bytes) -> Grids:
    package = file_safety.office_package(content)
    if isinstance(package, Notice):
        return (), (package,)
    kind, main = package
    grids = docx_file.read_tables(content, main) if kind == "word" else xlsx_file.read_worksheets(content)
    if not any(grid.rows for grid in grids):
        return _refused("no-table" if kind == "word" else "empty-file")
    return grids, ()


def _refused(code: str, **values: str) -> Grids:
    return (), (Notice(code=code, values=values),)


#: A file's name, and what it holds.
NamedFile = tuple[str, bytes]


def read_files(files: Sequence[NamedFile], answers: Answers = NOTHING) -> Book:
    """Reads one file after the other; what is wrong with one is a notice that does not stop the others.

    The limits of a list hold for all of them together. A file that was sent twice is read once.
    """
    if len(files) == 1:
        ((name, content),) = files
        return read_file(content, name, answers)
    books = tuple(_read_named(distinct_names(files), answers))
    digests = "".join(sorted({book.sha256 for book in books}))
    return Book(
        name="; ".join(book.name for book in books),
        sha256=hashlib.sha256(digests.encode()).hexdigest(),
        grids=tuple(grid for book in books for grid in book.grids),
        notices=tuple(notice for book in books for notice in book.notices),
    )


def distinct_names(files: Sequence[NamedFile]) -> list[NamedFile]:
    """Returns the files, with numbers added to names that several share, so that a finding leads to one."""
    taken: set[str] = set()
    renamed = []
    for name, content in files:
        count, own = 1, name
        while own in taken:
            count += 1
            own = f"{name} ({count})"
        taken.add(own)
        renamed.append((own, content))
    return renamed


def _read_named(files: Sequence[NamedFile], answers: Answers) -> Iterator[Book]:
    contents, first = Contents(), dict[str, str]()
    for name, content in files:
        digest = hashlib.sha256(content).hexdigest()
        if digest in first:
            values = {"other": first[digest]}
            yield _notice_of_file(
                name, digest, Notice(code="same-file", spot=Spot(worksheet=name), values=values)
            )
            continue
        first[digest] = name
        book = read_file(content, name, answers)
        try:
            _count_contents(book, contents)
        except ListTooLarge as error:
            yield _notice_of_file(name, digest, error.notice.at(Spot(worksheet=name)))
            continue
        yield _with_file_name(book)


def _notice_of_file(name: str, digest: str, notice: Notice) -> Book:
    return Book(name=name, sha256=digest, notices=(notice,))


def _count_contents(book: Book, contents: Contents) -> None:
    """Counts a file together with those before it. Raises ListTooLarge."""
    for grid in book.grids:
        for row in grid.rows:
            contents.take_row(row)


def _with_file_name(book: Book) -> Book:
    return replace(
        book,
        grids=tuple(_grid_of_file(grid, book.name) for grid in book.grids),
        notices=tuple(
            notice.at(replace(notice.spot, worksheet=worksheet_title(book.name, notice.spot.worksheet)))
            for notice in book.notices
        ),
    )


def _grid_of_file(grid: Grid, file: str) -> Grid:
    """Returns the sheet with its file's name; a CSV has no sheets, so it is called by its file alone."""
    return replace(grid, file=file, name="" if grid.name == WORKSHEET else grid.name)
