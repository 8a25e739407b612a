"""Certificates as the service issues and checks them, with serial and QR code; and who is made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from markupsafe import Markup
from sqlalchemy import Connection

from ..records import By
from ..records.access.learner_codes import SYMBOLS, plain_symbols
from ..records.audit_trail import note
from ..records.errors import Unknown
from ..records.people import Person, synthetic_persons
from ..records.training import progress
from ..records.training.certificates import Certificate, certificate_by_serial, issue, replacement
from .http.errors import Fault


def is_synthetic(connection: Connection, persons: Sequence[Person]) -> bool:
    """Tells whether any of the persons stands in a made-up roster."""
    return bool(synthetic_persons(connection, (person.id for person in persons)))


#: The classes of evidence, in words for the holder.
EVIDENCE_NAMES = {
    "A": "bài kiểm tra trực tuyến, máy chủ chấm",
    "B": "lớp học có danh sách ký tên, hoặc bài làm trên giấy có chữ ký",
    "C": "bài kiểm tra làm khi không có mạng, máy chủ chấm",
    "D": "người phụ trách nhập, đã được người khác đối chiếu, xác nhận",
    "E": "văn bản của cơ quan",
}


@dataclass(frozen=True, kw_only=True)
class PublicCertificate:
    """The certificate of a serial; `holds` tells whether it is valid, `replaced_by` is a new serial."""

    serial: str
    course: str
    issued_at: datetime
    holds: bool
    revoked_at: datetime | None
    replaced_by: str | None
    is_synthetic: bool


def public_certificate(connection: Connection, typed: str) -> PublicCertificate:
    """Returns the certificate of a serial as somebody typed it. Raises Fault."""
    serial = plain_symbols(typed)
    if set(serial) - set(SYMBOLS):
        raise Fault("no-such-confirmation")
    try:
        certificate, holds = certificate_by_serial(connection, serial)
    except Unknown:
        raise Fault("no-such-confirmation") from None
    instead = replacement(connection, certificate)
    return PublicCertificate(
        serial=certificate.serial,
        course=certificate.course,
        issued_at=certificate.issued_at,
        holds=holds,
        revoked_at=certificate.revoked_at,
        replaced_by=instead.serial if instead else None,
        is_synthetic=bool(synthetic_persons(connection, (certificate.person,))),
    )


def grouped_serial(serial: str) -> str:
    """Returns a serial in groups of four, as people read it aloud."""
    return "-".join(serial[at : at + 4] for at in range(0, len(serial), 4))


def qr_code(address: str) -> Markup:
    """Returns a QR code as SVG without any style of its own."""
    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(omitsize=True, svgclass=None, lineclass=None))


@dataclass(frozen=True, kw_only=True)
class PrintableCertificate:
    """A certificate with all that its paper says."""

    certificate: Certificate
    person: Person
    unit: str
    done: progress.Completion
    is_synthetic: bool


def issue_completed(
    connection: Connection, person: str, course: str, *, by: By, now: datetime
) -> Certificate:
    """Returns the certificate of a completion; the audit trail notes a new one, not a reprint."""
    certificate = issue(connection, person, course, now=now)
    if certificate.issued_at == now:
        note(connection, "certificate.issued", certificate.serial[:5], by=by, now=now)
    return certificate
