"""A learner in a real browser: signs in, begins a test, hands it in."""

from __future__ import annotations

import re
from typing import Any

from asgi_browser import TEST
from browser_thread import in_browser_thread
from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 10_000


RESULT = re.compile(r"/hoc-vien/ket-qua/")


#: Answers that a test asks for, and what a plain http address is told of a header that takes https.
EXPECTED = re.compile("status of|ERR_INTERNET|Cross-Origin-Opener-Policy header has been ignored")


Make = Any


@in_browser_thread
def opened(chromium: Browser, **options: Any) -> BrowserContext:
    context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(PATIENCE)
    return context


@in_browser_thread
def _watched(context: BrowserContext, complaints: list[str]) -> Page:
    page = context.new_page()
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def sign_in(page: Page, address: str, code: str) -> None:
    """By the address that the QR holds."""
    page.goto(f"{address}/hoc-vien/dang-nhap/#ma={code}")
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{address}/hoc-vien/")


def begin(page: Page, address: str) -> str:
    """The id of the form."""
    page.goto(address + TEST)
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    page.wait_for_url(f"{address}{TEST}lam-bai/")
    return str(page.locator("form[data-test]").get_attribute("data-form"))


def progress(page: Page) -> str:
    return page.locator("[data-part=progress]").inner_text()


def drafts(page: Page) -> list[str]:
    """The tests of which this device keeps answers."""
    found = "Object.keys(localStorage).filter(key => key.startsWith('taphuan:attempt:'))"
    return [key.rpartition(":")[2] for key in page.evaluate(found)]
