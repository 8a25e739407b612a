"""Faults of the service, in Vietnamese with what to do, and the faults that refusals of records become."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.exceptions import HTTPException

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
    """Returns the catalogue by code."""
    text = files(__package__).joinpath("faults.toml").read_text(encoding="utf-8")
    return {code: FaultText(**words) for code, words in tomllib.loads(text).items()}


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


MEANINGS: Mapping[type[Refused], Callable[[Refused], Fault]] = {
    Busy: lambda refusal: Fault("busy", headers=retry_after(refusal)),
    Conflict: lambda _: Fault("other-attempt"),
    Repeated: lambda _: Fault("twice"),
    Malformed: lambda _: Fault("not-understood", where="một giá trị không đúng dạng"),
    Unattributed: lambda _: Fault("not-understood", where="thiếu người ghi hoặc lý do"),
    Unknown: lambda _: Fault("no-such-page"),
    TotpNeeded: lambda _: Fault("totp-needed"),
    NotAllowed: lambda _: Fault("not-allowed"),
    WrongCode: lambda _: Fault("wrong-code"),
    Locked: lambda refusal: Fault("locked", headers=retry_after(refusal)),
}


def fault_of_refusal(refusal: Refused) -> Fault:
    """Returns the fault of the nearest kind; the one who asked is told no more than that."""
    for kind in type(refusal).__mro__:
        if kind in MEANINGS:
            return MEANINGS[kind](refusal)
    return Fault("not-allowed")
