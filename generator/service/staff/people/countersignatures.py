"""Entries that wait for a second person, told by class and day, and confirmed many at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ....programme.vietnamese import alphabetical
from ....records import Countersigned, NotAllowed, Voided, people
from ....records.access.accounts import all_accounts
from ....records.people import Person, synthetic_persons
from ....records.training import progress
from ....records.training.corrections import countersign
from ....records.training.progress import Pending
from ...dependencies import Posted, Running, Service, StaffMember, staff
from ...http import urls
from .. import base
from ..base import UnitScope, event_id, redirect_done, router, scope, written_by
from ..forms import FormReader, message
from ..words import EVENT_NAMES
from .corrections import event_in_reach
from .person_pages import ERASED

routes = router()
WAITING = f"{urls.STAFF}doi-chieu/"
#: The most entries that one form confirms.
MOST = 500
Countersigner = Annotated[StaffMember, Depends(staff("countersign"))]


@dataclass(frozen=True, kw_only=True)
class WaitingEntry:
    """An entry with the person it is about."""

    id: str
    who: Person

    @property
    def name(self) -> str:
        return self.who.full_name or ERASED


@dataclass(frozen=True, kw_only=True)
class WaitingGroup:
    """The entries of one kind, course and day by one account: most often those of one class."""

    kind: str
    course: str
    done_on: date
    actor: str
    entries: tuple[WaitingEntry, ...]


def waiting_groups(pending: Collection[Pending], persons: Mapping[str, Person]) -> tuple[WaitingGroup, ...]:
    """Returns the entries by group, the oldest first, and by name within each."""
    groups: dict[tuple[str, str, date, str], list[WaitingEntry]] = {}
    for entry in pending:
        key = (entry.kind, entry.course, entry.done_on, entry.actor)
        groups.setdefault(key, []).append(WaitingEntry(id=entry.event_id, who=persons[entry.person]))
    return tuple(
        WaitingGroup(
            kind=kind,
            course=course,
            done_on=done_on,
            actor=actor,
            entries=tuple(sorted(entries, key=lambda entry: (alphabetical(entry.name), entry.id))),
        )
        for (kind, course, done_on, actor), entries in groups.items()
    )


@routes.get(WAITING)
async def waiting_page(request: Request, service: Running, member: Countersigner) -> Response:
    return await _waiting_list(request, service, member)


async def _waiting_list(
    request: Request,
    service: Service,
    member: StaffMember,
    reading: FormReader | None = None,
    *,
    done: int = 0,
) -> Response:
    """Shows what waits, with what is wrong; `done` is how many of a form were confirmed nevertheless."""

    def looking(within: Connection) -> tuple[tuple[WaitingGroup, ...], UnitScope, dict[str, object]]:
        units = scope(within, member.account)
        pending = progress.pending_entries(within, units=units.filter)
        persons = people.persons_by_id(within, {entry.person for entry in pending})
        names = {account.id: account.name for account in all_accounts(within)}
        made_up = synthetic_persons(within, persons)
        return waiting_groups(pending, persons), units, {"names": names, "made_up": made_up}

    groups, units, values = await service.read(looking)
    me = member.account.id
    return service.pages.page(
        request,
        "staff/waiting",
        status=422 if reading else 200,
        groups=[group for group in groups if group.actor != me],
        own=[group for group in groups if group.actor == me],
        scope=units,
        kinds=EVENT_NAMES,
        titles=base.course_titles(service),
        problems=reading.problems if reading else {},
        given=reading.given if reading else {},
        chosen=frozenset(reading.all("event")) if reading else frozenset(),
        done=done,
        once=base.new_form_id(),
        **values,
    )


@routes.post(WAITING)
async def countersign_events(
    request: Request, service: Running, member: Countersigner, form: Posted
) -> Response:
    """Confirms the chosen entries, each once; one that is refused does not stop the others."""
    reading = FormReader(form)
    reason = reading.text("reason", message("countersigning.reason"))
    chosen = tuple(dict.fromkeys(id for id in reading.all("event") if id))
    if not 0 < len(chosen) <= MOST:
        reading.problems["event"] = message(f"countersigning.{'too_many' if chosen else 'none'}")
    if reading.problems:
        return await _waiting_list(request, service, member, reading)
    once, cause = reading.text("once"), written_by(member.account, reason)

    def writing(within: Connection) -> dict[str, str]:
        subjects = {id: event_in_reach(within, member.account, id).event.person for id in chosen}
        persons = people.persons_by_id(within, set(subjects.values()))
        refused = {}
        for id, person in subjects.items():
            key = event_id(once, "countersigned", id)
            try:
                countersign(within, id, event_id=key, by=cause, now=service.now())
            except NotAllowed as refusal:
                refused[f"event-{id}"] = f"{persons[person].full_name or ERASED}: {_why_not(refusal)}"
        return refused

    reading.problems |= await service.write(writing)
    if reading.problems:
        done = len(chosen) - len(reading.problems)
        return await _waiting_list(request, service, member, reading, done=done)
    return redirect_done(service, WAITING, "doi-chieu")


def _why_not(refusal: NotAllowed) -> str:
    if isinstance(refusal, Voided):
        return message("countersigning.voided")
    return message(f"countersigning.{'countersigned' if isinstance(refusal, Countersigned) else 'own'}")
