"""Sheets to write on, as their pages show them: read whole on a phone, with whom to call."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .test_law import PHONE

FORM = "to-mau/phieu-chuyen-gui/"
#: Parts of tables that lie past the edge of what they stand in.
BEYOND = """() => [...document.querySelectorAll(".blank__table")].flatMap((frame) => {
    const edge = frame.getBoundingClientRect().right + 1;
    return [...frame.querySelectorAll("th, td")].filter((cell) => cell.getBoundingClientRect().right > edge);
}).map((cell) => cell.textContent)"""
#: What a row of a table says on a phone: what is printed, and the name of each column behind it.
SAID = """() => [...document.querySelectorAll(".blank__table--rows tbody tr:first-child td")]
    .map((cell) => getComputedStyle(cell, "::before").content + cell.textContent)"""


#: On a phone what is to be written in is folded.
FOLD = "details[data-fold-on-phones]"
UNFOLD = f"""() => document.querySelectorAll("{FOLD}").forEach((fold) => (fold.open = true))"""


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


def forms(site: Path) -> list[str]:
    return sorted(f"to-mau/{page.parent.name}/" for page in site.glob("to-mau/*/index.html"))


def test_on_a_phone_no_table_goes_past_the_edge(address: str, site: Path, page: Page) -> None:
    page.set_viewport_size(PHONE)
    beyond = {}
    for form in forms(site):
        page.goto(address + form)
        page.evaluate(UNFOLD)
        beyond[form] = page.evaluate(BEYOND)
    assert len(beyond) > 20
    assert {form: cells for form, cells in beyond.items() if cells} == {}


def test_on_a_phone_each_cell_of_a_printed_row_has_the_name_of_its_column(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + "to-mau/so-do-dem/")
    page.evaluate(UNFOLD)
    first, *others = page.evaluate(SAID)
    assert first.startswith("none")
    assert "113" in first
    assert len(others) == 3
    assert others[1].startswith('"Số gọi ban đêm:')


def test_on_a_phone_a_row_that_is_empty_stands_once_and_names_its_first_column_too(
    address: str, page: Page
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + "to-mau/ban-do-dich-vu/")
    page.evaluate(UNFOLD)
    empty = page.locator(".blank__table--rows tbody tr:visible", has=page.locator("td:first-child:empty"))
    assert empty.count() == 1
    names = empty.locator("td").evaluate_all(
        '(all) => all.map((cell) => getComputedStyle(cell, "::before").content)'
    )
    assert len(names) == 8
    assert "none" not in names
    assert names[0].startswith('"Ai cần gì')


def test_lines_of_fields_beside_each_other_stand_at_one_height(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + FORM)
    fields = page.locator(".blank__fields").first.locator(".blank__field--third .blank__line").all()
    heights = {round(box["y"]) for line in fields if (box := line.bounding_box())}
    assert len(fields) == 3
    assert len(heights) == 1


@pytest.mark.parametrize("path", ["to-mau/so-do-dem/", "giao-an/ban-toi-ke/", "truyen-thong/bao-tin/"])
def test_whom_to_call_stands_in_a_box_with_a_large_number(address: str, page: Page, path: str) -> None:
    page.goto(address + path)
    numbers = page.locator(".contacts .contact__number")
    sizes = numbers.evaluate_all("(all) => all.map((each) => parseFloat(getComputedStyle(each).fontSize))")
    borders = page.locator(".contacts > .contact").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each).borderTopWidth)"
    )
    assert sizes
    assert min(sizes) > 24
    assert set(borders) == {"1px"}


@pytest.mark.parametrize("path", [FORM, "giao-an/ban-toi-ke/"])
def test_long_parts_are_folded_on_a_phone_alone(address: str, page: Page, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + path)
    assert page.locator(FOLD).count() > 0
    assert page.locator(f"{FOLD}[open]").count() == 0
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + path)
    assert page.locator(f"{FOLD}:not([open])").count() == 0


def test_beside_a_lesson_plan_the_step_that_is_read_is_marked(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + "giao-an/ban-toi-ke/")
    marked = page.locator(".plan-minutes a[aria-current]")
    expect(marked).to_have_count(0)
    steps = page.locator(".plan-minutes a")
    steps.nth(2).click()
    expect(marked).to_have_text(steps.nth(2).inner_text())
