"""Kinds of events and what each carries: ids and numbers, never a name or a free-text answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from .errors import Malformed

Payload = Mapping[str, Any]

#: Matches the id of an option, or `left=right` for a pair of a matching.
OPTION = re.compile(r"(?=.{1,200}\Z)[a-z0-9]+(?:-[a-z0-9]+)*(?:=[a-z0-9]+(?:-[a-z0-9]+)*)?\Z")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}\Z")
#: Matches a UUID in its canonical form, in lower case.
EVENT_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
#: The longest reference, in characters; an option's id is no longer.
LONGEST = 200
#: The most option ids of a response, and the most responses of a form.
MOST = 200
LISTS = (list, tuple)


Check = Callable[[object], bool]


def _matching(pattern: re.Pattern[str]) -> Check:
    # The ids of the same questions come again and again.
    match = lru_cache(maxsize=4_096)(pattern.match)
    return lambda value: isinstance(value, str) and match(value) is not None


is_id, is_option, is_event_id = _matching(ID), _matching(OPTION), _matching(EVENT_ID)


def is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000


def is_reference(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST


def is_counts(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        is_id(name) and is_count(count) for name, count in value.items()
    )


def is_rule(value: object) -> bool:
    """Returns whether a value is counts by name, with the minutes of each module under `core`."""
    return isinstance(value, Mapping) and all(
        is_id(name) and (is_counts(count) if name == "core" else is_count(count))
        for name, count in value.items()
    )


def is_responses(value: object) -> bool:
    """Returns whether a value is option ids by question id: never a text that somebody wrote."""
    if not isinstance(value, Mapping) or len(value) > MOST or not all(map(is_id, value)):
        return False
    chosen = value.values()
    if not all(isinstance(option_ids, LISTS) and len(option_ids) <= MOST for option_ids in chosen):
        return False
    return all(map(is_option, chain.from_iterable(chosen)))


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of event: the keys of its payload, each with its check, and the evidence it may have."""

    needs: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    evidence: str = ""
    has_course: bool = True

    def fault(self, payload: Payload, evidence: str | None, course: str | None) -> str | None:
        """Returns the first thing that is wrong, or None."""
        checks = {**self.needs, **self.may}
        if evidence not in (tuple(self.evidence) or (None,)):
            return f"evidence {evidence}"
        if not is_id(course) if self.has_course else course is not None:
            return f"course {course}"
        for name in self.needs:
            if name not in payload:
                return f"{name} is missing"
        for name, value in payload.items():
            if name not in checks or not checks[name](value):
                return f"{name} {value!r}"
        if payload.get("right", 0) > payload.get("asked", 0):
            return "more right than asked"
        return None


_MARKED: Mapping[str, Check] = {
    "form": is_id,
    "version": is_id,
    "rule": is_rule,
    "responses": is_responses,
    "right": is_count,
    "asked": is_count,
    "passed": lambda value: isinstance(value, bool),
}
_TARGET: Mapping[str, Check] = {"target": is_event_id}

KINDS: Mapping[str, Kind] = {
    "attempt.submitted": Kind(needs=_MARKED, evidence="AC"),
    "paper.submitted": Kind(needs={**_MARKED, "day": is_day}, may={"sheet": is_reference}, evidence="BD"),
    "session.attended": Kind(
        needs={"session": is_id, "day": is_day, "minutes": is_count, "rule": is_rule},
        may={"sheet": is_reference, "version": is_id, "modules": is_counts},
        evidence="BD",
    ),
    "admin.recorded": Kind(
        needs={"document": is_reference, "day": is_day}, may={"version": is_id, "rule": is_rule}, evidence="E"
    ),
    "countersigned": Kind(needs=_TARGET),
    "waived": Kind(),
    "voided": Kind(needs=_TARGET, has_course=False),
    "person.merged": Kind(needs={"into": is_id}, has_course=False),
    "person.erased": Kind(has_course=False),
}
#: Kinds that a learner may send without an actor and a reason.
OF_LEARNERS = frozenset({"attempt.submitted"})


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise Malformed(f"{type(value).__name__} in a payload")


#: Makes JSON of a value in the one way we write it: keys sorted, no spaces.
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode


def without_responses(payload: str) -> str:
    """Returns a canonical payload without responses, which nothing computed depends on; saves reading them.

    Ids hold no brace, so the first one that closes ends the responses; `right` comes after them.
    """
    start = payload.find('"responses":{')
    return payload if start < 0 else payload[:start] + payload[payload.index("}", start) + 2 :]
