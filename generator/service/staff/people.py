"""Finding people by name, marks aside, and what each has done. A name is never part of an address."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...records import Recorded, ledger, people, progress, schema
from ...records.access import OPERATIONS, Account, accounts
from ...records.classes import held
from ...records.people import NewPerson, Person
from ...rosters.book import GridCell
from ...rosters.names import Cleaned, person_name
from ...rosters.names import position as position_of
from ...rosters.wording import findings
from .. import areas
from ..asking import Posted, StaffMember, field, staff
from ..confirmations import EVIDENCE
from ..service import Of, Service
from ..synthetic import made_up
from . import desk
from .accounts import must_prove
from .arrival import arrival
from .desk import UnitScope, by, scope, today, whose
from .pacing import router
from .reading import Reading

routes = router()
PEOPLE = f"{areas.STAFF}nguoi/"
FEWEST_LETTERS = 2
MADE_UP = " (dữ liệu mẫu)"
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
#: What to write in a field that cannot be read.
CORRECTLY = {
    "full_name": "Ghi đủ họ và tên, chỉ gồm chữ cái và dấu cách.",
    "position": "Ghi chức vụ bằng chữ, hoặc để trống.",
}

KINDS = {
    "attempt.submitted": "Làm bài kiểm tra",
    "session.attended": "Dự lớp",
    "paper.submitted": "Bài làm trên giấy",
    "admin.recorded": "Ghi theo văn bản",
    "countersigned": "Được xác nhận",
    "waived": "Được miễn",
    "voided": "Hủy ghi nhận",
    "person.merged": "Gộp hồ sơ",
    "person.erased": "Xóa tên",
}

#: What it takes to take back what not every role that may void may state.
_TAKING_BACK = {"person.merged": "merge", "waived": "waive"}


def taking_back(kind: str) -> str:
    """The operation that takes back an event of a kind."""
    return _TAKING_BACK.get(kind, "void")


def found(
    connection: Connection, account: Account, name: str, unit: str = "", limit: int = 20
) -> tuple[Person, ...]:
    """Persons within reach whose name holds what was typed, of one unit where one is given."""
    if len(name.strip()) < FEWEST_LETTERS:
        return ()
    units = scope(connection, account)
    within = units.reach.intersection((unit,)) if unit else units.filter
    return people.search(connection, name, units=within, limit=limit)


@routes.get(PEOPLE)
async def find_page(request: Request, service: Of, member: Reader) -> Response:
    return service.pages.page(request, "staff/people", people=(), made_up=(), name="", scope=None)


@routes.post(PEOPLE)
async def find(request: Request, service: Of, member: Reader, form: Posted) -> Response:
    """As a page, or as JSON for the script that finds while one types."""
    name, unit = field(form, "name")[:80], field(form, "unit")

    def reading(within: Connection) -> tuple[tuple[Person, ...], Collection[str], UnitScope]:
        matches = found(within, member.account, name, unit)
        return matches, made_up(within, (one.id for one in matches)), scope(within, member.account)

    people_found, invented, units = await service.read(reading)
    if "application/json" in request.headers.get("accept", ""):
        rows = [
            {
                "id": one.id,
                "name": one.full_name,
                "position": one.position or "",
                "unit": f"{units.name(one.unit)}{MADE_UP if one.id in invented else ''}",
            }
            for one in people_found
        ]
        return JSONResponse(rows)
    return service.pages.page(
        request, "staff/people", people=people_found, made_up=invented, name=name, scope=units
    )


# --- one person -------------------------------------------------------------------------------


@routes.get(f"{PEOPLE}{{id}}/")
async def person_page(request: Request, service: Of, member: Reader, id: str) -> Response:
    return await person(request, service, member, id)


async def person(
    request: Request, service: Service, member: StaffMember, id: str, problems: dict[str, str] | None = None
) -> Response:
    """A person's courses and everything stated about them, with what may be stated next."""

    def reading(within: Connection) -> dict[str, object]:
        who = whose(within, member.account, id)
        done = {one.course: one for one in progress.completions(within, who.id)}
        slips = {course: held(within, who.id, course) for course in done}
        return {
            "who": who,
            "scope": scope(within, member.account),
            "done": done,
            "slips": slips,
            "events": events(within, who.id),
            "synthetic": desk.is_synthetic(within, (who,)),
            "names": {one.id: one.name for one in accounts(within)},
        }

    values = await service.read(reading)
    return service.pages.page(
        request,
        "staff/person",
        status=422 if problems else 200,
        problems=problems or {},
        courses=service.attempts.courses,
        course_options=desk.options(service),
        titles=desk.titles(service),
        evidence=EVIDENCE,
        kinds=KINDS,
        role=member.account.role,
        may_take_back=lambda kind: member.account.role in OPERATIONS[taking_back(kind)].roles,
        must_prove=must_prove(service, member, "void"),
        once=desk.once(),
        today=today(service),
        **values,
    )


def events(connection: Connection, person: str) -> tuple[tuple[Recorded, Recorded | None], ...]:
    """What the ledger says of a person, the newest first; each with what voided it, if anything did."""
    table, who = schema.event, schema.person.c
    ours = select(who.id).where((who.id == person) | (who.merged_into == person))
    query = select(table).where(table.c.person.in_(ours)).order_by(table.c.seq.desc()).limit(200)
    read = [ledger.read(row) for row in connection.execute(query).mappings()]
    voids = {one.event.payload["target"]: one for one in read if one.event.kind == "voided"}
    return tuple((one, voids.get(one.event.event_id)) for one in read)


@routes.post(f"{PEOPLE}{{id}}/sua/")
async def change(
    request: Request,
    service: Of,
    member: Annotated[StaffMember, Depends(staff("person.change"))],
    form: Posted,
    id: str,
) -> Response:
    """Corrects a name or position; rosters that are frozen keep theirs."""
    reading = Reading(form)
    named, post = reading.text("full_name", "Ghi họ và tên.", most=100), reading.text("position")
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    reason = reading.text("reason", "Ghi lý do.")
    before = await service.read(lambda within: whose(within, member.account, id))
    name = _read(reading, "full_name", person_name, named, before.full_name)
    position = _read(reading, "position", position_of, post, before.position)
    if reading.problems:
        return await person(request, service, member, id, reading.problems)
    changed = NewPerson(full_name=name, position=position or None, unit=unit)

    def writing(within: Connection) -> None:
        who = whose(within, member.account, id)
        if changed == NewPerson(full_name=who.full_name or "", position=who.position, unit=who.unit or ""):
            return
        cause = by(member.account, reason)
        people.change(within, who.id, changed, active=who.active, by=cause, now=service.now())

    await service.write(writing)
    return arrival(service, f"{PEOPLE}{id}/", "sua")


def _read(
    reading: Reading, name: str, read: Callable[[GridCell], Cleaned], typed: str, before: str | None
) -> str:
    """Returns what was typed, as a list would have it; a list's question is a problem of its field."""
    if not typed or typed == before:
        return typed
    found = read(GridCell(text=typed))
    for wrong in findings(found.notices):
        if wrong.severity == "error" or wrong.topic:
            reading.problems[name] = f"{wrong.message[0].upper()}{wrong.message[1:]}. {CORRECTLY[name]}"
    return found.text or ""


@routes.post(f"{PEOPLE}{{id}}/xoa-ten/")
async def erase(
    request: Request,
    service: Of,
    member: Annotated[StaffMember, Depends(staff("erase"))],
    form: Posted,
    id: str,
) -> Response:
    """Clears a name for ever; what was done stays counted."""
    reading = Reading(form)
    reason = reading.text("reason", "Ghi lý do.")
    if reading.text("sure") != "yes":
        reading.problems["sure"] = "Đánh dấu để xác nhận: việc này không thể khôi phục."
    if reading.problems:
        return await person(request, service, member, id, reading.problems)

    def writing(within: Connection) -> None:
        if people.person(within, id).erased_at is not None:
            return
        who = whose(within, member.account, id)
        people.erase(within, who.id, by=by(member.account, reason), now=service.now())

    await service.write(writing)
    return arrival(service, PEOPLE, "xoa-ten")
