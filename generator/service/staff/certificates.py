"""Phiếu xác nhận tham gia: issued for a completion, printed with a serial and a QR, revoked."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...records import progress, schema
from ...records.attribution import note
from ...records.classes import Certificate, certificate, issue, replacement, revoke
from ...records.people import Person
from ...records.people import person as person_of
from .. import areas
from ..asking import Member, Posted, staff
from ..confirmations import EVIDENCE, grouped, qr
from ..days import day_of
from ..faults import Fault
from ..service import Of
from ..synthetic import made_up
from . import desk, printing
from .arrival import arrival
from .desk import Scope, by, origin, scope, whose
from .pacing import router
from .people import PEOPLE, person
from .reading import Reading

routes = router()
SLIPS = f"{areas.STAFF}phieu-xac-nhan/"
Reader = Annotated[Member, Depends(staff("progress.read"))]
Revoking = Annotated[Member, Depends(staff("document.record"))]


@routes.get(SLIPS)
async def list_slips(request: Request, service: Of, member: Reader) -> Response:
    """The last hundred that were issued to people within reach."""

    def looking(within: Connection) -> tuple[Scope, list[tuple[Certificate, Person, str]], Collection[str]]:
        units = scope(within, member.account)
        table, who = schema.certificate, schema.person
        query = select(table).join(who, who.c.id == table.c.person)
        if units.filter is not None:
            query = query.where(who.c.unit.in_(units.filter))
        rows = within.execute(query.order_by(table.c.issued_at.desc()).limit(100)).mappings().all()
        found = [_listed(within, Certificate(**row)) for row in rows]
        return units, found, made_up(within, (who.id for _, who, _ in found))

    units, found, invented = await service.read(looking)
    return service.pages.page(
        request,
        "staff/slips",
        slips=found,
        made_up=invented,
        scope=units,
        titles=desk.titles(service),
        grouped=grouped,
        day_of=day_of,
    )


def _listed(connection: Connection, slip: Certificate) -> tuple[Certificate, Person, str]:
    """A slip, whose it is, and the serial of the one that stands instead since a merge."""
    who = person_of(connection, slip.person)
    instead = replacement(connection, slip) if who.merged_into else None
    return slip, who, instead.serial if instead else ""


@routes.post(f"{PEOPLE}{{id}}/phieu/{{course}}/")
async def give(request: Request, service: Of, member: Reader, form: Posted, id: str, course: str) -> Response:
    """Issues the slip of a completion, or finds the one that stands; and prints it."""
    desk.course(service, course)
    cause = by(member.account, "cấp phiếu xác nhận theo kết quả trong sổ")

    def writing(within: Connection) -> str:
        who = whose(within, member.account, id)
        issued = issue(within, who.id, course, now=service.now())
        note(within, "certificate.issued", issued.serial[:5], by=cause, now=service.now())
        return issued.serial

    serial = await service.write(writing)
    return RedirectResponse(f"{SLIPS}{serial}.pdf", 303)


@routes.get(f"{SLIPS}{{serial}}.pdf")
async def printed(request: Request, service: Of, member: Reader, serial: str) -> Response:
    def looking(within: Connection) -> tuple[Certificate, Person, Scope, progress.Completion, bool]:
        found, holds = certificate(within, serial)
        who = whose(within, member.account, found.person)
        if not holds:
            raise Fault("no-such-confirmation")
        done = next(one for one in progress.completions(within, who.id) if one.course == found.course)
        return found, who, scope(within, member.account), done, desk.is_synthetic(within, (who,))

    found, who, units, done, synthetic = await service.read(looking)
    course = service.programme.courses[found.course]
    # The address of a hotspot or of this machine is gone by the time that somebody checks the paper.
    is_lasting = service.settings.address or service.settings.is_secure
    address = f"{origin(request, service)}{areas.CONFIRMATIONS}{found.serial}" if is_lasting else ""
    return await printing.pdf(
        service,
        "print-slip",
        id="phieu-xac-nhan",
        title="Phiếu xác nhận tham gia",
        dated=day_of(found.issued_at),
        who=who,
        unit=units.name(who.unit),
        course=course,
        done=done,
        evidence=EVIDENCE[done.evidence],
        serial=grouped(found.serial),
        address=address,
        qr=qr(address) if address else "",
        synthetic=synthetic,
    )


@routes.post(f"{SLIPS}{{serial}}/thu-hoi/")
async def take_back(request: Request, service: Of, member: Revoking, form: Posted, serial: str) -> Response:
    reading = Reading(form)
    reason = reading.text("reason", "Ghi lý do thu hồi.")

    def looking(within: Connection) -> str:
        return whose(within, member.account, certificate(within, serial)[0].person).id

    id = await service.read(looking)
    if reading.problems:
        return await person(request, service, member, id, reading.problems)

    def writing(within: Connection) -> None:
        whose(within, member.account, certificate(within, serial)[0].person)
        revoke(within, serial, by=by(member.account, reason), now=service.now())

    await service.write(writing)
    return arrival(service, f"{PEOPLE}{id}/", "thu-hoi")
