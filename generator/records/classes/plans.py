"""Plans that units issue: the document's number and day, and the years it is for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from .. import digests, people, schema
from ..attribution import By, NewId, new_id, note
from ..projections.folding import LOCAL
from ..refusals import Malformed, NotAllowed, Unknown

#: A number, then after a stroke who issued what: 12/KH-UBND, 07a/2026/KH-SYT, 15-KH/TU.
NUMBER = re.compile(
    r"(?=.*/)(?=.*[^\W\d_]{2})0*[1-9][0-9]{0,4}[a-zđ]?(?:[/-][^\W_](?:[^\W_]|[&.])*)+", re.IGNORECASE
)
LONGEST_NUMBER = 60
FIRST_YEAR = 2020
#: The most years that one plan is for.
MOST_YEARS = 10


@dataclass(frozen=True, kw_only=True)
class IssuedPlan:
    """A unit's own plan, for the years from the first to the last."""

    id: str
    unit: str
    number: str
    issued_on: date
    first_year: int
    last_year: int
    entered_at: datetime
    withdrawn_at: datetime | None = None

    def is_for(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year


def document_number(typed: str) -> str | None:
    """A document's number and symbol as it stands on paper; nothing where it is none."""
    text = " ".join(unicodedata.normalize("NFC", typed).split())
    text = re.sub(r"^(?:số|so)\b\s*:?\s*", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s*([/–-])\s*", r"\1", text).replace("–", "-")
    return text if len(text) <= LONGEST_NUMBER and NUMBER.fullmatch(text) else None


def enter_plan(
    connection: Connection,
    *,
    unit: str,
    number: str,
    issued_on: date,
    first_year: int,
    last_year: int,
    by: By,
    now: datetime,
    new_id: NewId = new_id,
) -> IssuedPlan:
    """Adds a plan; one whose id is known already stays as it is.

    Raises Malformed or Unknown, and NotAllowed where the same one stands already.
    """
    written = document_number(number)
    if written is None or issued_on > now.astimezone(LOCAL).date():
        raise Malformed("a plan has a document's number and a day that has come")
    if not FIRST_YEAR <= first_year <= last_year < first_year + MOST_YEARS:
        raise Malformed("a plan is for one year or some in a row")
    if unit not in people.units(connection):
        raise Unknown(unit)
    id = new_id()
    if (noted := _noted(connection, id)) is not None:
        return noted
    if any(_is_same(one, written, issued_on) for one in plans(connection, units=(unit,))):
        raise NotAllowed("this plan stands already")
    entered = IssuedPlan(
        id=id,
        unit=unit,
        number=written,
        issued_on=issued_on,
        first_year=first_year,
        last_year=last_year,
        entered_at=now,
    )
    digests.add(connection, schema.issued_plan, [vars(entered)])
    note(connection, "plan.entered", entered.id, by=by, now=now)
    return entered


def _is_same(one: IssuedPlan, number: str, issued_on: date) -> bool:
    """Numbers begin again each year."""
    return _key(one.number) == _key(number) and one.issued_on.year == issued_on.year


def _key(number: str) -> str:
    return number.casefold().lstrip("0")


def plans(
    connection: Connection, *, units: Collection[str] | None = None, withdrawn: bool = False
) -> tuple[IssuedPlan, ...]:
    """The plans that stand, or those that were taken back; the first issued first."""
    table = schema.issued_plan
    gone = table.c.withdrawn_at
    query = select(table).where(gone.is_not(None) if withdrawn else gone.is_(None))
    if units is not None:
        query = query.where(table.c.unit.in_(units))
    query = query.order_by(table.c.issued_on, table.c.unit, table.c.id)
    return tuple(IssuedPlan(**row) for row in connection.execute(query).mappings())


def plan(connection: Connection, id: str) -> IssuedPlan:
    """A plan, also one that was taken back. Raises Unknown."""
    found = _noted(connection, id)
    if found is None:
        raise Unknown(id)
    return found


def _noted(connection: Connection, id: str) -> IssuedPlan | None:
    query = select(schema.issued_plan).where(schema.issued_plan.c.id == id)
    row = connection.execute(query).mappings().first()
    return IssuedPlan(**row) if row else None


def withdraw_plan(connection: Connection, id: str, *, by: By, now: datetime) -> None:
    """Takes back a plan that was entered by mistake; it stays to be seen. Raises Unknown."""
    table = schema.issued_plan
    query = update(table).where(table.c.id == id, table.c.withdrawn_at.is_(None))
    if not connection.execute(query.values(withdrawn_at=now)).rowcount:
        raise Unknown(id)
    digests.vouch(connection, table, [id])
    note(connection, "plan.withdrawn", id, by=by, now=now)
