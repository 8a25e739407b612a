"""A list as CSV: its encoding, its separator and its rows."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from .book import MOST_COLUMNS, MOST_ROWS, Grid, GridCell, GridRow
from .headings import roles
from .notices import Notice, Spot

SHEET = "CSV"
SEPARATORS = ",;\t"
#: In how many lines the headings are looked for.
SAMPLE = 30
#: Excel's own first line, which names the separator.
NAMED_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

Decoded = tuple[str, tuple[Notice, ...]]


def grid(content: bytes) -> tuple[Grid | None, tuple[Notice, ...]]:
    """The one sheet of a CSV, or none, and what to say of its encoding and shape."""
    text, notices = decoded(content)
    if not text.strip():
        return None, notices or (Notice(code="empty-file"),)
    named = NAMED_SEPARATOR.match(text)
    separator = named[1] if named else likely_separator(text)
    try:
        rows = tuple(_rows(text, separator))
    except csv.Error:
        return None, (*notices, Notice(code="broken-csv"))
    if len(rows) > MOST_ROWS:
        return None, (*notices, Notice(code="too-many-rows", spot=_spot(), values={"most": str(MOST_ROWS)}))
    return Grid(name=SHEET, rows=rows), notices


def _spot() -> Spot:
    return Spot(sheet=SHEET)


def decoded(content: bytes) -> Decoded:
    """The text and what to say of its encoding; no text where it is none.

    Bytes that are no UTF are taken for Windows-1258, and the sender is asked to look at the marks.
    """
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            legacy = encoding == "cp1258"
            return _composed(text, legacy), (Notice(code="legacy-encoding"),) if legacy else ()
    return "", (Notice(code="unknown-encoding"),)


def _composed(text: str, is_legacy: bool) -> str:
    """Windows-1258 has its tones apart; that is its way, not the sender's typing."""
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
    """The one by which most headings are recognised; among equals the one that makes most fields."""
    return max(SEPARATORS, key=lambda separator: _fit(text, separator))


def _fit(text: str, separator: str) -> tuple[int, int]:
    sample = "\n".join(text.splitlines()[:SAMPLE])
    try:
        rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=separator))
    except csv.Error:
        return (0, 0)
    return max((len(roles(dict(enumerate(row)))) for row in rows), default=0), sum(map(len, rows))


def _rows(text: str, separator: str) -> Iterator[GridRow]:
    """Rows as a spreadsheet would number them, one more than allowed at most.

    Strict, because a quote left open would otherwise swallow people without a word.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    filled = (
        GridRow(number=number, cells=cells)
        for number, row in enumerate(reader, 1)
        if (
            cells := {
                column: _cell(field)
                for column, field in enumerate(row[: MOST_COLUMNS + 1], 1)
                if field.strip()
            }
        )
    )
    return islice(filled, MOST_ROWS + 1)


def _cell(field: str) -> GridCell:
    """All is text in a CSV, but what a spreadsheet would compute."""
    return GridCell.of(field, "formula" if field.lstrip().startswith("=") else "text")
