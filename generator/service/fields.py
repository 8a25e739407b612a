"""The fields of a test's page, as a browser without scripts sends them, and the responses they stand for.

`q3` is what was chosen in question 3; `q3-2` the right side given to left side 2, or the place of part 2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from starlette.datastructures import FormData

from ..quiz import Form, Key
from .sheet import Wire

FIELD = re.compile(r"q[0-9]{1,3}(?:-[0-9]{1,3})?")
Given = Mapping[str, Sequence[str]]


def given(form: FormData) -> Given:
    """What was chosen, by the name of a field; empty ones are left out."""
    found: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if FIELD.fullmatch(name) and isinstance(value, str) and value:
            found.setdefault(name, []).append(value)
    return found


def wire(form: Form, key: Key, given: Given) -> Wire:
    """The responses in numbers. Two parts in one place are no order yet."""
    found: dict[str, list[str]] = {}
    for nth, asked in enumerate(form.asked, 1):
        chosen = _chosen(key[asked.id].kind, f"q{nth}", given)
        if chosen:
            found[str(nth)] = chosen
    return found


def _chosen(kind: str, name: str, given: Given) -> list[str]:
    if kind not in {"matching", "ordering"}:
        return list(given.get(name, ()))
    parts = {
        field.partition("-")[2]: values[0] for field, values in given.items() if field.startswith(f"{name}-")
    }
    if kind == "matching":
        return [f"{left}={right}" for left, right in parts.items()]
    places = {place: part for part, place in parts.items()}
    return [places[place] for place in sorted(places, key=_rank)] if len(places) == len(parts) else []


def _rank(place: str) -> tuple[int, str]:
    return (int(place), place) if re.fullmatch(r"[0-9]{1,3}", place) else (0, place)
