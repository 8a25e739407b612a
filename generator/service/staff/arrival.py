"""Going to a page after something was done there, which the page says once."""

from __future__ import annotations

from starlette.responses import RedirectResponse

from .. import viewers
from ..service import Service

#: How long a page that never came may be waited for, in seconds.
WAITED = 60


def arrival(service: Service, address: str, done: str) -> RedirectResponse:
    """Goes to a page; `done` is a word of `staff/done.html.j2`.

    A cookie says it, not the address: a page opened again or by a link says nothing.
    """
    response = RedirectResponse(address, 303)
    viewers.put(response, service.settings, done, viewers.DONE, seconds=WAITED)
    return response
