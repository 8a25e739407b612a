"""A test taken, as pages and API both do it: a form opened, an attempt handed in."""

from __future__ import annotations

import asyncio

from ..quiz import Form, Key
from ..records.refusals import Conflict
from .attempts import Opened
from .days import day_of
from .faults import Fault
from .handing_in import HandedIn
from .results import Result
from .service import Service


async def open_form(service: Service, person: str, course: str) -> Opened:
    """The form to answer next: the one that was begun, else a new one, kept with its key. Raises Fault."""
    begun = await service.read(lambda within: service.attempts.opened(within, person, course))
    if begun is not None:
        return begun
    form, key = await drawn(service, person, course)
    return await _kept(service, person, form, key)


async def drawn(service: Service, person: str, course: str) -> tuple[Form, Key]:
    """Returns a form of what is right today, not yet kept. Raises Fault."""
    today = day_of(service.now())
    return await service.read(lambda within: service.attempts.draw(within, person, course, today))


async def _kept(service: Service, person: str, form: Form, key: Key) -> Opened:
    now = service.now()
    return await service.write(lambda within: service.attempts.keep(within, person, form, key, now))


async def submit(service: Service, handed: HandedIn) -> tuple[Result, bool]:
    """The result, once the attempt is on disk, and whether it is new. Raises Fault."""
    try:
        found = service.store.state(service.handing_in.marked, handed)
        marked, appended = await asyncio.wrap_future(found)
    except Conflict:
        raise Fault("other-attempt") from None
    clock_off = appended.client_flagged
    result = service.results.worded(marked.event, marked.mark, appended.received_at, clock_off)
    return result, appended.is_new
