"""Threads for what takes argon2, and how many may wait for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from ..records.refusals import Busy

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
