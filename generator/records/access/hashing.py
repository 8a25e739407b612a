"""Argon2id in a bounded pool, so that signing in cannot starve everything else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..refusals import Busy

T = TypeVar("T")

WORKERS = 2
#: How many may wait for a worker before others are told to come again.
WAITING = 32


def argon2id() -> PasswordHasher:
    """19 MiB, two passes, one lane: about 20 ms, and never more than two at once."""
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class Hashing:
    """Hashes secrets and verifies them; never more than `WORKERS` at once."""

    def __init__(self, hasher: PasswordHasher | None = None, *, waiting: int = WAITING) -> None:
        self._hasher = hasher or argon2id()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="taphuan-argon2")
        self._places = BoundedSemaphore(WORKERS + waiting)
        #: What a secret is held against where there is none, so that both take the same time.
        self._nobody = self._hasher.hash("nobody")

    def hash(self, secret: str, *, is_patient: bool = False) -> str:
        """The hash of a secret. Raises Busy when too many wait, unless the caller is patient."""
        return self._run(lambda: self._hasher.hash(secret), is_patient)

    def verify(self, hash: str | None, secret: str) -> bool:
        """Whether a secret is the hashed one; it never is where there is no hash. Raises Busy."""
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
