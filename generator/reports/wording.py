"""Words, numbers and days as a report in Vietnamese writes them. The words themselves stand in templates."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from ..programme.vietnamese import written_day, written_month
from ..render.templating import thousands
from ..targets import Period

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_SLOT = re.compile(r"\{([a-z_]+)\}")


@cache
def wording(name: str) -> Mapping[str, Any]:
    """A file of `templates/report/`."""
    file = resources.files("generator") / "templates" / "report" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def word(table: str, key: str, /, **values: object) -> str:
    """Some words of `words.toml`, filled in."""
    return filled(wording("words")[table][key], **values)


def filled(text: str, /, **values: object) -> str:
    """A text with its slots filled; a number gets its dots, a day its order. A missing value is an error."""
    return _SLOT.sub(lambda slot: written(values[slot[1]]), text)


def written(value: object) -> str:
    if isinstance(value, bool):
        return word("values", "yes" if value else "no")
    if isinstance(value, int):
        return thousands(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Period):
        return period(value)
    return plain(str(value))


def plain(text: str) -> str:
    """Without the controls that no document can hold."""
    return _CONTROLS.sub(" ", text)


def day(value: date) -> str:
    return written_day(value)


def long_day(value: date | None) -> tuple[str, str, str]:
    """Day, month and year in words' order, each dots where it is not known."""
    return (f"{value.day:02}", written_month(value), str(value.year)) if value else ("…", "…", "…")


def period(value: Period) -> str:
    return word("periods", {None: "year", 1: "first", 2: "second"}[value.half], year=str(value.year))
