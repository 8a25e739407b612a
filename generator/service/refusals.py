"""What a refusal of the records means to whoever asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..records.access.rights import TotpNeeded
from ..records.refusals import (
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
from .faults import Fault


def later(refusal: Refused) -> dict[str, str]:
    """The header that says in how many seconds the same may be asked again."""
    return {"Retry-After": str(getattr(refusal, "retry_after", 1))}


MEANINGS: Mapping[type[Refused], Callable[[Refused], Fault]] = {
    Busy: lambda refusal: Fault("busy", headers=later(refusal)),
    Conflict: lambda _: Fault("other-attempt"),
    Repeated: lambda _: Fault("twice"),
    Malformed: lambda _: Fault("not-understood", where="một giá trị không đúng dạng"),
    Unattributed: lambda _: Fault("not-understood", where="thiếu người ghi hoặc lý do"),
    Unknown: lambda _: Fault("no-such-page"),
    TotpNeeded: lambda _: Fault("totp-needed"),
    NotAllowed: lambda _: Fault("not-allowed"),
    WrongCode: lambda _: Fault("wrong-code"),
    Locked: lambda refusal: Fault("locked", headers=later(refusal)),
}


def as_fault(refusal: Refused) -> Fault:
    """The fault of the nearest kind; a refusal says no more than that to the one who asked."""
    for kind in type(refusal).__mro__:
        if kind in MEANINGS:
            return MEANINGS[kind](refusal)
    return Fault("not-allowed")
