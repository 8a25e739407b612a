"""Corrections of records: two of one person merged; voided, waived, documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ....records import Recorded, people
from ....records.access.accounts import Account, require_right
from ....records.access.learner_codes import persons_with_code
from ....records.events import ledger
from ....records.people import Person, RosterPlace, synthetic_persons
from ....records.training import progress
from ....records.training.corrections import record_document, void, waive
from ... import certificates
from ...dependencies import Posted, Running, Service, StaffMember, field, staff
from ...http.errors import Fault
from .. import base
from ..base import (
    event_id,
    must_give_second_factor,
    person_in_reach,
    redirect_done,
    router,
    scope,
    today,
    written_by,
)
from ..forms import FormReader, StaffForm, message, staff_form
from .person_pages import PEOPLE, course_form, find_people, person_view, undo_operation

routes = router()


def event_in_reach(connection: Connection, account: Account, id: str) -> Recorded:
    """Returns an event about somebody within reach. Raises Fault."""
    recorded = ledger.event_by_id(connection, id)
    if recorded is None:
        raise Fault("no-such-page")
    person_in_reach(connection, account, recorded.event.person)
    return recorded


# --- on a person's page -----------------------------------------------------------------------


async def _state(
    service: Service,
    member: StaffMember,
    reading: FormReader,
    kind: str,
    id: str,
    in_reach: Callable[[Connection, Account, str], Recorded | Person],
    write: Callable[..., object],
    **values: Any,
) -> None:
    """Writes an event of `kind` about a person or an event, once however often its form is sent.

    Raises Fault where it is out of reach, and what `write` raises.
    """
    key = event_id(reading.text("once"), kind, values.get("course", id))
    cause = written_by(member.account, reading.text("reason"))

    def writing(within: Connection) -> None:
        about = in_reach(within, member.account, id)
        about_id = about.id if isinstance(about, Person) else about.event.event_id
        write(within, about_id, **values, event_id=key, by=cause, now=service.now())

    await service.write(writing)


@routes.post(f"{PEOPLE}{{id}}/huy/{{event}}/")
async def void_event(
    request: Request,
    service: Running,
    member: Annotated[StaffMember, Depends(staff("void"))],
    form: Posted,
    id: str,
    event: str,
) -> Response:
    """Voids an event; it stays to be seen, struck out."""
    reading = FormReader(form)
    reading.text("reason", message("reason"))
    stated = await service.read(lambda within: event_in_reach(within, member.account, event))
    require_right(undo_operation(stated.event.kind), member.account, member.session, now=service.now())
    if reading.problems:
        return await person_view(request, service, member, id, reading.problems)
    await _state(service, member, reading, "voided", event, event_in_reach, void)
    return redirect_done(service, f"{PEOPLE}{id}/", "huy")


@routes.post(f"{PEOPLE}{{id}}/mien/")
async def waive_course(
    request: Request,
    service: Running,
    member: Annotated[StaffMember, Depends(staff("waive"))],
    form: Posted,
    id: str,
) -> Response:
    reading = FormReader(form)
    values = await _read_about_course(service, member, reading, "waiver", id)
    if reading.problems:
        return await person_view(request, service, member, id, reading.problems)
    await _state(service, member, reading, "waived", id, person_in_reach, waive, **values)
    return redirect_done(service, f"{PEOPLE}{id}/", "mien")


@routes.post(f"{PEOPLE}{{id}}/van-ban/")
async def enter_document(
    request: Request,
    service: Running,
    member: Annotated[StaffMember, Depends(staff("document.record"))],
    form: Posted,
    id: str,
) -> Response:
    """Records a completion that a document states: evidence E, shown apart."""
    reading = FormReader(form)
    values = await _read_about_course(service, member, reading, "document", id)
    if reading.problems:
        return await person_view(request, service, member, id, reading.problems)
    await _state(service, member, reading, "admin.recorded", id, person_in_reach, record_document, **values)
    return redirect_done(service, f"{PEOPLE}{id}/", "van-ban")


async def _read_about_course(
    service: Service, member: StaffMember, reading: FormReader, name: str, id: str
) -> dict[str, Any]:
    """Returns the values of a form about a person's course, without the reason. Raises Fault."""
    values = reading.read(course_form(service, name), today(service))
    del values["reason"]
    await service.read(lambda within: person_in_reach(within, member.account, id))
    return values


merge_routes = router()
MERGE = f"{PEOPLE}{{id}}/gop/"
MERGE_PAIR = f"{MERGE}{{other}}/"
MergeReader = Annotated[StaffMember, Depends(staff("merge.look"))]
Merger = Annotated[StaffMember, Depends(staff("merge"))]


# --- finding the other record -----------------------------------------------------------------


@merge_routes.get(MERGE)
async def namesakes(request: Request, service: Running, member: MergeReader, id: str) -> Response:
    """Shows persons with the same name, and a form that finds others."""
    return await _candidates(request, service, member, id)


@merge_routes.post(MERGE)
async def find_namesake(
    request: Request, service: Running, member: MergeReader, form: Posted, id: str
) -> Response:
    """Finds others by a name sent in the body, so that it stands in no address and no log."""
    return await _candidates(request, service, member, id, (field(form, "name")[:80], field(form, "unit")))


async def _candidates(
    request: Request, service: Service, member: StaffMember, id: str, asked: tuple[str, str] | None = None
) -> Response:
    def looking(within: Connection) -> dict[str, object]:
        who = person_in_reach(within, member.account, id)
        name, unit = asked or (who.full_name or "", "")
        matches = find_people(within, member.account, name, unit)
        return {
            "who": who,
            "given": {"name": name, "unit": unit},
            "people": [person for person in matches if person.id != who.id],
            "made_up": synthetic_persons(within, (who.id, *(person.id for person in matches))),
            "scope": scope(within, member.account),
        }

    values = await service.read(looking)
    is_asked = asked is not None
    return service.pages.page(request, "staff/candidates", status=200, is_asked=is_asked, **values)


# --- side by side -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class RecordSummary:
    """A person with what the records hold about them."""

    who: Person
    courses: tuple[str, ...]
    rosters: frozenset[RosterPlace]
    events: int
    has_code: bool


def record_summary(connection: Connection, who: Person) -> RecordSummary:
    return RecordSummary(
        who=who,
        courses=tuple(completion.course for completion in progress.completions(connection, who.id)),
        rosters=people.rosters_of_person(connection, who.id),
        events=ledger.count_events(connection, who.id),
        has_code=bool(persons_with_code(connection, (who.id,))),
    )


@merge_routes.get(MERGE_PAIR)
async def pair_page(request: Request, service: Running, member: MergeReader, id: str, other: str) -> Response:
    return await _pair_view(request, service, member, id, other)


async def _pair_view(
    request: Request,
    service: Service,
    member: StaffMember,
    id: str,
    other: str,
    reading: FormReader | None = None,
) -> Response:
    def looking(within: Connection) -> tuple[RecordSummary, RecordSummary, base.UnitScope, bool]:
        first, second = (person_in_reach(within, member.account, person_id) for person_id in (id, other))
        is_synthetic = certificates.is_synthetic(within, (first, second))
        return (
            record_summary(within, first),
            record_summary(within, second),
            scope(within, member.account),
            is_synthetic,
        )

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
        form=_merger_form(id, other),
        both=sorted(first.rosters & second.rosters),
        scope=units,
        titles=base.course_titles(service),
        synthetic=is_synthetic,
        must_prove=must_give_second_factor(service, member, "merge"),
        given=reading.given if reading else {},
        problems=reading.problems if reading else {},
    )


@merge_routes.post(MERGE_PAIR)
async def merge(
    request: Request, service: Running, member: Merger, form: Posted, id: str, other: str
) -> Response:
    """Merges two persons: one takes over the other's record. The same form again changes nothing."""
    reading = FormReader(form)
    stays, reason = reading.read(_merger_form(id, other), today(service)).values()
    if reading.problems:
        return await _pair_view(request, service, member, id, other, reading)
    cause = written_by(member.account, reason)

    def writing(within: Connection) -> str:
        kept = person_in_reach(within, member.account, stays)
        left = person_in_reach(within, member.account, other if stays == id else id)
        if kept.id != left.id:
            people.merge_persons(within, left.id, into=kept.id, by=cause, now=service.now())
        elif id == other:
            raise Fault("no-such-page")
        return kept.id

    return redirect_done(service, f"{PEOPLE}{await service.write(writing)}/", "gop")


def _merger_form(id: str, other: str) -> StaffForm:
    return staff_form("merger").filled(stays={"options": ((id, ""), (other, ""))})
