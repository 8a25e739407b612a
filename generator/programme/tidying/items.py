"""Which lines that begin with a sign are items of a list, and which may be the rest of a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .signs import Sign, counted_kinds, with_romans
from .textline import TextLine

#: Signs of Word that nothing but a list begins with.
CERTAIN = frozenset({"dot", "ring", "square", "arrow", "star", "tick"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Unclear:
    """A place in a list that can be read in two ways: the code of the finding, and where it is."""

    code: str
    line: TextLine
    sign: Sign | None
    before: str = ""


def decided(chunks: list[list[TextLine]], base: int) -> Iterator[Unclear]:
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
    """Yields chunks that follow on each other and may belong to one list."""
    area: list[list[TextLine]] = []
    for chunk in chunks:
        if not any(line.sign for line in chunk) and chunk[0].indent < base + 2:
            yield area
            area = []
        else:
            area.append(chunk)
    yield area


class _Chunk:
    """Lines that no blank line parts, in an area whose list counts by the kinds in `counted`."""

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
    """Whether an author should say what was meant: wrapped sentences begin with few of the signs."""
    if sign.group == "picture" or sign.kind == "*":
        return False
    if not sign.is_ordered:
        return True
    if "." in sign.kind[:-1] or sign.kind[:1].isupper():
        return False
    if previous is None:
        return sign.value == 1 and met[sign.kind] == 1
    return previous.is_ended or sign.kind.endswith((")", "/"))
