"""Signing in and out, and what wrong codes of an address come to; each code has a lock of its own besides."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from ..records import access
from ..records.refusals import Locked, WrongCode
from . import viewers
from .faults import Fault
from .service import Service


async def sign_in(service: Service, request: Request, typed: str, address: str) -> str:
    """The token of a learner's new session; one that there was has ended. Raises Fault, Locked, or Busy.

    A code that does not exist is answered, and locked, as one that does.
    """
    try:
        token = await tried(service, address, lambda: service.learners.sign_in(typed))
    except WrongCode:
        raise Fault("wrong-code") from None
    await close(service, request)
    return token


async def sign_in_staff(service: Service, request: Request, name: str, password: str, address: str) -> str:
    """The token of a new session of staff; one that there was has ended.

    A name that does not exist is answered, and locked, as one that does: these are names of people.
    Raises Fault, Locked, Busy, or WrongCode.
    """
    token = await tried(service, address, lambda: service.staff.sign_in(name, password))
    await close(service, request)
    return token


async def tried(service: Service, address: str, sign_in: Callable[[], str]) -> str:
    """The token of whoever signs in. Raises Fault, or what `sign_in` does.

    What is wrong counts for the address; a try counts until it was right, so that many at once are as
    many. Past the bound a wrong secret is no longer answered, and tries go one at a time: a neighbour with
    a right one comes in all the same, and nobody elsewhere waits for those who guess.
    """
    fails = service.sign_in_fails
    is_within = not fails.take(address)
    is_counted = False
    try:
        return await (service.queue if is_within else service.suspects).run(sign_in)
    except (WrongCode, Locked) as refusal:
        is_counted = True
        if is_within or isinstance(refusal, Locked):
            raise
        wait = max(fails.wait(address), 1)
        raise Fault("too-many-wrong", headers={"Retry-After": str(wait)}) from None
    finally:
        if is_within and not is_counted:
            fails.give_back(address)


async def sign_out(service: Service, request: Request, response: Response) -> None:
    """Ends the session on the server and in the browser."""
    await close(service, request)
    viewers.drop(response, service.settings)


async def close(service: Service, request: Request) -> None:
    """Ends the session that this browser had, whosever it was: machines are shared."""
    token = viewers.token_of(request, service.settings)
    if token:
        await service.write(lambda within: access.close(within, token, now=service.now()))
