"""Notes are findings that stop nothing: an author is told of them on the terminal and in open pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TypedDict

from ..errors import Finding
from ..programme import addresses
from ..programme.model.programme import Programme

#: More than these scroll past before anybody has read them.
LISTED = 20
WHERE = "xem ở góc trang trong trình duyệt, hoặc gõ: taphuan check"

Findings = tuple[Finding, ...]
Word = Callable[[Findings], str]


class PageNote(TypedDict):
    """A note as an open page shows it; `pages` are the addresses at which its file is read."""

    code: str
    file: str
    line: int
    what: str
    fix: str
    pages: list[str]


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


def page_notes(notes: Findings, programme: Programme) -> tuple[PageNote, ...]:
    read_at: dict[str, list[str]] = {}
    for file, address in _readings(programme):
        read_at.setdefault(file, []).append(address)
    return tuple(_page_note(note, read_at) for note in notes)


def _page_note(note: Finding, read_at: Mapping[str, list[str]]) -> PageNote:
    return PageNote(
        code=note.code,
        file=note.file,
        line=note.line,
        what=note.message,
        fix=note.fix,
        pages=read_at.get(note.file, []),
    )


def _readings(programme: Programme) -> Iterator[tuple[str, str]]:
    """Each file that has a page of its own, or questions on one, with the address of that page."""
    for lesson in programme.lessons.values():
        for written in (lesson, *programme.self_check_banks(lesson)):
            yield written.source, addresses.lesson(lesson.id)
    for course in programme.courses.values():
        yield course.source, addresses.course(course.id)
    for campaign in programme.campaigns.values():
        yield campaign.source, addresses.campaign(campaign.id)
    for page in programme.pages:
        yield page.source, addresses.page(page.source)


def _files_of_change(notes: Findings, before: Findings) -> frozenset[str]:
    """The files that have a note more or less; one that has only moved to another line is the same."""
    now, then = (Counter((note.file, note.code, note.message, note.excerpt) for note in some)
                 for some in (notes, before))  # fmt: skip
    return frozenset(file for file, *_ in (now - then) + (then - now))
