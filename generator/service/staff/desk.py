"""What every page of the staff has at hand: the day, the units within reach, and who wrote."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request

from ...programme.model.course import Course
from ...programme.vietnamese import alphabetical
from ...records import By, Unknown, people
from ...records.access import Account
from ...records.attribution import new_id
from ...records.people import Person, Unit
from ..asking import StaffMember, staff
from ..days import day_of
from ..faults import Fault
from ..hosts import LOOPBACK
from ..service import Of, Service
from ..synthetic import is_synthetic as is_synthetic

#: Operations that are of the whole province: an office of one unit may not.
OF_PROVINCE = frozenset({"figure.enter", "roster.import"})
ROLES = {"trainer": "tập huấn viên", "unit-head": "phụ trách đơn vị", "office": "cơ quan chủ trì"}


def today(service: Service) -> date:
    return day_of(service.now())


def origin(request: Request, service: Service) -> str:
    """How the reader reaches us, for addresses that are printed."""
    return service.settings.address or f"{service.settings.scheme}://{request.headers.get('host', '')}"


def staff_origin(request: Request, service: Service) -> str:
    """Returns how others of the staff reach their pages, for a one-time link."""
    return service.settings.staff_address or origin(request, service)


def only_here(origin: str) -> str:
    """The host of an address that no other machine reaches: what is given out with it opens nowhere else."""
    found = urlsplit(origin)
    return found.netloc if found.hostname in LOOPBACK else ""


def by(account: Account, reason: str) -> By:
    """The account's id as the actor: the trail holds no name."""
    return By(actor=account.id, reason=reason)


def once() -> str:
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
        found = self.all.get(unit or "")
        return found.name if found else "chưa có đơn vị"

    @property
    def units(self) -> tuple[Unit, ...]:
        """Those within reach: communes first, the province last, each by name."""
        found = [unit for unit in self.all.values() if unit.id in self.reach]
        return tuple(sorted(found, key=_place))

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
        all=people.units(connection),
    )


def of_province(operation: str) -> Callable[..., Awaitable[StaffMember]]:
    """As `staff`, for what holds for the whole province: an office of one unit may not. Raises Fault."""
    assert operation in OF_PROVINCE
    permitted = Depends(staff(operation))

    async def member(service: Of, found: StaffMember = permitted) -> StaffMember:
        units = await service.read(lambda within: scope(within, found.account))
        if not units.has_province:
            raise Fault("not-allowed")
        return found

    return member


def reached(connection: Connection, account: Account, unit: str | None) -> None:
    """What lies outside is as if it were not there. Raises Fault."""
    if not scope(connection, account).holds(unit):
        raise Fault("no-such-page")


def whose(connection: Connection, account: Account, id: str) -> Person:
    """A person within reach; a merged one is the one that remains. Raises Fault."""
    try:
        found = people.person(connection, id)
        if found.merged_into is not None:
            found = people.person(connection, found.merged_into)
    except Unknown:
        raise Fault("no-such-page") from None
    reached(connection, account, found.unit)
    if found.erased_at is not None:
        raise Fault("no-such-page")
    return found


# --- courses ----------------------------------------------------------------------------------


def options(service: Service) -> tuple[tuple[str, str], ...]:
    """The courses that count toward a target, for a list to choose from."""
    return tuple((id, course.title) for id, course in service.attempts.courses.items())


def titles(service: Service) -> Mapping[str, str]:
    return {id: course.title for id, course in service.programme.courses.items()}


def course(service: Service, id: str) -> Course:
    """Raises Fault."""
    return service.attempts.course(id)
