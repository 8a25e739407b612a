"""A file's bytes in, a Book out; whatever is wrong with the file is a notice, never an exception."""

from __future__ import annotations

import hashlib

from ..programme.model.base import NOTHING
from . import archive, document, filetypes, fonts, separated, workbook
from .book import Book, Grid
from .limits import ListTooLarge
from .notices import Answers, Notice

MOST_BYTES = 10 * archive.MEGABYTE
Grids = tuple[tuple[Grid, ...], tuple[Notice, ...]]


def read(content: bytes, name: str, answers: Answers = NOTHING) -> Book:
    """The sheets of an XLSX or a CSV, the tables of a DOCX; which it is, the bytes say.

    `name` is only for show. `answers` may say that letters of an old font are none.
    """
    grids, notices = _grids(content)
    read = [fonts.converted(grid, is_wanted=answers.get("font", True)) for grid in grids]
    grids = tuple(grid for grid, _ in read)
    notices = (*notices, *(notice for _, said in read for notice in said))
    return Book(name=name, sha256=hashlib.sha256(content).hexdigest(), grids=grids, notices=notices)


def _grids(content: bytes) -> Grids:
    if len(content) > MOST_BYTES:
        return _refused("file-too-big", most=str(MOST_BYTES // archive.MEGABYTE))
    if not content.strip():
        return _refused("empty-file")
    if content.startswith(filetypes.ZIP_START):
        return _from_archive(content)
    if refusal := filetypes.refusal(content):
        return (), (refusal,)
    grid, notices = separated.grid(content)
    return (grid,) if grid else (), notices


def _from_archive(content: bytes) -> Grids:
    try:
        if fault := archive.fault(content) or filetypes.open_document(content):
            return (), (fault,)
        return _from_package(content)
    except ListTooLarge as found:
        return (), (found.notice,)
    except Exception:  # the one door: zipfile and openpyxl raise anything at all for a broken file
        return _refused("broken-workbook")


def _from_package(content: bytes) -> Grids:
    found = filetypes.package(content)
    if isinstance(found, Notice):
        return (), (found,)
    kind, main = found
    grids = document.grids(content, main) if kind == "word" else workbook.grids(content)
    if not any(grid.rows for grid in grids):
        return _refused("no-table" if kind == "word" else "empty-file")
    return grids, ()


def _refused(code: str, **values: str) -> Grids:
    return (), (Notice(code=code, values=values),)
