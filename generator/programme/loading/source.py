"""The text of one file, and every way in which it may be no text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..model.scalars import UNSEEN
from ..problems import Place, Problem

#: A file of content is written by a person; a larger one is a mistake or an attack.
BIGGEST_FILE = 1_000_000


@dataclass(frozen=True)
class Source:
    """`file` is the path from the programme's root, with forward slashes; `text` is NFC."""

    file: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")


def read_source(path: Path, file: str) -> tuple[Source, list[Problem]]:
    """The file's text with line ends made plain, and what is wrong with it as a file."""
    try:
        size, raw = path.stat().st_size, b""
        if size <= BIGGEST_FILE:
            raw = path.read_bytes()
    except OSError:
        return Source(file, ""), [Problem(code="unreadable-file", place=Place(file=file))]
    if size > BIGGEST_FILE:
        return Source(file, ""), [Problem(code="file-too-big", place=Place(file=file))]
    return source_from(raw, file)


def source_from(raw: bytes, file: str) -> tuple[Source, list[Problem]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Source(file, ""), [Problem(code="not-utf-8", place=Place(file=file, line=line))]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = list(_unseen(text, file))
    text = UNSEEN.sub(" ", text)
    if not text.strip():
        problems.append(Problem(code="empty-file", place=Place(file=file)))
    if not unicodedata.is_normalized("NFC", text):
        problems.append(Problem(code="not-nfc", place=Place(file=file, line=_first_decomposed(text))))
        text = unicodedata.normalize("NFC", text)
    return Source(file, text), problems


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
