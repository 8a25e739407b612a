"""Codes and names that nobody has: tries at them are counted, locked and answered as those at real ones.

No time tells one from the other either: a try here has the database do what a real one has it do. It is
counted in memory, for so many codes or names as nobody can try within an hour; a restart forgets them.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from ..attribution import note
from ..refusals import Locked
from . import failing
from .actions import NOBODY
from .failing import MOST, TEN_FAILURES, WINDOW, Counter

#: Verifying a secret takes some 20 ms, two at a time: over 100,000 within an hour are another kind of attack.
MOST_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Tries:
    """Failures of an hour, as a table has them."""

    fails: int = 0
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class UnknownCredential:
    """A try that was counted. `subject` is what the trail says it was at."""

    subject: str
    is_last: bool
    """Whether it was the last one of an hour, after which there is a lock."""


class UnknownCredentials:
    """Counts tries at what stands in no table. Used in the writer's transactions alone, one at a time."""

    def __init__(self, counter: Counter, most: int = MOST_KEPT) -> None:
        self._counter, self._most = counter, most
        self._tries: OrderedDict[str, Tries] = OrderedDict()

    def __len__(self) -> int:
        return len(self._tries)

    def begin_try(
        self, connection: Connection, key: str, now: datetime, *, subject: str = NOBODY
    ) -> UnknownCredential | Locked:
        """Counts a try as `failing.begin_try` does, for what it found no row of."""
        before = self._tries.get(key, Tries())
        if before.until is not None and now < before.until:
            # A clock that was ahead may have set it; it ends within an hour of the next try, as others do.
            until = min(before.until, now + WINDOW)
            self._keep(key, replace(before, until=until))
            return Locked(until, now)
        fails, since = failing.counted(before.fails, before.since, now)
        is_last = fails >= MOST
        self._keep(key, Tries(fails, since, now + WINDOW if is_last else None))
        (id,) = self._counter.table.primary_key
        somebody = select(func.min(id)).scalar_subquery()
        failing.write_try(connection, self._counter, somebody, fails, since, None, is_kept=False)
        return UnknownCredential(subject=subject, is_last=is_last)

    def _keep(self, key: str, tries: Tries) -> None:
        self._tries[key] = tries
        self._tries.move_to_end(key)
        while len(self._tries) > self._most:
            self._tries.popitem(last=False)

    def note_lock(self, connection: Connection, unknown: UnknownCredential, now: datetime) -> None:
        """Notes a lock as `failing.note_lock` does."""
        if unknown.is_last:
            note(connection, self._counter.locked, unknown.subject, by=TEN_FAILURES, now=now)
