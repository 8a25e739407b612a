"""Credentials: passwords that may be set, hashes, session tokens, and the lock after ten failures.

A try at a code or name that nobody has does the same database work as a real one, so that the time an answer
takes tells nothing. Such tries are counted in memory, for more codes or names than anybody can try within an
hour; a restart forgets them.
"""

from __future__ import annotations

import hashlib
import unicodedata
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from threading import BoundedSemaphore, Lock
from typing import Any, Literal, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    Connection,
    Row,
    ScalarSelect,
    Table,
    func,
    select,
    update,
)

from ...programme.vietnamese import folded, read_catalogue
from .. import schema
from ..audit_trail import NOBODY, By, note
from ..errors import Busy, Locked, Malformed

MOST_FAILURES = 10
FAILURE_WINDOW = timedelta(hours=1)
TEN_FAILURES = By(actor="system", reason="ten failures within an hour")


@dataclass(frozen=True, kw_only=True)
class Counter:
    """A place where failures of one kind are counted: columns of a table, whose names have a prefix."""

    table: Table
    prefix: str = ""
    lock_action: str
    """The trail calls a lock so."""

    def values(self, fails: int, since: datetime | None, until: datetime | None) -> dict[str, object]:
        """Returns the values by the names of their columns."""
        named = {"fails": fails, "failing_since": since, "locked_until": until}
        return {f"{self.prefix}{name}": value for name, value in named.items()}


CODE_FAILURES = Counter(table=schema.credential, lock_action="credential.locked")
PASSWORD_FAILURES = Counter(table=schema.account, lock_action="account.locked")
TOTP_FAILURES = Counter(table=schema.account, prefix="totp_", lock_action="account.totp-locked")


def begin_try(
    connection: Connection, counter: Counter, key: str, now: datetime
) -> Row[tuple[object, ...]] | Locked | None:
    """Counts a try before it is verified, so that many at once count as many; returns the former row or None.

    A lock is returned and not raised, since what is written here has to stay. `forget_failures` takes back a
    try that succeeds; for one that fails see `note_lock`.
    """
    (id,) = counter.table.primary_key
    row = connection.execute(select(counter.table).where(id == key)).first()
    if row is None:
        return None
    until = row._mapping[f"{counter.prefix}locked_until"]
    if until is not None and now < until:
        return Locked(_capped(connection, counter, key, until, now), now)
    fails, since = _row_failures(counter, row, now)
    write_try(
        connection, counter, key, fails, since, now + FAILURE_WINDOW if fails >= MOST_FAILURES else None
    )
    return row


def write_try(
    connection: Connection,
    counter: Counter,
    key: str | ScalarSelect[Any],
    fails: int,
    since: datetime,
    until: datetime | None,
    *,
    is_kept: bool = True,
) -> None:
    """Writes a count. One that is taken back at once leaves nothing, and costs as much, down to the sync."""
    (id,) = counter.table.primary_key
    values = counter.values(fails, since, until)
    with connection.begin_nested() as written:
        connection.execute(update(counter.table).where(id == key).values(values))
        if not is_kept:
            written.rollback()


def _capped(connection: Connection, counter: Counter, key: str, until: datetime, now: datetime) -> datetime:
    """Returns when a lock ends: within an hour, even if a clock set it that was ahead and is right again."""
    if until <= now + FAILURE_WINDOW:
        return until
    (id,) = counter.table.primary_key
    sooner = {f"{counter.prefix}locked_until": now + FAILURE_WINDOW}
    connection.execute(update(counter.table).where(id == key).values(sooner))
    return now + FAILURE_WINDOW


def _row_failures(counter: Counter, row: Row[Any], now: datetime) -> tuple[int, datetime]:
    fails, since = (row._mapping[f"{counter.prefix}{name}"] for name in ("fails", "failing_since"))
    return count_failure(fails, since, now)


def count_failure(fails: int, since: datetime | None, now: datetime) -> tuple[int, datetime]:
    """Returns the failures of an hour with one more, and since when: never later than now."""
    return (1, now) if since is None or now - since >= FAILURE_WINDOW else (fails + 1, min(since, now))


def is_last_try(counter: Counter, row: Row[Any], now: datetime) -> bool:
    """Returns whether it was the last try of an hour, by the row that `begin_try` gave."""
    return _row_failures(counter, row, now)[0] >= MOST_FAILURES


def note_lock(connection: Connection, counter: Counter, row: Row[Any], now: datetime) -> None:
    """Notes the lock after a try that failed, where it was the last one of an hour."""
    if is_last_try(counter, row, now):
        (id,) = counter.table.primary_key
        note(connection, counter.lock_action, row._mapping[id.name], by=TEN_FAILURES, now=now)


def forget_failures(connection: Connection, counter: Counter, key: str) -> None:
    """Forgets the failures of a key."""
    (id,) = counter.table.primary_key
    connection.execute(update(counter.table).where(id == key).values(counter.values(0, None, None)))


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


Random = Callable[[int], bytes]


def new_token(random: Random) -> str:
    """Returns 256 bits as 43 characters that fit into a cookie or a link."""
    return urlsafe_b64encode(random(32)).decode().rstrip("=")


def token_sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
