"""A file's bytes in, a Book out; whatever is wrong with the file is a notice, never an exception."""

from __future__ import annotations

import hashlib

from ..programme.model.base import NOTHING
from . import archive, separated, workbook
from .book import Book, Grid
from .limits import TooMuch
from .notices import Answers, Notice

MOST_BYTES = 10 * archive.MEGABYTE
ZIP_START = b"PK\x03\x04"
#: An XLS of before 2007, or an XLSX with a password: both are compound files.
COMPOUND_START = b"\xd0\xcf\x11\xe0"
OTHER_STARTS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"<")

Grids = tuple[tuple[Grid, ...], tuple[Notice, ...]]


def read(content: bytes, name: str, answers: Answers = NOTHING) -> Book:
    """The sheets of an XLSX or a CSV; which of them it is, the bytes say. `name` is only for show.

    `answers` may say that letters of an old font are none.
    """
    grids, notices = _grids(content)
    return Book(name=name, sha256=hashlib.sha256(content).hexdigest(), grids=grids, notices=notices)


def _grids(content: bytes) -> Grids:
    if len(content) > MOST_BYTES:
        return _refused("file-too-big", most=str(MOST_BYTES // archive.MEGABYTE))
    if not content.strip():
        return _refused("empty-file")
    if content.startswith(ZIP_START):
        return _from_workbook(content)
    if content.startswith(COMPOUND_START):
        return _refused("locked-workbook")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(OTHER_STARTS):
        return _refused("not-a-list")
    grid, notices = separated.grid(content)
    return (grid,) if grid else (), notices


def _from_workbook(content: bytes) -> Grids:
    try:
        if fault := archive.fault(content):
            return (), (fault,)
        return workbook.grids(content), ()
    except TooMuch as found:
        return (), (found.notice,)
    except Exception:  # the one door: zipfile and openpyxl raise anything at all for a broken file
        return _refused("broken-workbook")


def _refused(code: str, **values: str) -> Grids:
    return (), (Notice(code=code, values=values),)
