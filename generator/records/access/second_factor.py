"""The second factor of staff: authenticators, their codes (TOTP, RFC 6238), and their encrypted seeds."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import struct
from base64 import b32decode, b32encode, b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, urlencode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Row, func, select, update

from ...errors import OperatorError, reason
from .. import audit_trail, schema
from ..audit_trail import By, note
from ..errors import Locked, NotAllowed, WrongCode
from ..store import Store
from . import lock_out
from .accounts import Account, account_by_id
from .sessions import Random, Session, is_within

TOTP_STEP = 30
TOTP_DIGITS = 6
#: Steps that a phone's clock may be off, either way.
TOTP_DRIFT = 1


def new_secret(random: Callable[[int], bytes]) -> str:
    """Returns 160 bits in base 32, as authenticator apps take it (RFC 4226)."""
    return b32encode(random(20)).decode()


def totp_address(secret: str, *, account: str, issuer: str) -> str:
    """Returns the `otpauth://` address that the QR code of an enrolment holds."""
    # Apps show a plus as a plus, so a blank is %20 everywhere.
    named = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?{named}"


def totp_code(secret: str, step: int) -> str:
    """Returns the digits of a step (RFC 6238)."""
    digest = hmac.digest(b32decode(secret), struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return f"{(number & 0x7FFFFFFF) % 10**TOTP_DIGITS:0{TOTP_DIGITS}d}"


def step_at(moment: datetime) -> int:
    return int(moment.timestamp()) // TOTP_STEP


def matching_step(secret: str, typed: str, *, now: datetime, after: int | None = None) -> int | None:
    """Returns the step whose digits were typed, if about now and later than the last used; else None."""
    current = step_at(now)
    typed = "".join(typed.split())
    for candidate in range(current - TOTP_DRIFT, current + TOTP_DRIFT + 1):
        is_right = hmac.compare_digest(totp_code(secret, candidate).encode(), typed.encode())
        if is_right and (after is None or candidate > after):
            return candidate
    return None


KEY_SIZE, NONCE_SIZE = 32, 12


@dataclass(frozen=True)
class SeedKey:
    """A key that encrypts seeds; its id says which key was used, and gives nothing of the key away."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        return hashlib.sha256(self.secret).hexdigest()[:8]

    def encrypt(self, seed: str, account: str, random: Callable[[int], bytes] = secrets.token_bytes) -> str:
        """Returns the encrypted seed, bound to the account so that it cannot be moved to another one."""
        nonce = random(NONCE_SIZE)
        hidden = AESGCM(self.secret).encrypt(nonce, seed.encode(), account.encode())
        return b64encode(nonce + hidden).decode()

    def decrypt(self, written: str, account: str) -> str | None:
        """Returns the seed; None where it was encrypted under another key, or for another account."""
        encrypted = b64decode(written)
        try:
            return (
                AESGCM(self.secret)
                .decrypt(encrypted[:NONCE_SIZE], encrypted[NONCE_SIZE:], account.encode())
                .decode()
            )
        except InvalidTag:
            return None


def new_key() -> SeedKey:
    return SeedKey(secrets.token_bytes(KEY_SIZE))


def read_or_make_key(path: Path) -> SeedKey:
    """Returns the key in a file, which is made where there is none and which only its owner may read.

    Raises OperatorError where the file cannot be written or read, or holds something else.
    """
    try:
        if not path.exists():
            _write_key(path, new_key())
        text = path.read_text(encoding="ascii").strip()
        key = SeedKey(bytes.fromhex(text))
    except OSError as fault:
        raise OperatorError.of("key-file.closed", path=path, reason=reason(fault)) from None
    except ValueError:
        raise _no_key(path) from None
    if len(key.secret) != KEY_SIZE:
        raise _no_key(path)
    return key


def _write_key(path: Path, key: SeedKey) -> None:
    """Writes the file whole or not at all; where two make it at once, the first one stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{key.secret.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        _publish(part, path)
    finally:
        part.unlink(missing_ok=True)


def _publish(part: Path, path: Path) -> None:
    """Gives a file its name, unless the name is taken."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except OSError:  # a stick with FAT has no links
        if not path.exists():
            part.replace(path)


def _no_key(path: Path) -> OperatorError:
    return OperatorError.of("key-file.foreign", path=path)


#: How long after the password an authenticator may be bound.
BINDING = timedelta(minutes=15)
TRAINERS = "trainer"
#: The actions by which the trail notes a code that was right.
RIGHT_ACTIONS = (audit_trail.SECOND_FACTOR_PROVED, audit_trail.TOTP_BOUND, audit_trail.TOTP_RENEWED)


class PasswordNeeded(NotAllowed):
    """The password was given too long ago: sign in again first."""


class SecondFactor:
    """Binds authenticators and checks their codes; ten wrong ones within an hour lock it for an hour.

    Seeds are encrypted under `key`; a seed under another key counts as none, and is bound anew.
    """

    def __init__(
        self, store: Store, key: SeedKey | None = None, *, random: Random = secrets.token_bytes
    ) -> None:
        self._store, self._key, self._random = store, key or new_key(), random

    def is_bound(self, account: Account) -> bool:
        """Returns whether there is an authenticator whose codes can be checked."""
        return account.totp_key == self._key.id

    # --- binding ------------------------------------------------------------------------------

    def pending(self, session: Session) -> str:
        """Returns the seed to be bound: made once, kept here, the same until then.

        Raises PasswordNeeded, or NotAllowed where an authenticator is bound already.
        """

        def write(connection: Connection) -> str:
            row = self._to_bind(connection, session)
            return self._pending(row) or self._new(connection, row.id)

        with self._store.read() as connection:
            seed = self._pending(self._to_bind(connection, session))
        return seed or self._store.write(write)

    def bind(self, session: Session, typed: str) -> None:
        """Binds the pending seed, whose digits were typed.

        Raises WrongCode, Locked, and what `pending` raises.
        """
        now = self._store.now()

        def write(connection: Connection) -> bool | Locked:
            row = self._to_bind(connection, session)
            if isinstance(
                tried := lock_out.begin_try(connection, lock_out.TOTP_FAILURES, row.id, now), Locked
            ):
                return tried
            seed = self._pending(row)
            step = matching_step(seed, typed, now=now) if seed else None
            if step is None:
                return _refuse_code(connection, row, now)
            bound = {"totp": row.totp_pending, "totp_key": row.totp_pending_key, "totp_step": step}
            cleared = {"totp_pending": None, "totp_pending_key": None}
            action = audit_trail.TOTP_BOUND if row.totp is None else audit_trail.TOTP_RENEWED
            return _accept_code(connection, session, {**bound, **cleared}, action, now)

        _require_right(self._store.write(write))

    def _to_bind(self, connection: Connection, session: Session) -> Row[Any]:
        id = _staff(session)
        if self.is_bound(account_by_id(connection, id)):
            raise NotAllowed("an authenticator is bound already")
        if not is_within(BINDING, session.made_at, self._store.now()):
            raise PasswordNeeded("the password was given too long ago")
        return _account_row(connection, id)

    def _pending(self, row: Row[Any]) -> str | None:
        is_readable = row.totp_pending is not None and row.totp_pending_key == self._key.id
        return self._key.decrypt(row.totp_pending, row.id) if is_readable else None

    def _new(self, connection: Connection, id: str) -> str:
        seed = new_secret(self._random)
        hidden = {"totp_pending": self._key.encrypt(seed, id), "totp_pending_key": self._key.id}
        connection.execute(update(schema.account).where(schema.account.c.id == id).values(hidden))
        return seed

    # --- proving ------------------------------------------------------------------------------

    def prove(self, session: Session, typed: str) -> None:
        """Notes in a session that a code was right just now. Raises WrongCode or Locked."""
        now, id = self._store.now(), _staff(session)

        def write(connection: Connection) -> bool | Locked:
            row = _account_row(connection, id)
            if isinstance(tried := lock_out.begin_try(connection, lock_out.TOTP_FAILURES, id, now), Locked):
                return tried
            is_readable = row.totp is not None and row.totp_key == self._key.id
            seed = self._key.decrypt(row.totp, id) if is_readable else None
            step = (
                matching_step(seed, typed, now=now, after=_last_step(connection, row, now)) if seed else None
            )
            if step is None:
                return _refuse_code(connection, row, now)
            return _accept_code(
                connection, session, {"totp_step": step}, audit_trail.SECOND_FACTOR_PROVED, now
            )

        _require_right(self._store.write(write))

    # --- for the operator -----------------------------------------------------------------------

    def count_unreadable(self) -> int:
        """Returns how many accounts in use have an authenticator under another key, to be bound anew."""
        table = schema.account.c
        query = select(func.count()).where(table.active, table.totp_key != self._key.id)
        with self._store.read() as connection:
            return connection.scalar(query) or 0


def note_second_factor(connection: Connection, *, is_waived: bool, by: By, now: datetime) -> None:
    """Notes in the trail that trainers come in without it, or with it again, where that has changed."""
    table = schema.audit.c
    query = (
        select(table.action, table.at)
        .where(table.action.in_((audit_trail.SECOND_FACTOR_WAIVED, audit_trail.SECOND_FACTOR_REQUIRED)))
        .order_by(table.at.desc(), table.id.desc())
        .limit(1)
    )
    action = audit_trail.SECOND_FACTOR_WAIVED if is_waived else audit_trail.SECOND_FACTOR_REQUIRED
    last_entry = connection.execute(query).first()
    # A row that is dated ahead of now hides those since: rather once too often than not at all.
    if (last_entry.action if last_entry else audit_trail.SECOND_FACTOR_REQUIRED) != action or (
        last_entry and last_entry.at > now
    ):
        note(connection, action, TRAINERS, by=by, now=now)


def _staff(session: Session) -> str:
    if session.account is None:
        raise NotAllowed("staff only")
    return session.account


def _account_row(connection: Connection, id: str) -> Row[Any]:
    return connection.execute(select(schema.account).where(schema.account.c.id == id)).one()


def _require_right(outcome: bool | Locked) -> None:
    """Raises WrongCode or Locked."""
    if isinstance(outcome, Locked):
        raise outcome
    if not outcome:
        raise WrongCode


def _last_step(connection: Connection, row: Row[Any], now: datetime) -> int | None:
    """Returns the last step that was used, with which all before it are used up.

    A step that no phone can show yet was used while our clock was ahead, and says nothing of now. Then the
    trail says whether a code was right about now, though not which: all that it can have been are used up.
    """
    current = step_at(now)
    if row.totp_step is None or row.totp_step <= current + TOTP_DRIFT:
        return cast(int | None, row.totp_step)
    window, table = timedelta(seconds=TOTP_STEP) * (2 * TOTP_DRIFT + 1), schema.audit.c
    conditions = (
        table.subject == row.id,
        table.action.in_(RIGHT_ACTIONS),
        table.at.between(now - window, now + window),
    )
    last = connection.scalar(select(func.max(table.at)).where(*conditions))
    return None if last is None else step_at(last) + TOTP_DRIFT


def _refuse_code(connection: Connection, row: Row[Any], now: datetime) -> bool:
    """Notes that a code was wrong; returns False."""
    by = audit_trail.by_account(row.id, audit_trail.WRONG_DIGITS)
    note(connection, audit_trail.TOTP_REFUSED, row.id, by=by, now=now)
    lock_out.note_lock(connection, lock_out.TOTP_FAILURES, row, now)
    return False


def _accept_code(
    connection: Connection, session: Session, values: dict[str, Any], action: str, now: datetime
) -> bool:
    """Notes that the code was right: it is not taken again, failures are forgotten, the session is proved."""
    id = _staff(session)
    lock_out.forget_failures(connection, lock_out.TOTP_FAILURES, id)
    connection.execute(update(schema.account).where(schema.account.c.id == id).values(values))
    table = schema.session
    condition = table.c.token_sha256 == session.token_sha256
    connection.execute(update(table).where(condition).values(totp_at=now))
    note(connection, action, id, by=audit_trail.by_account(id), now=now)
    return True
