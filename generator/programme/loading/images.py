"""Drawings and photographs of the content, each read once and remembered until its file changes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from ..images.drawing import drawing
from ..images.fault import ImageFault
from ..images.photo import KINDS, MOST_BYTES, photo_fault, too_many_bytes
from ..problems import Place, Problem
from .folders import read_plain
from .reading import Memo, ReadFile
from .source import Source, read_source
from .tree import Tree

DRAWING = ".svg"


def read_image(path: Path, file: str, memo: Memo) -> ReadFile[str] | None:
    """Returns the text of a drawing or nothing of a photograph, with what was found; None for other files."""
    end = PurePosixPath(file).suffix.lower()
    if end == DRAWING:
        return memo.read(path, lambda: _drawing(path, file))
    return memo.read(path, lambda: _photo(path, file, end)) if end in KINDS else None


def _drawing(path: Path, file: str) -> ReadFile[str]:
    source, problems = read_source(path, file, longest=None)
    if not source.text.strip():
        return ReadFile(source=source, tree=Tree(), value=None, problems=tuple(problems))
    read = drawing(source.text)
    problems += (_problem(fault, file) for fault in read.faults)
    return ReadFile(source=source, tree=Tree(), value=read.text or None, problems=tuple(problems))


def _photo(path: Path, file: str, end: str) -> ReadFile[str]:
    try:
        raw = read_plain(path, MOST_BYTES)
        fault = too_many_bytes(path.lstat().st_size) if raw is None else photo_fault(raw, end)
    except OSError:
        fault = ImageFault(code="unreadable-file")
    problems = (_problem(fault, file),) if fault else ()
    return ReadFile(source=Source(file, ""), tree=Tree(), value=None, problems=problems)


def _problem(fault: ImageFault, file: str) -> Problem:
    place = Place(file=file, line=fault.line, column=fault.column, phrase=fault.phrase)
    return Problem(
        code=fault.code, place=place, values=fault.values, suggestion=fault.values.get("wanted", "")
    )
