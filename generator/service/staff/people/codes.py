"""Learners' codes: slips for a unit or for many, and a new code for one person in seconds."""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated

from anyio import to_thread
from fastapi import Depends
from markupsafe import Markup
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from ....errors import OperatorError
from ....records import By
from ....records.access.learner_codes import NewCode, persons_by_unit, persons_with_code
from ....records.errors import NotAllowed, Refused
from ....records.people import Person, Unit, has_synthetic_roster, synthetic_persons
from ... import certificates
from ...certificates import qr_code
from ...dependencies import Posted, Running, Service, StaffMember, staff
from ...http import urls
from ...http.files import KEPT
from .. import base
from ..base import (
    UnitScope,
    event_id,
    loopback_host,
    new_form_id,
    person_in_reach,
    public_origin,
    router,
    scope,
    today,
    written_by,
)
from ..forms import FormReader, message
from .person_pages import PEOPLE, people_of_unit


@dataclass(frozen=True, kw_only=True)
class CodeSlip:
    """A slip to print and cut out; after this nobody can read the code again."""

    person: Person
    unit: str
    code: str
    qr: Markup

    @classmethod
    def of(cls, origin: str, unit: str, person: Person, code: NewCode) -> CodeSlip:
        """Returns the slip; its link has the code after the #, where no server and no log sees it."""
        text = code.code.text
        return cls(person=person, unit=unit, code=text, qr=qr_code(f"{origin}{urls.SIGN_IN}#ma={text}"))


@dataclass(kw_only=True)
class UnitCodes:
    """The codes of a unit: new ones, how many keep the code they have, and what went wrong.

    Codes that were drawn open nothing before they are kept.
    """

    unit: Unit
    persons: tuple[Person, ...]
    has_code: int
    codes: Mapping[str, NewCode] = field(default_factory=dict)
    is_kept: bool = False
    problem: str = ""

    @property
    def made(self) -> int:
        return len(self.persons) if self.is_kept else 0

    def code_slips(self, origin: str) -> Iterable[CodeSlip]:
        return (CodeSlip.of(origin, self.unit.name, who, self.codes[who.id]) for who in self.persons)


async def make_code_slips(
    request: Request, service: Service, units: Sequence[Unit], *, is_all: bool, cause: By
) -> tuple[tuple[UnitCodes, ...], bytes]:
    """Makes slips unit by unit, so that one failing unit stops no other. Raises OperatorError.

    A file that cannot be printed ends no code. `is_all` gives new codes to those who have one, too.
    """
    results = [await _drawn_codes(service, unit, is_all) for unit in units]
    drawn = [result for result in results if result.codes]
    data = await _printed_code_slips(request, service, drawn)
    for result in drawn:
        await _keep_codes(service, result, is_all, cause)
    kept = [result for result in drawn if result.is_kept]
    if kept and len(kept) < len(drawn):
        try:
            data = await _printed_code_slips(request, service, kept)
        except OperatorError:
            # The file has slips of units whose codes were not kept.
            for result in results:
                result.problem = result.problem and message("codes.void", problem=result.problem)
    return tuple(results), data if kept else b""


def codes_of_unit(connection: Connection, unit: Unit, is_all: bool) -> UnitCodes:
    """Returns the persons of a unit who are to get a code; the others keep theirs."""
    everybody = people_of_unit(connection, unit.id)
    having = persons_with_code(connection, [person.id for person in everybody])
    persons = tuple(person for person in everybody if is_all or person.id not in having)
    return UnitCodes(unit=unit, persons=persons, has_code=len(everybody) - len(persons))


async def _drawn_codes(service: Service, unit: Unit, is_all: bool) -> UnitCodes:
    result = await service.read(lambda within: codes_of_unit(within, unit, is_all))
    if result.persons:
        ids = [person.id for person in result.persons]
        try:
            result.codes = await to_thread.run_sync(service.learners.draw, ids, limiter=service.slow)
        except (Refused, SQLAlchemyError):
            result.problem = message("codes.failed")
    return result


async def _keep_codes(service: Service, result: UnitCodes, is_all: bool, cause: By) -> None:
    """Makes a unit's codes valid, all or none."""
    keep = partial(service.learners.keep, result.codes, replaces=is_all, by=cause)
    try:
        await to_thread.run_sync(keep, limiter=service.slow)
        result.is_kept = True
    except (Refused, SQLAlchemyError) as error:
        result.problem = message("codes.taken" if isinstance(error, NotAllowed) else "codes.failed")


async def _printed_code_slips(request: Request, service: Service, lots: Sequence[UnitCodes]) -> bytes:
    """Returns the PDF, each unit on pages of its own. Raises OperatorError without a browser."""
    if not lots:
        return b""
    origin = public_origin(request, service)

    def drawn() -> list[tuple[str, list[CodeSlip]]]:
        return [(lot.unit.name, list(lot.code_slips(origin))) for lot in lots]

    ids = [who.id for lot in lots for who in lot.persons]
    invented: Collection[str] = await service.read(lambda within: synthetic_persons(within, ids))
    return await base.pdf_bytes(
        service,
        "print-code-slips",
        id=CODE_SLIPS_FILE,
        title=message("codes.title"),
        dated=today(service),
        lots=await to_thread.run_sync(drawn),
        host=_host(origin),
        made_up=invented,
    )


def _host(origin: str) -> str:
    return origin.partition("://")[2]


routes = router()
CODES = f"{urls.STAFF}ma/"
Issuer = Annotated[StaffMember, Depends(staff("code.issue"))]
#: The most slips of a unit, and of all units at once: hashing a code takes some 20 ms.
MOST, MOST_AT_ONCE = 600, 1_200
CODE_SLIPS_FILE = "phieu-ma-hoc-vien"


@routes.get(CODES)
async def codes_page(request: Request, service: Running, member: Issuer) -> Response:
    return await codes_view(request, service, member)


async def codes_view(
    request: Request, service: Service, member: StaffMember, problems: dict[str, str] | None = None
) -> Response:
    def looking(within: Connection) -> tuple[UnitScope, dict[str, int], dict[str, int], bool]:
        return scope(within, member.account), *_everybody_and_ready(within), has_synthetic_roster(within)

    units, everybody, ready, invented = await service.read(looking)
    return service.pages.page(
        request,
        "staff/codes",
        status=422 if problems else 200,
        scope=units,
        everybody=everybody,
        ready=ready,
        made_up=invented,
        problems=problems or {},
        only_here=loopback_host(public_origin(request, service)),
        once=new_form_id(),
    )


def _everybody_and_ready(connection: Connection) -> tuple[dict[str, int], dict[str, int]]:
    """Returns how many are at work in each unit, and how many of them have a code."""
    return persons_by_unit(connection, with_code=False), persons_by_unit(connection, with_code=True)


def people_without_code(connection: Connection, units: UnitScope) -> Mapping[str, int]:
    """Returns how many persons of each unit within reach have no code, without complete units."""
    everybody, ready = _everybody_and_ready(connection)
    lacking = {id: everybody[id] - ready.get(id, 0) for id in everybody if id in units.reach}
    return {id: persons for id, persons in lacking.items() if persons}


@routes.post(f"{CODES}phieu.pdf")
async def print_unit_code_slips(request: Request, service: Running, member: Issuer, form: Posted) -> Response:
    """Makes codes for a unit, as slips to cut; those who have one keep it, unless all are asked for."""
    reading = FormReader(form)
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, message("codes.no_unit"))
    is_all = reading.text("everybody") == "yes"
    if unit:
        wanted = await service.read(lambda within: codes_of_unit(within, units.all[unit], is_all))
        if not wanted.persons:
            reading.problems["unit"] = message("codes.nobody")
        elif len(wanted.persons) > MOST:
            reading.problems["unit"] = message("codes.too_many", most=MOST)
    sent = event_id(reading.text("once"), "slips", unit, str(is_all))
    if not reading.problems and service.forms.take(sent):
        reading.problems["unit"] = message("codes.twice")
    if reading.problems:
        return await codes_view(request, service, member, reading.problems)
    cause = written_by(member.account, message("codes.reason"))
    (made,), data = await _forgotten_unless_made(
        service, sent, make_code_slips(request, service, [units.all[unit]], is_all=is_all, cause=cause)
    )
    if made.problem:
        return await codes_view(request, service, member, {"unit": made.problem})
    return base.pdf_download(data, CODE_SLIPS_FILE)


# --- many units -------------------------------------------------------------------------------


@routes.post(f"{CODES}don-vi/")
async def print_code_slips_of_units(
    request: Request, service: Running, member: Issuer, form: Posted
) -> Response:
    """Makes slips for every unit within reach, or for those ticked; the page says what was made."""
    reading = FormReader(form)
    units = await service.read(lambda within: scope(within, member.account))
    is_all, key = reading.text("everybody") == "yes", reading.text("once")
    chosen = _chosen_units(reading, units)
    asked = (*(unit.id for unit in chosen), str(is_all))
    sent, key = event_id(key, "slips of units", *asked), event_id(key, "file of slips", *asked)
    if not reading.problems and service.forms.wait(sent):
        return _made_code_slips(request, service, key, None)
    if not reading.problems:
        counted = await service.read(lambda within: _how_many(within, chosen, is_all))
        reading.problems |= _too_few_or_many(counted)
    if reading.problems:
        return await codes_view(request, service, member, reading.problems)
    if service.forms.take(sent):
        return _made_code_slips(request, service, key, None)
    cause = written_by(member.account, message("codes.reason_units"))
    made, data = await _forgotten_unless_made(
        service, sent, make_code_slips(request, service, chosen, is_all=is_all, cause=cause)
    )
    if data:
        service.sealed.put(member.session.lineage, key, data)
    return _made_code_slips(request, service, key, made)


async def _forgotten_unless_made(
    service: Service, sent: str, making: Awaitable[tuple[tuple[UnitCodes, ...], bytes]]
) -> tuple[tuple[UnitCodes, ...], bytes]:
    """Returns the result of a form; it may be sent again if nothing was made. Raises OperatorError."""
    data = b""
    try:
        made, data = await making
    finally:
        if not data:
            service.forms.forget(sent)
    return made, data


def _chosen_units(reading: FormReader, units: UnitScope) -> tuple[Unit, ...]:
    ticked = set(reading.all("units"))
    if reading.text("which") == "all":
        return units.units
    if not ticked or ticked - units.reach:
        reading.problems["units"] = message("codes.no_units")
    return tuple(unit for unit in units.units if unit.id in ticked)


def _how_many(connection: Connection, units: tuple[Unit, ...], is_all: bool) -> int:
    everybody, ready = _everybody_and_ready(connection)
    return sum(everybody.get(unit.id, 0) - (0 if is_all else ready.get(unit.id, 0)) for unit in units)


def _too_few_or_many(persons: int) -> Mapping[str, str]:
    if not persons:
        return {"units": message("codes.nobody_units")}
    if persons > MOST_AT_ONCE:
        return {"units": message("codes.too_many_units", most=MOST_AT_ONCE)}
    return {}


def _made_code_slips(
    request: Request, service: Service, key: str, made: tuple[UnitCodes, ...] | None
) -> Response:
    """Shows the result; `made` is None where the same form was sent before."""
    return service.pages.page(request, "staff/codes-made", made=made, once=key, minutes=KEPT // 60)


@routes.post(f"{CODES}tep/")
async def fetch_code_slips(request: Request, service: Running, member: Issuer, form: Posted) -> Response:
    """Sends the file that was just made, to the page that asked for it."""
    data = service.sealed.open(member.session.lineage, FormReader(form).text("once"))
    if not data:
        return await codes_view(request, service, member, {"file": message("codes.gone")})
    return base.pdf_download(data, CODE_SLIPS_FILE)


# --- one person -------------------------------------------------------------------------------


@routes.post(f"{PEOPLE}{{id}}/ma/")
async def new_code(request: Request, service: Running, member: Issuer, form: Posted, id: str) -> Response:
    """Makes a new code for one person, shown once; the former one ends at once."""

    def looking(within: Connection) -> tuple[Person, UnitScope, bool]:
        who = person_in_reach(within, member.account, id)
        return who, scope(within, member.account), certificates.is_synthetic(within, (who,))

    who, units, synthetic = await service.read(looking)
    reason = FormReader(form).text("reason") or message("codes.reason_person")
    codes = await to_thread.run_sync(service.learners.draw, (who.id,), limiter=service.slow)
    keep = partial(service.learners.keep, codes, by=written_by(member.account, reason))
    await to_thread.run_sync(keep, limiter=service.slow)
    origin = public_origin(request, service)
    return service.pages.page(
        request,
        "staff/code",
        code_slip=CodeSlip.of(origin, units.name(who.unit), who, codes[who.id]),
        host=_host(origin),
        only_here=loopback_host(origin),
        synthetic=synthetic,
    )
