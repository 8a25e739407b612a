"""Going to a page after something was done there, which the page says."""

from __future__ import annotations

from starlette.responses import RedirectResponse

from .. import areas


def arrival(address: str, done: str) -> RedirectResponse:
    """`done` is a word of `staff/done.html.j2`."""
    return RedirectResponse(f"{address}{'&' if '?' in address else '?'}{areas.DONE}={done}", 303)
