"""In a real browser: the site leads to signing in where the service shows it, and nowhere else."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser_thread import in_browser_thread
from fixtures_service import listening
from playwright.sync_api import Browser, expect

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service import Settings, create_app
from taphuan.service.staff import ROUTERS

PAGES = ("/", "/khoa-hoc/", "/gioi-thieu/")
HELP = "/ho-tro/"
PICTURES = os.environ.get("TAPHUAN_PICTURES")


@pytest.fixture
def served(programme: Programme, store: Store, hashing: Hashing, built: Path) -> Iterator[str]:
    def made(settings: Settings):  # type: ignore[no-untyped-def]
        return create_app(programme, store, site=built, settings=settings, hashing=hashing, routers=ROUTERS)

    with listening(made) as address:
        yield address


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def plain(built: Path) -> Iterator[str]:
    """The same files from a server that knows nothing of us."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def here(built: Path) -> list[str]:
    return [path for path in PAGES if (built / path.strip("/") / "index.html").is_file()]


@in_browser_thread
def visit(chromium: Browser, root: str, pages: list[str], width: int, has_scripts: bool) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=has_scripts)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in pages:
        page.goto(f"{root}{path}")
        link = page.get_by_role("banner").get_by_role("link", name="Đăng nhập")
        expect(link).to_be_visible()
        header = page.get_by_role("banner").bounding_box()
        assert header is not None
        assert header["height"] < 80, "the name of the site stands in two lines at most"
        box = link.bounding_box()
        assert box is not None
        assert (box["height"] >= 44, box["x"] >= 0, box["x"] + box["width"] <= width) == (True, True, True)
        assert not has_scripts or page.evaluate("document.documentElement.scrollWidth") <= width
        if has_scripts and width < 960:
            page.locator(".drawer-button").click()
            expect(page.locator(".site-nav").get_by_role("link", name="Đăng nhập")).to_be_visible()
            page.keyboard.press("Escape")
        if PICTURES and has_scripts:
            page.screenshot(path=f"{PICTURES}/trang-{path.strip('/') or 'dau'}-{width}.png")
    link.click()
    expect(page.get_by_role("heading", name="Đăng nhập bằng mã học viên")).to_be_visible()
    page.get_by_role("link", name="Đăng nhập của cán bộ").click()
    expect(page.get_by_role("heading", name="Đăng nhập của cán bộ")).to_be_visible()
    if PICTURES and has_scripts:
        page.go_back()
        page.screenshot(path=f"{PICTURES}/dang-nhap-{width}.png", full_page=True)
    assert {re.match(r"https?://[^/]+", url)[0] for url in asked} == {root}  # type: ignore[index]
    context.close()


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("width", [320, 360, 960, 1280])
def test_every_page_leads_to_the_learners_sign_in_and_on_to_the_staffs(
    chromium: Browser, served: str, built: Path, width: int, has_scripts: bool
) -> None:
    assert here(built)[:2] == ["/", "/khoa-hoc/"]
    visit(chromium, served, here(built), width, has_scripts)


@in_browser_thread
def links(chromium: Browser, addresses: list[str]) -> list[tuple[str, int, bool]]:
    context = chromium.new_context()
    page = context.new_page()
    found = []
    for address in addresses:
        page.goto(address)
        place = page.locator(".sign-in-link")
        found.append((address, page.get_by_role("link", name="Đăng nhập").count(), place.is_visible()))
    context.close()
    return found


def test_files_and_a_plain_server_have_nowhere_to_sign_in(chromium: Browser, plain: str, built: Path) -> None:
    files = [(built / path.strip("/") / "index.html").as_uri() for path in here(built)]
    found = links(chromium, [*(f"{plain}{path}" for path in here(built)), *files])
    assert [(count, is_visible) for _, count, is_visible in found] == [(0, False)] * len(found)


def test_whoever_looks_for_help_is_not_asked_to_sign_in(chromium: Browser, served: str, built: Path) -> None:
    assert (built / "ho-tro/index.html").is_file()
    assert links(chromium, [f"{served}{HELP}"]) == [(f"{served}{HELP}", 0, False)]
