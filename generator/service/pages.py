"""Pages of the service: templates filled in, for whoever looks at them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from ..programme.model.programme import Programme
from ..render.templating import render
from . import areas, viewers
from .faults import Fault
from .settings import Settings
from .viewers import Viewer, form_token, viewer_of

STATIC = Path(__file__).parent / "static"
#: Faults that whoever looks at pages mends at once, and where.
GO_TO: Mapping[str, Callable[[str], str]] = {
    "signed-out": areas.sign_in_of,
    "totp-needed": areas.prove_of,
}


@dataclass(frozen=True, kw_only=True)
class PageLayout:
    """What the layout shows around every page; `done` is a word for what was just done, or nothing."""

    name: str
    title: str
    owner: str
    issuer: str
    stylesheets: tuple[str, ...]
    static: Callable[[str], str]
    viewer: Viewer | None
    token: str
    done: str


class Pages:
    """Makes answers of templates. `site` is the folder of the static site, if there is one."""

    def __init__(self, programme: Programme, site: Path | None, settings: Settings) -> None:
        self._programme, self._settings = programme, settings
        self._stylesheets = (*_of_site(site), static("service.css"))

    def page(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        **values: object,
    ) -> HTMLResponse:
        """The page of `templates/service/<template>.html.j2`. A page of the staff says once what was done."""
        frame = self._frame(request)
        text = render(f"service/{template}.html.j2", frame=frame, **values)
        response = HTMLResponse(text, status_code=status)
        if frame.done:
            viewers.drop(response, self._settings, viewers.DONE)
        return response

    def fault(self, request: Request, fault: Fault, again: Sequence[tuple[str, str]] = ()) -> Response:
        """JSON under /api/, else a page; whoever is signed out and looks at a page goes to sign in.

        `again` are the fields of a form, to be sent again.
        """
        path = request.scope["path"]
        if areas.is_api(path):
            told = {"code": fault.code, "message": fault.message, "fix": fault.fix}
            return JSONResponse(told, fault.status_code, fault.headers)
        if fault.code in GO_TO:
            return RedirectResponse(GO_TO[fault.code](path), 303)
        is_staff = areas.is_in(path, (areas.STAFF,))
        wait = int((fault.headers or {}).get("Retry-After", "0"))
        page = self.page(
            request,
            "fault",
            status=fault.status_code,
            fault=fault,
            is_staff=is_staff,
            again=again,
            wait=wait,
            was_sent=request.method == "POST",
        )
        page.headers.update(fault.headers or {})
        return page

    def _frame(self, request: Request) -> PageLayout:
        charter = self._programme.charter
        is_staff = areas.is_in(request.scope["path"], (areas.STAFF,))
        return PageLayout(
            name=charter.short_title,
            title=charter.title,
            owner=charter.owner,
            issuer=self._programme.coordinator,
            stylesheets=self._stylesheets,
            static=static,
            viewer=viewer_of(request),
            token=form_token(request),
            done=viewers.token_of(request, self._settings, viewers.DONE) if is_staff else "",
        )


@cache
def static(name: str) -> str:
    """The address of a file in `static/`, which changes with what is in it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"{areas.STATIC}{name}?v={digest}"


def _of_site(site: Path | None) -> tuple[str, ...]:
    """The stylesheets that every page of the site links: the theme's, whose name holds a hash, and ours."""
    if site is None:
        return ()
    found = (*sorted(site.glob("assets/stylesheets/main.*.css")), site / "assets/stylesheets/taphuan.css")
    return tuple(f"/{path.relative_to(site).as_posix()}" for path in found if path.is_file())
