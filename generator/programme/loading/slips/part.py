"""How far a YAML text can be read, and the smallest part of it that cannot be read alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from .line import BLOCK_TEXT, indent_of, is_written

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
#: A part nested deeper than this is not narrowed any further.
DEEPEST_PART = 20


@dataclass(frozen=True)
class Stop:
    """Where reading stopped; line and column count from 0. `kind` is the event that begins the content."""

    kind: type[Any] | None
    line: int | None = None
    column: int = 0


def stop_of(text: str) -> Stop:
    """Returns what the text begins with, and the place at which it can be read no further."""
    kind = None
    try:
        loader = Loader(text)
        while loader.check_event():
            event = loader.get_event()
            if kind is None and isinstance(event, yaml.NodeEvent):
                kind = type(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        return Stop(kind, mark.line if mark else 0, mark.column if mark else 0)
    return Stop(kind)


def is_broken(lines: list[str]) -> bool:
    """Whether these lines alone are neither keys with values nor a list."""
    stop = stop_of("\n".join(lines))
    return stop.line is not None or stop.kind not in {yaml.MappingStartEvent, yaml.SequenceStartEvent}


def broken_part(lines: list[str]) -> range:
    """Returns the lines of the smallest part that is broken alone; all of them where none is."""
    shown, part = list(lines), range(len(lines))
    for _ in range(DEEPEST_PART):
        inner = _broken_child(shown, part) or _body(shown, part)
        if inner is None:
            break
        part = inner
    return part


def _broken_child(lines: list[str], part: range) -> range | None:
    children = _children(lines, part)
    if len(children) < 2:
        return None
    return next((child for child in children if is_broken(lines[child.start : child.stop])), None)


def _children(lines: list[str], part: range) -> list[range]:
    """Parts at the indentation of the first line; a list stands with the key above it."""
    written = [number for number in part if is_written(lines[number])]
    if not written:
        return []
    base, is_list, starts = indent_of(lines[written[0]]), _is_item(lines[written[0]]), [written[0]]
    for number in written[1:]:
        indent = indent_of(lines[number])
        is_next = is_list or indent < base or not _is_item(lines[number])
        if is_next and indent <= min(base, indent_of(lines[starts[-1]])):
            starts.append(number)
    ends = [*starts[1:], part.stop]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _body(lines: list[str], part: range) -> range | None:
    """Returns what stands below the first line of a single part, or in an item after its dash."""
    written = [number for number in part if is_written(lines[number])]
    if len(written) < 2:
        return None
    first = lines[written[0]]
    if BLOCK_TEXT.search(first):
        return None
    if _is_item(first):
        lines[written[0]] = first.replace("- ", "  ", 1)
        return range(written[0], part.stop)
    body = range(written[1], part.stop)
    is_header = first.rstrip().endswith(":") and len(_children(lines, body)) > 1
    return body if is_header and _broken_child(lines, body) else None
