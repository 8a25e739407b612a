"""Slips with learners' codes for many units at once: drawn, printed, and only then made valid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request

from ...errors import OperatorError
from ...records import By
from ...records.access.learners import NewCode
from ...records.people import Person, Unit
from ...records.refusals import NotAllowed, Refused
from ..service import Service
from . import code_slips
from .code_slips import Lot

TAKEN = "Có người vừa được cấp mã, gộp hồ sơ hoặc xóa tên. Hãy tạo lại cho đơn vị này."
VOID = "Tệp vẫn có phiếu của đơn vị này nhưng phiếu không dùng được: hãy bỏ đi."
FAILED = "Máy chủ đang bận hoặc chưa ghi được sổ. Hãy tạo lại cho đơn vị này."


@dataclass(frozen=True, kw_only=True)
class UnitSlips:
    """Tells what became of a unit: slips made, persons who keep the code they have, and what went wrong."""

    unit: Unit
    made: int = 0
    has_code: int = 0
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class AllSlips:
    """Tells what one action made."""

    units: tuple[UnitSlips, ...]

    @property
    def made(self) -> int:
        return sum(one.made for one in self.units)

    @property
    def done(self) -> tuple[UnitSlips, ...]:
        return tuple(one for one in self.units if one.made)

    @property
    def failed(self) -> tuple[UnitSlips, ...]:
        return tuple(one for one in self.units if one.problem)


@dataclass(frozen=True, kw_only=True)
class UnitCodes:
    """New codes of a unit that open nothing yet."""

    unit: Unit
    persons: tuple[Person, ...]
    codes: Mapping[str, NewCode]


async def make(
    request: Request, service: Service, units: Sequence[Unit], *, is_all: bool, cause: By
) -> tuple[AllSlips, bytes]:
    """A unit that fails stops no other one; a file that cannot be printed ends no code. Raises OperatorError.

    `is_all` gives new codes to those who have one, too.
    """
    told: dict[str, UnitSlips] = {}
    drawn = await _drawn(service, units, told, is_all)
    data = await _printed(request, service, drawn)
    kept = [one for one in drawn if await _is_kept(service, one, told, is_all, cause)]
    if kept and len(kept) < len(drawn):
        data = await _printed_again(request, service, kept, told) or data
    return AllSlips(units=tuple(told[unit.id] for unit in units)), data if kept else b""


async def _drawn(
    service: Service, units: Sequence[Unit], told: dict[str, UnitSlips], is_all: bool
) -> list[UnitCodes]:
    found = []
    for unit in units:
        wanted = await service.read(partial(code_slips.wanted, unit=unit.id, is_all=is_all))
        told[unit.id] = UnitSlips(unit=unit, has_code=wanted.has_code)
        if not wanted.persons:
            continue
        ids = [one.id for one in wanted.persons]
        try:
            codes = await to_thread.run_sync(service.learners.draw, ids, limiter=service.slow)
        except (Refused, SQLAlchemyError):
            told[unit.id] = replace(told[unit.id], problem=FAILED)
        else:
            found.append(UnitCodes(unit=unit, persons=wanted.persons, codes=codes))
    return found


async def _printed(request: Request, service: Service, drawn: Sequence[UnitCodes]) -> bytes:
    if not drawn:
        return b""
    lots = [Lot(unit=one.unit.name, persons=one.persons, codes=one.codes) for one in drawn]
    return await code_slips.printed(request, service, lots)


async def _printed_again(
    request: Request, service: Service, kept: Sequence[UnitCodes], told: dict[str, UnitSlips]
) -> bytes:
    """The valid slips alone. Nothing where that fails: then the others stay in the file, and it is said."""
    try:
        return await _printed(request, service, kept)
    except OperatorError:
        for id, one in told.items():
            if one.problem:
                told[id] = replace(one, problem=f"{one.problem} {VOID}")
        return b""


async def _is_kept(
    service: Service, one: UnitCodes, told: dict[str, UnitSlips], is_all: bool, cause: By
) -> bool:
    """Makes a unit's codes valid, all or none."""
    keep = partial(service.learners.keep, one.codes, replaces=is_all, by=cause)
    try:
        await to_thread.run_sync(keep, limiter=service.slow)
    except (Refused, SQLAlchemyError) as error:
        problem = TAKEN if isinstance(error, NotAllowed) else FAILED
        told[one.unit.id] = replace(told[one.unit.id], problem=problem)
        return False
    told[one.unit.id] = replace(told[one.unit.id], made=len(one.persons))
    return True
