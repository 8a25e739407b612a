"""People found by name or listed by unit, and what each has done.

A name is never part of an address.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ....programme.vietnamese import alphabetical
from ....records import people
from ....records.access.accounts import OPERATIONS, Account, all_accounts
from ....records.access.learner_codes import persons_with_code
from ....records.events.ledger import events_of_person
from ....records.people import NewPerson, Person, synthetic_persons
from ....records.training import progress
from ....records.training.certificates import certificates_by_course
from ....records.training.observations import observations_of_person
from ....roster_import.grid import GridCell
from ....roster_import.person_names import Cleaned, clean_name
from ....roster_import.person_names import clean_position as position_of
from ....roster_import.proposal import findings_of
from ... import certificates
from ...certificates import EVIDENCE_NAMES
from ...dependencies import Posted, Running, Service, StaffMember, field, staff
from ...http import urls
from .. import base
from ..base import (
    UnitScope,
    must_give_second_factor,
    person_in_reach,
    redirect_done,
    router,
    scope,
    today,
    written_by,
)
from ..forms import FormReader, StaffForm, message, staff_form
from ..words import EVENT_NAMES, class_words

routes = router()
PEOPLE = f"{urls.STAFF}nguoi/"
FEWEST_LETTERS = 2
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
#: The operation that takes back an event, by kind, where the right to void is not enough.
_UNDO_OPERATIONS = {"person.merged": "merge", "waived": "waive"}


def undo_operation(kind: str) -> str:
    """Returns the operation that takes back an event of a kind."""
    return _UNDO_OPERATIONS.get(kind, "void")


def find_people(
    connection: Connection, account: Account, name: str, unit: str = "", limit: int = 20
) -> tuple[Person, ...]:
    """Returns persons within reach whose name contains what was typed, of one unit where one is given."""
    if len(name.strip()) < FEWEST_LETTERS:
        return ()
    units = scope(connection, account)
    within = units.reach.intersection((unit,)) if unit else units.filter
    return people.search_persons(connection, name, units=within, limit=limit)


@routes.get(PEOPLE)
async def find_page(request: Request, service: Running, member: Reader) -> Response:
    return service.pages.page(request, "staff/people", people=(), made_up=(), name="", scope=None)


@routes.post(PEOPLE)
async def find(request: Request, service: Running, member: Reader, form: Posted) -> Response:
    """Shows the persons found, as a page, or as JSON for the script that searches during typing."""
    name, unit = field(form, "name")[:80], field(form, "unit")

    def reading(within: Connection) -> tuple[tuple[Person, ...], Collection[str], UnitScope]:
        matches = find_people(within, member.account, name, unit)
        return (
            matches,
            synthetic_persons(within, (person.id for person in matches)),
            scope(within, member.account),
        )

    matches, invented, units = await service.read(reading)
    if "application/json" in request.headers.get("accept", ""):
        rows = [
            {
                "id": person.id,
                "name": person.full_name,
                "position": person.position or "",
                "unit": message("person.made_up", unit=units.name(person.unit))
                if person.id in invented
                else units.name(person.unit),
            }
            for person in matches
        ]
        return JSONResponse(rows)
    return service.pages.page(
        request, "staff/people", people=matches, made_up=invented, name=name, scope=units
    )


# --- one person -------------------------------------------------------------------------------


@routes.get(f"{PEOPLE}{{id}}/")
async def person_page(request: Request, service: Running, member: Reader, id: str) -> Response:
    return await person_view(request, service, member, id)


async def person_view(
    request: Request, service: Service, member: StaffMember, id: str, problems: dict[str, str] | None = None
) -> Response:
    """Shows a person's courses and everything stated about them, with what may be stated next."""

    def reading(within: Connection) -> dict[str, Any]:
        who, units = person_in_reach(within, member.account, id), scope(within, member.account)
        done = {completion.course: completion for completion in progress.completions(within, who.id)}
        begun = [id for id, course in service.attempts.courses.items() if course.core and id not in done]
        return {
            "asked": service.asked_of(within, who),
            "in_class": _class_words(within, service, who, begun),
            "who": who,
            "scope": units,
            "observed": observations_of_person(within, who.id, units.reach),
            "done": done,
            "certificate_by_course": certificates_by_course(within, who.id),
            "events": events_of_person(within, who.id),
            "has_code": bool(persons_with_code(within, (who.id,))),
            "synthetic": certificates.is_synthetic(within, (who,)),
            "names": {account.id: account.name for account in all_accounts(within)},
        }

    values = await service.read(reading)
    return service.pages.page(
        request,
        "staff/person",
        status=422 if problems else 200,
        problems=problems or {},
        courses=service.attempts.courses,
        person_form=_person_form(values["scope"]),
        waiver_form=course_form(service, "waiver"),
        document_form=course_form(service, "document"),
        titles=base.course_titles(service),
        tasks=service.programme.observed_tasks,
        evidence=EVIDENCE_NAMES,
        kinds=EVENT_NAMES,
        role=member.account.role,
        may_take_back=lambda kind: member.account.role in OPERATIONS[undo_operation(kind)].roles,
        must_prove=must_give_second_factor(service, member, "void"),
        once=base.new_form_id(),
        today=today(service),
        **values,
    )


def _class_words(
    connection: Connection, service: Service, who: Person, courses: Collection[str]
) -> dict[str, str]:
    """Returns what is missing of the core of courses that somebody began in class."""
    states = progress.course_states(connection, [who.id], courses) if courses else {}
    return {
        id: "; ".join(class_words(service.programme, service.attempts.courses[id], state))
        for (_, id), state in states.items()
        if state.minutes
    }


@routes.post(f"{PEOPLE}{{id}}/sua/")
async def change(
    request: Request,
    service: Running,
    member: Annotated[StaffMember, Depends(staff("person.change"))],
    form: Posted,
    id: str,
) -> Response:
    """Corrects a name or position; rosters that are frozen keep theirs."""
    reading = FormReader(form)
    units = await service.read(lambda within: scope(within, member.account))
    values = reading.read(_person_form(units), today(service))
    before = await service.read(lambda within: person_in_reach(within, member.account, id))
    name = _read_name(reading, "full_name", clean_name, values["full_name"], before.full_name)
    position = _read_name(reading, "position", position_of, values["position"] or "", before.position)
    if reading.problems:
        return await person_view(request, service, member, id, reading.problems)
    changed = NewPerson(full_name=name, position=position or None, unit=values["unit"])

    def writing(within: Connection) -> None:
        who = person_in_reach(within, member.account, id)
        if changed == NewPerson(full_name=who.full_name or "", position=who.position, unit=who.unit or ""):
            return
        cause = written_by(member.account, values["reason"])
        people.change_person(within, who.id, changed, active=who.active, by=cause, now=service.now())

    await service.write(writing)
    return redirect_done(service, f"{PEOPLE}{id}/", "sua")


def _person_form(units: UnitScope) -> StaffForm:
    return staff_form("person").filled(unit={"options": units.options})


def course_form(service: Service, name: str) -> StaffForm:
    """Returns a form about a person's course, `waiver` or `document`, with the courses there are."""
    return staff_form(name).filled(course={"options": base.course_options(service)})


def _read_name(
    reading: FormReader, name: str, read: Callable[[GridCell], Cleaned], typed: str, before: str | None
) -> str:
    """Returns the name typed, as a list would have it; a list's question is a problem of its field."""
    if not typed or typed == before:
        return typed
    cleaned = read(GridCell(text=typed))
    for wrong in findings_of(cleaned.notices):
        if wrong.severity == "error" or wrong.topic:
            said = f"{wrong.message[0].upper()}{wrong.message[1:]}."
            reading.problems[name] = f"{said} {message(f'person.{name}')}"
    return cleaned.text or ""


@routes.post(f"{PEOPLE}{{id}}/xoa-ten/")
async def erase(
    request: Request,
    service: Running,
    member: Annotated[StaffMember, Depends(staff("erase"))],
    form: Posted,
    id: str,
) -> Response:
    """Clears a name for ever; what was done stays counted."""
    reading = FormReader(form)
    reason = reading.text("reason", message("reason"))
    if reading.text("sure") != "yes":
        reading.problems["sure"] = message("person.sure")
    if reading.problems:
        return await person_view(request, service, member, id, reading.problems)

    def writing(within: Connection) -> None:
        if people.person(within, id).erased_at is not None:
            return
        who = person_in_reach(within, member.account, id)
        people.erase_person(within, who.id, by=written_by(member.account, reason), now=service.now())

    await service.write(writing)
    return redirect_done(service, PEOPLE, "xoa-ten")


#: The most names on one page; of more, only those of a unit that is asked for.
MOST_NAMES = 1_000
ERASED = message("subjects.erased")


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A person of a roster; `page` is the person's own, where the reader may open it."""

    id: str
    name: str
    position: str
    unit: str
    note: str = ""
    page: str = ""
    so_far: str = ""

    @property
    def order(self) -> tuple[bool, tuple[list[int], list[int], str], str]:
        """The key that sorts by the alphabet, persons without a name last."""
        return (self.name == ERASED, alphabetical(self.name), self.id)


@dataclass(frozen=True, kw_only=True)
class UnitLines:
    """A unit of a roster: how many stand in it, how many of them are meant, and those who are shown."""

    id: str
    name: str
    size: int
    left: int
    shown: int
    lines: tuple[PersonLine, ...] = ()

    @property
    def done(self) -> int:
        return self.size - self.left


def person_line(person: Person, home: str, units: UnitScope, so_far: str = "") -> PersonLine:
    """Returns a line with today's name; `home` is the unit that the roster has."""
    if person.erased_at is not None:
        return PersonLine(id=person.id, name=ERASED, position="", unit=home, so_far=so_far)
    is_near = units.holds(person.unit)
    return PersonLine(
        id=person.id,
        name=person.full_name or "",
        position=(person.position or "") if is_near else "",
        unit=home,
        note=", ".join(_notes(person, home, units)),
        page=f"{urls.STAFF}nguoi/{person.id}/" if is_near else "",
        so_far=so_far,
    )


def _notes(person: Person, home: str, units: UnitScope) -> Iterable[str]:
    if person.unit != home:
        yield message("person.moved", unit=units.name(person.unit))
    if not person.active:
        yield message("person.left")


def ordered_units(groups: Iterable[UnitLines], *, by_name: bool) -> tuple[UnitLines, ...]:
    """Returns units by the alphabet, or those with the most people left first."""
    named = sorted(groups, key=lambda unit: alphabetical(unit.name))
    return tuple(named if by_name else sorted(named, key=lambda unit: -unit.left))


def lines_by_unit(lines: Iterable[PersonLine]) -> Mapping[str, tuple[PersonLine, ...]]:
    by_unit: dict[str, list[PersonLine]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, []).append(line)
    return {unit: tuple(sorted(ours, key=lambda line: line.order)) for unit, ours in by_unit.items()}


def people_of_unit(connection: Connection, unit: str) -> tuple[Person, ...]:
    """Returns everybody at work in a unit, by name."""
    matches = people.search_persons(connection, "", units=(unit,), limit=2_000)
    return tuple(person for person in matches if person.active)
