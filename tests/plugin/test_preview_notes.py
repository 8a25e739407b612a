"""What the terminal of the live preview tells of notes: those that are news, and how many there are."""

from __future__ import annotations

import pytest

from taphuan.errors import Finding
from taphuan.plugin.preview_server import WHERE_LISTED, notes_text


def warning(file: str, message: str = "câu dài", line: int = 1) -> Finding:
    return Finding(code="x", severity="warning", message=message, fix="", file=file, line=line)


A, B, C = warning("a.md"), warning("b.md"), warning("b.md", "bài ngắn")
IN_ALL = f"lưu ý, {WHERE_LISTED}"


@pytest.mark.parametrize(
    ("notes", "before", "expected"),
    [
        ((), (), ""),
        ((), (A,), "Không còn lưu ý nào."),
        ((A, B), (), "a.md b.md"),
        ((A, B), (A, B), f"Còn 2 {IN_ALL}"),
        ((A, warning("b.md", line=4)), (A, B), f"Còn 2 {IN_ALL}"),
        ((A, B, C), (A, B), f"b.md b.md Cả thảy có 3 {IN_ALL}"),
        ((A, B), (A, B, C), f"b.md Cả thảy có 2 {IN_ALL}"),
        (tuple(warning("a.md", str(number)) for number in range(33)), (),
         f"{' '.join(['a.md'] * 20)} Cả thảy có 33 {IN_ALL}"),
    ],
)  # fmt: skip
def test_the_terminal_lists_notes_of_files_whose_notes_have_changed(
    notes: tuple[Finding, ...], before: tuple[Finding, ...], expected: str
) -> None:
    assert notes_text(notes, before, lambda added: " ".join(note.file for note in added)) == expected
