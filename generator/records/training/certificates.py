"""Certificates: one stands for each person and course, by a serial that nobody guesses.

Where persons who had one each are merged, the one that stands is that of the person who remains.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from .. import people, schema
from ..access.learner_codes import random_symbols
from ..audit_trail import By, note
from ..errors import NotAllowed, Unknown
from ..events import row_digests
from ..events.ledger import remaining_persons
from .progress import Completion, completions

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
    """Returns the certificate of a completion: the one that stands, else a new one.

    Raises NotAllowed where the course is not completed, Unknown for an unknown person.
    """
    person = people.person(connection, person).merged_into or person
    done = _completed(connection, person, course)
    standing = _standing(connection, person, course)
    if standing is not None:
        return standing
    issued = Certificate(
        serial=random_symbols(random, LENGTH),
        person=person,
        course=course,
        version=done.version,
        issued_at=now,
        event=done.event_id,
        revoked_at=None,
    )
    row_digests.add_rows(connection, schema.certificate, [vars(issued)])
    return issued


def _completed(connection: Connection, person: str, course: str) -> Completion:
    for done in completions(connection, person):
        if done.course == course:
            return done
    raise NotAllowed("not completed")


def _standing(connection: Connection, person: str, course: str) -> Certificate | None:
    """Returns the certificate that stands for a course, of all a person and those merged had; else None."""
    given = [
        certificate for certificate in _given(connection, person, course) if certificate.revoked_at is None
    ]
    return given[0] if given else None


def _given(connection: Connection, person: str, course: str) -> tuple[Certificate, ...]:
    return _given_to(connection, (person,), course).get(person, ())


def _given_to(
    connection: Connection, persons: Collection[str], course: str | None = None
) -> dict[str, tuple[Certificate, ...]]:
    """Returns each one's own first, then those of who is one with them, the first issued first."""
    remaining = remaining_persons(connection, persons)
    table = schema.certificate
    query = select(table).where(table.c.person.in_(remaining))
    if course is not None:
        query = query.where(table.c.course == course)
    by_holder: dict[str, list[Certificate]] = {}
    for row in connection.execute(query.order_by(table.c.issued_at, table.c.serial)).mappings():
        by_holder.setdefault(remaining[row["person"]], []).append(Certificate(**row))
    return {
        person: tuple(sorted(by_holder[holder], key=lambda given: given.person != holder))
        for person in persons
        if (holder := remaining.get(person)) in by_holder
    }


def certificates_by_person(
    connection: Connection, persons: Collection[str], course: str
) -> dict[str, Certificate]:
    """Returns the certificate that stands, by person; else the last one, which was revoked.

    None takes the place of a revoked one by itself. Who was never given one is left out.
    """
    return {person: _deciding(given) for person, given in _given_to(connection, persons, course).items()}


def _deciding(given: Collection[Certificate]) -> Certificate:
    last = max(given, key=lambda certificate: (certificate.issued_at, certificate.serial))
    return next((certificate for certificate in given if certificate.revoked_at is None), last)


def certificates_by_course(connection: Connection, person: str) -> dict[str, Certificate]:
    """Returns a person's certificates as `certificate_of` does, of all courses that there is one for."""
    by_course: dict[str, list[Certificate]] = {}
    for certificate in _given_to(connection, (person,)).get(person, ()):
        by_course.setdefault(certificate.course, []).append(certificate)
    return {course: _deciding(given) for course, given in by_course.items()}


def certificate_of(connection: Connection, person: str, course: str) -> Certificate | None:
    """Returns a person's certificate as `certificates_by_person` does, or None."""
    return certificates_by_person(connection, (person,), course).get(person)


def last_issued(
    connection: Connection, *, units: Collection[str] | None = None, limit: int = 100
) -> tuple[Certificate, ...]:
    """Returns the last certificates of persons who are in these units today, the newest first."""
    table, who = schema.certificate, schema.person
    query = select(table).join(who, who.c.id == table.c.person)
    if units is not None:
        query = query.where(who.c.unit.in_(units))
    rows = connection.execute(query.order_by(table.c.issued_at.desc()).limit(limit)).mappings()
    return tuple(Certificate(**row) for row in rows)


def certificate_by_serial(connection: Connection, serial: str) -> tuple[Certificate, bool]:
    """Returns a certificate by its serial, and whether it stands, for a completion still there.

    Raises Unknown.
    """
    table = schema.certificate
    row = connection.execute(select(table).where(table.c.serial == serial)).mappings().first()
    if row is None:
        raise Unknown(serial)
    certificate = Certificate(**row)
    holder = people.person(connection, certificate.person)
    done = completions(connection, holder.merged_into or holder.id)
    is_done = certificate.course in {completion.course for completion in done}
    return certificate, is_done and _standing(
        connection, certificate.person, certificate.course
    ) == certificate


def replacement(connection: Connection, replaced: Certificate) -> Certificate | None:
    """Returns the certificate that stands in place of another one since their persons were merged."""
    standing = _standing(connection, replaced.person, replaced.course)
    return standing if replaced.revoked_at is None and standing != replaced else None


def revoke(connection: Connection, serial: str, *, by: By, now: datetime) -> None:
    """Revokes a certificate for ever, with those that it replaced; another can be issued."""
    certificate, _ = certificate_by_serial(connection, serial)
    serials = {certificate.serial}
    if _standing(connection, certificate.person, certificate.course) == certificate:
        serials |= {
            replaced.serial for replaced in _given(connection, certificate.person, certificate.course)
        }
    table = schema.certificate
    standing = select(table.c.serial).where(table.c.serial.in_(serials), table.c.revoked_at.is_(None))
    for revoked in sorted(connection.execute(standing).scalars()):
        connection.execute(update(table).where(table.c.serial == revoked).values(revoked_at=now))
        row_digests.vouch(connection, table, [revoked])
        note(connection, "certificate.revoked", revoked[:5], by=by, now=now)
