"""What each role may do, and what takes a fresh TOTP code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..refusals import NotAllowed
from .accounts import Account, Role
from .sessions import Session, is_within

#: How long a TOTP code holds for what takes one.
FRESH = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """Who may do something, within their units, and whether a fresh TOTP code is needed."""

    roles: frozenset[Role]
    totp: bool = False


TRAINERS: frozenset[Role] = frozenset({"trainer", "unit-head", "office"})
HEADS: frozenset[Role] = frozenset({"unit-head", "office"})
OFFICE: frozenset[Role] = frozenset({"office"})

OPERATIONS: Mapping[str, Operation] = {
    "progress.read": Operation(roles=TRAINERS),
    "class.hold": Operation(roles=TRAINERS),
    "paper.enter": Operation(roles=TRAINERS),
    "activity.enter": Operation(roles=TRAINERS),
    "plan.enter": Operation(roles=TRAINERS),
    "countersign": Operation(roles=TRAINERS),
    "code.issue": Operation(roles=TRAINERS),
    "person.change": Operation(roles=HEADS),
    "document.record": Operation(roles=HEADS),
    "trail.read": Operation(roles=HEADS),
    "waive": Operation(roles=OFFICE),
    "figure.enter": Operation(roles=OFFICE),
    "export": Operation(roles=HEADS, totp=True),
    "void": Operation(roles=HEADS, totp=True),
    "merge.look": Operation(roles=OFFICE),
    "merge": Operation(roles=OFFICE, totp=True),
    "erase": Operation(roles=OFFICE, totp=True),
    "roster.import": Operation(roles=OFFICE, totp=True),
    "account.invite": Operation(roles=OFFICE, totp=True),
}


class TotpNeeded(NotAllowed):
    """It is theirs to do, once a TOTP code was right in the session, or again within the last 15 minutes."""


def needs_second_factor(account: Account, session: Session, *, trainers_by_password: bool) -> bool:
    """Whether a code must be right in the session before anything is open to it.

    Only trainers may be let in by the password alone, where whoever runs the service chose so.
    """
    is_waived = trainers_by_password and account.role == "trainer"
    return session.totp_at is None and not is_waived


def needs_totp(operation: str, session: Session, *, now: datetime) -> bool:
    """Whether a code must be asked for first."""
    return OPERATIONS[operation].totp and not is_within(FRESH, session.totp_at, now)


def require(operation: str, account: Account, session: Session, *, now: datetime) -> None:
    """Raises NotAllowed, or TotpNeeded. The unit is another question: see `within`."""
    if not account.active or account.role not in OPERATIONS[operation].roles:
        raise NotAllowed(operation)
    if needs_totp(operation, session, now=now):
        raise TotpNeeded(operation)
