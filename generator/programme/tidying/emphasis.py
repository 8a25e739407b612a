"""Bold text whose marks stand apart from their words, as Word selects them, and stars that are no marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..model.pointer import MANY
from .tables import masked, tables

#: Rows of one length each; a row that a backslash escapes is none.
ROW = re.compile(r"(?<![\\*_])(?P<sign>\*{1,3}|_{2})(?![*_])")
#: What begins a text of its own; the marks of a list are no emphasis.
START = re.compile(r"[ \t>]*(?:[-*+•][ \t]+|\d+[.)][ \t]+|#{1,6}(?=[ \t])|[!?]{2,6}\+?[ \t]*\w+)?")
#: How far a number is looked for beyond blanks.
NEAR = 20
BLANKS = " \t\xa0"
OPENS, ENDS = '|([“‘"', '|.,;:!?)]”’…"'

Pair = tuple[str, int, int]


def tidied(text: str) -> str:
    """Returns the text with the marks of bold text next to its words; no line is added.

    A star between numbers (2*3*4) or behind a word and before a comma (5*, 4*) is escaped: it opens nothing.
    """
    if "*" not in text and "__" not in text:
        return text
    pairs, _, stars = _read(text)
    edits = [edit for pair in pairs for edit in _edits(text, *pair)]
    found, end = list[str](), 0
    for start, stop, mark in sorted([*edits, *((star, star + 1, "\\*") for star in stars)]):
        found += [text[end:start], mark]
        end = stop
    return "".join([*found, text[end:]])


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
def _read(text: str) -> tuple[tuple[Pair, ...], tuple[tuple[int, str], ...], tuple[int, ...]]:
    """Returns the pairs of marks to move to their words, the marks that pair with nothing, and stars."""
    pairs, left, stars = list[Pair](), list[tuple[int, str]](), list[int]()
    bare = masked(text)
    rows_of = {at for table in tables(text) for at in range(table.first, table.last + 1)}
    for start, end in _units(bare, rows_of):
        found = list(ROW.finditer(bare, start, end))
        idle = _idle(bare, [row for row in found if row["sign"] == "*"])
        stars += sorted(idle)
        rows = [row for row in found if row.start() not in idle and _is_mark(bare, row)]
        signs = {row["sign"] for row in rows}
        for sign in () if "***" in signs and signs & {"*", "**"} else signs:
            places = [row.start() for row in rows if row["sign"] == sign]
            wrong = _wrong(bare, sign, places)
            left += [] if wrong is None else [(wrong, sign)]
            if wrong is None and sign != "*":
                pairs += [(sign, *pair) for pair in zip(places[::2], places[1::2], strict=True)]
    return tuple(pairs), tuple(sorted(left)), tuple(stars)


def _idle(text: str, stars: list[re.Match[str]]) -> set[int]:
    """Returns the single stars that can open nothing, though Markdown would pair them: 2*3*4, “3*, 4*”."""
    found, is_open = set[int](), False
    for star in stars:
        at = star.start()
        before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
        is_behind = before.isalnum() and (
            after in ENDS or (before.isdigit() and (after.isspace() or after == "/"))
        )
        is_product = before.isdigit() and after.isdigit()
        if is_product or (is_behind and not is_open and len(stars) > 1):
            found.add(at)
        elif _is_mark(text, star):
            is_open = not is_open
    return found


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
