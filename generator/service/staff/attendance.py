"""One class: who attended it, and that it was a mistake."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import cast

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...programme.vietnamese import alphabetical
from ...records import Unknown, people
from ...records.access import OPERATIONS, Account, accounts, require
from ...records.classes import Attended, ClassSession, attend, attendances, held_class, withdraw_session
from ...records.people import Person
from ...records.trail import noted
from ..asking import Posted, StaffMember, field
from ..faults import Fault
from ..service import Of, Service
from . import desk, pasting
from .accounts import must_prove
from .arrival import arrival
from .class_slips import ClassSlips, class_slips
from .classes import CLASSES, Holding, needed, of_unit
from .desk import by, event_id, scope
from .pacing import router
from .people import found
from .reading import Reading

routes = router()


def session_of(connection: Connection, account: Account, id: str) -> ClassSession:
    """A class of a unit within reach. Raises Fault."""
    try:
        held = held_class(connection, id)
    except Unknown:
        raise Fault("no-such-page") from None
    desk.reached(connection, account, held.unit)
    return held


def attendees(connection: Connection, held: ClassSession) -> tuple[Person, ...]:
    """Who is recorded for a class, merged persons once, by name."""
    ids = {one.person for one in attendances(connection, held)}
    found = {one.merged_into or one.id for one in (people.person(connection, id) for id in ids)}
    remaining = (people.person(connection, id) for id in found)
    return tuple(sorted(remaining, key=lambda one: (alphabetical(one.full_name or ""), one.id)))


def slips_of(
    connection: Connection,
    service: Service,
    account: Account,
    held: ClassSession,
    here: Collection[Person],
) -> ClassSlips | None:
    """Who of a class may be given a confirmation; nothing for a class that gives none."""
    if not here or held.withdrawn_at is not None or held.course not in service.attempts.courses:
        return None
    return class_slips(connection, account, held, here, needed(service, held.course))


@routes.get(f"{CLASSES}{{id}}/")
async def class_page(request: Request, service: Of, member: Holding, id: str) -> Response:
    return await show(request, service, member, id)


async def show(
    request: Request,
    service: Service,
    member: StaffMember,
    id: str,
    *,
    lines: tuple[pasting.PastedLine, ...] = (),
    others: tuple[Person, ...] | None = None,
    given: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
    kept: tuple[str, ...] = (),
    is_all: bool = False,
) -> Response:
    """The page of a class, with what was typed and what is wrong."""

    def looking(within: Connection) -> dict[str, object]:
        held = session_of(within, member.account, id)
        here = attendees(within, held)
        ids = {one.id for one in here}
        near = () if held.anonymous else of_unit(within, held.unit)
        known = {one.id for one in (*near, *(others or ()))}
        far = [desk.whose(within, member.account, one) for one in kept if one not in known]
        return {
            "others": (*(others or ()), *far),
            "has_searched": others is not None,
            "said": noted(within, "class.withdrawn", (id,)).get(id),
            "names": {one.id: one.name for one in accounts(within)},
            "held": held,
            "scope": scope(within, member.account),
            "attendees": here,
            "candidates": [one for one in near if one.id not in ids],
            "all_ticked": is_all,
            "slips": slips_of(within, service, member.account, held, here),
            "recorded": ids,
            "synthetic": desk.is_synthetic(within, (*here, *near, *(others or ()), *far)),
        }

    values = await service.read(looking)
    held = cast(ClassSession, values["held"])
    return service.pages.page(
        request,
        "staff/class",
        status=422 if problems else 200,
        courses=desk.titles(service),
        needed=needed(service, held.course),
        lines=lines,
        given=given or {},
        problems=problems or {},
        kept=frozenset(kept) | (_offered(values) if is_all else set()),
        once=desk.once(),
        may_withdraw=not values["attendees"] or member.account.role in OPERATIONS["void"].roles,
        must_prove=bool(values["attendees"]) and must_prove(service, member, "void"),
        **values,
    )


def _offered(values: Mapping[str, object]) -> set[str]:
    """Everybody who stands in the list to choose from."""
    shown = cast(Iterable[Person], (*values["others"], *values["candidates"]))  # type: ignore[misc]
    return {one.id for one in shown}


@routes.post(f"{CLASSES}{{id}}/chon/")
async def tick(request: Request, service: Of, member: Holding, form: Posted, id: str) -> Response:
    """Shows the page again with everybody ticked, or nobody, for want of scripts. Nothing is recorded."""
    reading = Reading(form)
    is_all = reading.text("all") == "yes"
    kept = tuple(one for one in reading.all("person") if one) if is_all else ()
    return await show(request, service, member, id, kept=kept, is_all=is_all)


@routes.post(f"{CLASSES}{{id}}/tim/")
async def find(request: Request, service: Of, member: Holding, form: Posted, id: str) -> Response:
    """Others within reach, found by name; for whoever has no scripts."""
    name = field(form, "name")[:80]
    matches = await service.read(lambda within: found(within, member.account, name))
    return await show(request, service, member, id, others=matches, given={"name": name})


@routes.post(f"{CLASSES}{{id}}/dan/")
async def paste(request: Request, service: Of, member: Holding, form: Posted, id: str) -> Response:
    """A pasted list, matched; nothing is recorded before it is looked at."""
    text = field(form, "names")

    def looking(within: Connection) -> tuple[pasting.PastedLine, ...]:
        held, units = session_of(within, member.account, id), scope(within, member.account)
        alike = people.namesakes(within, pasting.folded_names(text), units=units.filter)
        near = sorted(alike, key=lambda one: one.unit != held.unit)
        return pasting.lines(text, near)

    lines = await service.read(looking)
    problems = {} if lines else {"names": "Dán danh sách, mỗi người một dòng."}
    return await show(request, service, member, id, lines=lines, given={"names": text}, problems=problems)


@routes.post(f"{CLASSES}{{id}}/co-mat/")
async def record(request: Request, service: Of, member: Holding, form: Posted, id: str) -> Response:
    """Records who attended: all of them or nobody. The same form again changes nothing."""
    reading = Reading(form)
    chosen, once = tuple(one for one in reading.all("person") if one), reading.text("once")

    def writing(within: Connection) -> str:
        held = session_of(within, member.account, id)
        if held.anonymous:
            return "Lớp không ghi danh tính thì không điểm danh."
        known = {one.id for one in attendees(within, held)}
        new = list(dict.fromkeys(desk.whose(within, member.account, one).id for one in chosen))
        if (more := len(set(new) - known)) + len(known) > held.headcount:
            return f"Lớp có {held.headcount} người dự; đã điểm danh {len(known)}, chọn thêm {more}."
        # Somebody already there is written again only by the very same form, which changes nothing.
        attended = [Attended(event_id=event_id(once, id, one), person=one) for one in new]
        missing = [one for one in attended if one.person not in known]
        reason = (
            f"điểm danh theo danh sách ký tên {held.sheet_ref}"
            if held.sheet_ref
            else "điểm danh, chưa có danh sách ký tên"
        )
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
        return await show(request, service, member, id, problems={"person": problem}, kept=chosen)
    return arrival(service, f"{CLASSES}{id}/", "co-mat")


# --- taken back -------------------------------------------------------------------------------


@routes.post(f"{CLASSES}{{id}}/huy/")
async def withdraw(request: Request, service: Of, member: Holding, form: Posted, id: str) -> Response:
    """Takes a class back; it stays to be seen, and counts nowhere.

    Those who are recorded for it lose what it gave them: that takes the right to void, and their units.
    """
    reading = Reading(form)
    reason = reading.text("reason", "Ghi lý do hủy ghi nhận.")
    held, has_attendees = await service.read(lambda within: _withdrawable(within, member.account, id))
    if held.withdrawn_at is None and has_attendees:
        require("void", member.account, member.session, now=service.now())
    if held.withdrawn_at is None and reading.problems:
        return await show(request, service, member, id, problems=reading.problems)
    cause = by(member.account, reason or "hủy ghi nhận lớp")

    def writing(within: Connection) -> None:
        _, has_attendees_now = _withdrawable(within, member.account, id)
        if has_attendees_now and not has_attendees:
            raise Fault("stale-form")
        withdraw_session(within, id, by=cause, now=service.now())

    await service.write(writing)
    return arrival(service, f"{CLASSES}{id}/", "huy-lop")


def _withdrawable(connection: Connection, account: Account, id: str) -> tuple[ClassSession, bool]:
    """A class within reach, as are all who attended it, and whether anybody did. Raises Fault."""
    held, units = session_of(connection, account, id), scope(connection, account)
    here = attendees(connection, held)
    if not all(units.holds(one.unit) or one.erased_at for one in here):
        raise Fault("not-allowed")
    return held, bool(here)
