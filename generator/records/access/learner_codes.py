"""Learners' codes (Crockford's base 32): issued, issued again, read as typed, and signing in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from .. import people, schema
from ..audit_trail import By, note
from ..errors import Locked, NotAllowed, WrongCode
from ..store import Store
from . import lock_out, sessions
from .credentials import Hashing, UnknownCredential, UnknownCredentials
from .sessions import Random

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: The letters that people type for digits they misread.
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def random_symbols(random: Callable[[int], bytes], length: int) -> str:
    """Returns random symbols, five bits each."""
    number = int.from_bytes(random((length * 5 + 7) // 8))
    return "".join(SYMBOLS[number >> 5 * place & 31] for place in range(length))


def plain_symbols(typed: str) -> str:
    """Returns what was typed, in capitals, without spaces and dashes, with misread letters put right."""
    symbols = (symbol for symbol in typed.upper() if symbol not in " -–\u00a0\u2011")
    return "".join(symbols).translate(MISREAD)


def check_symbol(text: str) -> str:
    """Returns the symbol that guards a text: one mistyped symbol, or two neighbours swapped, changes it.

    It is the sum, over the field of 32 elements, of each symbol times its own power of 2.
    """
    total = 0
    for symbol in text:
        total = _doubled(total ^ SYMBOLS.index(symbol))
    return SYMBOLS[total]


def _doubled(element: int) -> int:
    element <<= 1
    return element ^ 0b100101 if element & 32 else element


SELECTOR, SECRET = 5, 9


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code; its secret is shown once, printed, and never stored."""

    selector: str
    secret: str = field(repr=False)

    @property
    def text(self) -> str:
        """The code as it is printed: three groups of five."""
        whole = self.selector + self.secret
        whole += check_symbol(whole)
        return "-".join((whole[:5], whole[5:10], whole[10:]))


def new_code(random: Callable[[int], bytes]) -> Code:
    return Code(selector=random_symbols(random, SELECTOR), secret=random_symbols(random, SECRET))


def parse_code(typed: str) -> Code:
    """Returns the code that somebody typed. Raises WrongCode where it cannot be one."""
    symbols = plain_symbols(typed)
    if (
        len(symbols) != SELECTOR + SECRET + 1
        or set(symbols) - set(SYMBOLS)
        or check_symbol(symbols[:-1]) != symbols[-1]
    ):
        raise WrongCode
    return Code(selector=symbols[:SELECTOR], secret=symbols[SELECTOR:-1])


@dataclass(frozen=True, kw_only=True)
class NewCode:
    """A code and the hash that is kept of it."""

    code: Code
    hash: str = field(repr=False)


class LearnerSignIn:
    """Signs learners in over a store."""

    def __init__(self, store: Store, hashing: Hashing, *, random: Random = secrets.token_bytes) -> None:
        self._store, self._hashing, self._random = store, hashing, random
        self._unknown = UnknownCredentials(lock_out.CODE_FAILURES)

    def issue(
        self, persons: Iterable[str], *, expires_at: datetime | None = None, by: By
    ) -> Mapping[str, Code]:
        """Issues new codes, to be printed once; earlier codes and their sessions end. All or nothing.

        Raises Unknown, or NotAllowed for somebody erased or merged.
        """
        drawn = self.draw(persons)
        self.keep(drawn, expires_at=expires_at, by=by)
        return {person: drawn_code.code for person, drawn_code in drawn.items()}

    def draw(self, persons: Iterable[str]) -> Mapping[str, NewCode]:
        """Returns new codes by person that open nothing before they are kept."""
        codes = {person: self._new() for person in persons}
        return {
            person: NewCode(code=code, hash=self._hashing.hash(code.secret, is_patient=True))
            for person, code in codes.items()
        }

    def keep(
        self,
        drawn: Mapping[str, NewCode],
        *,
        expires_at: datetime | None = None,
        replaces: bool = True,
        by: By,
    ) -> None:
        """Makes codes valid; an earlier code and its sessions end. All or nothing.

        Raises Unknown, or NotAllowed for somebody erased or merged; unless it `replaces`, also for somebody
        who has a code by now.
        """

        def write(connection: Connection) -> None:
            if not replaces and persons_with_code(connection, drawn):
                raise NotAllowed("somebody has a code by now")
            for person, drawn_code in drawn.items():
                _put_credential(
                    connection,
                    person,
                    drawn_code.code.selector,
                    drawn_code.hash,
                    expires_at,
                    self._store.now(),
                )
                note(connection, "code.issued", person, by=by, now=self._store.now())

        self._store.write(write)

    def _new(self) -> Code:
        """Returns a code whose selector is free; if two draw the same, one write fails, with no harm."""
        with self._store.read() as connection:
            while True:
                code = new_code(self._random)
                table = schema.credential.c
                if (
                    connection.execute(select(table.person).where(table.selector == code.selector)).first()
                    is None
                ):
                    return code

    def sign_in(self, typed: str) -> str:
        """Returns the token of a new session for a code as it was typed. Raises WrongCode, Locked, or Busy.

        Whether anybody has the code makes no difference to a wrong one: not to the answer, to the lock
        after ten, or to what the database has to do.
        """
        given, now = parse_code(typed), self._store.now()
        tried = self._store.write(lambda connection: self._begin_try(connection, given.selector, now))
        if isinstance(tried, Locked):
            raise tried
        hash = None if isinstance(tried, UnknownCredential) else _secret_hash(tried, now)
        if not self._hashing.verify(hash, given.secret) or hash is None:
            self._store.submit(lambda connection: self._note_lock(connection, tried, now))
            raise WrongCode
        return self._store.write(lambda connection: self._start(connection, given.selector, hash, now))

    def _begin_try(
        self, connection: Connection, selector: str, now: datetime
    ) -> Row[Any] | UnknownCredential | Locked:
        tried = lock_out.begin_try(connection, lock_out.CODE_FAILURES, selector, now)
        return self._unknown.begin_try(connection, selector, now) if tried is None else tried

    def _note_lock(self, connection: Connection, tried: Row[Any] | UnknownCredential, now: datetime) -> None:
        if isinstance(tried, UnknownCredential):
            self._unknown.note_lock(connection, tried, now)
        else:
            lock_out.note_lock(connection, lock_out.CODE_FAILURES, tried, now)

    def _start(self, connection: Connection, selector: str, hash: str, now: datetime) -> str:
        """Signs in, if the code has not been replaced since it was verified."""
        table = schema.credential.c
        person = connection.scalar(select(table.person).where(table.selector == selector, table.hash == hash))
        if person is None:
            raise WrongCode
        lock_out.forget_failures(connection, lock_out.CODE_FAILURES, selector)
        remaining = people.person(connection, person).merged_into or person
        return sessions.start_session(connection, person=remaining, now=now, random=self._random)


def _secret_hash(row: Row[Any], now: datetime) -> str | None:
    """Returns the hash that the secret is compared with; None once the code has expired."""
    return None if row.expires_at is not None and row.expires_at <= now else row.hash


def persons_with_code(connection: Connection, persons: Collection[str]) -> set[str]:
    """Returns those of these persons who have a code."""
    table = schema.credential.c
    return set(connection.execute(select(table.person).where(table.person.in_(persons))).scalars())


def persons_by_unit(connection: Connection, *, with_code: bool) -> dict[str, int]:
    """Returns how many persons are at work in each unit, or how many of them have a code."""
    who, credential = schema.person.c, schema.credential.c
    query = select(who.unit, func.count()).where(who.active, who.merged_into.is_(None), who.unit.is_not(None))
    if with_code:
        query = query.where(who.id.in_(select(credential.person)))
    return {unit: persons for unit, persons in connection.execute(query.group_by(who.unit))}


def _put_credential(
    connection: Connection, person: str, selector: str, hash: str, expires_at: datetime | None, now: datetime
) -> None:
    holder = people.person(connection, person)
    if holder.erased_at is not None or holder.merged_into is not None:
        raise NotAllowed("no code for somebody erased or merged")
    table = schema.credential
    connection.execute(delete(table).where(table.c.person == person))
    sessions.close_all_sessions(connection, person=person)
    row = {"selector": selector, "person": person, "hash": hash, "issued_at": now, "expires_at": expires_at}
    connection.execute(insert(table), {**row, "fails": 0})
