"""How often something may be done: tokens that fill up again, in memory, for a bounded number of keys."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

#: Seconds that only go forward; `time.monotonic` or what stands for it.
Stopwatch = Callable[[], float]
#: How many keys a rate remembers; the one not seen for longest goes first.
MOST_KEYS = 10_000


@dataclass(frozen=True, kw_only=True)
class Rate:
    """`burst` at once, and as many again in every `seconds`."""

    burst: int
    seconds: float


#: For what leaves nothing behind by which a second sending would be known.
ONCE_AN_HOUR = Rate(burst=1, seconds=3600)


class Allowance:
    """How much of a rate each key has left."""

    def __init__(self, rate: Rate, stopwatch: Stopwatch, most: int = MOST_KEYS) -> None:
        self._rate = rate
        self._stopwatch = stopwatch
        self._most = most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._left)

    def wait(self, key: str) -> int:
        """Whole seconds until the key may go on; 0 where it may now. Takes nothing."""
        left = self._refilled(key)
        return 0 if left >= 1 else max(math.ceil((1 - left) * self._rate.seconds / self._rate.burst), 1)

    def take(self, key: str) -> int:
        """Takes one where there is one; else the whole seconds to wait."""
        waiting = self.wait(key)
        if not waiting:
            self._keep(key, self._refilled(key) - 1)
        return waiting

    def give_back(self, key: str) -> None:
        """Gives one back that was taken for what then did not count."""
        self._keep(key, min(self._refilled(key) + 1, float(self._rate.burst)))

    def forget(self, key: str) -> None:
        """Forgets what was taken, where what it was taken for did not happen."""
        self._left.pop(key, None)

    def _refilled(self, key: str) -> float:
        left, since = self._left.get(key, (float(self._rate.burst), self._stopwatch()))
        passed = self._stopwatch() - since
        return min(float(self._rate.burst), left + passed * self._rate.burst / self._rate.seconds)

    def _keep(self, key: str, left: float) -> None:
        self._left[key] = (left, self._stopwatch())
        self._left.move_to_end(key)
        while len(self._left) > self._most:
            self._left.popitem(last=False)
