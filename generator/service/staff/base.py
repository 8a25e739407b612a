"""Parts that all staff pages share: router, day, units within reach, author, PDF.

A page with names lies in a private folder while it is printed, then nowhere.
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
from ...programme.vietnamese import alphabetical, day_of
from ...records import By, Unknown, people
from ...records.access.accounts import Account, needs_totp
from ...records.audit_trail import new_id
from ...records.people import Person, Unit
from ...render.chromium import find_browser
from ...render.pdf import print_sheets
from ...render.printable import Sheet
from ...render.templates import render
from ...render.typography import bind_page, css_string
from ...targets import Period
from ..dependencies import RateKey, Running, Service, StaffMember, staff
from ..http import session_cookies, urls
from ..http.errors import Fault
from ..http.hosts import LOOPBACK
from .forms import catalogue, message

#: Operations on the whole province: an office of one unit may not do them.
OF_PROVINCE = frozenset({"figure.enter", "roster.import"})
ROLES: Mapping[str, str] = catalogue()["roles"]


def today(service: Service) -> date:
    return day_of(service.now())


def period_choices(service: Service) -> tuple[tuple[str, str], ...]:
    """Returns half-years and years of the plan up to this one, the newest first, by id with their names."""
    day, first_year = today(service), service.programme.charter.plan.first_year
    periods = [
        Period(year=year, half=half)
        for year in range(max(day.year, first_year), first_year - 1, -1)
        for half in (None, 2, 1)
    ]
    return tuple((period.id, period.name) for period in periods if period.start <= day)


def chosen_period(id: str, day: date) -> Period:
    """Returns the period of an id, else the half-year of the day."""
    return Period.parse(id) if Period.is_id(id) else Period.of_day(day)


def public_origin(request: Request, service: Service) -> str:
    """Returns the service's address for readers, as it is printed."""
    return service.settings.address or f"{service.settings.scheme}://{request.headers.get('host', '')}"


def staff_origin(request: Request, service: Service) -> str:
    """Returns the address of the staff's pages for others of the staff, for a one-time link."""
    return service.settings.staff_address or public_origin(request, service)


def loopback_host(origin: str) -> str:
    """Returns the host of an address that no other machine reaches, else "": its links open nowhere else."""
    parts = urlsplit(origin)
    return parts.netloc if parts.hostname in LOOPBACK else ""


def written_by(account: Account, reason: str) -> By:
    """Returns the account's id as the actor: the trail holds no name."""
    return By(actor=account.id, reason=reason)


def new_form_id() -> str:
    """Returns an id that a form sends back, so that sending it twice writes once."""
    return new_id()


def event_id(once: str, *parts: str) -> str:
    """Returns one id for one form however often it is sent; `once` is the page's UUID. Raises Fault."""
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
        """Tells whether a unit is within reach; persons without a unit belong to the office alone."""
        return self.account.role == "office" if unit is None else unit in self.reach

    def name(self, unit: str | None) -> str:
        match = self.all.get(unit or "")
        return match.name if match else message("units.none")

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units within reach: communes first, the province last, each by name."""
        units = [unit for unit in self.all.values() if unit.id in self.reach]
        return tuple(sorted(units, key=_place))

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        return tuple((unit.id, unit.name) for unit in self.units)

    @property
    def has_province(self) -> bool:
        """True where the account's own unit is the province itself."""
        return self.account.unit in self.all and self.all[self.account.unit].parent is None

    @property
    def filter(self) -> frozenset[str] | None:
        """The units for a query; None where all are within reach, so that nobody is left out."""
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
    """Returns a dependency like `staff`, for the whole province, not an office of one unit. Raises Fault."""
    assert operation in OF_PROVINCE
    permitted = Depends(staff(operation))

    async def member(service: Running, member: StaffMember = permitted) -> StaffMember:
        units = await service.read(lambda within: scope(within, member.account))
        if not units.has_province:
            raise Fault("not-allowed")
        return member

    return member


def require_unit(connection: Connection, account: Account, unit: str | None) -> None:
    """Raises Fault for a unit out of reach, as if it did not exist."""
    if not scope(connection, account).holds(unit):
        raise Fault("no-such-page")


def person_in_reach(connection: Connection, account: Account, id: str) -> Person:
    """Returns a person within reach; a merged one is the one that remains. Raises Fault."""
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
    """Returns the courses that count toward a target, for a list to choose from."""
    return tuple((id, course.title) for id, course in service.attempts.courses.items())


def taught_options(service: Service) -> tuple[tuple[str, str], ...]:
    """Returns the courses whose classes are recorded, if only by how many came, for a list to choose from."""
    courses = service.programme.courses.values()
    return tuple((course.id, course.title) for course in courses if not course.keeps_nothing)


def course_titles(service: Service) -> Mapping[str, str]:
    return {id: course.title for id, course in service.programme.courses.items()}


def course_of(service: Service, id: str) -> Course:
    """Returns the course of an id. Raises Fault."""
    return service.attempts.course(id)


#: Paths of requests that start a browser, hash a code for each person, or read a whole list.
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
#: The certificates of a whole class; a list pasted into one, whose names are looked for among everybody's.
HEAVY_OF_A_CLASS = re.compile(rf"{urls.STAFF}lop/[^/]*/(phieu|dan)/")


async def limit_rates(request: Request, service: Running, key: RateKey) -> None:
    """Takes from the allowance of what staff ask for; looking at pages is free. Raises Fault.

    Signing in has bounds of its own (`sign_in_fails`): others at the address must not keep anybody out.
    """
    path = request.scope["path"]
    is_write = request.method == "POST" and path not in WAYS_IN
    wait = service.writes.take(key) if is_write else 0
    if is_write:
        is_heavy = path in HEAVY or HEAVY_OF_A_CLASS.fullmatch(path) is not None
    else:
        is_heavy = path.startswith(CERTIFICATE_PDFS) and path.endswith(".pdf")
    if is_heavy and not wait:
        wait = service.papers.take(key)
    if wait:
        raise Fault("too-many", headers={"Retry-After": str(wait)})


def router() -> APIRouter:
    """Returns a router for a group of the staff's pages."""
    return APIRouter(include_in_schema=False, dependencies=[Depends(limit_rates)])


#: Seconds for which a page that never came may be waited for.
SECONDS_SHOWN = 60


def redirect_done(service: Service, address: str, done: str) -> RedirectResponse:
    """Redirects to a page; `done` is a word of `staff/layout.html.j2`.

    It is kept in a cookie, not the address: a page opened again or by a link says nothing.
    """
    response = RedirectResponse(address, 303)
    session_cookies.put_cookie(response, service.settings, done, session_cookies.DONE, seconds=SECONDS_SHOWN)
    return response


def must_give_second_factor(service: Service, member: StaffMember, operation: str) -> bool:
    """Tells whether a page should ask for the second factor before the form is filled in."""
    return needs_totp(operation, member.session, now=service.now())


PDF = "application/pdf"


async def pdf_response(
    service: Service, template: str, *, id: str, title: str, dated: date, **values: Any
) -> Response:
    """Returns the paper as a download `<id>.pdf`. Raises OperatorError without a browser."""
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
    """Returns `templates/service/staff/<template>.html.j2` as PDF. Raises OperatorError without a browser."""
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
        html=bind_page(html),
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
    """Returns the minutes in class that complete a course; None where nobody is listed."""
    return service.attempts.rule(course).minutes if course in service.attempts.courses else 0
