"""Certificates (phiếu xác nhận): one for each person and course, by a serial that nobody guesses."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from .. import people, schema
from ..attribution import By, note
from ..crockford import symbols
from ..progress import Completion, completions
from ..refusals import NotAllowed, Unknown

#: Symbols of a serial; five bits each, so 120 bits.
LENGTH = 24


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate; its person's name is looked up when it is shown, and gone once they are erased."""

    serial: str
    person: str
    course: str
    version: str | None
    issued_at: datetime
    event: str
    revoked_at: datetime | None


def issue(
    connection: Connection,
    person: str,
    course: str,
    *,
    now: datetime,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> Certificate:
    """The certificate of a completion: the one that stands, else a new one.

    Raises NotAllowed where the course is not completed, Unknown for an unknown person.
    """
    person = people.person(connection, person).merged_into or person
    done = _completed(connection, person, course)
    standing = _standing(connection, person, course)
    if standing is not None:
        return standing
    issued = Certificate(
        serial=symbols(random, LENGTH),
        person=person,
        course=course,
        version=done.version,
        issued_at=now,
        event=done.event_id,
        revoked_at=None,
    )
    connection.execute(insert(schema.certificate), vars(issued))
    return issued


def _completed(connection: Connection, person: str, course: str) -> Completion:
    for done in completions(connection, person):
        if done.course == course:
            return done
    raise NotAllowed("not completed")


def _standing(connection: Connection, person: str, course: str) -> Certificate | None:
    table = schema.certificate
    query = select(table).filter_by(person=person, course=course).where(table.c.revoked_at.is_(None))
    row = connection.execute(query.order_by(table.c.issued_at)).mappings().first()
    return Certificate(**row) if row else None


def certificate(connection: Connection, serial: str) -> tuple[Certificate, bool]:
    """A certificate by its serial, and whether it holds: not revoked, and the completion is still there.

    Raises Unknown.
    """
    table = schema.certificate
    row = connection.execute(select(table).where(table.c.serial == serial)).mappings().first()
    if row is None:
        raise Unknown(serial)
    found = Certificate(**row)
    whose = people.person(connection, found.person)
    done = completions(connection, whose.merged_into or whose.id)
    return found, found.revoked_at is None and found.course in {one.course for one in done}


def revoke(connection: Connection, serial: str, *, by: By, now: datetime) -> None:
    """Revokes a certificate for ever; another can be issued."""
    certificate(connection, serial)
    table = schema.certificate
    query = update(table).where(table.c.serial == serial, table.c.revoked_at.is_(None))
    if connection.execute(query.values(revoked_at=now)).rowcount:
        note(connection, "certificate.revoked", serial[:5], by=by, now=now)
