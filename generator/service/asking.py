"""Dependencies of routes: who asks, what they may do, and what their form says."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartParser
from starlette.requests import Request

from ..records.access import Account, Session, needs_second_factor, require, touch
from ..records.access.rights import TotpNeeded
from ..records.access.sessions import new_token
from ..records.people import Person
from . import areas, viewers
from .faults import Fault
from .service import Of, Service
from .texts import plain_form
from .viewers import Viewer

#: The most fields of a form; a test has some for each question.
MOST_FIELDS = 2000
#: How many files are sent up at a time: each commune may send its own list.
MOST_FILES = 100
#: How many a form is read with, so that whoever chose too many is told how many there may be.
MOST_FILES_READ = 1_000
# A list of names stays in memory, of which `Bodies` lets in little enough: Starlette would put what is over
# a megabyte into the system's temporary folder.
MultiPartParser.spool_max_size = sys.maxsize


# --- who ----------------------------------------------------------------------------------------


async def viewer(request: Request, service: Of) -> Viewer | None:
    """Who is signed in, if anybody is; also for the layout of the page."""
    cookie, now = viewers.cookie_of(request, service.settings), service.now()
    found = await service.read(lambda within: viewers.find(within, cookie, now)) if cookie else None
    if found is not None:
        token = viewers.token_of(request, service.settings)
        service.recent_sessions.note(token, found.session.person or found.session.account or "")
        if found.session.needs_touch(now):
            service.later(lambda within: touch(within, token, now=now))
    request.state.viewer = found
    return found


Looking = Annotated[Viewer | None, Depends(viewer)]


async def learner(found: Looking) -> Person:
    """The learner who is signed in. Raises Fault."""
    if found is None or found.person is None:
        raise Fault("signed-out")
    return found.person


Learner = Annotated[Person, Depends(learner)]


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """Somebody of the staff who may do what the route does."""

    account: Account
    session: Session


async def by_password(found: Looking) -> StaffMember:
    """Staff whose password was right, perhaps without a code: for the second factor only. Raises Fault."""
    if found is None or found.account is None:
        raise Fault("signed-out")
    return StaffMember(account=found.account, session=found.session)


def is_half_in(service: Service, member: StaffMember) -> bool:
    """Whether the password was right and the code is still to be given."""
    is_waived = service.settings.trainers_by_password
    return needs_second_factor(member.account, member.session, trainers_by_password=is_waived)


ByPassword = Annotated[StaffMember, Depends(by_password)]


def staff(operation: str | None = None) -> Callable[..., Awaitable[StaffMember]]:
    """A dependency: staff whose role may do this operation of `records.access.OPERATIONS`, or any staff.

    Raises Fault `signed-out`; TotpNeeded where no code was right in the session, or a fresh one is needed;
    NotAllowed. Whether a unit is theirs is another question, for `access.within`.
    """

    async def member(found: ByPassword, service: Of) -> StaffMember:
        if is_half_in(service, found):
            raise TotpNeeded("second factor")
        if operation is not None:
            require(operation, found.account, found.session, now=service.now())
        return found

    return member


# --- from where ---------------------------------------------------------------------------------


async def address(request: Request) -> str:
    """What a rate is kept for: an IPv4 address, or the 64 bits of IPv6 that one customer has."""
    return customer(request.client.host if request.client else "")


@lru_cache(maxsize=1024)
def customer(host: str) -> str:
    try:
        found = ip_address(host)
    except ValueError:
        return host
    if isinstance(found, IPv6Address):
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)


From = Annotated[str, Depends(address)]


async def counted_for(request: Request, service: Of, address: From) -> str:
    """Returns whose allowance is taken from: of the person signed in, so that nobody waits for others.

    An unknown session counts for the address, until a page has found whose it is.
    """
    return service.recent_sessions.owner(viewers.token_of(request, service.settings)) or address


CountedFor = Annotated[str, Depends(counted_for)]


async def not_too_often(service: Of, whose: CountedFor) -> None:
    """A dependency of routes that write. Raises Fault."""
    if wait := service.writes.take(whose):
        raise Fault("too-many", headers={"Retry-After": str(wait)})


Paced = Depends(not_too_often)


# --- forms --------------------------------------------------------------------------------------


async def stranger(request: Request, service: Of) -> str:
    """Binds the forms of a page to a cookie before anybody is signed in; `viewers.put` must send it."""
    found = viewers.token_of(request, service.settings, viewers.STRANGER)
    request.state.stranger = found or new_token(service.random)
    return str(request.state.stranger)


Stranger = Annotated[str, Depends(stranger)]


async def posted(request: Request, service: Of, _viewer: Looking) -> FormData:
    """The fields of a form that was sent from one of our pages. Raises Fault.

    Read only once the dependencies that stand before it in the route have let the sender through.
    """
    request.state.stranger = viewers.token_of(request, service.settings, viewers.STRANGER)
    form = plain_form(await request.form(max_fields=MOST_FIELDS, max_files=_most_files(request)))
    token = form.get("token")
    if not isinstance(token, str) or not viewers.is_form_token(request, token):
        await form.close()
        raise Fault("stale-form")
    return form


def _most_files(request: Request) -> int:
    return MOST_FILES_READ if areas.is_in(request.scope["path"], areas.UPLOADS) else 1


Posted = Annotated[FormData, Depends(posted)]


def field(form: FormData, name: str) -> str:
    """A field's text, without blanks around it; empty where it was not sent."""
    found = form.get(name)
    return found.strip() if isinstance(found, str) else ""
