"""The lists of a text, read line by line: which lines are items, how deep they stand, how they count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import count, pairwise

from .items import Unclear, decided
from .levels import OpenLists
from .signs import Sign, follows
from .textline import INDENT, TextLine, chunks_of, lines_of, table_in


#: What two steps of tidying ask of one text is read once.
@lru_cache(maxsize=4)
def listed(text: str) -> tuple[tuple[TextLine, ...], tuple[Unclear, ...]]:
    """Returns the lines of a text without fenced code, each with its place, and what is unclear in them."""
    lines = lines_of(text)
    unclear = [*_read(lines, 0, 0, count(1)), *_numbered(lines)]
    return tuple(lines), tuple(sorted(unclear, key=lambda one: one.line.start))


def _read(lines: list[TextLine], base: int, shift: int, numbering: Iterator[int]) -> Iterator[Unclear]:
    """Reads lines that stand at one indentation, then what is set in under the first line of a block."""
    own, blocks = _split(lines)
    chunks = list(chunks_of(own))
    for chunk in chunks:
        _take_signs(chunk)
    yield from decided(chunks, base)
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
    """Takes the signs from tables and from bullets without words; a bullet alone takes the next line's."""
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
    """Has the numbers of a list shown as they are typed where counting would show others."""
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
    """Whether the author leaves the counting to Markdown, which counts `1.` and `1.` too."""
    return all(sign.is_plain and sign.value == 1 for sign in signs)
