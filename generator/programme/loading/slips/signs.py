"""Slips in the signs of a line: tabs, blanks, list signs, colons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .line import NAME, indent_of, is_written
from .mistyped import Mistyped, retyped

#: What Word and Zalo put before an item, and its own signs from the private range.
BULLETS = "•·▪▫◦‣●○■□➢➤✓✔–—−\uf0b7\uf0a7\uf0d8\uf0fc\uf02d"
_BULLET = re.compile(rf"([ \t]*)([{BULLETS}]|(?:[*+]|[0-9]{{1,2}}[.)])(?=[ \t\u00a0]))[ \t\u00a0]*(\S.*)$")
_DASH = re.compile(r"([ \t]*)-(?=[^\s\-0-9])(.*)$")
#: Blanks that look like a blank, and signs of no width.
UNUSUAL = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\u200b\u200c\u200d\u2060"
_UNUSUAL = re.compile(rf"[{UNUSUAL}]")
_HEAD = rf"[\s{UNUSUAL}]*(?:-[\s{UNUSUAL}]*)*"
_TIGHT = re.compile(rf"((?:[ ]|-[ ])*)({NAME.pattern}):(?=[^\s/:,}}\]])")
_WIDE = re.compile(r"((?:[ ]|-[ ])*)([^:：\s][^:：]*)：[ ]*(?=\S)")
_NO_COLON = re.compile(r"((?:[ ]|-[ ])*)([a-z_]+)(?:[ ]*=[ ]*|[ ]+)(?=[^\s=])(?!#)")


def sign_slips(lines: list[str], number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields what may be wrong with the signs of a line; `names` are the keys that there are."""
    yield from _tabs(lines, number)
    yield from _unusual_blanks(lines, number)
    yield from list_signs(lines, number)
    yield from _colons(lines, number, names)


def _tabs(lines: list[str], number: int) -> Iterator[Mistyped]:
    line = lines[number]
    lead = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" in lead:
        for width in _indents(lines, number):
            yield retyped("yaml-tab", number, lead.index("\t"), " " * width + line.lstrip(" \t"), phrase="\t")
    elif after := re.match(r"[ ]*(?:-[ ]+)*(?:-|[^\s:]+:)[ ]*(\t)[ \t]*", line):
        new = line[: after.start(1)].rstrip() + " " + line[after.end() :]
        yield retyped("yaml-tab", number, after.start(1), new, phrase="\t")


def _indents(lines: list[str], number: int) -> list[int]:
    """Indentations that a line may be meant to have, the likeliest first."""
    above = [indent_of(line) for line in lines[max(number - 40, 0) : number] if _is_plain(line)][::-1]
    below = [indent_of(line) for line in lines[number + 1 : number + 3] if _is_plain(line)]
    nested = [above[0] + 2] if above and lines[number - 1].rstrip().endswith((":", "|", ">")) else []
    return list(dict.fromkeys([*nested, *above, *below, *(width + 2 for width in above[:1])]))[:6]


def _is_plain(line: str) -> bool:
    return is_written(line) and "\t" not in line[: len(line) - len(line.lstrip())]


def _unusual_blanks(lines: list[str], number: int) -> Iterator[Mistyped]:
    line = lines[number]
    head = re.match(rf"{_HEAD}(?:[^\s:{UNUSUAL}]+:[{UNUSUAL} ]*)?", line)
    found = _UNUSUAL.search(line, 0, head.end() if head else 0)
    if not head or not found:
        return
    start, rest = head.group(), line[head.end() :]
    lead = re.match(rf"[ {UNUSUAL}]*", line)
    outer = lead.end() if lead else 0
    inner = _UNUSUAL.sub(" ", start[outer:])
    for width in [outer, *_indents(lines, number)] if _UNUSUAL.search(start[:outer]) else [outer]:
        yield retyped(
            "unusual-blank", number, found.start(), " " * width + inner + rest, phrase=found.group()
        )


def list_signs(lines: list[str], number: int) -> Iterator[Mistyped]:
    """Yields another sign where a dash and a blank belong."""
    line = lines[number]
    if found := _BULLET.match(line):
        new = f"{found[1]}- {found[3]}"
        yield retyped("list-sign", number, found.start(2), new, phrase=found[2])
    elif found := _DASH.match(line):
        yield retyped("dash-without-blank", number, len(found[1]), f"{found[1]}- {found[2]}", phrase="-")


def _colons(lines: list[str], number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    line = lines[number]
    if found := _TIGHT.match(line):
        new = f"{line[: found.end()]} {line[found.end() :]}"
        yield retyped("colon-without-blank", number, found.end() - 1, new, phrase=":")
    if found := _WIDE.match(line):
        new = f"{found[1]}{found[2]}: {line[found.end() :]}"
        yield retyped("wide-colon", number, found.end(2), new, phrase="：")
    if (found := _NO_COLON.match(line)) and found[2] in names:
        new = f"{found[1]}{found[2]}: {line[found.end() :]}"
        yield retyped("colon-missing", number, found.end(2), new)
