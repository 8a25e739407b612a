"""Phiếu xác nhận tham gia: issued for a completion, printed with a serial and a QR, revoked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...records import By, progress, schema
from ...records.attribution import note
from ...records.classes import Certificate, certificate, issue, replacement, revoke
from ...records.people import Person
from ...records.people import person as person_of
from .. import areas
from ..asking import Posted, StaffMember, staff
from ..confirmations import EVIDENCE, grouped, qr
from ..days import day_of
from ..faults import Fault
from ..service import Of, Service
from ..synthetic import made_up
from . import desk, printing
from .arrival import arrival
from .attendance import attendees, session_of, show, slips_of
from .classes import CLASSES
from .desk import UnitScope, by, origin, scope, whose
from .pacing import router
from .people import PEOPLE, person
from .reading import Reading

routes = router()
NOBODY = "Chưa có người nào trong lớp được in phiếu; lý do của từng người ở mục Phiếu xác nhận của lớp."
SLIPS = f"{areas.STAFF}phieu-xac-nhan/"
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
Revoking = Annotated[StaffMember, Depends(staff("document.record"))]


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """A confirmation with all that its paper says."""

    certificate: Certificate
    person: Person
    unit: str
    done: progress.Completion
    is_synthetic: bool


@routes.get(SLIPS)
async def list_slips(request: Request, service: Of, member: Reader) -> Response:
    """The last hundred that were issued to people within reach."""

    def looking(
        within: Connection,
    ) -> tuple[UnitScope, list[tuple[Certificate, Person, str]], Collection[str]]:
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
        return _issued(within, who.id, course, by=cause, now=service.now()).serial

    serial = await service.write(writing)
    return RedirectResponse(f"{SLIPS}{serial}.pdf", 303)


def _issued(connection: Connection, person: str, course: str, *, by: By, now: datetime) -> Certificate:
    """The confirmation of a completion; the trail tells of one that is new, not of printing it again."""
    found = issue(connection, person, course, now=now)
    if found.issued_at == now:
        note(connection, "certificate.issued", found.serial[:5], by=by, now=now)
    return found


@routes.get(f"{SLIPS}{{serial}}.pdf")
async def printed(request: Request, service: Of, member: Reader, serial: str) -> Response:
    def looking(within: Connection) -> Confirmed:
        found, holds = certificate(within, serial)
        who = whose(within, member.account, found.person)
        if not holds:
            raise Fault("no-such-confirmation")
        done = next(one for one in progress.completions(within, who.id) if one.course == found.course)
        return _confirmed(within, scope(within, member.account), found, who, done)

    found = await service.read(looking)
    return await _pdf(request, service, [found])


def _confirmed(
    connection: Connection, units: UnitScope, slip: Certificate, who: Person, done: progress.Completion
) -> Confirmed:
    is_synthetic = desk.is_synthetic(connection, (who,))
    return Confirmed(
        certificate=slip, person=who, unit=units.name(who.unit), done=done, is_synthetic=is_synthetic
    )


async def _pdf(request: Request, service: Service, found: Sequence[Confirmed]) -> Response:
    """The papers of confirmations, each on a page."""
    # The address of a hotspot or of this machine is gone by the time that somebody checks the paper.
    is_lasting = service.settings.address or service.settings.is_secure
    root = f"{origin(request, service)}{areas.CONFIRMATIONS}" if is_lasting else ""
    return await printing.pdf(
        service,
        "print-slip",
        id="phieu-xac-nhan",
        title="Phiếu xác nhận tham gia",
        dated=max(day_of(one.certificate.issued_at) for one in found),
        slips=found,
        courses=service.programme.courses,
        evidence=EVIDENCE,
        root=root,
        grouped=grouped,
        day_of=day_of,
        qr=qr,
    )


@routes.post(f"{CLASSES}{{id}}/phieu/")
async def give_all(request: Request, service: Of, member: Reader, form: Posted, id: str) -> Response:
    """Issues and prints the slips of all in a class who have completed it; the page lists the rest."""
    cause = by(member.account, "cấp phiếu xác nhận cho cả lớp theo kết quả trong sổ")

    def writing(within: Connection) -> list[Confirmed]:
        held = session_of(within, member.account, id)
        here = () if held.anonymous else attendees(within, held)
        slips = slips_of(within, service, member.account, held, here)
        units, found = scope(within, member.account), []
        for who, done in slips.ready if slips else ():
            slip = _issued(within, who.id, held.course, by=cause, now=service.now())
            found.append(_confirmed(within, units, slip, who, done))
        return found

    found = await service.write(writing)
    if not found:
        return await show(request, service, member, id, problems={"slips": NOBODY})
    return await _pdf(request, service, found)


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
