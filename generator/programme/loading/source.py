"""The text of one file, and every way in which it may be no text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..misread import misread
from ..model.scalars import UNSEEN
from ..old_fonts import WORD, bad
from ..problems import Place, Problem
from .folders import read_plain
from .hidden import as_seen

UTF_16_STARTS = (b"\xff\xfe", b"\xfe\xff")
#: How many bytes are enough to tell an encoding.
SAMPLED = 20_000
#: A file of content is written by a person; a larger one is a mistake or an attack.
BIGGEST_FILE = 1_000_000
#: A hundred pages of a book; Markdown takes longer to read than YAML, the more so the longer it is.
BIGGEST_MARKDOWN = 200_000
#: A paragraph on one line has a thousand signs.
LONGEST_LINE = 20_000


@dataclass(frozen=True)
class Source:
    """`file` is the path from the programme's root, with forward slashes; `text` is NFC."""

    file: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")


def read_source(
    path: Path, file: str, *, most: int = BIGGEST_FILE, longest: int | None = LONGEST_LINE
) -> tuple[Source, list[Problem]]:
    """The file's text with line ends made plain, and what is wrong with it as a file.

    A file of more than `most` bytes is not read, one with a line of more than `longest` signs not used.
    """
    try:
        raw = read_plain(path, most)
    except OSError:
        return Source(file, ""), [Problem(code="unreadable-file", place=Place(file=file))]
    if raw is None:
        size = f"{most // 1_000_000} MB" if most >= BIGGEST_FILE else f"{most // 1_000} KB"
        return Source(file, ""), [Problem(code="file-too-big", place=Place(file=file), values={"most": size})]
    source, problems = source_from(raw, file)
    if longest is not None and len(source.text) > longest:
        for number, line in enumerate(source.lines, 1):
            if len(line) > longest:
                return Source(file, ""), [Problem(code="long-line", place=Place(file=file, line=number))]
    return source, problems


def source_from(raw: bytes, file: str) -> tuple[Source, list[Problem]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Source(file, ""), [_not_utf_8(raw, file, raw[: error.start].count(b"\n") + 1)]
    if b"\0\n\0" in raw:
        return Source(file, ""), [_not_utf_8(raw, file, 1)]
    text = as_seen(text.replace("\r\n", "\n").replace("\r", "\n"))
    problems = list(_unseen(text, file))
    text = UNSEEN.sub(" ", text)
    if not text.strip():
        problems.append(Problem(code="empty-file", place=Place(file=file)))
    if not unicodedata.is_normalized("NFC", text):
        problems.append(Problem(code="not-nfc", place=Place(file=file, line=_first_decomposed(text))))
        text = unicodedata.normalize("NFC", text)
    return Source(file, text), problems


def _not_utf_8(raw: bytes, file: str, line: int) -> Problem:
    """Says what the bytes are where they read as Vietnamese in another encoding or in an old font."""
    sample, place = raw[:SAMPLED], Place(file=file, line=line)
    if raw.startswith(UTF_16_STARTS) or b"\0" in sample:
        place = Place(file=file, line=1)
        return Problem(code="not-utf-8", place=place, suggestion="UTF-16 (Notepad gọi là Unicode)")
    text = unicodedata.normalize("NFC", sample.decode("cp1258", "replace"))
    marked = sum(not word.isascii() for word in WORD.findall(text))
    if bad(text) * 2 < marked:
        return Problem(code="not-utf-8", place=place, suggestion="Windows-1258")
    for found in misread(sample.decode("latin-1")):
        if found.font:
            return Problem(code="old-font", place=place, values={"reads": found.reads, "font": found.font})
    return Problem(code="not-utf-8", place=place)


def _unseen(text: str, file: str) -> Iterator[Problem]:
    if UNSEEN.search(text):
        for number, line in enumerate(text.split("\n"), 1):
            if found := UNSEEN.search(line):
                place = Place(file=file, line=number, column=found.start() + 1)
                yield Problem(code="unseen-character", place=place)


def _first_decomposed(text: str) -> int:
    for number, line in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            return number
    return 1
