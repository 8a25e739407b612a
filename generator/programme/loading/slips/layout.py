"""Slips in how lines stand to each other: indentation, texts over several lines, lists beside lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .line import BLOCK_TEXT, indent_of, is_written, written_line
from .mistyped import Mistyped, retyped

#: How many lines above a line are looked at.
FAR = 200


def layout_slips(lines: list[str], number: int, names: frozenset[str]) -> Iterator[Mistyped]:
    """Yields what may be wrong with where a line stands."""
    above = next((one for one in range(number - 1, -1, -1) if is_written(lines[one])), None)
    yield from _beside_bar(lines, number)
    if above is not None:
        yield from _outside_brackets(lines, number, above)
        yield from _not_indented(lines, number)
        yield from _uneven(lines, number, above, names)
        yield from _continued(lines, number, above)
        yield from _colon_below(lines, number, above)
    elif indent_of(lines[number]):
        yield from _moved(lines, number, [0])


def _beside_bar(lines: list[str], number: int) -> Iterator[Mistyped]:
    written = written_line(lines[number])
    if found := re.match(r"[|>][+-]?[ ]+(?=[^\s#])", written.value):
        rest = written.value[found.end() :]
        new = written.head + rest + written.rest
        # An arrow is more likely to mean “more than”.
        if written.value[0] == "|":
            yield retyped("text-beside-bar", number, len(written.head), new, phrase="|")


def _outside_brackets(lines: list[str], number: int, above: int) -> Iterator[Mistyped]:
    item = re.match(r"[ ]*-[ ]+(.*\S)", lines[number])
    list_above = written_line(lines[above])
    if (
        item
        and not written_line(lines[number]).key
        and list_above.value.startswith("[")
        and list_above.value.endswith("]")
    ):
        inside = list_above.value[1:-1].strip()
        joined = f"{inside}, {item[1]}" if inside else item[1]
        new = f"{list_above.head}[{joined}]{list_above.rest}"
        yield Mistyped(
            code="item-outside-brackets",
            line=number,
            column=indent_of(lines[number]),
            changes={above: new, number: None},
            shown=new,
        )


def block_head(lines: list[str], number: int) -> int | None:
    """Returns the nearest line above that opens a text over several lines and may hold this one."""
    for one in range(number - 1, max(number - FAR, -1), -1):
        if BLOCK_TEXT.search(lines[one]):
            return one
        if is_written(lines[one]) and not lines[one].startswith(" ") and written_line(lines[one]).key:
            return None
    return None


def _not_indented(lines: list[str], number: int) -> Iterator[Mistyped]:
    head = block_head(lines, number)
    if head is None or re.fullmatch(r"[a-z0-9_-]+", written_line(lines[number]).name):
        return
    inside = [indent_of(line) for line in lines[head + 1 : number] if line.strip()]
    if not inside and indent_of(lines[number]) > indent_of(lines[head]):
        return
    wanted = next((width for width in inside if width > indent_of(lines[head])), indent_of(lines[head]) + 2)
    new = " " * wanted + lines[number].lstrip()
    yield retyped("text-not-indented", number, indent_of(lines[number]), new)


def _uneven(lines: list[str], number: int, above: int, names: frozenset[str]) -> Iterator[Mistyped]:
    written = written_line(lines[number])
    if not written.dash and written.name not in names and not re.fullmatch(r"[a-z0-9-]+", written.name):
        return
    here = indent_of(lines[number])
    if not here and not written.dash:
        return
    if lines[above].rstrip().endswith(":") and here > indent_of(lines[above]):
        wanted = _next_ones(lines, number, is_item=bool(written.dash))
    else:
        wanted = _above(lines, number, is_item=bool(written.dash))
    known = dict.fromkeys(width for width in wanted if width != here)
    yield from _moved(lines, number, sorted(known, key=lambda width: abs(width - here))[:6])


def _next_ones(lines: list[str], number: int, *, is_item: bool) -> list[int]:
    """Where the next two items stand, if both stand alike: then it is the first that stands apart."""
    following = filter(is_written, lines[number + 1 : number + FAR])
    below = [indent_of(line) for line in following if not is_item or line.lstrip().startswith("- ")]
    return below[:1] if len(below) > 1 and below[0] == below[1] else []


def _above(lines: list[str], number: int, *, is_item: bool) -> list[int]:
    """Where lines of the same kind stand above, the nearest first."""
    found = []
    for line in reversed(lines[max(number - FAR, 0) : number]):
        written = written_line(line)
        if is_item and written.dash:
            found.append(len(written.indent))
        elif not is_item and written.key:
            found.append(len(written.indent + written.dash))
    return found


def moved(slip: Mistyped, width: int) -> Mistyped:
    """The slip, with its line at another indentation."""
    new = " " * width + slip.shown.lstrip()
    return replace(slip, changes={slip.line: new}, shown=new)


def _moved(lines: list[str], number: int, wanted: list[int]) -> Iterator[Mistyped]:
    for width in wanted:
        new = " " * width + lines[number].lstrip()
        yield retyped("uneven-indent", number, indent_of(lines[number]), new)


def _continued(lines: list[str], number: int, above: int) -> Iterator[Mistyped]:
    """Yields a line without a key, which may go on with the text above it."""
    written = written_line(lines[number])
    if written.key or written.dash or block_head(lines, number) is not None:
        return
    before = written_line(lines[above])
    stands = len(before.indent + before.dash)
    yield retyped(
        "text-not-indented", number, indent_of(lines[number]), " " * (stands + 2) + lines[number].lstrip()
    )


def _colon_below(lines: list[str], number: int, above: int) -> Iterator[Mistyped]:
    """Yields a colon in a text that goes on from the line above; both lines belong in quotes."""
    begun, line = written_line(lines[above]), lines[number]
    colon = line.find(": ")
    # A key beside the dash of an item stands in as far as the keys below it.
    stands = len(begun.indent + begun.dash) if begun.key else len(begun.indent)
    if colon < 0 or not begun.value or '"' in begun.value + line or indent_of(line) <= stands:
        return
    changes = {above: f'{begun.head}"{begun.value}', number: f'{line}"'}
    yield Mistyped(code="colon-in-text", line=number, column=colon, phrase=":", changes=changes)
