"""A thread of its own for the browser: Playwright allows one at a time in a thread, and others use it too."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from playwright.sync_api import Browser, Locator, Page, sync_playwright

T = TypeVar("T")
_THREAD = ThreadPoolExecutor(1, thread_name_prefix="browser")


def in_browser_thread(test: Callable[..., T]) -> Callable[..., T]:
    """Runs a test, or whatever touches the browser, in that thread."""

    @functools.wraps(test)
    def run(*given: Any, **named: Any) -> T:
        return _THREAD.submit(test, *given, **named).result()

    return run


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """The product's own browser, started and stopped in that thread."""
    playwright = in_browser_thread(lambda: sync_playwright().start())()
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    launch = in_browser_thread(playwright.chromium.launch)
    browser = launch(executable_path=path, chromium_sandbox=not is_root)
    try:
        yield browser
    finally:
        in_browser_thread(browser.close)()
        in_browser_thread(playwright.stop)()


def fill_in_test(page: Page, wire: dict[str, list[str]]) -> None:
    """Fills in the sheet of a test; `wire` holds numbers of parts by the number of a question."""
    page.wait_for_load_state()  # its script hides the fields in whose place something is tapped
    for number, chosen in wire.items():
        question = page.locator(f"[data-question='{number}']")
        kind = question.get_attribute("data-kind")
        if question.locator(".tap").count():
            tap_in(question, chosen)
            continue
        for nth, part in enumerate(chosen, 1):
            if kind in {"matching", "fill-in"}:
                left, right = part.split("=")
                page.select_option(f"#q{number}-{left}", right)
            elif kind == "ordering":
                page.select_option(f"#q{number}-{part}", str(nth))
            else:
                question.locator(f".choices input[value='{part}']").check()


def tap_in(question: Locator, chosen: list[str]) -> None:
    """Taps an order, or pairs, from the start."""
    rows = question.locator("[data-taps] > li")
    restart = question.get_by_role("button", name="Xếp lại từ đầu")
    if restart.is_visible():
        restart.click()
    for part in chosen:
        row, _, right = part.partition("=")
        card = rows.nth(int(row) - 1).locator(".tap")
        if not right:
            card.click()
            continue
        if card.get_attribute("aria-pressed") == "false":
            card.click()
        question.locator(".tray .tap").nth(int(right) - 1).click()
