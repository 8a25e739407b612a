"""What staff state about what others did: countersigned, voided, waived, recorded by a document."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records import Countersigned, NotAllowed, Recorded, Voided, ledger, progress
from ...records.access import Account, accounts, require
from ...records.classes import countersign, record_document, void, waive
from ...records.people import person as person_of
from ...records.progress import Pending
from .. import areas
from ..asking import Posted, StaffMember, staff
from ..faults import Fault
from ..service import Of, Service
from ..synthetic import made_up
from . import desk
from .arrival import arrival
from .desk import UnitScope, by, event_id, scope, today, whose
from .pacing import router
from .people import KINDS, PEOPLE, person, taking_back
from .reading import Reading

routes = router()
WAITING = f"{areas.STAFF}doi-chieu/"
Countersigning = Annotated[StaffMember, Depends(staff("countersign"))]
BLANK = "Ghi lý do."
#: What persons or accounts are called, by id.
Names = dict[str, str]


def target(connection: Connection, account: Account, id: str) -> Recorded:
    """An event about somebody within reach. Raises Fault."""
    found = ledger.recorded(connection, id)
    if found is None:
        raise Fault("no-such-page")
    whose(connection, account, found.event.person)
    return found


# --- countersigning ---------------------------------------------------------------------------


@routes.get(WAITING)
async def waiting_page(request: Request, service: Of, member: Countersigning) -> Response:
    return await _waiting(request, service, member)


async def _waiting(
    request: Request, service: Service, member: StaffMember, problems: dict[str, str] | None = None
) -> Response:
    def reading(within: Connection) -> tuple[tuple[Pending, ...], UnitScope, Names, Names, Collection[str]]:
        units = scope(within, member.account)
        found = progress.pending(within, units=units.filter)
        whom = {one.person: person_of(within, one.person).full_name or "(đã xóa tên)" for one in found}
        invented = made_up(within, whom)
        return found, units, whom, {one.id: one.name for one in accounts(within)}, invented

    found, units, whom, names, invented = await service.read(reading)
    return service.pages.page(
        request,
        "staff/waiting",
        status=422 if problems else 200,
        pending=found,
        scope=units,
        people=whom,
        made_up=invented,
        names=names,
        me=member.account.id,
        kinds=KINDS,
        titles=desk.titles(service),
        problems=problems or {},
        once=desk.once(),
    )


@routes.post(f"{WAITING}{{id}}/")
async def sign(request: Request, service: Of, member: Countersigning, form: Posted, id: str) -> Response:
    reading = Reading(form)
    reason = reading.text("reason", "Ghi đã đối chiếu với giấy tờ nào.")
    once = reading.text("once")
    await service.read(lambda within: target(within, member.account, id))
    if reading.problems:
        return await _waiting(request, service, member, reading.problems)

    def writing(within: Connection) -> None:
        found = target(within, member.account, id)
        key = event_id(once, "countersigned", id)
        countersign(
            within, found.event.event_id, event_id=key, by=by(member.account, reason), now=service.now()
        )

    try:
        await service.write(writing)
    except NotAllowed as refusal:
        return await _waiting(request, service, member, {"reason": _why_not(refusal)})
    return arrival(service, WAITING, "doi-chieu")


def _why_not(refusal: NotAllowed) -> str:
    if isinstance(refusal, Voided):
        return "Mục này đã hủy ghi nhận nên không xác nhận được. Không có gì được ghi thêm."
    if isinstance(refusal, Countersigned):
        return "Mục này đã được xác nhận. Không có gì được ghi thêm."
    return "Người nhập không được tự xác nhận mục của mình; cần một người khác xác nhận."


# --- on a person's page -----------------------------------------------------------------------


@routes.post(f"{PEOPLE}{{id}}/huy/{{event}}/")
async def void_event(
    request: Request,
    service: Of,
    member: Annotated[StaffMember, Depends(staff("void"))],
    form: Posted,
    id: str,
    event: str,
) -> Response:
    """Takes away the effect of an event; it stays to be seen, struck out."""
    reading = Reading(form)
    reason, once = reading.text("reason", BLANK), reading.text("once")
    stated = await service.read(lambda within: target(within, member.account, event))
    require(taking_back(stated.event.kind), member.account, member.session, now=service.now())
    if reading.problems:
        return await person(request, service, member, id, reading.problems)

    def writing(within: Connection) -> None:
        found = target(within, member.account, event)
        key = event_id(once, "voided", event)
        void(within, found.event.event_id, event_id=key, by=by(member.account, reason), now=service.now())

    await service.write(writing)
    return arrival(service, f"{PEOPLE}{id}/", "huy")


@routes.post(f"{PEOPLE}{{id}}/mien/")
async def waive_course(
    request: Request,
    service: Of,
    member: Annotated[StaffMember, Depends(staff("waive"))],
    form: Posted,
    id: str,
) -> Response:
    reading = Reading(form)
    course = reading.choice("course", service.attempts.courses, "Chọn khóa học.")
    reason, once = reading.text("reason", BLANK), reading.text("once")
    await service.read(lambda within: whose(within, member.account, id))
    if reading.problems:
        return await person(request, service, member, id, reading.problems)

    def writing(within: Connection) -> None:
        who = whose(within, member.account, id)
        key = event_id(once, "waived", course)
        waive(within, who.id, course, event_id=key, by=by(member.account, reason), now=service.now())

    await service.write(writing)
    return arrival(service, f"{PEOPLE}{id}/", "mien")


@routes.post(f"{PEOPLE}{{id}}/van-ban/")
async def by_document(
    request: Request,
    service: Of,
    member: Annotated[StaffMember, Depends(staff("document.record"))],
    form: Posted,
    id: str,
) -> Response:
    """A completion that a document states: evidence E, shown apart."""
    reading = Reading(form)
    course = reading.choice("course", service.attempts.courses, "Chọn khóa học.")
    document = reading.text("document", "Ghi số và ký hiệu văn bản.")
    day = reading.day("day", "Ghi ngày hoàn thành theo văn bản.", until=today(service))
    reason, once = reading.text("reason", BLANK), reading.text("once")
    await service.read(lambda within: whose(within, member.account, id))
    if reading.problems:
        return await person(request, service, member, id, reading.problems)

    def writing(within: Connection) -> None:
        who = whose(within, member.account, id)
        record_document(
            within,
            who.id,
            course,
            document=document,
            day=day,
            event_id=event_id(once, "admin.recorded", course),
            by=by(member.account, reason),
            now=service.now(),
        )

    await service.write(writing)
    return arrival(service, f"{PEOPLE}{id}/", "van-ban")
