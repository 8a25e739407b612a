"""Learners' codes: slips to cut for a unit, and a new code for one person in seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from anyio import to_thread
from fastapi import Depends
from markupsafe import Markup
from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response

from ...records import schema
from ...records.people import Person
from .. import areas
from ..asking import Member, Posted, staff
from ..confirmations import qr
from ..service import Of, Service
from ..synthetic import has_made_up
from . import desk, printing
from .classes import of_unit
from .desk import Scope, by, event_id, once, origin, scope, today, whose
from .pacing import router
from .people import PEOPLE
from .reading import Reading

routes = router()
CODES = f"{areas.STAFF}ma/"
Issuing = Annotated[Member, Depends(staff("code.issue"))]
#: The most slips at once: a code takes some 20 ms.
MOST = 600
TWICE = "Phiếu này vừa được in. Xem tệp đã tải về; vẫn cần in lần nữa thì bấm In thêm một lần."
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What is printed and cut out; after this nobody can read the code again."""

    person: Person
    unit: str
    code: str
    qr: Markup


def only_here(request: Request, service: Service) -> str:
    """The host of the address, where no other machine can reach it: slips with it open nothing elsewhere."""
    host = request.url.hostname or ""
    return _host(request, service) if host in LOOPBACK and not service.settings.address else ""


def _host(request: Request, service: Service) -> str:
    return origin(request, service).partition("://")[2]


def address(root: str, code: str) -> str:
    """The code stands after the #, where no server and no log sees it."""
    return f"{root}{areas.SIGN_IN}#ma={code}"


@routes.get(CODES)
async def codes_page(request: Request, service: Of, member: Issuing) -> Response:
    return await _page(request, service, member)


async def _page(
    request: Request, service: Service, member: Member, problems: dict[str, str] | None = None
) -> Response:
    def looking(within: Connection) -> tuple[Scope, dict[str, int], dict[str, int], bool]:
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
        only_here=only_here(request, service),
        once=once(),
    )


def _count(connection: Connection, *, with_code: bool) -> dict[str, int]:
    """Persons at work by unit, or those of them that have a code."""
    who, credential = schema.person.c, schema.credential.c
    query = select(who.unit).where(who.active, who.merged_into.is_(None), who.unit.is_not(None))
    if with_code:
        query = query.where(who.id.in_(select(credential.person)))
    found: dict[str, int] = {}
    for unit in connection.execute(query).scalars():
        found[unit] = found.get(unit, 0) + 1
    return found


@routes.post(f"{CODES}phieu.pdf")
async def slips(request: Request, service: Of, member: Issuing, form: Posted) -> Response:
    """New codes for a unit, as slips to cut. Those who have one keep it, unless all are asked for."""
    reading = Reading(form)
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    is_all = reading.text("everybody") == "yes"
    persons = () if reading.problems else await service.read(lambda within: _lacking(within, unit, is_all))
    if not reading.problems and not persons:
        reading.problems["unit"] = (
            "Mọi người ở đây đã có mã, hoặc đơn vị chưa có ai. Muốn in lại thì đánh dấu ô bên dưới."
        )
    if len(persons) > MOST:
        reading.problems["unit"] = f"Nhiều hơn {MOST} người; hãy in theo từng đơn vị nhỏ hơn."
    sent = event_id(reading.text("once"), "slips", unit, str(is_all))
    if not reading.problems and service.forms.take(sent):
        reading.problems["unit"] = TWICE
    if reading.problems:
        return await _page(request, service, member, reading.problems)
    found = await _issued(service, member, persons, units, origin(request, service), "in phiếu mã học viên")
    return await printing.pdf(
        service,
        "print-slips",
        id="phieu-ma-hoc-vien",
        title="Phiếu mã học viên",
        dated=today(service),
        slips=found,
        host=_host(request, service),
        synthetic=await service.read(lambda within: desk.is_synthetic(within, persons)),
    )


def _lacking(connection: Connection, unit: str, is_all: bool) -> tuple[Person, ...]:
    having = set(connection.execute(select(schema.credential.c.person)).scalars())
    return tuple(one for one in of_unit(connection, unit) if is_all or one.id not in having)


async def _issued(
    service: Service, member: Member, persons: Sequence[Person], units: Scope, root: str, reason: str
) -> tuple[Slip, ...]:
    ids = [one.id for one in persons]
    codes = await to_thread.run_sync(
        lambda: service.learners.issue(ids, by=by(member.account, reason)), limiter=service.slow
    )
    return tuple(
        Slip(
            person=one,
            unit=units.name(one.unit),
            code=codes[one.id].text,
            qr=qr(address(root, codes[one.id].text)),
        )
        for one in persons
    )


@routes.post(f"{PEOPLE}{{id}}/ma/")
async def again(request: Request, service: Of, member: Issuing, form: Posted, id: str) -> Response:
    """A new code for one person, shown once; the one before ends at once."""

    def looking(within: Connection) -> tuple[Person, Scope, bool]:
        who = whose(within, member.account, id)
        return who, scope(within, member.account), desk.is_synthetic(within, (who,))

    who, units, synthetic = await service.read(looking)
    reason = Reading(form).text("reason") or "cấp lại mã"
    (slip,) = await _issued(service, member, (who,), units, desk.origin(request, service), reason)
    return service.pages.page(
        request,
        "staff/code",
        slip=slip,
        host=_host(request, service),
        only_here=only_here(request, service),
        synthetic=synthetic,
    )
