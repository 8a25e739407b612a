"""Learners' codes: slips for a unit or for many, and a new code for one person in seconds."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

from anyio import to_thread
from fastapi import Depends
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from ....errors import OperatorError
from ....records import By
from ....records.access.learner_codes import NewCode, persons_by_unit
from ....records.errors import NotAllowed, Refused
from ....records.people import Person, Unit, has_synthetic_roster
from ... import certificates
from ...dependencies import Posted, Running, Service, StaffMember, staff
from ...http import urls
from ...http.files import KEPT
from .. import base
from ..base import UnitScope, event_id, loopback_host, new_form_id, person_in_reach, router, scope, written_by
from ..forms import FormReader, message
from . import code_slips
from .code_slips import CodeSlipLot, code_recipients, code_slip, host_of
from .person_pages import PEOPLE


@dataclass(frozen=True, kw_only=True)
class CodeSlipResult:
    """The result for a unit: slips made, persons who keep the code they have, and what went wrong."""

    unit: Unit
    made: int = 0
    has_code: int = 0
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class CodeSlipResults:
    """The results of one action."""

    units: tuple[CodeSlipResult, ...]

    @property
    def made(self) -> int:
        return sum(result.made for result in self.units)

    @property
    def done(self) -> tuple[CodeSlipResult, ...]:
        return tuple(result for result in self.units if result.made)

    @property
    def failed(self) -> tuple[CodeSlipResult, ...]:
        return tuple(result for result in self.units if result.problem)


@dataclass(frozen=True, kw_only=True)
class UnitCodes:
    """New codes of a unit that open nothing yet."""

    unit: Unit
    persons: tuple[Person, ...]
    codes: Mapping[str, NewCode]


async def make_code_slips(
    request: Request, service: Service, units: Sequence[Unit], *, is_all: bool, cause: By
) -> tuple[CodeSlipResults, bytes]:
    """Makes slips unit by unit, so that one failing unit stops no other. Raises OperatorError.

    A file that cannot be printed ends no code. `is_all` gives new codes to those who have one, too.
    """
    results: dict[str, CodeSlipResult] = {}
    drawn = await _drawn_codes(service, units, results, is_all)
    data = await _printed_code_slips(request, service, drawn)
    kept = [
        unit_codes
        for unit_codes in drawn
        if await _are_codes_kept(service, unit_codes, results, is_all, cause)
    ]
    if kept and len(kept) < len(drawn):
        data = await _reprinted_code_slips(request, service, kept, results) or data
    return CodeSlipResults(units=tuple(results[unit.id] for unit in units)), data if kept else b""


async def _drawn_codes(
    service: Service, units: Sequence[Unit], results: dict[str, CodeSlipResult], is_all: bool
) -> list[UnitCodes]:
    drawn = []
    for unit in units:
        wanted = await service.read(partial(code_slips.code_recipients, unit=unit.id, is_all=is_all))
        results[unit.id] = CodeSlipResult(unit=unit, has_code=wanted.has_code)
        if not wanted.persons:
            continue
        ids = [person.id for person in wanted.persons]
        try:
            codes = await to_thread.run_sync(service.learners.draw, ids, limiter=service.slow)
        except (Refused, SQLAlchemyError):
            results[unit.id] = replace(results[unit.id], problem=message("codes.failed"))
        else:
            drawn.append(UnitCodes(unit=unit, persons=wanted.persons, codes=codes))
    return drawn


async def _printed_code_slips(request: Request, service: Service, drawn: Sequence[UnitCodes]) -> bytes:
    if not drawn:
        return b""
    lots = [
        CodeSlipLot(unit=unit_codes.unit.name, persons=unit_codes.persons, codes=unit_codes.codes)
        for unit_codes in drawn
    ]
    return await code_slips.code_slips_pdf(request, service, lots)


async def _reprinted_code_slips(
    request: Request, service: Service, kept: Sequence[UnitCodes], results: dict[str, CodeSlipResult]
) -> bytes:
    """Returns the valid slips alone, or b"" where that fails, which the results then say."""
    try:
        return await _printed_code_slips(request, service, kept)
    except OperatorError:
        for id, result in results.items():
            if result.problem:
                results[id] = replace(result, problem=message("codes.void", problem=result.problem))
        return b""


async def _are_codes_kept(
    service: Service, unit_codes: UnitCodes, results: dict[str, CodeSlipResult], is_all: bool, cause: By
) -> bool:
    """Makes a unit's codes valid, all or none, and tells whether it did."""
    keep = partial(service.learners.keep, unit_codes.codes, replaces=is_all, by=cause)
    try:
        await to_thread.run_sync(keep, limiter=service.slow)
    except (Refused, SQLAlchemyError) as error:
        problem = message("codes.taken" if isinstance(error, NotAllowed) else "codes.failed")
        results[unit_codes.unit.id] = replace(results[unit_codes.unit.id], problem=problem)
        return False
    results[unit_codes.unit.id] = replace(results[unit_codes.unit.id], made=len(unit_codes.persons))
    return True


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
        units = scope(within, member.account)
        everybody, ready = _everybody_and_ready(within)
        return units, everybody, ready, has_synthetic_roster(within)

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
        only_here=loopback_host(base.public_origin(request, service)),
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
    persons = (
        ()
        if reading.problems
        else (await service.read(partial(code_recipients, unit=unit, is_all=is_all))).persons
    )
    if not reading.problems and not persons:
        reading.problems["unit"] = message("codes.nobody")
    if len(persons) > MOST:
        reading.problems["unit"] = message("codes.too_many", most=MOST)
    sent = event_id(reading.text("once"), "slips", unit, str(is_all))
    if not reading.problems and service.forms.take(sent):
        reading.problems["unit"] = message("codes.twice")
    if reading.problems:
        return await codes_view(request, service, member, reading.problems)
    cause = written_by(member.account, message("codes.reason"))
    made, data = await _forgotten_unless_made(
        service, sent, make_code_slips(request, service, [units.all[unit]], is_all=is_all, cause=cause)
    )
    if made.failed:
        return await codes_view(request, service, member, {"unit": made.failed[0].problem})
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
    service: Service, sent: str, making: Awaitable[tuple[CodeSlipResults, bytes]]
) -> tuple[CodeSlipResults, bytes]:
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


def _made_code_slips(request: Request, service: Service, key: str, made: CodeSlipResults | None) -> Response:
    """Shows the result; `made` is None where the same form was sent before."""
    minutes = KEPT // 60
    return service.pages.page(
        request, "staff/codes-made", made=made, once=key, minutes=minutes, file=CODE_SLIPS_FILE
    )


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
    return service.pages.page(
        request,
        "staff/code",
        code_slip=code_slip(base.public_origin(request, service), units.name(who.unit), who, codes[who.id]),
        host=host_of(request, service),
        only_here=loopback_host(base.public_origin(request, service)),
        synthetic=synthetic,
    )
