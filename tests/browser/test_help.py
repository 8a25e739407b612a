"""The page for people who need help: numbers first, away in a moment, nothing kept."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, Route

EXIT = "https://nchmf.gov.vn/"


def arrive(route: Route) -> None:
    route.fulfill(body="<title>Thời tiết</title>", content_type="text/html")


def test_its_title_says_nothing_of_the_site(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    assert page.title() == "Nơi giúp đỡ"


def test_only_publishable_numbers_stand_there(site: Path) -> None:
    html = (site / "ho-tro/index.html").read_text(encoding="utf-8")
    assert 'href="tel:111"' in html
    assert 'href="tel:18001233"' in html
    for forbidden in ("1900969680", "1900 969 680", "18001567", "1900545459"):
        assert forbidden not in html


def test_the_exit_works_without_javascript(address: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    context.route(f"{EXIT}**", arrive)
    page.goto(f"{address}ho-tro/")
    page.click("a.quick-exit")
    page.wait_for_url(EXIT)
    context.close()


def test_the_exit_leaves_no_way_back_to_the_page(address: str, page: Page) -> None:
    page.context.route(f"{EXIT}**", arrive)
    page.goto(address)
    page.goto(f"{address}ho-tro/")
    page.click("a.quick-exit")
    page.wait_for_url(EXIT)
    page.go_back()
    assert page.url == address


def test_shift_three_times_leaves(address: str, page: Page) -> None:
    page.context.route(f"{EXIT}**", arrive)
    page.goto(f"{address}ho-tro/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(EXIT)


def test_capital_letters_do_not_leave(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    for _ in range(4):
        page.keyboard.press("Shift+A")
    page.wait_for_timeout(300)
    assert page.url == f"{address}ho-tro/"


def test_the_page_stores_nothing(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    for _ in range(2):
        page.keyboard.press("Shift")
    stored = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, document.cookie,"
        " (await indexedDB.databases()).length]"
    )
    assert stored == [0, 0, "", 0]


def test_the_exit_can_be_seen_and_touched_on_a_phone(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{address}ho-tro/")
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(200)
    box = page.locator("a.quick-exit").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert 0 <= box["y"] <= 596


def test_it_never_promises_to_erase_history(site: Path) -> None:
    html = (site / "ho-tro/index.html").read_text(encoding="utf-8")
    assert "Trình duyệt vẫn có thể giữ lịch sử" in html
