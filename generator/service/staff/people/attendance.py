"""One class: who attended it, pasted names, and why some have no certificate yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ....programme.model.course import Course
from ....programme.vietnamese import alphabetical, folded
from ....records import people
from ....records.access.accounts import OPERATIONS, Account, all_accounts, require_right
from ....records.audit_trail import last_audited
from ....records.people import Person
from ....records.staff_entries import entry_by_id
from ....records.training import progress
from ....records.training.certificates import certificates_by_person
from ....records.training.classes import (
    Attended,
    ClassSession,
    attendances,
    raise_headcount,
    record_attendance,
    withdraw_class,
)
from ....records.training.observations import observations_of_class
from ... import certificates
from ...dependencies import Posted, Running, Service, StaffMember, field
from ...http.errors import Fault
from .. import base
from ..base import (
    event_id,
    minutes_needed,
    must_give_second_factor,
    redirect_done,
    router,
    scope,
    today,
    written_by,
)
from ..forms import FormReader, message, staff_form
from ..words import core_words
from .class_modules import module_fields, taught_words
from .class_pages import CLASSES, ClassHolder
from .person_pages import find_people, people_of_unit

#: The heads of a class, asked for again where more are ticked.
HEADS = staff_form("class").only("headcount")
Fate = Literal["found", "several", "unknown", "twice"]
#: The most lines of a list, and the most characters of a line that are read.
MOST, LONGEST = 500, 200


@dataclass(frozen=True, kw_only=True)
class PastedLine:
    """A line as written, and the persons it may name; tone marks decide where they tell two apart."""

    written: str
    fate: Fate
    people: tuple[Person, ...] = ()


def match_names(text: str, people: Sequence[Person]) -> tuple[PastedLine, ...]:
    """Returns each line with the persons it names; numbers and bullets before a name are skipped."""
    seen: set[str] = set()
    by_name: dict[str, list[Person]] = {}
    for person in people:
        if person.full_name:
            by_name.setdefault(folded(person.full_name), []).append(person)
    return tuple(
        _matched_line(name, tuple(by_name.get(folded(name), ())), seen) for name in _pasted_names(text)
    )


def folded_names(text: str) -> frozenset[str]:
    """Returns the names of a list as the records are searched for them."""
    return frozenset(folded(name) for name in _pasted_names(text))


def _pasted_names(text: str) -> Iterable[str]:
    for raw in text.splitlines()[:MOST]:
        # A cell pasted from a table brings its neighbours after a tab.
        cells = [cell.strip() for cell in raw[:LONGEST].replace("\xa0", " ").split("\t")]
        name = next((cell for cell in cells if any(sign.isalpha() for sign in cell)), "")
        name = name.lstrip("0123456789.)-–•* ").partition(",")[0]
        if name := " ".join(name.split()):
            yield name


def _matched_line(name: str, alike: tuple[Person, ...], seen: set[str]) -> PastedLine:
    exact = tuple(person for person in alike if (person.full_name or "").casefold() == name.casefold())
    matches = exact if len(exact) == 1 else alike
    if not matches:
        return PastedLine(written=name, fate="unknown")
    if len(matches) > 1:
        return PastedLine(written=name, fate="several", people=matches)
    if matches[0].id in seen:
        return PastedLine(written=name, fate="twice", people=matches)
    seen.add(matches[0].id)
    return PastedLine(written=name, fate="found", people=matches)


@dataclass(frozen=True, kw_only=True)
class ClassCertificates:
    """The persons of a class who get a certificate, with their completion, and the others with why not."""

    ready: tuple[tuple[Person, progress.Completion], ...]
    lacking: tuple[tuple[Person, str], ...]


def class_certificates(
    connection: Connection,
    service: Service,
    account: Account,
    held: ClassSession,
    present: Collection[Person],
) -> ClassCertificates | None:
    """Returns who gets a certificate of those `present`; None for a class that gives none."""
    if not present or held.withdrawn_at is not None or held.course not in service.attempts.courses:
        return None
    reach, ready, lacking = scope(connection, account), [], []
    ids, course = [person.id for person in present], held.course
    completed = progress.completions_of(connection, ids, course)
    given = certificates_by_person(connection, ids, course)
    states = progress.course_states(connection, ids, (course,))
    for person in present:
        done = completed.get((person.id, course))
        if person.erased_at is not None:
            lacking.append((person, message("no-certificate.erased")))
        elif not reach.holds(person.unit):
            lacking.append((person, message("no-certificate.elsewhere")))
        elif done is None:
            state = states.get((person.id, course), progress.NOTHING_YET)
            missing = _missing_parts(service, service.attempts.courses[course], state)
            lacking.append((person, "; ".join(missing) or message("no-certificate.not_done")))
        elif person.id in given and given[person.id].revoked_at is not None:
            lacking.append((person, message("no-certificate.revoked")))
        else:
            ready.append((person, done))
    return ClassCertificates(ready=tuple(ready), lacking=tuple(lacking))


def _missing_parts(service: Service, course: Course, state: progress.CourseState) -> Iterator[str]:
    if state.waiting:
        yield message("no-certificate.waits")
    attended, minutes = state.minutes + state.waiting_minutes, minutes_needed(service, course.id)
    if course.core:
        if missing := core_words(service.programme, course, state.waiting_modules):
            yield message("no-certificate.core", missing=missing)
    elif attended < minutes:
        yield message("no-certificate.minutes", attended=attended, minutes=minutes)
    counted = [attempt for attempt in state.attempts if attempt.standing == "counted"]
    if counted and not any(attempt.is_passed for attempt in counted):
        yield message("no-certificate.failed")


routes = router()


def class_in_reach(connection: Connection, account: Account, id: str) -> ClassSession:
    """Returns a class of a unit within reach. Raises Fault, or Unknown."""
    held = entry_by_id(connection, ClassSession, id)
    base.require_unit(connection, account, held.unit)
    return held


def attendees(connection: Connection, held: ClassSession) -> tuple[Person, ...]:
    """Returns who is recorded for a class, merged persons once, by name."""
    ids = {attendance.person for attendance in attendances(connection, held)}
    recorded = people.persons_by_id(connection, ids).values()
    remaining = people.persons_by_id(connection, {person.merged_into or person.id for person in recorded})
    return tuple(
        sorted(remaining.values(), key=lambda person: (alphabetical(person.full_name or ""), person.id))
    )


@routes.get(f"{CLASSES}{{id}}/")
async def class_page(request: Request, service: Running, member: ClassHolder, id: str) -> Response:
    return await class_view(request, service, member, id)


async def class_view(
    request: Request,
    service: Service,
    member: StaffMember,
    id: str,
    *,
    lines: tuple[PastedLine, ...] = (),
    others: tuple[Person, ...] | None = None,
    given: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
    ticked: tuple[str, ...] = (),
    is_all: bool = False,
) -> Response:
    """Shows the page of a class, with what was typed and what is wrong."""

    def looking(within: Connection) -> dict[str, object]:
        held = class_in_reach(within, member.account, id)
        present = attendees(within, held)
        ids = {person.id for person in present}
        near = () if held.anonymous else people_of_unit(within, held.unit)
        offered = {person.id for person in (*near, *(others or ()))}
        far = [
            base.person_in_reach(within, member.account, person_id)
            for person_id in ticked
            if person_id not in offered
        ]
        return {
            "others": (*(others or ()), *far),
            "has_searched": others is not None,
            "withdrawal": last_audited(within, "class.withdrawn", (id,)).get(id),
            "names": {account.id: account.name for account in all_accounts(within)},
            "held": held,
            "scope": scope(within, member.account),
            "attendees": present,
            "candidates": [person for person in near if person.id not in ids],
            "all_ticked": is_all,
            "class_certificates": class_certificates(within, service, member.account, held, present),
            "recorded": ids,
            "observed": Counter(row.task for row in observations_of_class(within, id)),
            "synthetic": certificates.is_synthetic(within, (*present, *near, *(others or ()), *far)),
        }

    values = await service.read(looking)
    held = cast(ClassSession, values["held"])
    return service.pages.page(
        request,
        "staff/class",
        status=422 if problems else 200,
        courses=base.course_titles(service),
        needed=minutes_needed(service, held.course),
        has_core=held.course in module_fields(service),
        taught=taught_words(service, held),
        tasks=service.programme.tasks_of(service.programme.courses[held.course])
        if held.course in service.programme.courses
        else (),
        lines=lines,
        given=given or {},
        problems=problems or {},
        heads=HEADS.fields["headcount"],
        ticked=frozenset(ticked) | (_offered_people(values) if is_all else set()),
        once=base.new_form_id(),
        may_withdraw=not values["attendees"] or member.account.role in OPERATIONS["void"].roles,
        must_prove=bool(values["attendees"]) and must_give_second_factor(service, member, "void"),
        **values,
    )


def _offered_people(values: Mapping[str, object]) -> set[str]:
    """Returns everybody in the list to choose from."""
    shown = cast(Iterable[Person], (*values["others"], *values["candidates"]))  # type: ignore[misc]
    return {person.id for person in shown}


@routes.post(f"{CLASSES}{{id}}/chon/")
async def tick_people(
    request: Request, service: Running, member: ClassHolder, form: Posted, id: str
) -> Response:
    """Shows the page again with everybody ticked, or nobody, without scripts; nothing is recorded."""
    reading = FormReader(form)
    is_all = reading.text("all") == "yes"
    ticked = tuple(person_id for person_id in reading.all("person") if person_id) if is_all else ()
    return await class_view(request, service, member, id, ticked=ticked, is_all=is_all)


@routes.post(f"{CLASSES}{{id}}/tim/")
async def find_attendee(
    request: Request, service: Running, member: ClassHolder, form: Posted, id: str
) -> Response:
    """Finds others within reach by name, for readers without scripts."""
    name = field(form, "name")[:80]
    matches = await service.read(lambda within: find_people(within, member.account, name))
    return await class_view(request, service, member, id, others=matches, given={"name": name})


@routes.post(f"{CLASSES}{{id}}/dan/")
async def paste_names(
    request: Request, service: Running, member: ClassHolder, form: Posted, id: str
) -> Response:
    """Shows a pasted list matched with persons; nothing is recorded before somebody has looked at it."""
    text = field(form, "names")

    def looking(within: Connection) -> tuple[PastedLine, ...]:
        held, units = class_in_reach(within, member.account, id), scope(within, member.account)
        alike = people.namesakes(within, folded_names(text), units=units.filter)
        near = sorted(alike, key=lambda person: person.unit != held.unit)
        return match_names(text, near)

    lines = await service.read(looking)
    problems = {} if lines else {"names": message("class.no_names")}
    return await class_view(
        request, service, member, id, lines=lines, given={"names": text}, problems=problems
    )


@routes.post(f"{CLASSES}{{id}}/co-mat/")
async def enter_attendance(
    request: Request, service: Running, member: ClassHolder, form: Posted, id: str
) -> Response:
    """Records who attended: all of them or nobody. The same form again changes nothing.

    Where more are ticked than the class has heads, the page asks for that number, which is then raised.
    """
    reading = FormReader(form)
    chosen, once = tuple(person_id for person_id in reading.all("person") if person_id), reading.text("once")

    typed = reading.read(HEADS, today(service)) if reading.text("raise") == "yes" else {}
    heads = 0 if reading.problems else typed.get("headcount", 0)

    def writing(within: Connection) -> dict[str, str]:
        held = class_in_reach(within, member.account, id)
        if held.anonymous:
            return {"person": message("class.anonymous")}
        recorded = {person.id for person in attendees(within, held)}
        new = list(
            dict.fromkeys(base.person_in_reach(within, member.account, person_id).id for person_id in chosen)
        )
        before, more = held.headcount, len(set(new) - recorded)
        if (over := len(recorded) + more - max(before, heads)) > 0:
            values = {"headcount": max(before, heads), "recorded": len(recorded), "more": more, "over": over}
            return {"headcount": message("class.too_many", **values)}
        if heads > before:
            why = written_by(member.account, message("class.raised", before=before, after=heads))
            raise_headcount(within, held, heads, by=why, now=service.now())
        # A person already there is written again only by the very same form, which changes nothing.
        attended = [Attended(event_id=event_id(once, id, person_id), person=person_id) for person_id in new]
        missing = [attendance for attendance in attended if attendance.person not in recorded]
        reason = (
            message("class.attended", sheet=held.sheet_ref)
            if held.sheet_ref
            else message("class.attended_without_sheet")
        )
        record_attendance(
            within,
            id,
            missing,
            rule=service.attempts.rule(held.course),
            version=service.attempts.version(held.course),
            by=written_by(member.account, reason),
            now=service.now(),
        )
        return {}

    problems = reading.problems or (
        await service.write(writing) if chosen else {"person": message("class.nobody_ticked")}
    )
    if problems:
        return await class_view(
            request, service, member, id, problems=problems, ticked=chosen, given=reading.given
        )
    return redirect_done(service, f"{CLASSES}{id}/", "co-mat")


# --- taken back -------------------------------------------------------------------------------


@routes.post(f"{CLASSES}{{id}}/huy/")
async def withdraw(
    request: Request, service: Running, member: ClassHolder, form: Posted, id: str
) -> Response:
    """Withdraws a class; it stays to be seen, and counts nowhere.

    Those recorded for it lose what it gave them: that takes the right to void, and their units.
    """
    reading = FormReader(form)
    reason = reading.text("reason", message("withdrawal"))
    held, has_attendees = await service.read(lambda within: _withdrawable(within, member.account, id))
    if held.withdrawn_at is None and has_attendees:
        require_right("void", member.account, member.session, now=service.now())
    if held.withdrawn_at is None and reading.problems:
        return await class_view(request, service, member, id, problems=reading.problems)
    cause = written_by(member.account, reason or message("class.withdrawn"))

    def writing(within: Connection) -> None:
        _, has_attendees_now = _withdrawable(within, member.account, id)
        if has_attendees_now and not has_attendees:
            raise Fault("stale-form")
        withdraw_class(within, id, by=cause, now=service.now())

    await service.write(writing)
    return redirect_done(service, f"{CLASSES}{id}/", "huy-lop")


def _withdrawable(connection: Connection, account: Account, id: str) -> tuple[ClassSession, bool]:
    """Returns a class within reach, as are all who attended it, and whether anybody did. Raises Fault."""
    held, units = class_in_reach(connection, account, id), scope(connection, account)
    present = attendees(connection, held)
    if not all(units.holds(person.unit) or person.erased_at for person in present):
        raise Fault("not-allowed")
    return held, bool(present)
