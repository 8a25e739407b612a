"""Slips with learners' codes: who is to get one, and the paper, unit by unit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from anyio import to_thread
from markupsafe import Markup
from sqlalchemy import Connection
from starlette.requests import Request

from ....records.access.learner_codes import NewCode, persons_with_code
from ....records.people import Person, synthetic_persons
from ...certificates import qr_code
from ...dependencies import Service
from ...http import urls
from .. import base
from ..base import public_origin, today
from ..forms import message
from .person_pages import people_of_unit


@dataclass(frozen=True, kw_only=True)
class CodeSlip:
    """A slip to print and cut out; after this nobody can read the code again."""

    person: Person
    unit: str
    code: str
    qr: Markup


@dataclass(frozen=True, kw_only=True)
class CodeSlipLot:
    """The persons of a unit and their new codes."""

    unit: str
    persons: Sequence[Person]
    codes: Mapping[str, NewCode]


@dataclass(frozen=True, kw_only=True)
class CodeRecipients:
    """The persons of a unit who are to get a code; `has_code` are those who keep theirs."""

    persons: tuple[Person, ...]
    has_code: int


def code_recipients(connection: Connection, *, unit: str, is_all: bool) -> CodeRecipients:
    everybody = people_of_unit(connection, unit)
    having = persons_with_code(connection, [person.id for person in everybody])
    persons = tuple(person for person in everybody if is_all or person.id not in having)
    return CodeRecipients(persons=persons, has_code=len(everybody) - len(persons))


def sign_in_link(root: str, code: str) -> str:
    """Returns the link with the code after the #, where no server and no log sees it."""
    return f"{root}{urls.SIGN_IN}#ma={code}"


def host_of(request: Request, service: Service) -> str:
    return public_origin(request, service).partition("://")[2]


def code_slip(root: str, unit: str, person: Person, code: NewCode) -> CodeSlip:
    text = code.code.text
    return CodeSlip(person=person, unit=unit, code=text, qr=qr_code(sign_in_link(root, text)))


async def code_slips_pdf(request: Request, service: Service, lots: Sequence[CodeSlipLot]) -> bytes:
    """Returns the PDF, each unit on pages of its own. Raises OperatorError without a browser."""
    root = public_origin(request, service)

    def drawn() -> list[tuple[str, list[CodeSlip]]]:
        return [
            (lot.unit, [code_slip(root, lot.unit, who, lot.codes[who.id]) for who in lot.persons])
            for lot in lots
        ]

    ids = [who.id for lot in lots for who in lot.persons]
    invented: Collection[str] = await service.read(lambda within: synthetic_persons(within, ids))
    return await base.pdf_bytes(
        service,
        "print-code-slips",
        id="phieu-ma-hoc-vien",
        title=message("codes.title"),
        dated=today(service),
        lots=await to_thread.run_sync(drawn),
        host=host_of(request, service),
        made_up=invented,
    )
