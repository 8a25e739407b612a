"""Staff accounts: a name, a role, a unit with all below it, and what each role may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, select, update

from .. import schema
from ..audit_trail import By, note
from ..errors import NotAllowed, Unknown
from . import sessions
from .sessions import Session, is_within

Role = Literal["trainer", "unit-head", "office"]


@dataclass(frozen=True, kw_only=True)
class Account:
    """A member of staff. `is_ready` once the invitation was accepted and a password set.

    `totp_key` is the id of the key under which the seed of the authenticator is encrypted, if one is bound.
    """

    id: str
    name: str
    role: Role
    unit: str
    active: bool
    is_ready: bool
    totp_key: str | None

    @property
    def has_totp(self) -> bool:
        return self.totp_key is not None


def account_by_id(connection: Connection, id: str) -> Account:
    """Returns the account of that id. Raises Unknown."""
    row = connection.execute(_ACCOUNTS.where(schema.account.c.id == id)).mappings().first()
    if row is None:
        raise Unknown(id)
    return Account(**row)


def all_accounts(connection: Connection) -> tuple[Account, ...]:
    """Returns all accounts, by name."""
    rows = connection.execute(_ACCOUNTS.order_by(schema.account.c.name)).mappings()
    return tuple(Account(**row) for row in rows)


_COLUMNS = (schema.account.c[name] for name in ("id", "name", "role", "unit", "active", "totp_key"))
_ACCOUNTS = select(*_COLUMNS, schema.account.c.hash.is_not(None).label("is_ready"))


def deactivate_account(connection: Connection, id: str, *, by: By, now: datetime) -> None:
    """Switches an account off and signs it out."""
    account_by_id(connection, id)
    connection.execute(update(schema.account).where(schema.account.c.id == id).values(active=False))
    sessions.close_all_sessions(connection, account=id)
    note(connection, "account.deactivated", id, by=by, now=now)


#: How long a code stays fresh for the operations that take one.
FRESH = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """A right: the roles that have it within their units, and whether it takes a fresh TOTP code."""

    roles: frozenset[Role]
    totp: bool = False


TRAINERS: frozenset[Role] = frozenset({"trainer", "unit-head", "office"})
HEADS: frozenset[Role] = frozenset({"unit-head", "office"})
OFFICE: frozenset[Role] = frozenset({"office"})

OPERATIONS: Mapping[str, Operation] = {
    "progress.read": Operation(roles=TRAINERS),
    "class.hold": Operation(roles=TRAINERS),
    "planned-class.enter": Operation(roles=TRAINERS),
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
    """The operation is theirs once a TOTP code was right in the session, in the last 15 minutes for some."""


def needs_second_factor(account: Account, session: Session, *, trainers_by_password: bool) -> bool:
    """Returns whether a code must be right in the session before anything is open to it.

    Only trainers may be let in by the password alone, where the operator of the service chose so.
    """
    is_waived = trainers_by_password and account.role == "trainer"
    return session.totp_at is None and not is_waived


def needs_totp(operation: str, session: Session, *, now: datetime) -> bool:
    """Returns whether a code must be asked for before the operation."""
    return OPERATIONS[operation].totp and not is_within(FRESH, session.totp_at, now)


def require_right(operation: str, account: Account, session: Session, *, now: datetime) -> None:
    """Raises NotAllowed or TotpNeeded. Does not look at units: see `people.subtree`."""
    if not account.active or account.role not in OPERATIONS[operation].roles:
        raise NotAllowed(operation)
    if needs_totp(operation, session, now=now):
        raise TotpNeeded(operation)
