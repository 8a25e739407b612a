"""What whoever runs the service may choose."""

from __future__ import annotations

from dataclasses import dataclass

from .rates import Rate

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
#: Of a person, or of all who share an address and are not signed in.
WRITES = Rate(burst=600, seconds=60)
#: Of an address; past it only a right code is answered, one at a time.
SIGN_IN_FAILS = Rate(burst=1000, seconds=600)
#: A class may look at its own, all from one address; a serial has 120 bits, so nobody guesses one.
CONFIRMATIONS = Rate(burst=600, seconds=60)
#: What starts a browser, hashes a code for each person, or reads a whole list.
PAPERS = Rate(burst=40, seconds=60)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`is_secure`: readers come by https; false on a loopback or hotspot address.

    `address` is where the service is reached for good, such as `https://tap-huan.example.vn`; printed on
    confirmations, left out of them where it is empty. `staff_address` is where the staff's pages are
    reached, where that is a host of its own; `listening` are further addresses of the service, as of this
    machine in its network. Limits of bodies are in bytes, `patience` in seconds for
    each piece of a body to arrive, `body_seconds` and `upload_seconds` for the whole of it. `writes` and
    `papers` are for each person signed in, else for each address, as are the other rates.
    `trainers_by_password` lets trainers in without a second factor, as on a classroom's laptop.
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
