"""Somebody of the staff at a real Chromium, signed in, whose every click is counted."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from browser_thread import in_browser_thread
from playwright.sync_api import Browser, Locator, Page, expect

#: Where pictures of the pages go, for whoever wants to look at them.
PICTURES = os.environ.get("TAPHUAN_PICTURES")
PATIENCE = 20_000


@dataclass(kw_only=True)
class ClickCounter:
    """Clicks links, buttons, boxes and selects by what they are called; typing is not counted."""

    page: Page
    root: str
    clicks: int = 0
    files: list[bytes] = field(default_factory=list)

    def home(self) -> None:
        """The first page, from which the clicks of a job are counted."""
        self.page.goto(f"{self.root}/can-bo/")
        self.clicks = 0

    def click(self, what: Locator) -> None:
        """Clicks once the page and its scripts are there: what moves under the pointer is not hit."""
        what.wait_for(timeout=120_000)
        self.page.wait_for_load_state()
        self.clicks += 1
        what.click(timeout=120_000)

    def link(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name).first)

    def choose(self, label: str, value: str) -> None:
        self.page.wait_for_load_state()
        self.clicks += 1
        self.page.get_by_label(label).select_option(value)

    def file(self, label: str, path: Path) -> None:
        self.clicks += 1
        self.page.get_by_label(label).set_input_files(path)

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def download(self, button: str) -> bytes:
        with self.page.expect_download(timeout=120_000) as coming:
            self.button(button)
        return coming.value.path().read_bytes()

    def says(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def picture(self, name: str) -> None:
        """On a desk and on a phone."""
        if not PICTURES:
            return
        for width in (1280, 360):
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 900})


@contextmanager
def counting_clicks(chromium: Browser, root: str, token: str) -> Iterator[ClickCounter]:
    """Signed in by the token of a session; whatever the browser complains of is a failure."""
    complaints: list[str] = []
    context = _opened(chromium, root, token)
    try:
        yield _clicker(context, root, complaints)
    finally:
        in_browser_thread(context.close)()
    assert complaints == [], threading.current_thread().name


@in_browser_thread
def _opened(chromium: Browser, root: str, token: str) -> Any:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "sid", "value": token, "url": root}])
    return context


@in_browser_thread
def _clicker(context: Any, root: str, complaints: list[str]) -> ClickCounter:
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return ClickCounter(page=page, root=root)
