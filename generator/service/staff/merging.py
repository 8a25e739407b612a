"""Two records of one person: found by name, looked at side by side, and merged with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple

from fastapi import Depends
from sqlalchemy import Connection, func, select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...records import people, progress, schema
from ...records.people import Person
from ..asking import Posted, StaffMember, field, staff
from ..faults import Fault
from ..service import Of, Service
from ..synthetic import made_up
from . import desk
from .accounts import must_prove
from .arrival import arrival
from .desk import by, scope, whose
from .pacing import router
from .people import PEOPLE, found
from .reading import Reading

routes = router()
MERGING = f"{PEOPLE}{{id}}/gop/"
PAIR = f"{MERGING}{{other}}/"
Looking = Annotated[StaffMember, Depends(staff("merge.look"))]
Merging = Annotated[StaffMember, Depends(staff("merge"))]


# --- finding the other record -----------------------------------------------------------------


@routes.get(MERGING)
async def namesakes(request: Request, service: Of, member: Looking, id: str) -> Response:
    """Those who are called alike, and a form that finds others."""
    return await _candidates(request, service, member, id)


@routes.post(MERGING)
async def find(request: Request, service: Of, member: Looking, form: Posted, id: str) -> Response:
    """A name is sent in the body, so that it stands in no address and no log."""
    return await _candidates(request, service, member, id, (field(form, "name")[:80], field(form, "unit")))


async def _candidates(
    request: Request, service: Service, member: StaffMember, id: str, asked: tuple[str, str] | None = None
) -> Response:
    def looking(within: Connection) -> dict[str, object]:
        who = whose(within, member.account, id)
        name, unit = asked or (who.full_name or "", "")
        matches = found(within, member.account, name, unit)
        return {
            "who": who,
            "given": {"name": name, "unit": unit},
            "people": [one for one in matches if one.id != who.id],
            "made_up": made_up(within, (who.id, *(one.id for one in matches))),
            "scope": scope(within, member.account),
        }

    values = await service.read(looking)
    is_asked = asked is not None
    return service.pages.page(request, "staff/candidates", status=200, is_asked=is_asked, **values)


# --- side by side -----------------------------------------------------------------------------


class Roll(NamedTuple):
    """A frozen roster that somebody stands in."""

    as_of: date
    level: str
    id: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """A person with what the records hold of them."""

    who: Person
    courses: tuple[str, ...]
    rosters: frozenset[Roll]
    events: int
    has_code: bool


def held(connection: Connection, who: Person) -> Held:
    member, roster = schema.roster_member.c, schema.roster.c
    listed = select(roster.as_of, roster.level, roster.id).join(
        schema.roster_member, member.roster == roster.id
    )
    stated = select(func.count()).where(schema.event.c.person == who.id)
    code = select(schema.credential.c.selector).where(schema.credential.c.person == who.id)
    return Held(
        who=who,
        courses=tuple(one.course for one in progress.completions(connection, who.id)),
        rosters=frozenset(map(Roll._make, connection.execute(listed.where(member.person == who.id)))),
        events=connection.scalar(stated) or 0,
        has_code=connection.scalar(code) is not None,
    )


@routes.get(PAIR)
async def pair(request: Request, service: Of, member: Looking, id: str, other: str) -> Response:
    return await _pair(request, service, member, id, other)


async def _pair(
    request: Request,
    service: Service,
    member: StaffMember,
    id: str,
    other: str,
    reading: Reading | None = None,
) -> Response:
    def looking(within: Connection) -> tuple[Held, Held, desk.UnitScope, bool]:
        first, second = (whose(within, member.account, one) for one in (id, other))
        is_synthetic = desk.is_synthetic(within, (first, second))
        return held(within, first), held(within, second), scope(within, member.account), is_synthetic

    first, second, units, is_synthetic = await service.read(looking)
    if first.who.id == second.who.id:
        if id == other:
            raise Fault("no-such-page")
        return RedirectResponse(f"{PEOPLE}{first.who.id}/", 303)
    return service.pages.page(
        request,
        "staff/merging",
        status=422 if reading else 200,
        who=first.who,
        other=second.who,
        pair=(first, second),
        both=sorted(first.rosters & second.rosters),
        scope=units,
        titles=desk.titles(service),
        synthetic=is_synthetic,
        must_prove=must_prove(service, member, "merge"),
        given=reading.given if reading else {},
        problems=reading.problems if reading else {},
    )


@routes.post(PAIR)
async def merge(
    request: Request, service: Of, member: Merging, form: Posted, id: str, other: str
) -> Response:
    """The one who stays takes over what the other has done. The same form again changes nothing."""
    reading = Reading(form)
    stays = reading.choice("stays", (id, other), "Chọn hồ sơ được giữ lại.")
    reason = reading.text("reason", "Ghi lý do gộp.")
    if reading.problems:
        return await _pair(request, service, member, id, other, reading)
    cause = by(member.account, reason)

    def writing(within: Connection) -> str:
        kept = whose(within, member.account, stays)
        left = whose(within, member.account, other if stays == id else id)
        if kept.id != left.id:
            people.merge(within, left.id, into=kept.id, by=cause, now=service.now())
        elif id == other:
            raise Fault("no-such-page")
        return kept.id

    return arrival(service, f"{PEOPLE}{await service.write(writing)}/", "gop")
