"""Bold text whose marks stand apart from their words: Word selects the space behind a word too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..model.pointer import MANY, without_code
from .tables import masked, tables

#: Rows of one length each; a row that a backslash escapes is none.
ROW = re.compile(r"(?<![\\*_])(?P<sign>\*{1,3}|_{2})(?![*_])")
PRODUCT = re.compile(r"(?<=[0-9])\*(?=[0-9])")
#: What begins a text of its own; the marks of a list are no emphasis.
START = re.compile(r"[ \t>]*(?:[-*+•][ \t]+|\d+[.)][ \t]+|#{1,6}(?=[ \t])|[!?]{2,6}\+?[ \t]*\w+)?")
#: How far a number is looked for beyond blanks.
NEAR = 20
BLANKS = " \t\xa0"
OPENS, ENDS = '|([“‘"', '|.,;:!?)]”’…"'

Pair = tuple[str, int, int]


def tidied(text: str) -> str:
    """Returns the text with the marks of bold text next to its words; no line is added."""
    if "*" in text:
        text = _products_escaped(text)
    if "**" not in text and "__" not in text:
        return text
    found, end = list[str](), 0
    for start, stop, mark in sorted(edit for pair in _read(text)[0] for edit in _edits(text, *pair)):
        found += [text[end:start], mark]
        end = stop
    return "".join([*found, text[end:]])


def _products_escaped(text: str) -> str:
    """Returns the text with each star between two digits escaped: 3*4*5 is a measure, not emphasis."""
    parts, end = [], 0
    for star in PRODUCT.finditer(without_code(text)):
        parts += [text[end : star.start()], "\\"]
        end = star.start()
    return "".join([*parts, text[end:]])


def _edits(text: str, sign: str, opens: int, closes: int) -> Iterator[tuple[int, int, str]]:
    """Where blanks within two marks are, and the mark with the blank on its other side, if one is needed."""
    inner = text[opens + len(sign) : closes]
    lead, trail = (len(inner) - len(part) for part in (inner.lstrip(BLANKS), inner.rstrip(BLANKS)))
    before, after = text[max(opens - 1, 0) : opens], text[closes + len(sign) : closes + len(sign) + 1]
    blank = " " if lead and before.strip() and before not in OPENS else ""
    yield opens, opens + len(sign) + lead, blank + sign
    blank = " " if trail and after.strip() and after not in ENDS else ""
    yield closes - trail, closes + len(sign), sign + blank


def shown(text: str) -> tuple[tuple[int, str], ...]:
    """Returns (offset, mark) of the marks that a reader would see, and whose meaning is not clear."""
    return _read(text)[1] if "*" in text or "__" in text else ()


@lru_cache(maxsize=MANY)
def _read(text: str) -> tuple[tuple[Pair, ...], tuple[tuple[int, str], ...]]:
    """Returns the pairs of marks to move to their words, and the marks that pair with nothing."""
    pairs, left = list[Pair](), list[tuple[int, str]]()
    bare = masked(text)
    rows_of = {at for table in tables(text) for at in range(table.first, table.last + 1)}
    for start, end in _units(bare, rows_of):
        rows = [row for row in ROW.finditer(bare, start, end) if _is_mark(bare, row)]
        signs = {row["sign"] for row in rows}
        for sign in () if "***" in signs and signs & {"*", "**"} else signs:
            places = [row.start() for row in rows if row["sign"] == sign]
            wrong = _wrong(bare, sign, places)
            left += [] if wrong is None else [(wrong, sign)]
            if wrong is None and sign != "*":
                pairs += [(sign, *pair) for pair in zip(places[::2], places[1::2], strict=True)]
    return tuple(pairs), tuple(sorted(left))


def _wrong(text: str, sign: str, places: list[int]) -> int | None:
    """Returns the first of the marks in a unit that would be seen, or None."""
    if sign == "*":
        return places[1] if _is_left_open(text, places) else None
    for opens, closes in zip(places[::2], places[1::2], strict=False):
        if not _is_clear(text, sign, opens, closes):
            return opens
    return places[-1] if len(places) % 2 else None


def _units(text: str, rows: set[int]) -> Iterator[tuple[int, int]]:
    """Where each paragraph, item and cell stands: no mark pairs with one in another."""
    at, begun = 0, -1
    for number, line in enumerate(text.split("\n")):
        head = START.match(line)
        width = head.end() if head else 0
        is_row, is_new = number in rows, not line.strip() or bool(line[:width].strip())
        if begun >= 0 and (is_row or is_new):
            yield begun, at
            begun = -1
        if is_row:
            yield from _cells(line, at)
        elif begun < 0 and line.strip():
            begun = at + width
        at += len(line) + 1
    if begun >= 0:
        yield begun, len(text)


def _cells(line: str, at: int) -> Iterator[tuple[int, int]]:
    by_tabs = "\t" in line.strip() and not line.lstrip(" ").startswith("|")
    for cell in re.finditer(r"[^\t]+" if by_tabs else r"[^|]+", line):
        yield at + cell.start(), at + cell.end()


def _is_mark(text: str, row: re.Match[str]) -> bool:
    """Whether it may be emphasis: not between numbers, not within a name such as a__b, no line of its own."""
    start, end = row.span()
    before = text[max(start - NEAR, 0) : start].rstrip(BLANKS)
    after = text[end : end + NEAR].lstrip(BLANKS)
    is_product = before[-1:].isdigit() and after[:1].isdigit() and "*" in row["sign"]
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    is_name = row["sign"] == "__" and len(around) == 2 and around.isalnum()
    is_rule = before[-1:] in ("", "\n") and after[:1] in ("", "\n")
    return not (is_product or is_name or is_rule)


def _is_clear(text: str, sign: str, opens: int, closes: int) -> bool:
    """Whether two marks can only be around what is between them; two rows of `_` may be gaps to fill in."""
    inner = text[opens + len(sign) : closes]
    if not inner.strip() or inner.strip(BLANKS) != inner.strip():
        return False
    if {inner.strip(BLANKS)[0], inner.strip(BLANKS)[-1]} & {"*", "_"}:
        return False
    is_apart = inner[0] in BLANKS and inner[-1] in BLANKS
    return sign != "__" or not is_apart


def _is_left_open(text: str, places: list[int]) -> bool:
    """Whether of two single stars the first one opens and the other stands apart, so that both show."""
    if len(places) != 2:
        return False
    before, first = text[max(places[0] - 1, 0) : places[0]], text[places[0] + 1 : places[0] + 2]
    around = text[places[1] - 1], text[places[1] + 1 : places[1] + 2]
    return not before.strip() and first.isalpha() and all(not sign.strip() for sign in around)
