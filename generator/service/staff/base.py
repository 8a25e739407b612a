"""What every page of the staff has at hand: router, day, units within reach, who wrote, PDF.

What names people lies in a private folder while it is printed, then nowhere.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from anyio import to_thread
from fastapi import APIRouter, Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...programme.model.course import Course
from ...programme.vietnamese import alphabetical
from ...records import By, Unknown, people
from ...records.access.accounts import Account, needs_totp
from ...records.audit_trail import new_id
from ...records.people import Person, Unit
from ...render.chromium import find_browser
from ...render.pdf import print_sheets
from ...render.printable import Sheet
from ...render.templates import render
from ...render.typography import bind_html, css_string
from ..dependencies import CountedFor, Of, Service, StaffMember, staff
from ..http import session_cookies, urls
from ..http.dates import day_of
from ..http.errors import Fault
from ..http.middleware import LOOPBACK

#: Operations that are of the whole province: an office of one unit may not.
OF_PROVINCE = frozenset({"figure.enter", "roster.import"})
ROLES = {"trainer": "tập huấn viên", "unit-head": "phụ trách đơn vị", "office": "cơ quan chủ trì"}


def today(service: Service) -> date:
    return day_of(service.now())


def public_origin(request: Request, service: Service) -> str:
    """How the reader reaches us, for addresses that are printed."""
    return service.settings.address or f"{service.settings.scheme}://{request.headers.get('host', '')}"


def staff_origin(request: Request, service: Service) -> str:
    """Returns how others of the staff reach their pages, for a one-time link."""
    return service.settings.staff_address or public_origin(request, service)


def loopback_host(origin: str) -> str:
    """The host of an address that no other machine reaches: what is given out with it opens nowhere else."""
    parts = urlsplit(origin)
    return parts.netloc if parts.hostname in LOOPBACK else ""


def written_by(account: Account, reason: str) -> By:
    """The account's id as the actor: the trail holds no name."""
    return By(actor=account.id, reason=reason)


def new_form_id() -> str:
    """What a form sends back, so that sending it twice writes once."""
    return new_id()


def event_id(once: str, *parts: str) -> str:
    """The same for the same form sent twice; `once` is a UUID made when the page was shown. Raises Fault."""
    try:
        return str(uuid5(UUID(once), "/".join(parts)))
    except ValueError:
        raise Fault("stale-form") from None


# --- scope ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class UnitScope:
    """The units of an account, by id; `all` are everybody's, for their names only."""

    account: Account
    reach: frozenset[str]
    all: Mapping[str, Unit]

    def holds(self, unit: str | None) -> bool:
        """Persons without a unit are the office's alone."""
        return self.account.role == "office" if unit is None else unit in self.reach

    def name(self, unit: str | None) -> str:
        match = self.all.get(unit or "")
        return match.name if match else "chưa có đơn vị"

    @property
    def units(self) -> tuple[Unit, ...]:
        """Those within reach: communes first, the province last, each by name."""
        units = [unit for unit in self.all.values() if unit.id in self.reach]
        return tuple(sorted(units, key=_place))

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        return tuple((unit.id, unit.name) for unit in self.units)

    @property
    def has_province(self) -> bool:
        """Whether the account's own unit is the province itself."""
        return self.account.unit in self.all and self.all[self.account.unit].parent is None

    @property
    def filter(self) -> frozenset[str] | None:
        """For queries: no units where everything is within reach, so that nobody is left out."""
        return None if self.has_province and self.account.role == "office" else self.reach


def _place(unit: Unit) -> tuple[bool, bool, object]:
    return unit.parent is None, unit.level != "commune", alphabetical(unit.name)


def scope(connection: Connection, account: Account) -> UnitScope:
    return UnitScope(
        account=account,
        reach=people.subtree(connection, account.unit),
        all=people.units_by_id(connection),
    )


def province_staff(operation: str) -> Callable[..., Awaitable[StaffMember]]:
    """As `staff`, for what holds for the whole province: an office of one unit may not. Raises Fault."""
    assert operation in OF_PROVINCE
    permitted = Depends(staff(operation))

    async def member(service: Of, member: StaffMember = permitted) -> StaffMember:
        units = await service.read(lambda within: scope(within, member.account))
        if not units.has_province:
            raise Fault("not-allowed")
        return member

    return member


def require_unit(connection: Connection, account: Account, unit: str | None) -> None:
    """What lies outside is as if it were not there. Raises Fault."""
    if not scope(connection, account).holds(unit):
        raise Fault("no-such-page")


def person_in_reach(connection: Connection, account: Account, id: str) -> Person:
    """A person within reach; a merged one is the one that remains. Raises Fault."""
    try:
        person = people.person(connection, id)
        if person.merged_into is not None:
            person = people.person(connection, person.merged_into)
    except Unknown:
        raise Fault("no-such-page") from None
    require_unit(connection, account, person.unit)
    if person.erased_at is not None:
        raise Fault("no-such-page")
    return person


# --- courses ----------------------------------------------------------------------------------


def course_options(service: Service) -> tuple[tuple[str, str], ...]:
    """The courses that count toward a target, for a list to choose from."""
    return tuple((id, course.title) for id, course in service.attempts.courses.items())


def course_titles(service: Service) -> Mapping[str, str]:
    return {id: course.title for id, course in service.programme.courses.items()}


def course_of(service: Service, id: str) -> Course:
    """Raises Fault."""
    return service.attempts.course(id)


#: A browser is started, a code is hashed for each person, or a whole list is read.
HEAVY = tuple(
    f"{urls.STAFF}{path}"
    for path in (
        "lop/phieu-ky/",
        "ma/phieu.pdf",
        "ma/don-vi/",
        "bao-cao/",
        "danh-sach/thu/",
        "danh-sach/chot/",
    )
)
WAYS_IN = (urls.STAFF_SIGN_IN, urls.STAFF_INVITED)
CERTIFICATE_PDFS = f"{urls.STAFF}phieu-xac-nhan/"
#: The confirmations of a whole class.
OF_A_CLASS = re.compile(rf"{urls.STAFF}lop/[^/]*/phieu/")
#: A list pasted into a class, whose names are looked for among everybody's.
PASTED = re.compile(rf"{urls.STAFF}lop/[^/]*/dan/")


async def limit_rates(request: Request, service: Of, key: CountedFor) -> None:
    """A dependency of all that staff may ask for; looking at pages is free. Raises Fault.

    Coming in has bounds of its own (`signing`): others at the address must not keep anybody out.
    """
    path = request.scope["path"]
    is_write = request.method == "POST" and path not in WAYS_IN
    wait = service.writes.take(key) if is_write else 0
    if not wait and _is_heavy(path, is_write):
        wait = service.papers.take(key)
    if wait:
        raise Fault("too-many", headers={"Retry-After": str(wait)})


def _is_heavy(path: str, is_write: bool) -> bool:
    if is_write:
        return path in HEAVY or any(pattern.fullmatch(path) for pattern in (PASTED, OF_A_CLASS))
    return path.startswith(CERTIFICATE_PDFS) and path.endswith(".pdf")


def router() -> APIRouter:
    """Where a room of the staff's pages puts its routes."""
    return APIRouter(include_in_schema=False, dependencies=[Depends(limit_rates)])


#: How long a page that never came may be waited for, in seconds.
SECONDS_SHOWN = 60


def redirect_done(service: Service, address: str, done: str) -> RedirectResponse:
    """Goes to a page; `done` is a word of `staff/done.html.j2`.

    A cookie says it, not the address: a page opened again or by a link says nothing.
    """
    response = RedirectResponse(address, 303)
    session_cookies.put_cookie(response, service.settings, done, session_cookies.DONE, seconds=SECONDS_SHOWN)
    return response


def must_give_second_factor(service: Service, member: StaffMember, operation: str) -> bool:
    """Whether a page should ask for the second factor before the form is filled in."""
    return needs_totp(operation, member.session, now=service.now())


PDF = "application/pdf"


async def pdf_response(
    service: Service, template: str, *, id: str, title: str, dated: date, **values: Any
) -> Response:
    """The paper as an answer that is saved as `<id>.pdf`. Raises OperatorError without a browser."""
    return pdf_download(await pdf_bytes(service, template, id=id, title=title, dated=dated, **values), id)


def pdf_download(data: bytes, id: str) -> Response:
    return Response(data, media_type=PDF, headers={"Content-Disposition": f'attachment; filename="{id}.pdf"'})


async def pdf_bytes(
    service: Service,
    template: str,
    *,
    id: str,
    title: str,
    dated: date,
    landscape: bool = False,
    **values: object,
) -> bytes:
    """The paper of `templates/service/staff/<template>.html.j2`. Raises OperatorError without a browser."""
    charter = service.programme.charter
    html = render(
        f"service/staff/{template}.html.j2",
        title=title,
        issuer=service.programme.coordinator,
        programme=charter.title,
        dated=dated,
        css=css_string,
        **values,
    )
    sheet = Sheet(
        id=id,
        title=title,
        audience="",
        author=service.programme.coordinator,
        subject=id,
        dated=dated,
        edition="mono",
        landscape=landscape,
        duplex="none",
        html=bind_html(html),
    )
    return await to_thread.run_sync(print_sheet, sheet, limiter=service.printing)


def print_sheet(sheet: Sheet) -> bytes:
    with TemporaryDirectory(prefix="taphuan-") as folder:
        executable = find_browser(os.environ, shutil.which)
        (done,) = print_sheets(
            [sheet], out=Path(folder) / "out", cache=Path(folder) / "cache", executable=executable, jobs=1
        )
        return done.path.read_bytes()


def minutes_needed(service: Service, course: str) -> int:
    """Minutes in class that complete a course today; none where nobody is listed."""
    return service.attempts.rule(course).minutes if course in service.attempts.courses else 0
