"""Notes are findings that stop nothing: an author is told of them on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from ..errors import Finding

#: More than these scroll past before anybody has read them.
LISTED = 20
WHERE = "xem bằng: taphuan check"

Findings = tuple[Finding, ...]
Word = Callable[[Findings], str]


def notes_told(notes: Findings, before: Findings, word: Word) -> str:
    """Returns the notes of files whose notes are not those of before, and how many there are in all."""
    changed = _files_of_change(notes, before)
    listed = tuple(note for note in notes if note.file in changed)[:LISTED]
    if not notes:
        return "Không còn lưu ý nào." if before else ""
    if not listed:
        return f"Còn {len(notes)} lưu ý, {WHERE}"
    rest = f" Cả thảy có {len(notes)} lưu ý, {WHERE}" if len(listed) < len(notes) else ""
    return f"{word(listed)}{rest}"


def _files_of_change(notes: Findings, before: Findings) -> frozenset[str]:
    """The files that have a note more or less; one that has only moved to another line is the same."""
    now, then = (Counter((note.file, note.code, note.message, note.excerpt) for note in some)
                 for some in (notes, before))  # fmt: skip
    return frozenset(file for file, *_ in (now - then) + (then - now))
