"""Which slip stops the reading of a YAML text: each that may be is put right and the text read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ...schema import known_names
from .layout import layout_slips
from .mistyped import Mistyped
from .part import broken_part, is_broken, stop_of
from .signs import sign_slips
from .values import value_slips

#: An author's slip is among the first few things tried; a longer line is no author's.
MOST_TRIES = 120
#: Characters of whole texts read to find one slip, and the tries that even the largest text gets.
READ_AT_MOST, FEWEST_TRIES = 3_000_000, 5
LONG_PART = 40
LONGEST_LINE = 5_000


def unreadable_slip(text: str) -> Mistyped | None:
    """Returns the slip that, put right, lets the text be read further; nothing where none is known."""
    lines, stop = text.split("\n"), stop_of(text)
    if max(map(len, lines)) > LONGEST_LINE or not is_broken(lines):
        return None
    part = broken_part(lines)
    tried = list(islice(_candidates(lines, _in_order(part, stop.line or 0)), MOST_TRIES))
    # That a part as a whole stands in the wrong place is the last thing to think of.
    tried.sort(key=lambda slip: _moves_part(slip, part) and slip.shown.endswith(":"))
    most = max(FEWEST_TRIES, READ_AT_MOST // max(len(text), 1))
    mended = next(
        (
            slip
            for nth, slip in enumerate(tried)
            if _mends_part(slip, lines, part) or (nth < most and not is_broken(slip.applied(lines)))
        ),
        None,
    )
    if mended or stop.line is None:
        return mended
    return next((slip for slip in tried[:most] if _helps(slip, lines, stop.line)), None)


def _in_order(part: range, stop: int) -> Sequence[int]:
    """The lines of a part; of a long one those first that stand before the place where reading stopped."""
    if len(part) <= LONG_PART:
        return part
    first = range(max(part.start, stop - LONG_PART // 2), min(part.stop, stop + 2))
    return [*first, *(number for number in part if number not in first)]


def _candidates(lines: list[str], numbers: Iterable[int]) -> Iterator[Mistyped]:
    for number in numbers:
        if lines[number].strip():
            for slips in (sign_slips, layout_slips, value_slips):
                yield from slips(lines, number, known_names())


def _moves_part(slip: Mistyped, part: range) -> bool:
    """Whether the first line of the part would stand elsewhere."""
    return slip.code == "uneven-indent" and slip.line == part.start


def _mends_part(slip: Mistyped, lines: list[str], part: range) -> bool:
    """Whether the part alone is right once the slip is put right.

    How far in a part stands as a whole can be told only from what stands around it.
    """
    is_inside = part.start <= min(slip.changes) and not _moves_part(slip, part)
    return is_inside and not is_broken(slip.applied(lines, part))


def _helps(slip: Mistyped, lines: list[str], line: int) -> bool:
    """Whether the text can be read further than to `line` once the slip is put right."""
    after = stop_of("\n".join(slip.applied(lines)))
    return after.line is None or after.line > line
