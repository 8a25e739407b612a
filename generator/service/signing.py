"""Signing in and out, with the rates that guard it: for each address, and for each code or name."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ..records import access
from ..records.refusals import WrongCode
from . import viewers
from .faults import Fault
from .service import Service


async def sign_in(service: Service, request: Request, typed: str, address: str) -> str:
    """The token of a learner's new session; one that there was has ended. Raises Fault, Locked, or Busy.

    A code that does not exist is answered, and locked, as one that does.
    """
    if wait := service.sign_in_fails.wait(address):
        raise Fault("too-many", headers={"Retry-After": str(wait)})
    try:
        token = await service.slowly(lambda: service.learners.sign_in(typed))
    except WrongCode:
        service.sign_in_fails.take(address)
        raise Fault("wrong-code") from None
    await close(service, request)
    return token


async def sign_in_staff(service: Service, request: Request, name: str, password: str, address: str) -> str:
    """The token of a new session of staff; one that there was has ended.

    A name that does not exist is answered, and locked, as one that does: these are names of people.
    Raises Fault, Locked, Busy, or WrongCode.
    """
    if wait := service.sign_in_fails.wait(address):
        raise Fault("too-many", headers={"Retry-After": str(wait)})
    try:
        token = await service.slowly(lambda: service.staff.sign_in(name, password))
    except WrongCode:
        service.sign_in_fails.take(address)
        raise
    await close(service, request)
    return token


async def sign_out(service: Service, request: Request, response: Response) -> None:
    """Ends the session on the server and in the browser."""
    await close(service, request)
    viewers.drop(response, service.settings)


async def close(service: Service, request: Request) -> None:
    """Ends the session that this browser had, whosever it was: machines are shared."""
    token = viewers.token_of(request, service.settings)
    if token:
        await service.write(lambda within: access.close(within, token, now=service.now()))
