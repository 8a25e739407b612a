"""Settings that the operator of the service may choose, and rates: how often something may be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
