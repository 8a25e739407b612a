"""Learners' codes: slips to cut for a unit or for many, and a new code for one person in seconds."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from functools import partial
from typing import Annotated

from anyio import to_thread
from fastapi import Depends
from sqlalchemy import Connection, func, select
from starlette.requests import Request
from starlette.responses import Response

from ...records import schema
from ...records.people import Person, Unit
from .. import areas
from ..asking import Posted, StaffMember, staff
from ..sealed import KEPT
from ..service import Of, Service
from ..synthetic import has_made_up
from . import desk, printing
from .code_slips import host_of, slip, wanted
from .desk import UnitScope, by, event_id, once, only_here, scope, whose
from .pacing import router
from .people import PEOPLE
from .reading import Reading
from .unit_slips import AllSlips, make

routes = router()
CODES = f"{areas.STAFF}ma/"
Issuing = Annotated[StaffMember, Depends(staff("code.issue"))]
#: The most slips of a unit, and at once: a code takes some 20 ms.
MOST, MOST_AT_ONCE = 600, 1_200
FILE = "phieu-ma-hoc-vien"
TWICE = "Phiếu này vừa được in. Xem tệp đã tải về; nếu vẫn cần in lại, bấm In một lần nữa."
GONE = (
    "Tệp chưa tạo xong, hoặc không còn vì đã quá 15 phút, đã tạo nhiều tệp khác hoặc phần mềm vừa khởi "
    "động lại. Nếu chưa xong, chờ một phút rồi quay lại bấm Tải tệp; nếu không còn, đánh dấu ô cấp mới "
    "và tạo lại."
)


@routes.get(CODES)
async def codes_page(request: Request, service: Of, member: Issuing) -> Response:
    return await page(request, service, member)


async def page(
    request: Request, service: Service, member: StaffMember, problems: dict[str, str] | None = None
) -> Response:
    def looking(within: Connection) -> tuple[UnitScope, dict[str, int], dict[str, int], bool]:
        units = scope(within, member.account)
        everybody, ready = _count(within, with_code=False), _count(within, with_code=True)
        return units, everybody, ready, has_made_up(within)

    units, everybody, ready, invented = await service.read(looking)
    return service.pages.page(
        request,
        "staff/codes",
        status=422 if problems else 200,
        scope=units,
        everybody=everybody,
        ready=ready,
        made_up=invented,
        problems=problems or {},
        only_here=only_here(desk.origin(request, service)),
        once=once(),
    )


def _count(connection: Connection, *, with_code: bool) -> dict[str, int]:
    """Persons at work by unit, or those of them that have a code."""
    who, credential = schema.person.c, schema.credential.c
    query = select(who.unit, func.count()).where(who.active, who.merged_into.is_(None), who.unit.is_not(None))
    if with_code:
        query = query.where(who.id.in_(select(credential.person)))
    return {unit: persons for unit, persons in connection.execute(query.group_by(who.unit))}


def people_without_code(connection: Connection, units: UnitScope) -> Mapping[str, int]:
    """How many of each unit within reach have no code; units where all have one are left out."""
    everybody, ready = _count(connection, with_code=False), _count(connection, with_code=True)
    lacking = {id: everybody[id] - ready.get(id, 0) for id in everybody if id in units.reach}
    return {id: persons for id, persons in lacking.items() if persons}


@routes.post(f"{CODES}phieu.pdf")
async def slips(request: Request, service: Of, member: Issuing, form: Posted) -> Response:
    """New codes for a unit, as slips to cut. Those who have one keep it, unless all are asked for."""
    reading = Reading(form)
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    is_all = reading.text("everybody") == "yes"
    persons = (
        () if reading.problems else (await service.read(partial(wanted, unit=unit, is_all=is_all))).persons
    )
    if not reading.problems and not persons:
        reading.problems["unit"] = (
            "Mọi người của đơn vị đã có mã, hoặc đơn vị chưa có ai. Nếu cần in lại, đánh dấu ô bên dưới."
        )
    if len(persons) > MOST:
        reading.problems["unit"] = f"Đơn vị có hơn {MOST} người; hãy in theo từng đơn vị nhỏ hơn."
    sent = event_id(reading.text("once"), "slips", unit, str(is_all))
    if not reading.problems and service.forms.take(sent):
        reading.problems["unit"] = TWICE
    if reading.problems:
        return await page(request, service, member, reading.problems)
    cause = by(member.account, "in phiếu mã học viên")
    made, data = await _forgotten_unless_made(
        service, sent, make(request, service, [units.all[unit]], is_all=is_all, cause=cause)
    )
    if made.failed:
        return await page(request, service, member, {"unit": made.failed[0].problem})
    return printing.saved(data, FILE)


# --- many units -------------------------------------------------------------------------------


@routes.post(f"{CODES}don-vi/")
async def slips_of_units(request: Request, service: Of, member: Issuing, form: Posted) -> Response:
    """Slips for every unit within reach, or for those ticked; the page says what was made."""
    reading = Reading(form)
    units = await service.read(lambda within: scope(within, member.account))
    is_all, key = reading.text("everybody") == "yes", reading.text("once")
    chosen = _chosen(reading, units)
    asked = (*(one.id for one in chosen), str(is_all))
    sent, key = event_id(key, "slips of units", *asked), event_id(key, "file of slips", *asked)
    if not reading.problems and service.forms.wait(sent):
        return _made(request, service, key, None)
    if not reading.problems:
        counted = await service.read(lambda within: _how_many(within, chosen, is_all))
        reading.problems |= _too_few_or_many(counted)
    if reading.problems:
        return await page(request, service, member, reading.problems)
    if service.forms.take(sent):
        return _made(request, service, key, None)
    cause = by(member.account, "in phiếu mã học viên cho nhiều đơn vị")
    made, data = await _forgotten_unless_made(
        service, sent, make(request, service, chosen, is_all=is_all, cause=cause)
    )
    if data:
        service.sealed.put(member.session.lineage, key, data)
    return _made(request, service, key, made)


async def _forgotten_unless_made(
    service: Service, sent: str, making: Awaitable[tuple[AllSlips, bytes]]
) -> tuple[AllSlips, bytes]:
    """Returns what is made of a form; it may be sent again if nothing was made. Raises OperatorError."""
    data = b""
    try:
        made, data = await making
    finally:
        if not data:
            service.forms.forget(sent)
    return made, data


def _chosen(reading: Reading, units: UnitScope) -> tuple[Unit, ...]:
    ticked = set(reading.all("units"))
    if reading.text("which") == "all":
        return units.units
    if not ticked or ticked - units.reach:
        reading.problems["units"] = "Đánh dấu ít nhất một đơn vị trong phạm vi của bạn."
    return tuple(one for one in units.units if one.id in ticked)


def _how_many(connection: Connection, units: tuple[Unit, ...], is_all: bool) -> int:
    everybody, ready = _count(connection, with_code=False), _count(connection, with_code=True)
    return sum(everybody.get(one.id, 0) - (0 if is_all else ready.get(one.id, 0)) for one in units)


def _too_few_or_many(persons: int) -> Mapping[str, str]:
    if not persons:
        return {"units": "Mọi người ở các đơn vị này đã có mã. Nếu cần in lại, đánh dấu ô cấp mới."}
    if persons > MOST_AT_ONCE:
        return {"units": f"Mỗi lần tạo được nhiều nhất {MOST_AT_ONCE} phiếu; hãy chọn ít đơn vị hơn."}
    return {}


def _made(request: Request, service: Service, key: str, made: AllSlips | None) -> Response:
    """`made` is nothing where the same form was sent twice: its file is made, or being made."""
    minutes = KEPT // 60
    return service.pages.page(request, "staff/codes-made", made=made, once=key, minutes=minutes, file=FILE)


@routes.post(f"{CODES}tep/")
async def fetch(request: Request, service: Of, member: Issuing, form: Posted) -> Response:
    """The file that was just made, for the page that asked for it."""
    data = service.sealed.open(member.session.lineage, Reading(form).text("once"))
    if not data:
        return await page(request, service, member, {"file": GONE})
    return printing.saved(data, FILE)


# --- one person -------------------------------------------------------------------------------


@routes.post(f"{PEOPLE}{{id}}/ma/")
async def again(request: Request, service: Of, member: Issuing, form: Posted, id: str) -> Response:
    """A new code for one person, shown once; the one before ends at once."""

    def looking(within: Connection) -> tuple[Person, UnitScope, bool]:
        who = whose(within, member.account, id)
        return who, scope(within, member.account), desk.is_synthetic(within, (who,))

    who, units, synthetic = await service.read(looking)
    reason = Reading(form).text("reason") or "cấp lại mã"
    codes = await to_thread.run_sync(service.learners.draw, (who.id,), limiter=service.slow)
    keep = partial(service.learners.keep, codes, by=by(member.account, reason))
    await to_thread.run_sync(keep, limiter=service.slow)
    return service.pages.page(
        request,
        "staff/code",
        slip=slip(desk.origin(request, service), units.name(who.unit), who, codes[who.id]),
        host=host_of(request, service),
        only_here=only_here(desk.origin(request, service)),
        synthetic=synthetic,
    )
