"""Staff accounts: invited by a one-time link, a long password, TOTP for what cannot be taken back."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from .. import people, schema
from ..attribution import By, NewId, new_id, note
from ..refusals import Locked, Malformed, NotAllowed, Unknown, WrongCode
from ..store import Store
from . import failing, sessions, totp
from .accounts import Role, account
from .hashing import Hashing
from .sessions import Random, Session

#: Characters of a password, at least and at most.
SHORTEST, LONGEST = 15, 200
INVITATION = timedelta(days=7)


class Staff:
    """Sign-in of staff over a store. No account is there by default: the operator invites the first."""

    def __init__(
        self, store: Store, hashing: Hashing, *, random: Random = secrets.token_bytes, new_id: NewId = new_id
    ) -> None:
        self._store, self._hashing, self._random, self._new_id = store, hashing, random, new_id

    # --- invitations --------------------------------------------------------------------------

    def invite(self, name: str, role: Role, unit: str, *, by: By, id: str | None = None) -> str:
        """Makes an account that has no password yet; the token of its one-time link, good for a week.

        An account of that `id` which nobody has used yet is not made again, and gets another link.
        Raises Unknown for the unit, NotAllowed where the name is taken.
        """
        name = plain_name(name)

        def write(connection: Connection) -> str:
            if not name or role not in schema.ROLES:
                raise Malformed("an account has a name and a role")
            if unit not in people.units(connection):
                raise Unknown(unit)
            table = schema.account
            made = connection.execute(select(table.c.id, table.c.hash).where(table.c.name == name)).first()
            if made is not None and made.id == id and made.hash is None:
                return self._invitation(connection, made.id)
            if made is not None:
                raise NotAllowed("the name is taken")
            row = {"id": id or self._new_id(), "name": name, "role": role, "unit": unit}
            connection.execute(insert(table), {**row, "active": True, "fails": 0})
            note(connection, "account.invited", row["id"], by=by, now=self._store.now())
            return self._invitation(connection, row["id"])

        return self._store.write(write)

    def reset(self, id: str, *, by: By) -> str:
        """Takes away password and TOTP, and signs out; the token of a new one-time link.

        Raises NotAllowed for an account that is switched off.
        """

        def write(connection: Connection) -> str:
            if not account(connection, id).active:
                raise NotAllowed("the account is switched off")
            note(connection, "account.reset", id, by=by, now=self._store.now())
            return self._cleared(connection, id)

        return self._store.write(write)

    def reopen(self, id: str, *, by: By) -> str:
        """Switches an account on again; the token of its one-time link. Raises NotAllowed where it is on."""

        def write(connection: Connection) -> str:
            if account(connection, id).active:
                raise NotAllowed("the account is not switched off")
            connection.execute(update(schema.account).where(schema.account.c.id == id).values(active=True))
            note(connection, "account.reopened", id, by=by, now=self._store.now())
            return self._cleared(connection, id)

        return self._store.write(write)

    def _cleared(self, connection: Connection, id: str) -> str:
        cleared = {"hash": None, "totp": None, "totp_step": None}
        connection.execute(update(schema.account).where(schema.account.c.id == id).values(cleared))
        failing.succeed(connection, schema.account, id)
        sessions.close_all(connection, account=id)
        return self._invitation(connection, id)

    def _invitation(self, connection: Connection, id: str) -> str:
        """A token; those before it are no longer good."""
        table, token = schema.invitation, sessions.new_token(self._random)
        connection.execute(delete(table).where(table.c.account == id, table.c.used_at.is_(None)))
        row = {"token_sha256": sessions.token_sha256(token), "account": id}
        connection.execute(insert(table), {**row, "expires_at": self._store.now() + INVITATION})
        return token

    def accept(self, token: str, password: str) -> str:
        """Sets the password of an invited account and signs in; the token of the session.

        Raises WrongCode for a link that is used up or expired, Malformed for a short password.
        """
        password = _checked(password)
        hashed, now = self._hashing.hash(password), self._store.now()

        def write(connection: Connection) -> str:
            id = _use(connection, token, now)
            connection.execute(update(schema.account).where(schema.account.c.id == id).values(hash=hashed))
            return sessions.start(connection, account=id, now=now, random=self._random)

        return self._store.write(write)

    # --- signing in ---------------------------------------------------------------------------

    def sign_in(self, name: str, password: str) -> str:
        """The token of a new session. Raises WrongCode, Locked, or Busy."""
        name, now = plain_name(name), self._store.now()
        with self._store.read() as connection:
            table = schema.account.c
            id = connection.scalar(select(table.id).where(table.name == name, table.active)) or ""
        try:
            row = self._store.write(lambda within: failing.begin_try(within, schema.account, id, now))
        except Locked:
            # As long as any other answer takes, so that none tells whose name there is.
            self._hashing.verify(None, password)
            raise
        is_right = self._hashing.verify(row.hash if row else None, unicodedata.normalize("NFC", password))
        if row is None or not is_right:
            raise WrongCode

        def write(connection: Connection) -> str:
            # The account may have been reset since its password was verified.
            if connection.scalar(select(table.hash).where(table.id == id)) != row.hash:
                raise WrongCode
            failing.succeed(connection, schema.account, id)
            return sessions.start(connection, account=id, now=now, random=self._random)

        return self._store.write(write)

    # --- TOTP ---------------------------------------------------------------------------------

    def enrol(self, session: Session, secret: str, typed: str) -> None:
        """Binds an authenticator whose first digits are right. Raises WrongCode, or NotAllowed."""
        now = self._store.now()

        def write(connection: Connection) -> None:
            id = _staff(session)
            if account(connection, id).has_totp:
                raise NotAllowed("an authenticator is bound already")
            if (step := totp.step(secret, typed, now=now)) is None:
                raise WrongCode
            _prove(connection, session, {"totp": secret, "totp_step": step}, now)

        self._store.write(write)

    def prove(self, session: Session, typed: str) -> None:
        """Notes in a session that a TOTP code was right just now. Raises WrongCode or Locked."""
        now, id = self._store.now(), _staff(session)
        row = self._store.write(lambda within: failing.begin_try(within, schema.account, id, now))

        def write(connection: Connection) -> None:
            table = schema.account.c
            last = connection.scalar(select(table.totp_step).where(table.id == id))
            step = totp.step(row.totp, typed, now=now, after=last) if row is not None and row.totp else None
            if step is None:
                raise WrongCode
            failing.succeed(connection, schema.account, id)
            _prove(connection, session, {"totp_step": step}, now)

        self._store.write(write)


def plain_name(typed: str) -> str:
    """A name as accounts have it."""
    return unicodedata.normalize("NFC", " ".join(typed.split()))


def _checked(password: str) -> str:
    password = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise Malformed(f"a password has {SHORTEST} to {LONGEST} characters")
    return password


def _use(connection: Connection, token: str, now: datetime) -> str:
    """The account of an invitation, which is used up now."""
    table = schema.invitation
    here = table.c.token_sha256 == sessions.token_sha256(token)
    row = connection.execute(select(table).where(here)).first()
    if row is None or row.used_at is not None or row.expires_at <= now:
        raise WrongCode
    connection.execute(update(table).where(here).values(used_at=now))
    return str(row.account)


def _staff(session: Session) -> str:
    if session.account is None:
        raise NotAllowed("staff only")
    return session.account


def _prove(connection: Connection, session: Session, values: dict[str, str | int], now: datetime) -> None:
    connection.execute(update(schema.account).where(schema.account.c.id == session.account).values(values))
    table = schema.session
    here = table.c.token_sha256 == session.token_sha256
    connection.execute(update(table).where(here).values(totp_at=now))
