"""What a reader's phone has to fetch, and how long a search takes to find something."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page

from .measured_folders import MATERIAL, build, loaded, plain, programme
from .runs import in_turn
from .server import Delivery, serving
from .table import Row, Target

REAL = 0
"""Not a size but the real programme, without any lesson added."""
FIRST_VIEW, NEXT_PAGE, NO_INDEX = (Target(limit=limit, unit="KB") for limit in (105, 18, 0))
STUB = 1000
"""Bytes under which a search index is none: the note that says where the real one is."""
QUERY = "xử phạt hành chính"
QUIET = 1.5
"""Seconds without a request after which a page is whole."""


def rows(work: Path, browser: Browser, lessons: int, *, times: int) -> Iterator[Row]:
    ours, peer = (_site(make(work, REAL)) for make in (programme, plain))
    first, second, *_ = loaded(work, REAL).lessons
    for words, address in (("home", ""), ("a lesson", f"khoa-hoc/{first}/"), ("the help page", "ho-tro/")):
        mine, theirs = _first_view(browser, ours, address), _first_view(browser, peer, address)
        yield Row(what=f"first view of {words}, gzipped", ours=_kilobytes(mine), peer=_kilobytes(theirs),
                  peer_name=MATERIAL, unit="KB", has_ratio=False, target=FIRST_VIEW)  # fmt: skip
        yield Row(what=f"search index before its use, {words}", ours=_index(mine), peer=_index(theirs),
                  peer_name=MATERIAL, unit="KB", has_ratio=False, target=NO_INDEX)  # fmt: skip
    steps = f"khoa-hoc/{first}/", f"khoa-hoc/{second}/"
    yield Row(what="the next lesson, gzipped", ours=_kilobytes(_next_page(browser, ours, *steps)),
              peer=_kilobytes(_next_page(browser, peer, *steps)), peer_name=MATERIAL, unit="KB",
              has_ratio=False, target=NEXT_PAGE)  # fmt: skip
    yield from _searches(work, browser, lessons, times)


def _searches(work: Path, browser: Browser, lessons: int, times: int) -> Iterator[Row]:
    ours, peer = (_site(make(work, lessons)) for make in (programme, plain))
    address = f"khoa-hoc/{next(iter(loaded(work, lessons).lessons))}/"
    runs = in_turn(
        {
            f"search in {lessons} lessons, taphuan": lambda: _search(browser, ours, address),
            f"search in {lessons} lessons, Material": lambda: _search(browser, peer, address),
        },
        times,
    )
    mine, theirs = runs.values()
    what = f"search in {lessons} lessons"
    for words, which in (
        ("typed at once, from opening the page", 0),
        ("typed at rest, from the first key", 1),
    ):
        yield Row(what=f"{what}: {words}", ours=median(run[which] for run in mine),
                  peer=median(run[which] for run in theirs), peer_name=MATERIAL, unit="s")  # fmt: skip
    yield Row(
        what=f"{what}: index, gzipped", ours=mine[0][2], peer=theirs[0][2], peer_name=MATERIAL, unit="KB"
    )


def _site(folder: Path) -> Path:
    build(folder)
    return folder / "site"


# --- bytes --------------------------------------------------------------------------------


@contextmanager
def _visit(browser: Browser) -> Iterator[Page]:
    """A page of a browser that has seen nothing yet."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    try:
        yield context.new_page()
    finally:
        context.close()


def _first_view(browser: Browser, site: Path, address: str) -> list[Delivery]:
    with serving(site) as server, _visit(browser) as page:
        page.goto(server.url + address)
        _rest(page, server.deliveries)
        return list(server.deliveries)


def _next_page(browser: Browser, site: Path, start: str, then: str) -> list[Delivery]:
    with serving(site) as server, _visit(browser) as page:
        page.goto(server.url + start)
        _rest(page, server.deliveries)
        seen = len(server.deliveries)
        page.goto(server.url + then)
        _rest(page, server.deliveries)
        return server.deliveries[seen:]


def _rest(page: Page, deliveries: list[Delivery]) -> None:
    page.wait_for_load_state("load")
    seen = -1
    while seen != len(deliveries):
        seen = len(deliveries)
        page.wait_for_timeout(QUIET * 1000)


def _kilobytes(deliveries: list[Delivery]) -> float:
    return sum(delivery.bytes for delivery in deliveries) / 1000


def _index(deliveries: list[Delivery]) -> float:
    return _kilobytes(
        [
            delivery
            for delivery in deliveries
            if delivery.path.startswith("/search/") and delivery.bytes > STUB
        ]
    )


# --- search -------------------------------------------------------------------------------


def _search(browser: Browser, site: Path, address: str) -> tuple[float, float, float]:
    """Seconds to the first result when typed at once and when typed at rest; the index in KB."""
    with serving(site) as server:
        with _visit(browser) as page:
            started = time.perf_counter()
            page.goto(server.url + address)
            _type(page)
            hurried = time.perf_counter() - started
        with _visit(browser) as page:
            page.goto(server.url + address)
            _rest(page, server.deliveries)
            started = time.perf_counter()
            _type(page)
            rested = time.perf_counter() - started
        return hurried, rested, _index(server.deliveries) / 2


def _type(page: Page) -> None:
    """Types a query and waits until a result of it can be seen."""
    page.locator("label.md-header__button[for=__search]").click()
    box = page.locator(".md-search__input")
    box.press_sequentially(QUERY)
    page.locator(".md-search-result__item").first.wait_for(timeout=60_000)
