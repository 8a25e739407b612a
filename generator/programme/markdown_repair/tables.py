"""Repairs tables and bold text as people paste and type them: tabs, bars, stars apart from their words.

A table is either clear, with the lines it has to be written as, or it has a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ..model.pointer import BLOCK_OPENING, FENCED, MANY, POINTER, without_code
from .text_lines import sign_of

DASHES = "-–—―−"
RULE_CELL = re.compile(rf":?[ \t]*[{DASHES}][{DASHES} \t]*:?")
GOOD_RULE = re.compile(r"[-|: ]+")
BAR = re.compile(r"(?<!\\)\|")
#: What opens something else, and so ends a table, even right below it.
OTHER = re.compile(r"[ \t]*(?:#{1,6}|[-*+•][ \t]|\d+[.)][ \t]|<!--|[!?]{2,}[ \t]*\w)")
SET_IN = 4


@dataclass(frozen=True, kw_only=True)
class TableFault:
    """A finding about a table: its code, its line, and the values of its sentence."""

    code: str
    line: int
    count: int = 0
    columns: int = 0
    wanted: str = ""


@dataclass(frozen=True, kw_only=True)
class TypedTable:
    """A table: `first` and `last` are lines of the text, from 0; `lines` are what to write instead."""

    first: int
    last: int
    lines: tuple[str, ...] = ()
    fault: TableFault | None = None


@dataclass(frozen=True, kw_only=True)
class _Page:
    """The lines of a text, and the same with all bars and tabs blanked that separate no cells."""

    lines: list[str]
    masks: list[str]

    def kind(self, at: int) -> str:
        mask = self.masks[at].lstrip(" ")
        if mask.startswith(">"):
            return ""
        if "\t" in mask.strip() and not mask.startswith("|"):
            return "tabs"
        return "bars" if "|" in mask else ""

    def cells(self, at: int) -> list[str]:
        """Returns the cells of a row between bars, as they are written."""
        line, mask = self.lines[at].rstrip(), self.masks[at]
        start = len(_margin(line))
        start += mask.startswith("|", start)
        end = len(line) - (len(line) > start and mask[len(line) - 1] == "|")
        return self._parts(at, start, end, "|")

    def cells_by_tabs(self, at: int, start: int) -> list[str]:
        return self._parts(at, start, len(self.lines[at]), "\t")

    def _parts(self, at: int, start: int, end: int, sign: str) -> list[str]:
        """Returns the texts between the separators of a line; separators within code do not count."""
        line, mask, parts, cut = self.lines[at], self.masks[at], list[str](), start
        for place in [*(place for place in range(start, end) if mask[place] == sign), end]:
            parts.append(line[cut:place].strip())
            cut = place + 1
        return parts

    def is_rule(self, at: int) -> bool:
        return "|" in self.masks[at] and all(map(RULE_CELL.fullmatch, self.cells(at)))

    def is_framed(self, at: int) -> bool:
        mask = self.masks[at].strip()
        return len(mask) > 1 and mask[0] == mask[-1] == "|"

    def indent(self, at: int) -> int:
        line = self.lines[at].expandtabs(SET_IN)
        return len(line) - len(line.lstrip())

    def is_blank(self, at: int) -> bool:
        return not 0 <= at < len(self.lines) or not self.masks[at].strip()


def repair_tables(text: str) -> str:
    """Returns the text with every clear table as Markdown knows it, apart from its surroundings."""
    clear = [table for table in tables_in(text) if not table.fault]
    if not clear:
        return text
    lines, written, at = text.split("\n"), list[str](), 0
    for table in clear:
        written += [*lines[at : table.first], *table.lines]
        at = table.last + 1
    return "\n".join([*written, *lines[at:]])


@lru_cache(maxsize=MANY)
def tables_in(text: str) -> tuple[TypedTable, ...]:
    """Returns the tables of a text in order; some lines with bars or tabs may be none."""
    if "|" not in text and "\t" not in text:
        return ()
    page = _Page(lines=text.split("\n"), masks=mask_bars(text).split("\n"))
    tables, first = [], 0
    for at in range(1, len(page.lines) + 1):
        if at == len(page.lines) or page.kind(at) != page.kind(first):
            table = {"bars": _of_bars, "tabs": _of_tabs, "": _none}[page.kind(first)](page, first, at - 1)
            tables += [_apart(page, table)] if table else []
            first = at
    return tuple(tables)


def mask_bars(text: str) -> str:
    """Returns the text with fences and bars that separate no cells blanked; other code becomes NUL."""
    bare = without_code(text)
    if bare != text:
        fenced = FENCED.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
        bare = "".join(sign if sign == left else "\0" for sign, left in zip(bare, fenced, strict=True))
    bare = bare.replace("\\|", "  ")
    return POINTER.sub(lambda pointer: pointer[0].replace("|", " "), bare)


def _none(_: _Page, __: int, ___: int) -> None:
    return None


def _of_bars(page: _Page, first: int, last: int) -> TypedTable | None:
    rows = range(first, last + 1)
    rules = [at for at in rows if page.is_rule(at)]
    is_prose = first == last or " | " not in page.masks[first]
    if is_prose and not rules and not any(map(page.is_framed, rows)):
        return None
    fault = _fault(page, rows, rules)
    lines = () if fault else tuple(_written(page, rows, rules))
    return TypedTable(first=first, last=last, lines=lines, fault=fault)


def _fault(page: _Page, rows: range, rules: list[int]) -> TableFault | None:
    first, columns = rows[0], len(page.cells(rows[0]))
    if rules not in ([], [first + 1]):
        wrong = rules[0] if rules[0] != first + 1 else rules[1]
        return TableFault(code="table-rule-misplaced", line=wrong, wanted=_rule(columns))
    for at in rows[1:]:
        cells = page.cells(at)
        is_too_short, left = len(cells) < columns, cells[columns:]
        if at not in rules and (is_too_short or any(left)):
            wanted = _row([*cells, *[""] * (columns - len(cells))] if is_too_short else ["…"] * columns)
            return TableFault(code="uneven-row", line=at, count=len(cells), columns=columns, wanted=wanted)
    if not rules and (len(rows) == 1 or not all(map(page.is_framed, rows))):
        return TableFault(code="table-without-rule", line=first, wanted=_rule(columns))
    return None


def _written(page: _Page, rows: range, rules: list[int]) -> list[str]:
    """Returns the table with only those lines rewritten that Markdown would not read."""
    first, columns = rows[0], len(page.cells(rows[0]))
    indent = _margin(page.lines[first])
    lines = [page.lines[at] for at in rows]
    if any(page.is_framed(at) != page.is_framed(first) for at in rows if at not in rules):
        lines = [indent + _row(page.cells(at)) for at in rows]
    if not rules:
        return [lines[0], indent + _rule(columns), *lines[1:]]
    rule = page.cells(rules[0])
    if len(rule) != columns or not GOOD_RULE.fullmatch(page.lines[rules[0]].strip()):
        lines[1] = indent + _row([_aligned(cell) for cell in [*rule, *["---"] * columns][:columns]])
    return lines


def _aligned(cell: str) -> str:
    return f"{':' * cell.startswith(':')}---{':' * cell.endswith(':')}"


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(columns: int) -> str:
    return _row(["---"] * columns)


def _of_tabs(page: _Page, first: int, last: int) -> TypedTable | None:
    rows = range(first, last + 1)
    margins = [_margin(page.lines[at]) for at in rows]
    shortest = min(margins, key=len)
    indent = shortest if all(margin.startswith(shortest) for margin in margins) else ""
    cells = [page.cells_by_tabs(at, len(indent)) for at in rows]
    while not any(row[-1] for row in cells):
        cells = [row[:-1] for row in cells]
    if len(cells) < 2 or _is_list(cells):
        return None
    columns = len(cells[0])
    for at, row in zip(rows, cells, strict=True):
        if len(row) != columns:
            fault = TableFault(code="uneven-tabs", line=at, count=len(row), columns=columns, wanted=_row(row))
            return TypedTable(first=first, last=last, fault=fault)
    lines = [indent + _row([BAR.sub(r"\|", cell) for cell in row]) for row in cells]
    return TypedTable(first=first, last=last, lines=(lines[0], indent + _rule(columns), *lines[1:]))


def _is_list(cells: list[list[str]]) -> bool:
    """Tells whether the first cells are signs of a list; numbers before several cells belong to a table."""
    is_narrow = max(map(len, cells)) < 3
    return all(_is_sign(row[0], is_narrow=is_narrow) for row in cells)


def _is_sign(cell: str, *, is_narrow: bool) -> bool:
    sign = sign_of(f"{cell}\ta") if cell else None
    return bool(sign and sign.width == len(cell) + 1 and (is_narrow or not sign.is_ordered))


def _apart(page: _Page, table: TypedTable) -> TypedTable:
    """Returns the table with blank lines where it touches lines that are clearly no rows of it."""
    if table.fault:
        return table
    before, after, margin = table.first - 1, table.last + 1, page.indent(table.first)
    lines = table.lines
    if not page.is_blank(before) and not BLOCK_OPENING.match(page.lines[before]):
        if 0 < margin - page.indent(before) < SET_IN:
            return replace(table, fault=TableFault(code="table-not-apart", line=table.first))
        lines = ("", *lines)
    if not page.is_blank(after):
        if page.indent(after) >= margin and not OTHER.match(page.lines[after]):
            return replace(table, fault=TableFault(code="line-in-table", line=after))
        lines = (*lines, "")
    return replace(table, lines=lines)


#: Rows of one length each; a backslash escapes one.
ROW = re.compile(r"(?<![\\*_])(?P<sign>\*{1,3}|_{2})(?![*_])")
#: What begins a text of its own; the marks of a list are no emphasis.
START = re.compile(r"[ \t>]*(?:[-*+•][ \t]+|\d+[.)][ \t]+|#{1,6}(?=[ \t])|[!?]{2,6}\+?[ \t]*\w+)?")
#: How many characters beyond blanks are searched for a number.
NEAR = 20
BLANKS = " \t\xa0"
OPENS, ENDS = '|([“‘"', '|.,;:!?)]”’…"'

Pair = tuple[str, int, int]


def repair_emphasis(text: str) -> str:
    """Returns the text with the marks of bold text next to its words, on the same number of lines.

    A star between numbers (2*3*4) or behind a word and before a comma (5*, 4*) is escaped: it opens nothing.
    """
    if "*" not in text and "__" not in text:
        return text
    pairs, _, stars = _read(text)
    edits = [edit for pair in pairs for edit in _edits(text, *pair)]
    parts, end = list[str](), 0
    for start, stop, mark in sorted([*edits, *((star, star + 1, "\\*") for star in stars)]):
        parts += [text[end:start], mark]
        end = stop
    return "".join([*parts, text[end:]])


def _edits(text: str, sign: str, opens: int, closes: int) -> Iterator[tuple[int, int, str]]:
    """Yields the spans of two marks with the blanks inside them, and the marks with these moved outside."""
    inner = text[opens + len(sign) : closes]
    lead, trail = (len(inner) - len(part) for part in (inner.lstrip(BLANKS), inner.rstrip(BLANKS)))
    before, after = text[max(opens - 1, 0) : opens], text[closes + len(sign) : closes + len(sign) + 1]
    blank = " " if lead and before.strip() and before not in OPENS else ""
    yield opens, opens + len(sign) + lead, blank + sign
    blank = " " if trail and after.strip() and after not in ENDS else ""
    yield closes - trail, closes + len(sign), sign + blank


def visible_marks(text: str) -> tuple[tuple[int, str], ...]:
    """Returns (offset, mark) of the marks that a reader would see, and whose meaning is not clear."""
    return _read(text)[1] if "*" in text or "__" in text else ()


@lru_cache(maxsize=MANY)
def _read(text: str) -> tuple[tuple[Pair, ...], tuple[tuple[int, str], ...], tuple[int, ...]]:
    """Returns the pairs of marks to move to their words, the marks without a pair, and single stars."""
    pairs, left, stars = list[Pair](), list[tuple[int, str]](), list[int]()
    bare = mask_bars(text)
    rows_of = {at for table in tables_in(text) for at in range(table.first, table.last + 1)}
    for start, end in _units(bare, rows_of):
        all_rows = list(ROW.finditer(bare, start, end))
        idle = _idle(bare, [row for row in all_rows if row["sign"] == "*"])
        stars += sorted(idle)
        rows = [row for row in all_rows if row.start() not in idle and _is_mark(bare, row)]
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
    idle, is_open = set[int](), False
    for star in stars:
        at = star.start()
        before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
        is_behind = before.isalnum() and (
            after in ENDS or (before.isdigit() and (after.isspace() or after == "/"))
        )
        is_product = before.isdigit() and after.isdigit()
        if is_product or (is_behind and not is_open and len(stars) > 1):
            idle.add(at)
        elif _is_mark(text, star):
            is_open = not is_open
    return idle


def _wrong(text: str, sign: str, places: list[int]) -> int | None:
    """Returns the first of the marks in a unit that would be seen, or None."""
    if sign == "*":
        return places[1] if _is_left_open(text, places) else None
    for opens, closes in zip(places[::2], places[1::2], strict=False):
        if not _is_clear(text, sign, opens, closes):
            return opens
    return places[-1] if len(places) % 2 else None


def _units(text: str, rows: set[int]) -> Iterator[tuple[int, int]]:
    """Yields the span of each paragraph, item and cell: no mark pairs with one in another."""
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
    """Tells whether a mark may be emphasis: not between numbers, in names like a__b, or alone on a line."""
    start, end = row.span()
    before = text[max(start - NEAR, 0) : start].rstrip(BLANKS)
    after = text[end : end + NEAR].lstrip(BLANKS)
    is_product = before[-1:].isdigit() and after[:1].isdigit() and "*" in row["sign"]
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    is_name = row["sign"] == "__" and len(around) == 2 and around.isalnum()
    is_rule = before[-1:] in ("", "\n") and after[:1] in ("", "\n")
    return not (is_product or is_name or is_rule)


def _is_clear(text: str, sign: str, opens: int, closes: int) -> bool:
    """Tells whether two marks can only enclose what is between them; rows of `_` may be gaps to fill."""
    inner = text[opens + len(sign) : closes]
    if not inner.strip() or inner.strip(BLANKS) != inner.strip():
        return False
    if {inner.strip(BLANKS)[0], inner.strip(BLANKS)[-1]} & {"*", "_"}:
        return False
    is_apart = inner[0] in BLANKS and inner[-1] in BLANKS
    return sign != "__" or not is_apart


def _is_left_open(text: str, places: list[int]) -> bool:
    """Tells whether the first of two single stars opens while the other stands apart, so that both show."""
    if len(places) != 2:
        return False
    before, first = text[max(places[0] - 1, 0) : places[0]], text[places[0] + 1 : places[0] + 2]
    around = text[places[1] - 1], text[places[1] + 1 : places[1] + 2]
    return not before.strip() and first.isalpha() and all(not sign.strip() for sign in around)
