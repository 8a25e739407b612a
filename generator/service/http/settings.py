"""Settings that the operator of the service may choose, and rates: how often something may be done."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from ...records.errors import Busy

#: Seconds that only go forward; `time.monotonic` or its stand-in.
Stopwatch = Callable[[], float]
#: How many keys a rate remembers; the one not seen for longest goes first.
MOST_KEYS = 10_000


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A rate: `burst` at once, and as many again in every `seconds`."""

    burst: int
    seconds: float


#: For requests that leave no trace by which a second one would be known.
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
        """Returns whole seconds until the key may go on; 0 where it may now. Takes nothing."""
        missing = 1 - self._refilled(key)
        return max(math.ceil(missing * self._rate.seconds / self._rate.burst), 1) if missing > 0 else 0

    def take(self, key: str) -> int:
        """Takes one and returns 0; where none is left, returns the whole seconds to wait."""
        left = self._refilled(key)
        if left < 1:
            return self.wait(key)
        self._keep(key, left - 1)
        return 0

    def give_back(self, key: str) -> None:
        """Gives one back, where the act that took it did not count."""
        self._keep(key, min(self._refilled(key) + 1, float(self._rate.burst)))

    def forget(self, key: str) -> None:
        """Forgets what was taken, where the act did not happen."""
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


KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
#: For a person, or for all who share an address and are not signed in.
WRITES = Rate(burst=600, seconds=60)
#: For an address; past it only a right code is answered, one at a time.
SIGN_IN_FAILS = Rate(burst=1000, seconds=600)
#: A class may look at its own, all from one address; a serial has 120 bits, so nobody guesses one.
CONFIRMATIONS = Rate(burst=600, seconds=60)
#: For acts that start a browser, hash a code for each person, or read a whole list.
PAPERS = Rate(burst=40, seconds=60)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings; `is_secure` tells that readers come by https, false on a loopback or hotspot address.

    `address` is the service's lasting address, such as `https://tap-huan.example.vn`; it is printed on
    certificates, which leave it out where it is empty. `staff_address` is that of the staff's pages, where
    these have a host of their own; `listening` are further addresses of the service, such as this machine's
    in its network. Limits of bodies are in bytes, `patience` in seconds for each piece of a body to arrive,
    `body_seconds` and `upload_seconds` for the whole of it. `writes` and `papers` are for each person signed
    in, else for each address, as are the other rates. `trainers_by_password` lets trainers in without a
    second factor, as on a classroom's laptop.
    """

    is_secure: bool = True
    address: str = ""
    staff_address: str = ""
    listening: tuple[str, ...] = ()
    body_limit: int = 64 * KILOBYTE
    upload_limit: int = 10 * MEGABYTE
    patience: float = 30.0
    body_seconds: float = 120.0
    upload_seconds: float = 600.0
    writes: Rate = WRITES
    sign_in_fails: Rate = SIGN_IN_FAILS
    confirmations: Rate = CONFIRMATIONS
    papers: Rate = PAPERS
    trainers_by_password: bool = False

    @property
    def scheme(self) -> str:
        return "https" if self.is_secure else "http"


T = TypeVar("T")

#: Seconds after which somebody who found a queue full may come again.
SECONDS_OF_QUEUE = 5


class Queue:
    """Runs work in threads, so many at a time, with so many more waiting.

    Each caller is counted before anything is awaited, so simultaneous callers cannot pass the bound.
    """

    def __init__(self, limiter: CapacityLimiter, most_waiting: int) -> None:
        self._limiter, self._most, self._inside = limiter, limiter.total_tokens + most_waiting, 0

    async def run(self, work: Callable[[], T]) -> T:
        """Returns the work's result. Raises Busy where too many are inside already."""
        if self._inside >= self._most:
            raise Busy(SECONDS_OF_QUEUE)
        self._inside += 1
        try:
            return await to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1


@lru_cache(maxsize=1024)
def client_network(host: str) -> str:
    """Returns what a rate is kept for: an IPv4 address, or the 64 bits of IPv6 that one customer has."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
