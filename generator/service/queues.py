"""Threads for what takes argon2, and how many may wait for one; and whose sessions were seen lately."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from ..records.refusals import Busy
from .rates import MOST_KEYS

T = TypeVar("T")

#: Seconds after which whoever found a queue full may come again.
SECONDS_OF_QUEUE = 5


class Queue:
    """Runs work in threads, so many at a time, with so many more waiting.

    Whoever comes is counted before anything is awaited, so that many at once are as many.
    """

    def __init__(self, limiter: CapacityLimiter, most_waiting: int) -> None:
        self._limiter, self._most, self._inside = limiter, limiter.total_tokens + most_waiting, 0

    async def run(self, work: Callable[[], T]) -> T:
        """Raises Busy where too many are inside already."""
        if self._inside >= self._most:
            raise Busy(SECONDS_OF_QUEUE)
        self._inside += 1
        try:
            return await to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1


class Holders:
    """Whose the sessions are that were found lately, by the hashes of their tokens."""

    def __init__(self, most: int = MOST_KEYS) -> None:
        self._most = most
        self._of: OrderedDict[bytes, str] = OrderedDict()

    def note(self, token: str, whose: str) -> None:
        self._of[_hashed(token)] = whose
        self._of.move_to_end(_hashed(token))
        while len(self._of) > self._most:
            self._of.popitem(last=False)

    def of(self, token: str) -> str | None:
        """Who was found with a token; nobody where it was not seen since the service started."""
        return self._of.get(_hashed(token)) if token else None


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
