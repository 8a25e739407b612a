"""Certificates: issued for a completion, printed with a serial and a QR code, revoked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ....programme.vietnamese import day_of
from ....records.people import Person, persons_by_id, synthetic_persons
from ....records.training import progress
from ....records.training.certificates import (
    Certificate,
    certificate_by_serial,
    last_issued,
    replacement,
    revoke,
)
from ... import certificates
from ...certificates import (
    EVIDENCE_NAMES,
    PrintableCertificate,
    grouped_serial,
    issue_completed,
    qr_code,
)
from ...dependencies import Posted, Running, Service, StaffMember, staff
from ...http import urls
from ...http.errors import Fault
from .. import base
from ..base import UnitScope, person_in_reach, public_origin, redirect_done, router, scope, written_by
from ..forms import FormReader, message
from .attendance import attendees, class_certificates, class_in_reach, class_view
from .class_pages import CLASSES
from .person_pages import PEOPLE, person_view

routes = router()
CERTIFICATES = f"{urls.STAFF}phieu-xac-nhan/"
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
Revoker = Annotated[StaffMember, Depends(staff("document.record"))]


@routes.get(CERTIFICATES)
async def list_certificates(request: Request, service: Running, member: Reader) -> Response:
    """Shows the last hundred certificates issued to people within reach."""

    def looking(
        within: Connection,
    ) -> tuple[UnitScope, list[tuple[Certificate, Person, str]], Collection[str]]:
        units = scope(within, member.account)
        issued = last_issued(within, units=units.filter)
        holders = persons_by_id(within, {certificate.person for certificate in issued})
        certificate_rows = [
            _certificate_row(within, certificate, holders[certificate.person]) for certificate in issued
        ]
        return units, certificate_rows, synthetic_persons(within, holders)

    units, certificate_rows, invented = await service.read(looking)
    return service.pages.page(
        request,
        "staff/certificates",
        certificate_rows=certificate_rows,
        made_up=invented,
        scope=units,
        titles=base.course_titles(service),
        grouped=grouped_serial,
        day_of=day_of,
    )


def _certificate_row(
    connection: Connection, certificate: Certificate, who: Person
) -> tuple[Certificate, Person, str]:
    """Returns a certificate, its holder, and the serial of the one that replaced it after a merge."""
    instead = replacement(connection, certificate) if who.merged_into else None
    return certificate, who, instead.serial if instead else ""


@routes.post(f"{PEOPLE}{{id}}/phieu/{{course}}/")
async def issue_certificate(
    request: Request, service: Running, member: Reader, form: Posted, id: str, course: str
) -> Response:
    """Issues the certificate of a completion, or finds the one that stands, and prints it."""
    base.course_of(service, course)
    cause = written_by(member.account, message("certificate.reason"))

    def writing(within: Connection) -> str:
        who = person_in_reach(within, member.account, id)
        return issue_completed(within, who.id, course, by=cause, now=service.now()).serial

    serial = await service.write(writing)
    return RedirectResponse(f"{CERTIFICATES}{serial}.pdf", 303)


@routes.get(f"{CERTIFICATES}{{serial}}.pdf")
async def certificate_pdf(request: Request, service: Running, member: Reader, serial: str) -> Response:
    def looking(within: Connection) -> PrintableCertificate:
        certificate, holds = certificate_by_serial(within, serial)
        who = person_in_reach(within, member.account, certificate.person)
        if not holds:
            raise Fault("no-such-confirmation")
        done = next(
            completion
            for completion in progress.completions(within, who.id)
            if completion.course == certificate.course
        )
        return _printable(within, scope(within, member.account), certificate, who, done)

    printable = await service.read(looking)
    return await _certificates_pdf(request, service, [printable])


def _printable(
    connection: Connection, units: UnitScope, certificate: Certificate, who: Person, done: progress.Completion
) -> PrintableCertificate:
    is_synthetic = certificates.is_synthetic(connection, (who,))
    return PrintableCertificate(
        certificate=certificate, person=who, unit=units.name(who.unit), done=done, is_synthetic=is_synthetic
    )


async def _certificates_pdf(
    request: Request, service: Service, printables: Sequence[PrintableCertificate]
) -> Response:
    """Returns the PDF of certificates, each on a page. Raises OperatorError without a browser."""
    # The address of a hotspot or of this machine is gone by the time that somebody checks the paper.
    is_lasting = service.settings.address or service.settings.is_secure
    root = f"{public_origin(request, service)}{urls.CONFIRMATIONS}" if is_lasting else ""
    return await base.pdf_response(
        service,
        "print-certificate",
        id="phieu-xac-nhan",
        title=message("certificate.title"),
        dated=max(day_of(printable.certificate.issued_at) for printable in printables),
        printables=printables,
        courses=service.programme.courses,
        owner=service.programme.charter.owner,
        evidence=EVIDENCE_NAMES,
        root=root,
        grouped=grouped_serial,
        day_of=day_of,
        qr=qr_code,
    )


@routes.post(f"{CLASSES}{{id}}/phieu/")
async def issue_for_class(
    request: Request, service: Running, member: Reader, form: Posted, id: str
) -> Response:
    """Issues and prints the certificates of all in a class who have completed it; the page lists the rest."""
    cause = written_by(member.account, message("certificate.reason_class"))

    def writing(within: Connection) -> list[PrintableCertificate]:
        held = class_in_reach(within, member.account, id)
        present = () if held.anonymous else attendees(within, held)
        given = class_certificates(within, service, member.account, held, present)
        units, printables = scope(within, member.account), []
        for who, done in given.ready if given else ():
            certificate = issue_completed(within, who.id, held.course, by=cause, now=service.now())
            printables.append(_printable(within, units, certificate, who, done))
        return printables

    printables = await service.write(writing)
    if not printables:
        return await class_view(
            request, service, member, id, problems={"certificates": message("certificate.nobody_ready")}
        )
    return await _certificates_pdf(request, service, printables)


@routes.post(f"{CERTIFICATES}{{serial}}/thu-hoi/")
async def revoke_certificate(
    request: Request, service: Running, member: Revoker, form: Posted, serial: str
) -> Response:
    reading = FormReader(form)
    reason = reading.text("reason", message("certificate.revocation"))

    def looking(within: Connection) -> str:
        return person_in_reach(within, member.account, certificate_by_serial(within, serial)[0].person).id

    id = await service.read(looking)
    if reading.problems:
        return await person_view(request, service, member, id, reading.problems)

    def writing(within: Connection) -> None:
        person_in_reach(within, member.account, certificate_by_serial(within, serial)[0].person)
        revoke(within, serial, by=written_by(member.account, reason), now=service.now())

    await service.write(writing)
    return redirect_done(service, f"{PEOPLE}{id}/", "thu-hoi")
