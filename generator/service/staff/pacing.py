"""How often staff may write, and have the machine do what takes it long; who is not signed in, by address."""

from __future__ import annotations

import re

from fastapi import APIRouter, Depends
from starlette.requests import Request

from .. import areas
from ..asking import CountedFor
from ..faults import Fault
from ..service import Of

#: A browser is started, a code is hashed for each person, or a whole list is read.
HEAVY = tuple(
    f"{areas.STAFF}{path}"
    for path in (
        "lop/phieu-ky/",
        "ma/phieu.pdf",
        "ma/don-vi/",
        "bao-cao/",
        "danh-sach/thu/",
        "danh-sach/chot/",
    )
)
WAYS_IN = (areas.STAFF_SIGN_IN, areas.STAFF_INVITED)
SLIPS = f"{areas.STAFF}phieu-xac-nhan/"
#: The confirmations of a whole class.
OF_A_CLASS = re.compile(rf"{areas.STAFF}lop/[^/]*/phieu/")
#: A list pasted into a class, whose names are looked for among everybody's.
PASTED = re.compile(rf"{areas.STAFF}lop/[^/]*/dan/")


async def paced(request: Request, service: Of, whose: CountedFor) -> None:
    """A dependency of all that staff may ask for; looking at pages is free. Raises Fault.

    Coming in has bounds of its own (`signing`): others at the address must not keep anybody out.
    """
    path = request.scope["path"]
    is_write = request.method == "POST" and path not in WAYS_IN
    wait = service.writes.take(whose) if is_write else 0
    if not wait and _is_heavy(path, is_write):
        wait = service.papers.take(whose)
    if wait:
        raise Fault("too-many", headers={"Retry-After": str(wait)})


def _is_heavy(path: str, is_write: bool) -> bool:
    if is_write:
        return path in HEAVY or any(one.fullmatch(path) for one in (PASTED, OF_A_CLASS))
    return path.startswith(SLIPS) and path.endswith(".pdf")


def router() -> APIRouter:
    """Where a room of the staff's pages puts its routes."""
    return APIRouter(include_in_schema=False, dependencies=[Depends(paced)])
