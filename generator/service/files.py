"""Files of the static site and of the service itself."""

from __future__ import annotations

import html
import os
import re
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from . import areas
from .doors import Doors, Page
from .headers import POLICY

FOREVER = "public, max-age=31536000, immutable"
#: Asked for again each time, and sent only where it has changed.
FRESH = "no-cache"
HASHED = re.compile(r"\.[0-9a-f]{8,}\.(?:min\.)?(?:css|js)\Z")
POLICY_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
#: The policy stands right after the encoding of a page.
HEAD = 4096


class Site(StaticFiles):
    """The static site. Each page's own policy, which names its inline scripts by hash, becomes its header."""

    def __init__(self, folder: Path, doors: Doors) -> None:
        super().__init__(directory=folder, html=True)
        self._doors = doors

    async def get_response(self, path: str, scope: Scope) -> Response:
        if areas.is_in(scope["path"], areas.OWN):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        if response.status_code == 404 and isinstance(response, FileResponse):
            _state_policy(response, str(response.path), 0)
        return response

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        name = str(full_path)
        page = self._doors.page(scope["path"], name, stat_result.st_mtime_ns)
        if page is None:
            response = super().file_response(full_path, stat_result, scope, status_code)
        else:
            response = self._with_door(page, scope)
        response.headers["Cache-Control"] = FOREVER if HASHED.search(name) else FRESH
        _state_policy(response, name, stat_result.st_mtime_ns)
        return response

    def _with_door(self, page: Page, scope: Scope) -> Response:
        response = HTMLResponse(page.html, headers={"ETag": page.etag})
        is_known = self.is_not_modified(response.headers, Headers(scope=scope))
        return NotModifiedResponse(response.headers) if is_known else response


class Own(StaticFiles):
    """The service's scripts and styles; their addresses change with what is in them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = FOREVER if scope["query_string"].startswith(b"v=") else FRESH
        return response


def _state_policy(response: Response, name: str, changed: int) -> None:
    """On a 304 too: a browser takes its headers over those it has kept."""
    if name.endswith(".html"):
        response.headers["Content-Security-Policy"] = policy_of(name, changed)


@lru_cache(maxsize=4096)
def policy_of(name: str, changed: int) -> str:
    """The policy that a page states, with what only a header may say; else ours."""
    with open(name, encoding="utf-8", errors="replace") as file:
        found = POLICY_META.search(file.read(HEAD))
    stated = html.unescape(found[1]) if found else ""
    if not stated.startswith("default-src 'none'") or "unsafe-" in stated or "\n" in stated:
        return POLICY
    return f"{stated}; frame-ancestors 'none'"
