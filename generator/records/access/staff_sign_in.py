"""Staff sign-in: invited by a one-time link, then a long password and a second factor."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from .. import audit_trail, people, schema
from ..audit_trail import By, NewId, new_id, note
from ..errors import Locked, Malformed, NotAllowed, Unknown, WrongCode
from ..store import Store
from . import credentials, lock_out, sessions
from .accounts import Role, account_by_id
from .credentials import Hashing, UnknownCredential, UnknownCredentials, WeakPassword
from .second_factor import TRAINERS, SecondFactor, SeedKey
from .sessions import Random, Session

INVITATION = timedelta(days=7)
#: An invitation that is good for longer was made by a clock that was ahead.
LONGEST_INVITATION = INVITATION + sessions.CLOCK_AHEAD


class StaffSignIn:
    """Signs staff in over a store. No account is there by default: the operator invites the first.

    Seeds of authenticators are encrypted under `key`. A password may not be made of `titles`, such as the
    programme's.
    """

    def __init__(
        self,
        store: Store,
        hashing: Hashing,
        *,
        key: SeedKey | None = None,
        trainers_by_password: bool = False,
        titles: Iterable[str] = (),
        random: Random = secrets.token_bytes,
        new_id: NewId = new_id,
    ) -> None:
        self._store, self._hashing, self._random, self._new_id = store, hashing, random, new_id
        self._trainers_by_password, self._titles = trainers_by_password, tuple(titles)
        self._unknown = UnknownCredentials(lock_out.PASSWORD_FAILURES)
        self.second_factor = SecondFactor(store, key, random=random)

    # --- invitations --------------------------------------------------------------------------

    def invite(self, name: str, role: Role, unit: str, *, by: By, id: str | None = None) -> str:
        """Makes an account that has no password yet; returns the token of its one-time link, good for a week.

        An account of that `id` which nobody has used yet is not made again, and gets another link. Raises
        Unknown for the unit, NotAllowed where the name is taken.
        """
        name = plain_name(name)

        def write(connection: Connection) -> str:
            if not name or role not in schema.ROLES:
                raise Malformed("an account has a name and a role")
            if unit not in people.units_by_id(connection):
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
        """Takes away password and authenticator, and signs out; returns the token of a new one-time link.

        Raises NotAllowed for an account that is switched off.
        """

        def write(connection: Connection) -> str:
            if not account_by_id(connection, id).active:
                raise NotAllowed("the account is switched off")
            note(connection, "account.reset", id, by=by, now=self._store.now())
            return self._cleared(connection, id)

        return self._store.write(write)

    def reopen(self, id: str, *, by: By) -> str:
        """Switches an account on again; returns the token of its link. Raises NotAllowed where it is on."""

        def write(connection: Connection) -> str:
            if account_by_id(connection, id).active:
                raise NotAllowed("the account is not switched off")
            connection.execute(update(schema.account).where(schema.account.c.id == id).values(active=True))
            note(connection, "account.reopened", id, by=by, now=self._store.now())
            return self._cleared(connection, id)

        return self._store.write(write)

    def _cleared(self, connection: Connection, id: str) -> str:
        names = ("hash", "totp", "totp_key", "totp_step", "totp_pending", "totp_pending_key")
        cleared = dict.fromkeys(names)
        connection.execute(update(schema.account).where(schema.account.c.id == id).values(cleared))
        for counter in (lock_out.PASSWORD_FAILURES, lock_out.TOTP_FAILURES):
            lock_out.forget_failures(connection, counter, id)
        sessions.close_all_sessions(connection, account=id)
        return self._invitation(connection, id)

    def _invitation(self, connection: Connection, id: str) -> str:
        """Returns a token; those before it are no longer good."""
        table, token = schema.invitation, sessions.new_token(self._random)
        connection.execute(delete(table).where(table.c.account == id, table.c.used_at.is_(None)))
        row = {"token_sha256": sessions.token_sha256(token), "account": id}
        connection.execute(insert(table), {**row, "expires_at": self._store.now() + INVITATION})
        return token

    def accept(self, token: str, password: str) -> str:
        """Sets the password of an invited account and signs in; returns the token of the session.

        Raises WrongCode for a link that is used up or expired, WeakPassword.
        """
        now = self._store.now()
        with self._store.read() as connection:
            account = account_by_id(connection, _invited(connection, token, now))
        hashed = self._hashed(password, account.name)

        def write(connection: Connection) -> str:
            id = _invited(connection, token, now)
            table, condition = (
                schema.invitation,
                schema.invitation.c.token_sha256 == sessions.token_sha256(token),
            )
            connection.execute(update(table).where(condition).values(used_at=now))
            connection.execute(update(schema.account).where(schema.account.c.id == id).values(hash=hashed))
            note(
                connection,
                audit_trail.INVITATION_ACCEPTED,
                id,
                by=audit_trail.by_account(id, audit_trail.BY_LINK),
                now=now,
            )
            return sessions.start_session(connection, account=id, now=now, random=self._random)

        return self._store.write(write)

    def _hashed(self, password: str, name: str) -> str:
        """Returns the hash of a password that may be set, for an account of that name.

        Raises WeakPassword.
        """
        return self._hashing.hash(credentials.checked_password(password, name=name, titles=self._titles))

    # --- signing in ---------------------------------------------------------------------------

    def sign_in(self, name: str, password: str) -> str:
        """Returns the token of a new session. Raises WrongCode, Locked, or Busy.

        Whether anybody has the name makes no difference to a wrong password: not to the answer, to the
        lock after ten, or to what the database has to do.
        """
        now = self._store.now()
        tried = self._begin(plain_name(name), password, now)
        if isinstance(tried, UnknownCredential):
            self._hashing.verify(None, password)
            self._store.submit(lambda connection: self._note_unknown(connection, tried, now))
            raise WrongCode
        self._verify(tried, password, now)
        return self._store.write(lambda connection: self._start(connection, tried, now))

    def _start(self, connection: Connection, row: Row[Any], now: datetime) -> str:
        """Signs in an account whose password was right."""
        _require_unchanged(connection, row)
        lock_out.forget_failures(connection, lock_out.PASSWORD_FAILURES, row.id)
        is_enough = self._trainers_by_password and row.role == TRAINERS
        by = audit_trail.by_account(
            row.id, audit_trail.BY_PASSWORD if is_enough else audit_trail.CODE_TO_COME
        )
        note(connection, audit_trail.SIGNED_IN, row.id, by=by, now=now)
        return sessions.start_session(connection, account=row.id, now=now, random=self._random)

    def _begin(self, name: str, password: str, now: datetime) -> Row[Any] | UnknownCredential:
        """Counts a try at a password before it is verified. Raises Locked."""
        tried = self._store.write(lambda connection: self._begin_by_name(connection, name, now))
        if isinstance(tried, Locked):
            # Takes as long as any other answer, so that none tells which names exist.
            self._hashing.verify(None, password)
            raise tried
        return tried

    def _begin_by_name(
        self, connection: Connection, name: str, now: datetime
    ) -> Row[Any] | UnknownCredential | Locked:
        """Returns the account, or its lock. An account that is switched off is treated as nobody's."""
        table = schema.account.c
        account = connection.execute(select(table.id, table.active).where(table.name == name)).first()
        if account is not None and account.active:
            return _begin_try(connection, account.id, now)
        lock_out.begin_try(connection, lock_out.PASSWORD_FAILURES, audit_trail.NOBODY, now)
        subject = audit_trail.NOBODY if account is None else account.id
        # People type passwords into the wrong field: no name is kept.
        key = sessions.token_sha256(name)
        tried = self._unknown.begin_try(connection, key, now, subject=subject)
        if isinstance(tried, Locked):
            _refuse_unknown(connection, subject, now)
        return tried

    def _note_unknown(self, connection: Connection, tried: UnknownCredential, now: datetime) -> None:
        _refuse_unknown(connection, tried.subject, now)
        self._unknown.note_lock(connection, tried, now)

    def _verify(self, row: Row[Any], password: str, now: datetime) -> None:
        """Raises WrongCode, which the trail notes; nobody waits for that note."""
        if not self._hashing.verify(row.hash, credentials.plain_password(password)):
            self._store.submit(lambda connection: _note_wrong(connection, row, now))
            raise WrongCode

    # --- another password ---------------------------------------------------------------------

    def change_password(self, session: Session, current: str, password: str) -> str:
        """Sets another password and ends all sessions; returns the token of a new one.

        Raises WeakPassword, WrongCode where the current one is wrong, Locked, or Busy.
        """
        now, id = self._store.now(), session.account or ""
        row = self._confirm(id, current, now)
        if credentials.plain_password(current) == credentials.plain_password(password):
            raise WeakPassword("same")
        hashed = self._hashed(password, row.name)

        def write(connection: Connection) -> str:
            _require_unchanged(connection, row)
            connection.execute(update(schema.account).where(schema.account.c.id == id).values(hash=hashed))
            sessions.close_all_sessions(connection, account=id)
            note(connection, audit_trail.PASSWORD_CHANGED, id, by=audit_trail.by_account(id), now=now)
            proved_at = session.totp_at
            return sessions.start_session(
                connection, account=id, totp_at=proved_at, now=now, random=self._random
            )

        return self._store.write(write)

    def end_other_sessions(self, session: Session, current: str) -> None:
        """Signs the account out everywhere else. Raises WrongCode for the password, Locked, or Busy."""
        now, id = self._store.now(), session.account or ""
        self._confirm(id, current, now)

        def write(connection: Connection) -> None:
            sessions.close_other_sessions(connection, session)
            note(connection, audit_trail.OTHERS_ENDED, id, by=audit_trail.by_account(id), now=now)

        self._store.write(write)

    def _confirm(self, id: str, password: str, now: datetime) -> Row[Any]:
        """Returns the account whose password it is. Raises WrongCode, Locked, or Busy."""
        row = self._store.write(lambda connection: _begin_try(connection, id, now))
        if isinstance(row, Locked):
            raise row
        self._verify(row, password, now)
        self._store.write(
            lambda connection: lock_out.forget_failures(connection, lock_out.PASSWORD_FAILURES, id)
        )
        return row


def plain_name(typed: str) -> str:
    """Returns a name as accounts have it."""
    return unicodedata.normalize("NFC", " ".join(typed.split()))


def _begin_try(connection: Connection, id: str, now: datetime) -> Row[Any] | Locked:
    """Returns the account as it stands, or its lock, which the trail notes."""
    row = lock_out.begin_try(connection, lock_out.PASSWORD_FAILURES, id, now)
    if row is None:
        raise Unknown(id)
    if isinstance(row, Locked):
        _refuse(connection, id, audit_trail.WHILE_LOCKED, now)
    return row


def _refuse(connection: Connection, id: str, reason: str, now: datetime) -> None:
    note(connection, audit_trail.SIGN_IN_REFUSED, id, by=audit_trail.by_unknown(reason), now=now)


def _refuse_unknown(connection: Connection, subject: str, now: datetime) -> None:
    if subject == audit_trail.NOBODY:
        by = audit_trail.by_unknown(audit_trail.NO_SUCH_NAME)
        note(connection, audit_trail.UNKNOWN_SIGN_IN, subject, by=by, now=now)
    else:
        _refuse(connection, subject, audit_trail.SWITCHED_OFF, now)


def _note_wrong(connection: Connection, row: Row[Any], now: datetime) -> None:
    _refuse(connection, row.id, audit_trail.WRONG_PASSWORD, now)
    lock_out.note_lock(connection, lock_out.PASSWORD_FAILURES, row, now)


def _require_unchanged(connection: Connection, row: Row[Any]) -> None:
    """Raises WrongCode where the account was reset since its password was verified."""
    table = schema.account.c
    if connection.scalar(select(table.hash).where(table.id == row.id, table.active)) != row.hash:
        raise WrongCode


def _invited(connection: Connection, token: str, now: datetime) -> str:
    """Returns the account of an invitation that is still good. Raises WrongCode."""
    table = schema.invitation.c
    row = connection.execute(
        select(table.account).where(
            table.token_sha256 == sessions.token_sha256(token),
            table.used_at.is_(None),
            table.expires_at > now,
            table.expires_at <= now + LONGEST_INVITATION,
        )
    ).first()
    if row is None:
        raise WrongCode
    return str(row.account)
