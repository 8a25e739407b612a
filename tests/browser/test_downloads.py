"""The page of downloads: pictures of first pages, tables, filters, and how to print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from axe_checks import FIRST, SeenStyles, on_screens
from playwright.sync_api import Browser, Page, expect

from taphuan.render.printable import LISTED_KINDS

PATH = "tai-lieu/"
#: What a picture may weigh, and all of those that the first screen of a desk fetches.
MOST, MOST_TOGETHER = 16_000, 400_000


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


@pytest.fixture(scope="module")
def listed(site: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((site / "tai-lieu/index.json").read_text(encoding="utf-8"))
    return entries


def test_every_card_has_a_picture_of_its_own_sheet(listed: list[dict[str, Any]], site: Path) -> None:
    cards = [
        one
        for one in listed
        if one["kind"] in ("blank-form", "pocket-text")
        or (one["kind"] not in LISTED_KINDS and one["edition"] == "colour")
    ]
    pictures = [(site / one["thumbnail"]).read_bytes() for one in cards]
    assert len(set(pictures)) == len(cards) >= 60
    assert max(map(len, pictures)) <= MOST
    assert {one["thumbnail"] for one in listed if one not in cards} == {""}


def test_pictures_wait_until_they_are_near_and_leave_the_page_as_it_is(address: str, page: Page) -> None:
    page.goto(address + PATH)
    pictures = page.locator("img.download__thumb")
    assert pictures.count() >= 60
    attributes = pictures.evaluate_all("all => all.map(one => [one.loading, one.width > 0, one.alt])")
    assert {tuple(one) for one in attributes if one[1]} == {("lazy", True, "")}
    assert page.locator("details img.download__thumb").evaluate_all(
        "all => all.every(one => !one.currentSrc || !one.complete || one.naturalWidth === 0)"
    )


def test_a_sheet_is_found_by_words_readers_and_kind(address: str, page: Page) -> None:
    page.goto(address + PATH)
    shown = page.locator("#cac-tai-lieu [data-filter-item]:not([hidden])")
    every = shown.count()
    page.fill("#loc-tu", "biet dung")
    assert 0 < shown.count() < 10
    page.fill("#loc-tu", "")
    page.select_option("#loc-nguoi", "parents")
    assert {kind for kind in shown.evaluate_all("all => all.map(one => one.dataset.kind)")} == {
        "leaflet",
        "poster",
    }
    page.select_option("#loc-loai", "poster")
    assert shown.count() == 1
    page.click(".filter__reset")
    expect(page.locator("[data-filter-item][hidden]")).to_have_count(0)
    assert shown.count() == every


def test_books_of_one_course_are_told_apart_by_their_heading_and_those_they_are_for(
    address: str, page: Page
) -> None:
    page.goto(address + PATH)
    books = page.locator(".download-list--handbook .download__title").all_inner_texts()
    assert len(set(books)) == len(books) >= 8
    assert books[0].replace("\xa0", " ") == "Cán bộ cấp xã"
    page.fill("#loc-tu", "cap xa")
    assert page.locator(".download-list--handbook .download:visible").count() == 1


def test_a_leaflet_is_named_without_its_kind_and_is_found_by_it(address: str, page: Page) -> None:
    page.goto(address + PATH)
    leaflets = page.locator(".download-list--leaflet .download")
    assert not [name for name in leaflets.locator(".download__title").all_inner_texts() if "Tờ gấp" in name]
    page.fill("#loc-tu", "to gap em ke duoc")
    expect(leaflets.locator("visible=true").filter(has_text="Em kể được")).not_to_have_count(0)
    expect(page.locator("[data-filter-item]:not([hidden])")).to_have_count(1)


def test_kinds_that_lie_open_come_before_those_that_are_folded(address: str, page: Page) -> None:
    page.goto(address + PATH)
    kinds = page.locator("#cac-tai-lieu > [data-filter-group]").evaluate_all(
        "all => all.map(one => one.tagName)"
    )
    assert kinds == sorted(kinds, reverse=True)
    assert set(kinds) == {"SECTION", "DETAILS"}


def test_what_is_found_in_a_folded_list_is_unfolded(address: str, page: Page) -> None:
    page.goto(address + PATH)
    page.select_option("#loc-loai", "blank-form")
    assert page.locator("#to-mau tbody tr:visible").count() >= 20
    assert page.locator("#ap-phich").is_hidden()


def test_a_way_to_print_is_drawn_once_and_every_sheet_leads_there(address: str, page: Page) -> None:
    page.goto(address + PATH)
    ways = set(
        page.locator(".download__facts a, .sheets__paper a").evaluate_all("all => all.map(a => a.hash)")
    )
    assert ways <= {"#mot-mat", "#lat-canh-dai", "#lat-canh-ngan"}
    assert page.locator(".print-well li").evaluate_all("all => all.map(one => '#' + one.id)") == [
        "#mot-mat",
        "#lat-canh-dai",
        "#lat-canh-ngan",
        "#den-trang",
    ]
    page.goto(f"{address}truyen-thong/biet-dung-hoi-ke/")
    page.click(".download__facts a >> nth=0")
    page.wait_for_url("**/tai-lieu/#lat-canh-ngan")


@pytest.mark.parametrize("width", [320, 1280])
def test_colour_and_mono_stand_beside_each_other_and_are_met_by_a_thumb(
    address: str, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + PATH)
    boxes = (
        page.locator("#to-gap-ba .download__files >> nth=0")
        .locator("a")
        .evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(({top, height}) => [top, height])"
        )
    )
    assert len(boxes) == 2
    assert boxes[0][0] == boxes[1][0]
    assert min(height for _, height in boxes) >= 44


def test_without_scripts_everything_is_there_under_its_heading(address: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PATH)
    assert page.locator("form.filter").is_hidden()
    page.locator("#to-mau > summary").click()
    expect(page.locator("#to-mau tbody tr").first).to_be_visible()
    context.close()


def test_unfolded_it_violates_nothing(address: str, page: Page, seen_styles: SeenStyles) -> None:
    page.set_viewport_size(FIRST)
    page.goto(address + PATH)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    screens = on_screens(page, are_alike_hidden=True)
    assert [(screen, fault) for screen in screens for fault in seen_styles.faults(page, screen)] == []


def test_a_teacher_chooses_a_class_and_has_its_plans_in_the_order_of_the_year(
    address: str, page: Page, chromium: Browser
) -> None:
    page.goto(address + PATH)
    page.select_option("#loc-loai", "lesson-plan")
    page.get_by_role("link", name="Chọn giáo án theo lớp").click()
    page.wait_for_url("**/giao-an/")
    page.get_by_label("Lớp 7").check()
    shown = page.locator("#cac-giao-an .card:visible")
    expect(shown).to_have_count(4)
    assert shown.locator(".card__readers").all_inner_texts() == [
        f"Tiết {place} trong năm" for place in (1, 2, 3)
    ]
    context = chromium.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address + "giao-an/")
    plain.get_by_role("link", name="Lớp 11").click()
    expect(plain.locator(":target")).to_have_text("Học sinh 15–17 tuổi, lớp 10–12")
    context.close()
