"""Classes: the sheet to sign, that one was held, and who attended."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records import Unknown, people
from ...records.access import OPERATIONS, Account, accounts, require
from ...records.classes import (
    Attended,
    ClassSession,
    attend,
    attendances,
    held_class,
    hold,
    hold_anonymous,
    sessions,
    withdraw_session,
)
from ...records.crockford import symbols
from ...records.people import Person
from ...records.trail import noted
from ...render.templating import day
from .. import areas
from ..asking import Member, Posted, field, staff
from ..faults import Fault
from ..service import Of, Service
from . import desk, pasting, printing
from .accounts import must_prove
from .arrival import arrival
from .desk import Scope, by, event_id, scope, today
from .pacing import router
from .people import found
from .reading import Reading, day_of_text

routes = router()
CLASSES = f"{areas.STAFF}lop/"
Holding = Annotated[Member, Depends(staff("class.hold"))]
#: The most minutes of one class: a long day.
LONGEST = 720
EMPTY_LINES = 6


# --- the list, and a new one ------------------------------------------------------------------


@routes.get(CLASSES)
async def list_classes(request: Request, service: Of, member: Holding) -> Response:
    return await _list(request, service, member)


async def _list(
    request: Request, service: Service, member: Member, reading: Reading | None = None
) -> Response:
    def looking(within: Connection) -> tuple[Scope, tuple[ClassSession, ...], tuple[ClassSession, ...]]:
        units = scope(within, member.account)
        gone = sessions(within, units=units.reach, withdrawn=True)
        return units, sessions(within, units=units.reach), gone

    units, held, gone = await service.read(looking)
    titles = desk.titles(service)
    return service.pages.page(
        request,
        "staff/classes",
        status=422 if reading else 200,
        classes=held[::-1][:100],
        withdrawn=gone[::-1][:100],
        scope=units,
        courses=titles,
        options=tuple((id, f"{title} ({_asked(service, id)})") for id, title in desk.options(service)),
        nameless_options=tuple(titles.items()),
        problems=reading.problems if reading else {},
        given=reading.given if reading else {"unit": member.account.unit, "held_on": day(today(service))},
        me=member.account.name,
        once=desk.once(),
    )


def _asked(service: Service, course: str) -> str:
    return f"dự đủ {_needed(service, course)} phút là hoàn thành"


def _needed(service: Service, course: str) -> int:
    """Minutes in class that complete a course today; none where nobody is listed."""
    return service.attempts.rule(course).minutes if course in service.attempts.courses else 0


@routes.post(f"{CLASSES}phieu-ky/")
async def sign_in_sheet(request: Request, service: Of, member: Holding, form: Posted) -> Response:
    """A sheet to be signed in class: the unit's people, and lines for others. Nothing is recorded."""
    reading = Reading(form)
    units = await service.read(lambda within: scope(within, member.account))
    course = reading.choice("course", desk.titles(service), "Chọn khóa học.")
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    if course and _is_anonymous(service, reading, course):
        reading.problems["course"] = "Lớp này không ghi tên ai, nên không có phiếu ký danh."
    if reading.problems:
        return await _list(request, service, member, reading)
    persons = await service.read(lambda within: of_unit(within, unit))
    synthetic = await service.read(lambda within: desk.is_synthetic(within, persons))
    reference = f"PK-{today(service):%Y%m%d}-{symbols(service.random, 6)}"
    return await printing.pdf(
        service,
        "print-attendance",
        id=reference,
        title="Phiếu ký danh lớp tập huấn",
        dated=today(service),
        course=desk.titles(service)[course],
        unit=units.name(unit),
        held_on=_shown(field(form, "held_on")),
        trainer=reading.text("trainer"),
        minutes=field(form, "minutes"),
        people=persons,
        empty=range(EMPTY_LINES),
        reference=reference,
        synthetic=synthetic,
    )


def _shown(written: str) -> str:
    """A day as people write it; what is no day is left for the pen."""
    found = day_of_text(written)
    return "" if found is None else day(found)


@routes.post(CLASSES)
async def new(request: Request, service: Of, member: Holding, form: Posted) -> Response:
    reading = Reading(form)
    units = await service.read(lambda within: scope(within, member.account))
    course = reading.choice("course", desk.titles(service), "Chọn khóa học.")
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    held_on = reading.day("held_on", "Ghi ngày mở lớp.", until=today(service))
    minutes = reading.number("minutes", f"Ghi số phút, từ 1 đến {LONGEST}.", least=1, most=LONGEST)
    headcount = reading.number("headcount", "Ghi số người dự, từ 1.", least=1, most=2_000)
    sheet = reading.text("sheet_ref", most=80)
    is_anonymous = _is_anonymous(service, reading, course)
    trainer = reading.text("trainer", "" if is_anonymous else "Ghi tên tập huấn viên.", most=80)
    if reading.problems:
        return await _list(request, service, member, reading)
    whose = by(member.account, "ghi lớp tập huấn" if is_anonymous else f"ghi lớp tập huấn {sheet}".strip())

    said = (unit, str(held_on), str(minutes), course, str(headcount), trainer, sheet, str(is_anonymous))
    id = event_id(reading.text("once"), "class", *said)

    def writing(within: Connection) -> ClassSession:
        known = {
            "new_id": lambda: id,
            "unit": unit,
            "held_on": held_on,
            "minutes": minutes,
            "course": course,
            "headcount": headcount,
        }
        if is_anonymous:
            return hold_anonymous(within, **known, by=whose, now=service.now())  # type: ignore[arg-type]
        said = {"trainer": trainer, "sheet_ref": sheet or None}
        return hold(within, **known, **said, by=whose, now=service.now())  # type: ignore[arg-type]

    held = await service.write(writing)
    return arrival(CLASSES, "lop-an-danh") if held.anonymous else arrival(f"{CLASSES}{held.id}/", "lop")


def _is_anonymous(service: Service, reading: Reading, course: str) -> bool:
    """Where it is asked for, and always for a course that counts toward nothing: peers are never listed."""
    return reading.text("anonymous") == "yes" or course not in service.attempts.courses


# --- one class --------------------------------------------------------------------------------


def session_of(connection: Connection, account: Account, id: str) -> ClassSession:
    """A class of a unit within reach. Raises Fault."""
    try:
        held = held_class(connection, id)
    except Unknown:
        raise Fault("no-such-page") from None
    desk.reached(connection, account, held.unit)
    return held


def of_unit(connection: Connection, unit: str) -> tuple[Person, ...]:
    """Everybody at work in a unit, by name."""
    found = people.search(connection, "", units=(unit,), limit=2_000)
    return tuple(one for one in found if one.active)


def attendees(connection: Connection, held: ClassSession) -> tuple[Person, ...]:
    """Who is recorded for a class, merged persons once, by name."""
    ids = {one.person for one in attendances(connection, held)}
    found = {one.merged_into or one.id for one in (people.person(connection, id) for id in ids)}
    remaining = (people.person(connection, id) for id in found)
    return tuple(sorted(remaining, key=lambda one: (one.full_name or "", one.id)))


@routes.get(f"{CLASSES}{{id}}/")
async def class_page(request: Request, service: Of, member: Holding, id: str) -> Response:
    return await _class(request, service, member, id)


async def _class(
    request: Request,
    service: Service,
    member: Member,
    id: str,
    *,
    lines: tuple[pasting.Line, ...] = (),
    others: tuple[Person, ...] | None = None,
    given: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
    kept: tuple[str, ...] = (),
) -> Response:
    def looking(within: Connection) -> dict[str, object]:
        held = session_of(within, member.account, id)
        here = attendees(within, held)
        ids = {one.id for one in here}
        near = () if held.anonymous else of_unit(within, held.unit)
        return {
            "said": noted(within, "class.withdrawn", (id,)).get(id),
            "names": {one.id: one.name for one in accounts(within)},
            "held": held,
            "scope": scope(within, member.account),
            "attendees": here,
            "candidates": [one for one in near if one.id not in ids],
            "recorded": ids,
            "synthetic": desk.is_synthetic(within, (*here, *near, *(others or ()))),
        }

    values = await service.read(looking)
    held = cast(ClassSession, values["held"])
    return service.pages.page(
        request,
        "staff/class",
        status=422 if problems else 200,
        courses=desk.titles(service),
        needed=_needed(service, held.course),
        lines=lines,
        others=others,
        given=given or {},
        problems=problems or {},
        kept=frozenset(kept),
        once=desk.once(),
        may_withdraw=not values["attendees"] or member.account.role in OPERATIONS["void"].roles,
        must_prove=bool(values["attendees"]) and must_prove(service, member, "void"),
        **values,
    )


@routes.post(f"{CLASSES}{{id}}/tim/")
async def find(request: Request, service: Of, member: Holding, form: Posted, id: str) -> Response:
    """Others within reach, found by name; for whoever has no scripts."""
    name = field(form, "name")[:80]
    matches = await service.read(lambda within: found(within, member.account, name))
    return await _class(request, service, member, id, others=matches, given={"name": name})


@routes.post(f"{CLASSES}{{id}}/dan/")
async def paste(request: Request, service: Of, member: Holding, form: Posted, id: str) -> Response:
    """A pasted list, matched; nothing is recorded before it is looked at."""
    text = field(form, "names")

    def looking(within: Connection) -> tuple[pasting.Line, ...]:
        held, units = session_of(within, member.account, id), scope(within, member.account)
        everybody = people.search(within, "", units=units.filter, limit=50_000)
        near = sorted(everybody, key=lambda one: one.unit != held.unit)
        return pasting.lines(text, near)

    lines = await service.read(looking)
    problems = {} if lines else {"names": "Dán danh sách, mỗi người một dòng."}
    return await _class(request, service, member, id, lines=lines, given={"names": text}, problems=problems)


@routes.post(f"{CLASSES}{{id}}/co-mat/")
async def record(request: Request, service: Of, member: Holding, form: Posted, id: str) -> Response:
    """Records who attended: all of them or nobody. The same form again changes nothing."""
    reading = Reading(form)
    chosen, once = tuple(one for one in reading.all("person") if one), reading.text("once")

    def writing(within: Connection) -> str:
        held = session_of(within, member.account, id)
        if held.anonymous:
            return "Lớp ẩn danh không ghi tên ai."
        known = {one.id for one in attendees(within, held)}
        new = list(dict.fromkeys(desk.whose(within, member.account, one).id for one in chosen))
        if len(known.union(new)) > held.headcount:
            return f"Lớp có {held.headcount} người dự; đã ghi {len(known)}, nay chọn thêm {len(new)}."
        # Somebody already there is written again only by the very same form, which changes nothing.
        attended = [Attended(event_id=event_id(once, id, one), person=one) for one in new]
        missing = [one for one in attended if one.person not in known]
        reason = f"điểm danh theo phiếu {held.sheet_ref}" if held.sheet_ref else "điểm danh, chưa có phiếu ký"
        attend(
            within,
            id,
            missing,
            rule=service.attempts.rule(held.course),
            version=service.attempts.version(held.course),
            by=by(member.account, reason),
            now=service.now(),
        )
        return ""

    problem = "Đánh dấu ít nhất một người có mặt." if not chosen else await service.write(writing)
    if problem:
        return await _class(request, service, member, id, problems={"person": problem}, kept=chosen)
    return arrival(f"{CLASSES}{id}/", "co-mat")


# --- taken back -------------------------------------------------------------------------------


@routes.post(f"{CLASSES}{{id}}/rut/")
async def withdraw(request: Request, service: Of, member: Holding, form: Posted, id: str) -> Response:
    """Takes a class back; it stays to be seen, and counts nowhere.

    Those who are recorded for it lose what it gave them: that takes the right to void, and their units.
    """
    reading = Reading(form)
    reason = reading.text("reason", "Ghi lý do rút.")
    held, has_attendees = await service.read(lambda within: _withdrawable(within, member.account, id))
    if held.withdrawn_at is None and has_attendees:
        require("void", member.account, member.session, now=service.now())
    if held.withdrawn_at is None and reading.problems:
        return await _class(request, service, member, id, problems=reading.problems)
    cause = by(member.account, reason or "rút lớp")

    def writing(within: Connection) -> None:
        _, has_attendees_now = _withdrawable(within, member.account, id)
        if has_attendees_now and not has_attendees:
            raise Fault("stale-form")
        withdraw_session(within, id, by=cause, now=service.now())

    await service.write(writing)
    return arrival(f"{CLASSES}{id}/", "rut-lop")


def _withdrawable(connection: Connection, account: Account, id: str) -> tuple[ClassSession, bool]:
    """A class within reach, as are all who attended it, and whether anybody did. Raises Fault."""
    held, units = session_of(connection, account, id), scope(connection, account)
    here = attendees(connection, held)
    if not all(units.holds(one.unit) or one.erased_at for one in here):
        raise Fault("not-allowed")
    return held, bool(here)
