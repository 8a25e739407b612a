"""Notices put into words, by cell, those that say the same of a column as one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from typing import Any

from .cells import column_letters
from .notices import CellFinding, Notice
from .vocabulary import table


@cache
def messages() -> Mapping[str, Mapping[str, Any]]:
    """The catalogue: severity, text and fix of every code; the topic of what is inferred."""
    return table("messages.toml")


def findings(notices: Iterable[Notice], sheets: tuple[str, ...] = ()) -> tuple[CellFinding, ...]:
    """In the order of the file: what concerns all of it, then sheet by sheet, row by row."""
    places = {name: number for number, name in enumerate(sheets, 1)}
    groups: dict[Hashable, list[Notice]] = {}
    for notice in sorted(set(notices), key=lambda notice: _order(notice, places)):
        groups.setdefault(_group(notice), []).append(notice)
    return tuple(map(_finding, groups.values()))


def _order(notice: Notice, places: Mapping[str, int]) -> tuple[int, int, int, str, tuple[str, ...]]:
    spot = notice.spot
    return (places.get(spot.sheet, 0), spot.row, spot.column, notice.code, tuple(notice.values.values()))


def _group(notice: Notice) -> Hashable:
    """What is said of a column together: `together` in the catalogue asks for no equal values."""
    shared = () if messages()[notice.code].get("together") else _shared(notice)
    return notice.code, notice.spot.sheet, notice.spot.column, shared, bool(notice.spot.row)


def _shared(notice: Notice) -> tuple[tuple[str, str], ...]:
    """The values that are the same of several people; the number of one in a cell is not."""
    return tuple((name, value) for name, value in notice.values.items() if name != "number")


def _finding(notices: list[Notice]) -> CellFinding:
    first = notices[0]
    message = messages()[first.code]
    fix = message["fix"] if first.suggestion or "otherwise" not in message else message["otherwise"]
    values = {
        "understood": "",
        **first.values,
        "suggestion": first.suggestion,
        "column": column_letters(first.spot.column),
        "people": str(len(notices)),
    }
    return CellFinding(
        code=first.code,
        severity=message.get("severity", "error"),
        message=message["text"].format(**values),
        fix=fix.format(**values),
        sheet=first.spot.sheet,
        cells=tuple(notice.spot.cell for notice in notices if notice.spot.cell),
        topic=message.get("topic"),
    )
