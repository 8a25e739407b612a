"""Slips with learners' codes: who is to get one, and the paper, unit by unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from anyio import to_thread
from markupsafe import Markup
from sqlalchemy import Connection, select
from starlette.requests import Request

from ...records import schema
from ...records.access.learners import NewCode
from ...records.people import Person
from .. import areas
from ..confirmations import qr
from ..service import Service
from ..synthetic import made_up
from . import printing
from .classes import of_unit
from .desk import origin, today


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A slip is printed and cut out; after this nobody can read the code again."""

    person: Person
    unit: str
    code: str
    qr: Markup


@dataclass(frozen=True, kw_only=True)
class Lot:
    """The persons of a unit and their new codes."""

    unit: str
    persons: Sequence[Person]
    codes: Mapping[str, NewCode]


@dataclass(frozen=True, kw_only=True)
class CodeRecipients:
    """Who of a unit is to get a code; `has_code` are those who keep theirs."""

    persons: tuple[Person, ...]
    has_code: int


def wanted(connection: Connection, *, unit: str, is_all: bool) -> CodeRecipients:
    having = set(connection.execute(select(schema.credential.c.person)).scalars())
    everybody = of_unit(connection, unit)
    persons = tuple(one for one in everybody if is_all or one.id not in having)
    return CodeRecipients(persons=persons, has_code=len(everybody) - len(persons))


def address(root: str, code: str) -> str:
    """The code stands after the #, where no server and no log sees it."""
    return f"{root}{areas.SIGN_IN}#ma={code}"


def host_of(request: Request, service: Service) -> str:
    return origin(request, service).partition("://")[2]


def slip(root: str, unit: str, person: Person, code: NewCode) -> Slip:
    text = code.code.text
    return Slip(person=person, unit=unit, code=text, qr=qr(address(root, text)))


async def printed(request: Request, service: Service, lots: Sequence[Lot]) -> bytes:
    """The PDF: each unit begins a page, with its name. Raises OperatorError without a browser."""
    root = origin(request, service)

    def drawn() -> list[tuple[str, list[Slip]]]:
        return [
            (one.unit, [slip(root, one.unit, who, one.codes[who.id]) for who in one.persons]) for one in lots
        ]

    ids = [who.id for one in lots for who in one.persons]
    invented: Collection[str] = await service.read(lambda within: made_up(within, ids))
    return await printing.data(
        service,
        "print-slips",
        id="phieu-ma-hoc-vien",
        title="Phiếu mã học viên",
        dated=today(service),
        lots=await to_thread.run_sync(drawn),
        host=host_of(request, service),
        made_up=invented,
    )
