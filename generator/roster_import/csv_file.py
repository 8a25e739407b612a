"""A list as CSV: its encoding, its separator and its rows."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from ..programme.vietnamese import FONTS, count_misspelt, find_old_font
from .file_safety import Contents, ListTooLarge
from .findings import Notice, Spot
from .grid import MOST_COLUMNS, MOST_ROWS, Grid, GridCell, GridRow
from .tables import column_roles

WORKSHEET = "CSV"
SEPARATORS = ",;\t"
#: Lines in which the headings are looked for, and the characters of each that are read.
SAMPLE, LONGEST_SAMPLE = 30, 50_000
#: Characters that are searched for the letters of an old font.
SAMPLED = 200_000
#: Excel's own widest row has 16,383.
MOST_SEPARATORS = 20_000
#: Excel's own first line, which names the separator.
NAMED_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

Decoded = tuple[str, tuple[Notice, ...]]


def read_worksheet(content: bytes) -> tuple[Grid | None, tuple[Notice, ...]]:
    """Returns the one worksheet of a CSV, or None, and the notices about its encoding and shape."""
    text, notices = decode(content)
    if not text.strip():
        return None, notices if notices and not text else (Notice(code="empty-file"),)
    named = NAMED_SEPARATOR.match(text)
    separator = named[1] if named else likely_separator(text)
    try:
        return Grid(name=WORKSHEET, rows=tuple(_read_rows(text, separator))), notices
    except csv.Error:
        return None, (*notices, Notice(code="broken-csv"))
    except ListTooLarge as error:
        return None, (*notices, error.notice)


def decode(content: bytes) -> Decoded:
    """Returns the text, or None where it is none, and the notices about its encoding.

    Bytes that are not UTF are taken for Windows-1258, and the sender is asked to look at the marks.
    """
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            legacy = encoding == "cp1258"
            if legacy and (western := _in_old_font(content, text)):
                return western, ()
            return _compose(text, legacy), (Notice(code="legacy-encoding"),) if legacy else ()
    return "", (Notice(code="unknown-encoding"),)


def _in_old_font(content: bytes, text: str) -> str:
    """Returns the bytes as old fonts show them, if twice as much then makes sense as in Windows-1258."""
    western = content.decode("latin-1")
    sample, other = western[:SAMPLED], _compose(text[:SAMPLED], is_legacy=True)
    font = find_old_font(re.split(r"[,;\t\r\n\"]", sample))
    return western if font and count_misspelt(FONTS[font.name](sample)) * 2 < count_misspelt(other) else ""


def _compose(text: str, is_legacy: bool) -> str:
    """Returns the text, with tones joined where it is Windows-1258, which keeps them apart."""
    return unicodedata.normalize("NFC", text) if is_legacy else text


def _encodings(content: bytes) -> Iterator[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    elif b"\0" in content[:2_000]:
        even, odd = content[:2_000:2].count(0), content[1:2_000:2].count(0)
        yield "utf-16-le" if odd > even else "utf-16-be"
    else:
        yield "utf-8-sig"
        yield "cp1258"


def likely_separator(text: str) -> str:
    """Returns the separator that recognises most headings; among equals, that which makes most fields."""
    return max(SEPARATORS, key=lambda separator: _separator_fit(text, separator))


def _separator_fit(text: str, separator: str) -> tuple[int, int]:
    sample = (line[:LONGEST_SAMPLE] for line in islice(io.StringIO(text, newline=""), SAMPLE))
    try:
        rows = list(csv.reader(sample, delimiter=separator))
    except csv.Error:
        return (0, 0)
    return max((len(column_roles(dict(enumerate(row)))) for row in rows), default=0), sum(map(len, rows))


def _read_rows(text: str, separator: str) -> Iterator[GridRow]:
    """Yields rows as a spreadsheet would number them. Raises csv.Error or ListTooLarge.

    The reader is strict, because a quote left open would otherwise swallow people without a word.
    """
    lines, contents, filled = _SeparatedLines(text, separator), Contents(), 0
    reader = csv.reader(lines, delimiter=separator, strict=True)
    for number, row in enumerate(reader, 1):
        lines.begin()
        fields = enumerate(row[: MOST_COLUMNS + 1], 1)
        if cells := {column: _cell(field) for column, field in fields if field.strip()}:
            filled += 1
            if filled > MOST_ROWS:
                raise ListTooLarge("too-many-rows", MOST_ROWS, Spot(worksheet=WORKSHEET))
            yield contents.take_row(GridRow(number=number, cells=cells))


class _SeparatedLines:
    """The lines of a text for a CSV reader, without empty columns at their ends.

    Excel writes 16,384 columns where a whole row was formatted. A line is cut only where it begins a row
    and has no quote: within quotes a separator is text. Raises ListTooLarge where a row has too many of them.
    """

    def __init__(self, text: str, separator: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._separator, self._separators = separator, 0
        self._begins = True

    def begin(self) -> None:
        """Says that the next line begins a row."""
        self._begins, self._separators = True, 0

    def __iter__(self) -> _SeparatedLines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if self._begins and '"' not in line:
            line = line.rstrip(f"\r\n{self._separator}") + "\n"
        self._begins = False
        self._separators += line.count(self._separator)
        if self._separators > MOST_SEPARATORS:
            raise ListTooLarge("part-too-big")
        return line


def _cell(field: str) -> GridCell:
    """Returns a text cell, or one of a formula where a spreadsheet would compute it."""
    return GridCell.of(field, "formula" if field.lstrip().startswith("=") else "text")
