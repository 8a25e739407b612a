"""Faults of the service, in Vietnamese with what to do, and the faults that refusals of records become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from starlette.exceptions import HTTPException

from ...catalogue import read_catalogue
from ...errors import TaphuanError
from ...records.access.accounts import TotpNeeded
from ...records.errors import (
    Busy,
    Conflict,
    Locked,
    Malformed,
    NotAllowed,
    Refused,
    Repeated,
    Unattributed,
    Unknown,
    WrongCode,
)


@dataclass(frozen=True, kw_only=True)
class FaultText:
    """The status and the sentences of a code in `faults.toml`."""

    status: int
    message: str
    fix: str


class Fault(TaphuanError, HTTPException):
    """Raised where a request cannot be met; an HTTPException, so that FastAPI lets it through."""

    def __init__(self, code: str, *, headers: Mapping[str, str] | None = None, **values: object) -> None:
        wording = fault_texts()[code]
        HTTPException.__init__(self, wording.status, code, dict(headers or {}))
        self.code = code
        self.message = wording.message.format(**values)
        self.fix = wording.fix.format(**values)


@cache
def fault_texts() -> Mapping[str, FaultText]:
    """Returns the faults of the catalogue by code."""
    return {code: FaultText(**words) for code, words in _catalogue().items() if code != "places"}


def place(name: str, **values: object) -> str:
    """Returns how the catalogue calls a place in what was sent."""
    return str(_catalogue()["places"][name]).format(**values)


def _catalogue() -> Mapping[str, Any]:
    return read_catalogue(__package__, "faults.toml")


#: Errors that Starlette and FastAPI raise themselves, by status.
FOREIGN = {
    400: "bad-request",
    401: "signed-out",
    404: "no-such-page",
    405: "method-not-allowed",
    415: "not-json",
}


def fault_of_http(error: HTTPException) -> Fault:
    """Returns the fault for an exception of the framework."""
    if isinstance(error, Fault):
        return error
    return Fault(FOREIGN.get(error.status_code, "bad-request"), headers=error.headers)


def retry_after(refusal: Refused) -> dict[str, str]:
    """Returns the header that says in how many seconds the same may be asked again."""
    return {"Retry-After": str(getattr(refusal, "retry_after", 1))}


MEANINGS: Mapping[type, str] = {
    Busy: "busy",
    Conflict: "other-attempt",
    Repeated: "twice",
    Malformed: "not-understood",
    Unattributed: "not-understood",
    Unknown: "no-such-page",
    TotpNeeded: "totp-needed",
    NotAllowed: "not-allowed",
    WrongCode: "wrong-code",
    Locked: "locked",
}


def fault_of_refusal(refusal: Refused) -> Fault:
    """Returns the fault of the nearest kind; the one who asked is told no more than that."""
    code = next((MEANINGS[kind] for kind in type(refusal).__mro__ if kind in MEANINGS), "not-allowed")
    headers = retry_after(refusal) if isinstance(refusal, (Busy, Locked)) else None
    where = place("unattributed" if isinstance(refusal, Unattributed) else "malformed")
    return Fault(code, headers=headers, where=where)
