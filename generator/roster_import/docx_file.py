"""The tables of a Word document, each as a sheet with the text above it, the last with the text below."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Literal
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from .grid import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    Contents,
    Grid,
    GridCell,
    GridRow,
    ListTooLarge,
    Spot,
)
from .tables import find_headings

#: Namespaces as Word writes by default, and in “Strict Open XML”.
SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
#: Elements that are left out: deleted text, field instructions, properties; text boxes are read apart.
LEFT_OUT = {"del", "moveFrom", "pPr", "rPr", "tcPr", "trPr", "tblPr", "sdtPr", "txbxContent"}
SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
#: Elements that hold rows or cells without being either.
AROUND = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}
NO = {"0", "false", "off"}

BlockKind = Literal["table", "row", "end", "paragraph"]


@dataclass(frozen=True, kw_only=True)
class WordCell:
    """A cell of a row: how many columns it spans, and whether it begins or goes on merging downward."""

    text: str
    span: int = 1
    joins: Literal["", "begins", "goes on"] = ""
    is_struck: bool = False


def word_blocks(part: IO[bytes]) -> Iterator[tuple[BlockKind, Element]]:
    """Yields tables, their rows and ends, and the paragraphs outside of them, in order.

    Each is dropped once the next is asked for.
    """
    path: list[Element] = []
    held = 0
    for event, element in iterparse(part, ("start", "end")):
        name, is_start = local_name(element), event == "start"
        if is_start:
            path.append(element)
        if not held and name == "tbl":
            yield "table" if is_start else "end", element
        elif is_start:
            held = held or (len(path) if name in {"p", "tr"} else 0)
        elif held == len(path):
            yield "row" if name == "tr" else "paragraph", element
            held = 0
            for each in path:
                each.clear()
        if not is_start:
            path.pop()


def local_name(element: Element) -> str:
    """Returns the name of one of Word's own elements; "" for any other."""
    space, _, name = element.tag.rpartition("}")
    return name if space[1:] in SPACES else ""


def row_cells(row: Element) -> tuple[int, list[WordCell]] | None:
    """Returns the columns a row leaves free at its start, and its cells; None where it was deleted."""
    about = _child(row, "trPr")
    if about is not None and _child(about, "del") is not None:
        return None
    free = _number(about, "gridBefore", 0)
    return free, [_cell(cell) for cell in _children(row, "tc")]


def _cell(cell: Element) -> WordCell:
    about = _child(cell, "tcPr")
    merge = None if about is None else _child(about, "vMerge")
    joins: Literal["", "begins", "goes on"] = ""
    if merge is not None:
        joins = "begins" if _value(merge) == "restart" else "goes on"
    span = max(1, _number(about, "gridSpan", 1))
    return WordCell(text=visible_text(cell), span=span, joins=joins, is_struck=_is_struck(cell))


def _is_struck(cell: Element) -> bool:
    """Returns whether all that a cell says is struck out."""
    runs = [run for run in cell.iter() if local_name(run) == "r" and visible_text(run).strip()]
    return bool(runs) and all(_has(run, "rPr", "strike") or _has(run, "rPr", "dstrike") for run in runs)


def _has(element: Element, about: str, name: str) -> bool:
    """Returns whether something is set among the properties of an element."""
    properties = _child(element, about)
    child = None if properties is None else _child(properties, name)
    return child is not None and _value(child) not in NO


def _number(about: Element | None, name: str, default: int) -> int:
    child = None if about is None else _child(about, name)
    return default if child is None else int(_value(child) or default)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _children(element: Element, name: str) -> Iterator[Element]:
    for child in element:
        if local_name(child) == name:
            yield child
        elif local_name(child) in AROUND:
            yield from _children(child, name)


def _value(element: Element) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == "val"), "")


# --- text -------------------------------------------------------------------------------------


def visible_text(element: Element) -> str:
    """Returns all visible text of a paragraph or cell, a line for each paragraph and each break."""
    texts: list[str] = []
    _visit(element, texts.append)
    return "".join(texts).strip("\n")


def texts_of_boxes(paragraph: Element) -> str:
    """Returns the text of the boxes that are anchored to a paragraph."""
    boxes = list(_text_boxes(paragraph))
    return "\n".join(filter(None, ("\n".join(map(visible_text, box)).strip("\n") for box in boxes)))


def _text_boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if local_name(child) == "txbxContent":
            yield child
        elif not _is_fallback(child):
            yield from _text_boxes(child)


def _visit(element: Element, say: Callable[[str], object]) -> None:
    name = local_name(element)
    if name in LEFT_OUT or _is_fallback(element) or _is_unseen(element, name):
        return
    if name == "t":
        say(element.text or "")
    say(SIGNS.get(name, ""))
    for child in element:
        _visit(child, say)
    if name == "p":
        say("\n")


def _is_fallback(element: Element) -> bool:
    """Returns whether an element repeats, for old programs, what stands beside it."""
    return element.tag.endswith("}Fallback")


def _is_unseen(element: Element, name: str) -> bool:
    """Returns whether an element is hidden text, or the words of a form that ask for an entry."""
    if name == "sdt":
        return _has(element, "sdtPr", "showingPlcHdr")
    return name == "r" and _has(element, "rPr", "vanish")


TABLE = "Bảng {number}"
#: The most lines above and below tables that are read.
MOST_LINES = 30
MOST_TABLES = 500
#: A letterhead is often a table without borders: the office at the left, the motto at the right. So are
#: the signatures below a list.
LETTERHEAD_ROWS, LETTERHEAD_COLUMNS = 3, 2


def read_tables(content: bytes, main: str) -> tuple[Grid, ...]:
    """Returns the tables of a file; `main` is the text part.

    Raises ListTooLarge, or what the reading of XML raises where the file is broken.
    """
    tables = _Tables()
    with ZipFile(io.BytesIO(content)) as archive, archive.open(main) as part:
        for kind, element in word_blocks(part):
            if kind == "paragraph":
                tables.write(*texts_of_boxes(element).split("\n"), *visible_text(element).split("\n"))
            elif kind == "table":
                tables.begin()
            elif kind == "row":
                tables.add(element)
            else:
                tables.end()
    return tables.finished()


class _Tables:
    """The tables so far, and the lines since the last of them."""

    def __init__(self) -> None:
        self._grids: list[Grid] = []
        self._above: deque[str] = deque(maxlen=MOST_LINES)
        self._below: list[str] = []
        self._contents = Contents()
        self._table = _Table((), self._contents)

    def write(self, *lines: str) -> None:
        """Takes lines that stand outside of tables."""
        for line in lines:
            if line.strip():
                self._above.append(line[: LONGEST_CELL + 1])
                self._below = [*self._below, self._above[-1]][:MOST_LINES]

    def begin(self) -> None:
        self._table = _Table(self._above, self._contents)

    def add(self, row: Element) -> None:
        if read_cells := row_cells(row):
            self._table.add(*read_cells)

    def end(self) -> None:
        """Keeps the table; or only its lines, where it is a letterhead or holds signatures."""
        grid = self._table.grid(TABLE.format(number=len(self._grids) + 1))
        if _is_letterhead(grid) and all(_width(before) > LETTERHEAD_COLUMNS for before in self._grids[-1:]):
            self.write(*(line for cell in _table_texts(grid) for line in cell.split("\n")))
            return
        self._above.clear()
        self._below = []
        if self._table.is_filled:
            self._grids.append(grid)
        if len(self._grids) > MOST_TABLES:
            raise ListTooLarge("too-many-sheets", MOST_TABLES)

    def finished(self) -> tuple[Grid, ...]:
        """Returns all tables; the one that looked like a letterhead too, where it is the only one."""
        if not self._grids and self._table.is_filled:
            return (self._table.grid(TABLE.format(number=1)),)
        return (*self._grids[:-1], *(_with_lines_below(grid, self._below) for grid in self._grids[-1:]))


class _Table:
    """A table being read, the lines above it as its first rows."""

    def __init__(self, above: Iterable[str], contents: Contents) -> None:
        self._rows = [_line_row(number, line) for number, line in enumerate(above, 1)]
        self._lines = self._number = len(self._rows)
        self._contents = contents
        self._areas: list[Area] = []
        self._merging: dict[int, Area] = {}

    @property
    def is_filled(self) -> bool:
        return len(self._rows) > self._lines

    def add(self, free: int, cells: list[WordCell]) -> None:
        self._number += 1
        column, kept, struck = free + 1, {}, set()
        for cell in cells:
            if column > MOST_COLUMNS + 1:
                break
            if cell.joins != "goes on" and cell.text.strip():
                kept[column] = GridCell.of(cell.text, "text")
                struck |= {column} if cell.is_struck else set()
            self._merge(column, cell)
            column += cell.span
        if kept:
            self._contents.take([cell.text for cell in kept.values()])
            self._rows.append(GridRow(number=self._number, cells=kept, struck=frozenset(struck)))
        if len(self._rows) - self._lines > MOST_ROWS:
            raise ListTooLarge("too-many-rows", MOST_ROWS, Spot())

    def _merge(self, column: int, cell: WordCell) -> None:
        """Notes which cells this one is merged with, to its right and above."""
        above, top = self._merging.pop(column, None), self._number
        if above and cell.joins == "goes on" and above.bottom == self._number - 1:
            top = above.top
        elif above:
            self._areas.append(above)
        area = Area(top=top, left=column, bottom=self._number, right=column + cell.span - 1)
        if cell.joins:
            self._merging[column] = area
        elif cell.span > 1:
            self._areas.append(area)

    def grid(self, name: str) -> Grid:
        merged = (*self._areas, *self._merging.values())
        merged = tuple(each for each in merged if (each.top, each.left) != (each.bottom, each.right))
        return Grid(name=name, rows=tuple(self._rows), merged=merged, lines_above=self._lines)


def _line_row(number: int, line: str) -> GridRow:
    return GridRow(number=number, cells={1: GridCell.of(line, "text")})


def _table_texts(grid: Grid) -> list[str]:
    """Returns the cells of a letterhead, column by column, in the order they are read."""
    cells = [item for row in grid.rows[grid.lines_above :] for item in row.cells.items()]
    return [cell.text for _, cell in sorted(cells, key=lambda item: item[0])]


def _width(grid: Grid) -> int:
    """Returns how many columns of a table have a value."""
    return len({column for row in grid.rows[grid.lines_above :] for column in row.cells})


def _is_letterhead(grid: Grid) -> bool:
    is_short = len(grid.rows) - grid.lines_above <= LETTERHEAD_ROWS
    return is_short and _width(grid) <= LETTERHEAD_COLUMNS and not find_headings(grid)


def _with_lines_below(grid: Grid, below: list[str]) -> Grid:
    """Returns the grid with the lines below it as its last rows."""
    last = grid.rows[-1].number
    rows = tuple(_line_row(number, line) for number, line in enumerate(below, last + 1))
    return Grid(name=grid.name, rows=(*grid.rows, *rows), merged=grid.merged, lines_above=grid.lines_above)
