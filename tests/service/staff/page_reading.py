"""Pages as they were answered, opened in a browser with the files that they link."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from httpx import Response
from playwright.sync_api import Page, Route

from taphuan.render.templates import SHARED_ASSETS
from taphuan.service.http.pages import STATIC

HOST = "https://tap-huan.test"


class Reading:
    """Opens pages as they were answered, with the files that they link."""

    def __init__(self, page: Page, styled: Path) -> None:
        self.page, self.styled, self.complaints = page, styled, list[str]()
        self.answer: Response | None = None
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._fulfil)

    def _fulfil(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/trang/" and self.answer is not None:
            kept = ("content-security-policy", "content-type")
            headers = {name: self.answer.headers[name] for name in kept}
            route.fulfill(status=200, headers=headers, body=self.answer.text)
            return
        name = path.removeprefix("/dich-vu/")
        roots = (STATIC / name, SHARED_ASSETS / name) if name != path else (self.styled / path[1:],)
        if root := next(filter(Path.is_file, roots), None):
            kind = mimetypes.guess_type(root.name)[0] or "text/plain"
            route.fulfill(status=200, headers={"content-type": kind}, body=root.read_bytes())
        else:
            route.fulfill(status=204)

    def open(self, answer: Response) -> None:
        self.answer = answer
        self.page.goto(f"{HOST}/trang/")
        self.page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
