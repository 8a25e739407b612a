"""Decides which lines are items of a list, how deep each stands, and how they are numbered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count, pairwise

from .text_lines import (
    INDENT,
    Sign,
    TextLine,
    chunks_of,
    counted_kinds,
    follows,
    glued_in,
    lines_of,
    paragraphs_in,
    table_in,
    with_romans,
)

#: Signs of Word that begin nothing but a list.
CERTAIN = frozenset({"dot", "ring", "square", "arrow", "star", "tick"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Unclear:
    """A place in a list that can be read in two ways: the code of the finding, and where it is."""

    code: str
    line: TextLine
    sign: Sign | None
    before: str = ""


def decide_items(chunks: list[list[TextLine]], base: int) -> Iterator[Unclear]:
    """Takes the sign from each line that is no item; yields those that may have been meant as one."""
    for area in _areas(chunks, base):
        lines = [line for chunk in area for line in chunk if line.sign]
        for line, sign in zip(lines, with_romans(line.sign for line in lines if line.sign), strict=True):
            line.sign = sign
    met = Counter(line.sign.kind for chunk in chunks for line in chunk if line.sign)
    for area in _areas(chunks, base):
        counted = counted_kinds(line.sign for chunk in area for line in chunk if line.sign)
        for chunk in area:
            yield from _Chunk(chunk, counted).decided(met)


def _areas(chunks: list[list[TextLine]], base: int) -> Iterator[list[list[TextLine]]]:
    """Yields groups of consecutive chunks that may belong to one list."""
    area: list[list[TextLine]] = []
    for chunk in chunks:
        if not any(line.sign for line in chunk) and chunk[0].indent < base + 2:
            yield area
            area = []
        else:
            area.append(chunk)
    yield area


class _Chunk:
    """Lines without a blank line between, in an area whose list counts by the kinds in `counted`."""

    def __init__(self, lines: list[TextLine], counted: set[str]) -> None:
        self.lines = lines
        self.counted = counted
        self.counted_here = counted_kinds(line.sign for line in lines if line.sign)
        signs = [line.sign for line in lines if line.sign]
        self.many = Counter("picture" if sign.group == "picture" else sign.kind for sign in signs)

    def decided(self, met: Counter[str]) -> Iterator[Unclear]:
        previous, is_in_list = None, False
        for line in self.lines:
            if line.is_comment:
                continue
            if line.sign and not self._is_item(line.sign, previous, is_in_list):
                if _may_be_item(line.sign, previous, met):
                    yield Unclear(code="unclear-item", line=line, sign=line.sign)
                line.take_sign()
            is_in_list = is_in_list or line.sign is not None
            previous = line

    def _is_item(self, sign: Sign, previous: TextLine | None, is_in_list: bool) -> bool:
        if sign.kind in CERTAIN:
            return True
        if sign.is_ordered:
            return self._counts(sign, previous, is_in_list)
        if sign.group == "picture":
            is_ended = previous is not None and previous.is_ended
            return is_in_list or is_ended or self.many["picture"] > 1
        is_expected = sign.stands_alone and (previous is None or is_in_list or previous.is_ended)
        return is_expected or self.many[sign.kind] > 1

    def _counts(self, sign: Sign, previous: TextLine | None, is_in_list: bool) -> bool:
        if sign.is_plain and (previous is None or (is_in_list and sign.value == 1)):
            return True
        if previous is None or is_in_list:
            return sign.kind in self.counted
        leads = sign.is_plain and sign.value == 1 and previous.text.rstrip("* _").endswith(":")
        return leads or sign.kind in self.counted_here or (sign.kind in self.counted and previous.is_ended)


def _may_be_item(sign: Sign, previous: TextLine | None, met: Counter[str]) -> bool:
    """Tells whether an author should say what was meant: few of the signs begin wrapped sentences."""
    if sign.group == "picture" or sign.kind == "*":
        return False
    if not sign.is_ordered:
        return True
    if "." in sign.kind[:-1] or sign.kind[:1].isupper():
        return False
    if previous is None:
        return sign.value == 1 and met[sign.kind] == 1
    return previous.is_ended or sign.kind.endswith((")", "/"))


#: A line with so many leading blanks is indented; one blank more or less is a mistake.
SET_IN = 2


@dataclass(slots=True)
class ListLevel:
    """An open list: its indentation, the signs met in it, and its number among lists."""

    indent: int
    sign: Sign
    kinds: set[str]
    numbering: int
    by_indent: bool


@dataclass(slots=True)
class OpenLists:
    """Holds the open lists, outermost first; `tags` remembers by depth what closed just now."""

    base: int
    shift: int
    next_numbering: Iterator[int]
    levels: list[ListLevel] = field(default_factory=list)
    tags: dict[int, str] = field(default_factory=dict)
    #: By kind, its depth in the run that is being read.
    seen: dict[str, int] = field(default_factory=dict)
    #: How far the current paragraph moves to stay with its item.
    added: int = 0
    last: TextLine | None = None
    is_in_item: bool = False
    #: The depth of the run's first item: Markdown reads a shallower one as its neighbour.
    begun: int = 0

    def read(self, chunk: list[TextLine]) -> Iterator[Unclear]:
        """Finds the place of each line of a chunk."""
        if self._is_set_in(chunk) and not chunk[0].opens_block:
            for line in chunk:
                line.indent, line.is_set_in = self.base, True
            for part in paragraphs_in(chunk):
                yield from self._read(part)
        else:
            yield from self._read(chunk)

    def _is_set_in(self, chunk: list[TextLine]) -> bool:
        """Tells whether the chunk is indented though no list is open, as Word indents a first line.

        Markdown would make it code, which authors write between fences. Where all lines are items, they are a
        pasted list.
        """
        is_set_in = chunk[0].indent >= self.base + INDENT
        return is_set_in and not self.levels and not all(line.sign or line.gone for line in chunk)

    def _read(self, chunk: list[TextLine]) -> Iterator[Unclear]:
        item: TextLine | None = None
        previous: TextLine | None = None
        self.seen.clear()
        self.begun = 0
        if glued := glued_in(chunk):
            yield Unclear(code="glued-line", line=glued, sign=None)
        for line in chunk:
            if line.gone or line.is_comment:
                self._move(line, line.indent)
                continue
            if line.sign:
                yield from self._place(line, line.sign, item, previous)
                item = line
            elif item and previous and not self._ends_list(line):
                yield from self._go_on(line, item, previous)
            else:
                self._set_in(line, previous is None or item is not None)
                line.apart = line.apart or item is not None or self._is_stuck(line)
                item = None
            previous = line.own or line
        self.last, self.is_in_item = chunk[-1], item is not None

    # --- lines that are no items --------------------------------------------------------

    def _move(self, line: TextLine, indent: int) -> None:
        indent += self.shift
        line.moved = indent if line.is_set_in or indent != line.indent else None

    def _ends_list(self, line: TextLine) -> bool:
        return line.indent < self.base + SET_IN and (line.is_heading or line.opens_table)

    def _is_stuck(self, line: TextLine) -> bool:
        """Tells whether a block opens right under an item; Markdown would read it as words of the item."""
        is_next = self.last is not None and self.last.start + len(self.last.text) + 1 == line.start
        return self.is_in_item and is_next

    def _set_in(self, line: TextLine, is_first: bool) -> None:
        """Keeps an indented paragraph with the item above it."""
        if is_first:
            was_open = bool(self.levels)
            while self.levels and line.indent < self.levels[-1].indent + SET_IN:
                self.levels.pop()
            self.added = self.base + INDENT * len(self.levels) - line.indent if was_open else 0
        is_block = line.opens_block and not self.levels
        self._move(line, self.base if is_block else max(self.base, line.indent + self.added))

    def _go_on(self, line: TextLine, item: TextLine, previous: TextLine) -> Iterator[Unclear]:
        """Places a line that belongs to the item before it, as Markdown has it."""
        assert item.depth is not None
        further = max(0, line.indent - item.indent)
        self._move(line, self.base + INDENT * item.depth + further)
        if further < SET_IN and line.is_begun and (previous.is_ended or previous.is_short):
            yield Unclear(code="text-after-item", line=line, sign=None)

    # --- items --------------------------------------------------------------------------

    def _place(
        self, line: TextLine, sign: Sign, item: TextLine | None, previous: TextLine | None
    ) -> Iterator[Unclear]:
        while self.levels and self.levels[-1].indent >= line.indent + SET_IN:
            self.levels.pop()
        by_sign = False
        if not self.levels or line.indent >= self.levels[-1].indent + SET_IN:
            self._open(line, sign, by_indent=bool(self.levels))
        elif not self._goes_back(line, sign):
            by_sign = self._opens_below(line, sign, item)
        line.depth = len(self.levels) - 1
        line.numbering = self.levels[-1].numbering
        line.moved = self.base + self.shift + INDENT * line.depth
        tag = "number" if sign.group == "number" else "bullet"
        is_other = self.tags.get(line.depth, tag) != tag
        is_new = previous is not None and (item is None or is_other) and not previous.is_heading
        if previous is None:
            self.begun = line.depth
        line.apart = is_new or line.ends_block or (previous is not None and line.depth < self.begun)
        self.tags = {depth: met for depth, met in self.tags.items() if depth < line.depth} | {line.depth: tag}
        yield from self._contradictions(line, sign, by_sign)

    def _open(self, line: TextLine, sign: Sign, *, by_indent: bool) -> None:
        self.levels.append(ListLevel(line.indent, sign, {sign.kind}, next(self.next_numbering), by_indent))

    def _goes_back(self, line: TextLine, sign: Sign) -> bool:
        """Tells whether the sign was met at this indentation, and closes the lists below it then."""
        for place in range(len(self.levels) - 1, -1, -1):
            if abs(self.levels[place].indent - line.indent) >= SET_IN:
                return False
            if sign.kind in self.levels[place].kinds:
                del self.levels[place + 1 :]
                return True
        return False

    def _opens_below(self, line: TextLine, sign: Sign, item: TextLine | None) -> bool:
        """Opens a list for a new sign: below where lines follow directly, else in place of the last."""
        last = self.levels[-1]
        if self._is_sibling(last, sign, item):
            last.kinds.add(sign.kind)
            return False
        if item is not None:
            self._open(line, sign, by_indent=False)
            return True
        while len(self.levels) > 1 and abs(self.levels[-2].indent - line.indent) < SET_IN:
            self.levels.pop()
        replaced = self.levels.pop()
        self._open(line, sign, by_indent=replaced.by_indent)
        if replaced.sign.group == sign.group == "number":
            self.levels[-1].numbering = replaced.numbering
        return False

    def _is_sibling(self, last: ListLevel, sign: Sign, item: TextLine | None) -> bool:
        """Tells whether the sign is of the list's level; pictures may vary, and bullets in indented lists."""
        if sign.group == last.sign.group == "picture":
            return item is None or not item.words.rstrip("* _").endswith(":")
        return last.by_indent and not sign.is_ordered and not last.sign.is_ordered

    def _contradictions(self, line: TextLine, sign: Sign, by_sign: bool) -> Iterator[Unclear]:
        assert line.depth is not None
        is_later = by_sign and sign.is_ordered and sign.value % 100 != 1
        if is_later or (self.seen.setdefault(sign.kind, line.depth) != line.depth and by_sign):
            yield Unclear(code="unclear-levels", line=line, sign=sign)


#: Two steps of the repair read the same text, so it is read once.
@lru_cache(maxsize=4)
def read_lists(text: str) -> tuple[tuple[TextLine, ...], tuple[Unclear, ...]]:
    """Returns the lines of a text without fenced code, each with its place, and what is unclear in them."""
    lines = lines_of(text)
    unclear = [*_read(lines, 0, 0, count(1)), *_numbered(lines)]
    return tuple(lines), tuple(sorted(unclear, key=lambda finding: finding.line.start))


def _read(lines: list[TextLine], base: int, shift: int, numbering: Iterator[int]) -> Iterator[Unclear]:
    """Reads lines at one indentation, then those indented under the first line of a block."""
    own, blocks = _split(lines)
    chunks = list(chunks_of(own))
    for chunk in chunks:
        _take_signs(chunk)
    yield from decide_items(chunks, base)
    open_lists = OpenLists(base, shift, numbering)
    for chunk in chunks:
        yield from open_lists.read(chunk)
    for opener, inside in blocks:
        moved = shift if opener.moved is None else opener.moved - opener.indent
        yield from _read(inside, opener.indent + INDENT, moved, numbering)


def _split(lines: list[TextLine]) -> tuple[list[TextLine], list[tuple[TextLine, list[TextLine]]]]:
    """Returns the lines that stand in no block, and each first line of a block with the lines in it."""
    own: list[TextLine] = []
    blocks: list[tuple[TextLine, list[TextLine]]] = []
    inside: list[TextLine] | None = None
    for line in lines:
        if inside is not None and (not line.body or line.indent >= blocks[-1][0].indent + INDENT):
            inside.append(line)
            continue
        line.ends_block = bool(inside and inside[-1].body)
        inside = None
        own.append(line)
        if line.opens_block:
            inside = []
            blocks.append((line, inside))
    return own, blocks


def _take_signs(chunk: list[TextLine]) -> None:
    """Takes the signs from tables and empty bullets; a bullet alone takes the next line's words."""
    table = table_in(chunk)
    for line in chunk[table:]:
        line.sign = None
    if table < len(chunk):
        chunk[table].opens_table = True
    for place, line in enumerate(chunk):
        if line.sign and not line.words:
            after = chunk[place + 1] if place + 1 < len(chunk) else line
            if after.sign or after.is_comment:
                line.sign = None
            else:
                line.own, after.gone = after, True


def _numbered(lines: list[TextLine]) -> Iterator[Unclear]:
    """Shows a list's numbers as they are typed where Markdown's counting would show others."""
    lists: dict[int, list[TextLine]] = defaultdict(list)
    for line in lines:
        if line.sign and line.sign.is_ordered and line.depth is not None:
            lists[line.numbering].append(line)
    for items in lists.values():
        signs = [line.sign for line in items if line.sign]
        leap = next((place for place, pair in enumerate(pairwise(signs), 1) if not follows(*pair)), None)
        if leap is None or _all_ones(signs):
            continue
        for line in items:
            line.typed = True
        if "." not in signs[leap].kind[:-1]:
            before = signs[leap - 1].typed
            yield Unclear(code="skipped-mark", line=items[leap], sign=signs[leap], before=before)


def _all_ones(signs: list[Sign]) -> bool:
    """Tells whether the author leaves the counting to Markdown, which counts `1.` and `1.` too."""
    return all(sign.is_plain and sign.value == 1 for sign in signs)
