"""Staff accounts as they are read: a name, a role, and a unit with all below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select, update

from .. import people, schema
from ..attribution import By, note
from ..refusals import Unknown
from . import sessions

Role = Literal["trainer", "unit-head", "office"]


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody of the staff. `is_ready`: the invitation was accepted and a password set.

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


def account(connection: Connection, id: str) -> Account:
    """Raises Unknown."""
    for found in _read(connection, id):
        return found
    raise Unknown(id)


def accounts(connection: Connection) -> tuple[Account, ...]:
    """All accounts, by name."""
    return _read(connection)


def _read(connection: Connection, id: str | None = None) -> tuple[Account, ...]:
    table = schema.account.c
    query = select(
        *(table.id, table.name, table.role, table.unit, table.active),
        table.hash.is_not(None).label("is_ready"),
        table.totp_key,
    ).order_by(table.name)
    if id is not None:
        query = query.where(table.id == id)
    return tuple(Account(**row) for row in connection.execute(query).mappings())


def within(connection: Connection, account: Account, unit: str | None) -> bool:
    """Whether a unit lies in an account's scope; persons without a unit are the office's alone."""
    if unit is None:
        return account.role == "office"
    return unit in people.subtree(connection, account.unit)


def deactivate(connection: Connection, id: str, *, by: By, now: datetime) -> None:
    """Switches an account off and signs it out."""
    account(connection, id)
    connection.execute(update(schema.account).where(schema.account.c.id == id).values(active=False))
    sessions.close_all(connection, account=id)
    note(connection, "account.deactivated", id, by=by, now=now)
