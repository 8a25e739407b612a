"""The staff's pages on a phone in a full hall: counts stay in sight, and the bar hides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_thread import in_browser_thread
from class_pages import ONCE, chosen_paper, hold
from fastapi import FastAPI
from httpx import Response
from page_reading import Reading
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page
from site_styles import copy_site_styles
from staff_users import OURS, PROVINCE, SignedIn, StaffUser, UnitPersons

from taphuan.service.app import create_app
from taphuan.service.staff import ROUTERS

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def styled(tmp_path: Path) -> Path:
    """The stylesheets that a built site has."""
    return copy_site_styles(tmp_path / "styled")


@pytest.fixture
def app(programme, store, settings, hashing, stopwatch, styled) -> FastAPI:  # type: ignore[no-untyped-def]
    kept = {"settings": settings, "hashing": hashing, "stopwatch": stopwatch, "site": styled}
    return create_app(programme, store, routers=ROUTERS, **kept)


@pytest.fixture
def office(signed_in: SignedIn) -> StaffUser:
    return signed_in("office", PROVINCE)


@pytest.fixture
def attendance(office: StaffUser) -> Response:
    """A class of our commune, whose four persons are still to be ticked."""
    return office.get(hold(office, headcount="3"))


def opened(chromium: Chromium, styled: Path, answer: Response, **options: bool) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, **options)  # type: ignore[arg-type]
    reading = Reading(context.new_page(), styled)
    reading.open(answer)
    yield reading.page
    context.close()
    assert reading.complaints == []


def told(page: Page) -> str:
    """What is heard of the page, with the numbers that styles count."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def texts(node: dict[str, Any]) -> Iterator[str]:
        if node["role"]["value"] == "StaticText":
            yield node["name"]["value"]
            return
        for child in node.get("childIds", ()):
            yield from texts(by_id[child])

    return " ".join(" ".join(texts(nodes[0])).split())


@in_browser_thread
def test_what_is_folded_shows_that_it_opens(office: StaffUser, chromium: Chromium, styled: Path) -> None:
    """Styles of the site stand below those of the service, and once hid its mark."""
    drawn = "all => all.map(one => ['::before', '::after'].map(part => getComputedStyle(one, part).display))"
    for page in opened(chromium, styled, office.get("chi-tieu/")):
        marks = page.locator("main summary").evaluate_all(drawn)
        assert marks
        assert [mark for mark in marks if set(mark) == {"none"}] == []


@pytest.mark.parametrize("scripts", [True, False])
@in_browser_thread
def test_the_bar_counts_who_is_present_and_away_with_and_without_scripts(
    scripts: bool, attendance: Response, chromium: Chromium, styled: Path
) -> None:
    for page in opened(chromium, styled, attendance, java_script_enabled=scripts):
        boxes = page.locator("[data-people] input")
        for nth in (0, 2):
            boxes.nth(nth).check()
        said = told(page)
        assert "2 có mặt" in said
        assert "2 vắng" in said
        assert "Ghi có mặt 2 người" in said
        rows = page.locator("[data-people] li")
        assert rows.nth(0).locator(".roll__here").is_visible()
        assert rows.nth(1).locator(".roll__away").is_visible()
        assert not rows.nth(1).locator(".roll__here").is_visible()


@in_browser_thread
def test_who_ticks_all_at_once_reads_one_number_everywhere(
    office: StaffUser, chromium: Chromium, styled: Path
) -> None:
    for page in opened(chromium, styled, office.get(hold(office, headcount="4"))):
        page.get_by_label("Chọn cả 4 người").check()
        said = told(page)
        assert "4 có mặt , 0 vắng" in said
        assert "Ghi có mặt 4 người" in said


@in_browser_thread
def test_more_present_than_heads_is_said_in_the_bar(
    attendance: Response, chromium: Chromium, styled: Path
) -> None:
    for page in opened(chromium, styled, attendance):
        page.get_by_label("Chọn cả 4 người").check()
        said = told(page)
        assert "Hơn lớp ghi 1 người" in said
        assert "Ghi có mặt 4 người" in said


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
@in_browser_thread
def test_names_stand_in_the_first_screen_clear_of_the_bar(
    width: int, height: int, attendance: Response, chromium: Chromium, styled: Path
) -> None:
    for page in opened(chromium, styled, attendance):
        page.set_viewport_size({"width": width, "height": height})
        page.locator(".class-facts[open] > summary").click()
        bar = page.locator(".act-bar").bounding_box()
        third = page.locator("[data-people] li").nth(2).bounding_box()
        assert bar is not None
        assert third is not None
        assert third["y"] + third["height"] <= bar["y"]
        if width == 360:
            assert bar["height"] == 64
        assert page.locator("h1").inner_text().replace("\xa0", " ") == "Điểm danh: Xã Suối Trong, 01/3/2026"


@in_browser_thread
def test_hints_of_a_class_stand_under_their_fields(
    office: StaffUser, chromium: Chromium, styled: Path
) -> None:
    for page in opened(chromium, styled, office.get("lop/")):
        page.set_viewport_size({"width": 1280, "height": 800})
        for name in ("held_on", "minutes"):
            label, field = page.locator(f"label[for={name}]").bounding_box(), page.locator(f"#{name}")
            box, hint = field.bounding_box(), page.locator(f"#goi-y-{name}").bounding_box()
            assert label is not None
            assert box is not None
            assert hint is not None
            assert label["y"] + label["height"] <= box["y"] < label["y"] + label["height"] + 8
            assert hint["y"] >= box["y"] + box["height"]


@in_browser_thread
def test_each_row_is_a_finger_high_and_the_bar_hides_neither_the_search_nor_what_has_focus(
    attendance: Response, chromium: Chromium, styled: Path
) -> None:
    for page in opened(chromium, styled, attendance):
        labels = page.locator(".roll .choice__label").all()
        assert min(label.bounding_box()["height"] for label in labels) >= 44  # type: ignore[index]
        for field in page.locator("[data-attendance] :is(input, a):visible").all():
            field.focus()
            box, bar = field.bounding_box(), page.locator(".act-bar").bounding_box()
            assert box is not None
            assert bar is not None
            assert box["y"] + box["height"] <= bar["y"] or box["y"] >= bar["y"] + bar["height"]


@in_browser_thread
def test_letters_are_counted_while_they_are_typed_without_scripts(
    office: StaffUser, persons_by_unit: dict[str, UnitPersons], chromium: Chromium, styled: Path
) -> None:
    sheet = office.post("bai-giay/", "bai-giay/", **chosen_paper())
    assert ONCE.search(sheet.text)
    for page in opened(chromium, styled, sheet, java_script_enabled=False):
        page.locator(".letters input").nth(0).fill("A")
        page.locator(".letters input").nth(3).fill("BC")
        assert "Đã gõ 2 trên 6 câu" in told(page)


@in_browser_thread
def test_tiles_are_one_stop_of_tab_and_arrows_go_to_the_next_one(
    office: StaffUser, persons_by_unit: dict[str, UnitPersons], chromium: Chromium, styled: Path
) -> None:
    for page in opened(chromium, styled, office.get("chi-tieu/")):
        tiles = page.locator(".tile-map a")
        assert tiles.evaluate_all("tiles => tiles.map((tile) => tile.tabIndex)") == [0, -1]
        tiles.nth(0).focus()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent").startswith("Giếng Làng")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.textContent").startswith("Suối Trong")
        assert tiles.evaluate_all("tiles => tiles.map((tile) => tile.tabIndex)") == [0, -1]


def test_a_commune_is_chosen_by_its_name_and_the_next_one_is_a_link(
    office: StaffUser, persons_by_unit: dict[str, UnitPersons]
) -> None:
    page = office.get(f"chi-tieu/?xa={OURS}").text
    field = page[page.index('class="commune-choice') :].partition("</form>")[0]
    assert re.findall(r"<option[^>]*>([^<]+)</option>", field) == ["Phường Giếng Làng", "Xã Suối Trong"]
    assert f'value="{OURS}" selected' in field
    assert "Trước: Phường Giếng Làng" in field
    assert "Sau:" not in field


@in_browser_thread
def test_what_helps_stands_beside_the_form_on_a_desk_and_moves_nothing_on_a_phone(
    office: StaffUser, persons_by_unit: dict[str, UnitPersons], chromium: Chromium, styled: Path
) -> None:
    pages = [
        (office.get("ma/"), ".sample", False),
        (office.get("bai-giay/"), ".sample", False),
        (office.post("bai-giay/", "bai-giay/", **chosen_paper()), ".kept", True),
        (office.get(f"nguoi/{persons_by_unit[OURS].ids['hoa']}/"), ".beside__right", True),
    ]
    for answer, side, is_needed in pages:
        for page in opened(chromium, styled, answer):
            helping, first = page.locator(side).first, page.locator("main h1")
            assert helping.is_visible() is is_needed
            page.set_viewport_size({"width": 1280, "height": 800})
            box, heading = helping.bounding_box(), first.bounding_box()
            assert box is not None
            assert heading is not None
            assert box["x"] > 640
            assert box["y"] < heading["y"] + 240, "in the first screen"
