"""Credentials: passwords that may be set, and hashes of passwords and codes.

A try at a code or name that nobody has does the same database work as a real one, so that the time an answer
takes tells nothing. Such tries are counted in memory, for more codes or names than anybody can try within an
hour; a restart forgets them.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from threading import BoundedSemaphore, Lock
from typing import Literal, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    Connection,
    func,
    select,
)

from ...catalogue import read_catalogue
from ...programme.vietnamese import folded
from ..audit_trail import NOBODY, note
from ..errors import Busy, Locked, Malformed
from .lock_out import (
    FAILURE_WINDOW,
    MOST_FAILURES,
    TEN_FAILURES,
    Counter,
    count_failure,
    write_try,
)

T = TypeVar("T")

WORKERS = 2
#: How many may wait for a worker before others are refused with Busy.
WAITING = 32


def argon2id() -> PasswordHasher:
    """Returns a hasher of 19 MiB, two passes, one lane: about 20 ms a hash (RFC 9106, OWASP's setting)."""
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class Hashing:
    """Hashes secrets and verifies them; never more than `WORKERS` at once."""

    def __init__(self, hasher: PasswordHasher | None = None, *, waiting: int = WAITING) -> None:
        self._hasher = hasher or argon2id()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="taphuan-argon2")
        self._places = BoundedSemaphore(WORKERS + waiting)
        #: Compared with a secret where there is no hash, so that both take the same time.
        self._nobody = self._hasher.hash("nobody")

    def hash(self, secret: str, *, is_patient: bool = False) -> str:
        """Returns the hash of a secret. Raises Busy when too many wait, unless the caller is patient."""
        return self._run(lambda: self._hasher.hash(secret), is_patient)

    def verify(self, hash: str | None, secret: str) -> bool:
        """Returns whether a secret is the hashed one; False where there is no hash. Raises Busy."""
        return self._run(lambda: self._is_right(hash or self._nobody, secret), False) and hash is not None

    def _is_right(self, hash: str, secret: str) -> bool:
        try:
            return self._hasher.verify(hash, secret)
        except (VerificationError, InvalidHashError):
            return False

    def _run(self, work: Callable[[], T], is_patient: bool) -> T:
        if not self._places.acquire(blocking=is_patient):
            raise Busy
        try:
            return self._pool.submit(work).result()
        finally:
            self._places.release()

    def close(self) -> None:
        self._pool.shutdown()


#: Characters of a password, at least and at most.
SHORTEST, LONGEST = 15, 200
#: Characters that the estimate looks at: the rest of a long password only makes it better.
LOOKED_AT = 72
#: zxcvbn's score, 0 to 4; from 3 on a password withstands somebody who has the hash for a while.
STRONG = 3
#: The shortest part of a name that is looked for, in characters.
PART = 3
#: zxcvbn keeps the words it is given as known for the whole process.
_ONE_AT_A_TIME = Lock()
Weakness = Literal["short", "long", "repeated", "named", "guessable", "same"]


class WeakPassword(Malformed):
    """A password that is refused; `why` says for which reason."""

    def __init__(self, why: Weakness) -> None:
        super().__init__(f"weak password: {why}")
        self.why = why


def plain_password(typed: str) -> str:
    """Returns the same text however its marks were typed."""
    return unicodedata.normalize("NFC", typed)


def checked_password(typed: str, *, name: str, titles: Iterable[str] = ()) -> str:
    """Returns a password as it is hashed, for an account of that name. Raises WeakPassword."""
    password = plain_password(typed)
    if len(password) < SHORTEST:
        raise WeakPassword("short")
    if len(password) > LONGEST:
        raise WeakPassword("long")
    if len(set(_joined(password))) < 3:
        raise WeakPassword("repeated")
    if _is_name(password, name):
        raise WeakPassword("named")
    known_words = [
        *_password_parts(name),
        *(part for title in titles for part in _password_parts(title)),
        *_common_words(),
    ]
    if min(_score(password, known_words), _score(_joined(password), known_words)) < STRONG:
        raise WeakPassword("guessable")
    return password


def _joined(text: str) -> str:
    """Returns the text in plain small letters without blanks, as most would type it in a hurry."""
    return "".join(folded(text).split())


def _is_name(password: str, name: str) -> bool:
    """Returns whether it is the name, once or again and again, with next to nothing else."""
    rest = _joined(password).replace(_joined(name), "")
    return len(rest) < PART and rest != _joined(password)


def _password_parts(text: str) -> list[str]:
    """Returns its words, their neighbours joined, and all of it: with and without marks."""
    parts: list[str] = []
    for words in (text.lower().split(), folded(text).split()):
        pairs = [first + second for first, second in pairwise(words)]
        parts += [*words, *pairs, "".join(words)]
    return [part for part in dict.fromkeys(parts) if len(part) >= PART]


@cache
def _common_words() -> tuple[str, ...]:
    return tuple(read_catalogue(__package__, "common_words.toml")["words"])


def _score(password: str, known_words: list[str]) -> int:
    # Imported late: its lists take a while to read, and most runs set no password.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]

    with _ONE_AT_A_TIME:
        return int(zxcvbn(password[:LOOKED_AT], user_inputs=known_words)["score"])


#: Verifying a secret takes some 20 ms, two at a time: over 100,000 within an hour are another kind of attack.
MOST_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Tries:
    """The failures of an hour, as a table has them."""

    fails: int = 0
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class UnknownCredential:
    """A counted try at what nobody has. `subject` says to the trail what it was aimed at."""

    subject: str
    is_last: bool
    """True for the last one of an hour, after which there is a lock."""


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
        """Counts a try as the function `begin_try` does, where no row was found."""
        before = self._tries.get(key, Tries())
        if before.until is not None and now < before.until:
            # A clock that was ahead may have set it; it ends within an hour of the next try, as others do.
            until = min(before.until, now + FAILURE_WINDOW)
            self._keep(key, replace(before, until=until))
            return Locked(until, now)
        fails, since = count_failure(before.fails, before.since, now)
        is_last = fails >= MOST_FAILURES
        self._keep(key, Tries(fails, since, now + FAILURE_WINDOW if is_last else None))
        (id,) = self._counter.table.primary_key
        somebody = select(func.min(id)).scalar_subquery()
        write_try(connection, self._counter, somebody, fails, since, None, is_kept=False)
        return UnknownCredential(subject=subject, is_last=is_last)

    def _keep(self, key: str, tries: Tries) -> None:
        self._tries[key] = tries
        self._tries.move_to_end(key)
        while len(self._tries) > self._most:
            self._tries.popitem(last=False)

    def note_lock(self, connection: Connection, unknown: UnknownCredential, now: datetime) -> None:
        """Notes a lock as the function `note_lock` does."""
        if unknown.is_last:
            note(connection, self._counter.lock_action, unknown.subject, by=TEN_FAILURES, now=now)
