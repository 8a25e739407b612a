"""The real programme built once, served with the policy as a header, seen in a real browser."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_checks import SeenStyles
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from taphuan.build import BuildResult, Options, build

REPOSITORY = Path(__file__).parents[2]
PARTS = ("content", "curricula", "overrides")
#: What `make site` has printed of the same sheets by the same code is not printed again.
PRINTED = ".cache/taphuan/pdf"
PATIENCE = 15_000
WIDE_SCREEN: Any = {"width": 1280, "height": 900}


class Silence:
    def start(self, what: str, total: int) -> None: ...
    def advance(self) -> None: ...
    def finish(self) -> None: ...


@pytest.fixture(scope="package")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the programme in a folder with a space and marks in its name."""
    root = tmp_path_factory.mktemp("real") / "chương trình"
    for part in PARTS:
        shutil.copytree(REPOSITORY / part, root / part)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    if (REPOSITORY / PRINTED).is_dir():
        shutil.copytree(REPOSITORY / PRINTED, root / PRINTED)
    return root


@pytest.fixture(scope="package")
def built(root: Path, chromium_path: str) -> BuildResult:
    return build(Options(root=root, prints=True), Silence())


@pytest.fixture(scope="package")
def site(built: BuildResult) -> Path:
    return built.site


@pytest.fixture(scope="package")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real programme without its sheets, for pages that need none of them."""
    root = tmp_path_factory.mktemp("unprinted") / "programme"
    for part in PARTS:
        shutil.copytree(REPOSITORY / part, root / part)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    return build(Options(root=root, prints=False), Silence()).site


class Handler(SimpleHTTPRequestHandler):
    policy = ""

    def log_message(self, format: str, *args: Any) -> None: ...

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serves a site, under the policy that the handler has by then."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="package")
def address(root: Path, site: Path) -> Iterator[str]:
    """The site under the policy that `dist/headers/nginx.conf` tells nginx to send."""
    nginx = (root / "dist/headers/nginx.conf").read_text(encoding="utf-8")
    Handler.policy = re.findall(r'Content-Security-Policy "([^"]+)"', nginx)[0]
    with served(site) as address:
        yield address


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def chromium(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    browser = playwright.chromium.launch(executable_path=chromium_path, chromium_sandbox=not root)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def seen_styles() -> SeenStyles:
    """What pages of the site were made of, for tests that ask axe about one more of them."""
    return SeenStyles()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=WIDE_SCREEN)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="package")
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def shared_page(tab: Page) -> Iterator[Page]:
    """A page for many tests, empty at the start of each: a new one takes as long as loading it twice.

    It is for tests that look at pages; what a page or its clock is changed to for good takes a new one.
    """
    tab.set_viewport_size(WIDE_SCREEN)
    tab.emulate_media(
        media="null", color_scheme="light", reduced_motion="no-preference", forced_colors="none"
    )
    yield tab
    tab.unroute_all()
    tab.context.unroute_all()
    if tab.url.startswith("http"):
        tab.evaluate("localStorage.clear(); sessionStorage.clear()")
    tab.context.clear_cookies()
    tab.goto("about:blank")
    tab.mouse.move(0, 0)


def open_whole(page: Page, address: str) -> None:
    """Opens a lesson with the scripts that are loaded only where a reader comes near."""
    page.goto(address)
    load_whole(page)


def load_whole(page: Page) -> None:
    """Goes to what has a script of its own on the page that is open, and waits for it."""
    later = page.locator("template[data-script]")
    for near in later.evaluate_all("all => all.map(one => one.dataset.near)"):
        for place in page.locator(near).all():
            place.scroll_into_view_if_needed()
            expect(page.locator(f"template[data-near='{near}'][data-loaded]")).to_have_count(1)


def wait_until(page: Page, expression: str, argument: Any = None) -> None:
    """Asks the page for `expression` again and again until it is true, where no `expect` says the same.

    Playwright's `wait_for_function` looks a second time by `eval`, which the policy of our pages forbids: it
    passes only where the first look does.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, f"not within {PATIENCE} ms: {expression}"
        page.wait_for_timeout(20)
