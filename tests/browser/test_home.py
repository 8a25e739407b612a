"""The home page, and the page of trainers that it leads to."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from .conftest import wait_until


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


@pytest.mark.parametrize("width", [720, 960, 1280])
def test_every_row_of_doors_ends_at_the_right_edge(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    edges = "all => all.map(one => one.getBoundingClientRect()).map(({top, right}) => [top, right])"
    doors = page.locator(".door").evaluate_all(edges)
    ((_, right),) = page.locator(".doors").evaluate_all(edges)
    for top in {top for top, _ in doors}:
        assert max(end for start, end in doors if start == top) == pytest.approx(right, abs=1)


def test_what_stands_below_the_box_to_look_up_leads_to_it(address: str, page: Page) -> None:
    page.goto(address)
    examples = page.locator(".look-up-box__hints a")
    for example in examples.all()[:-1]:
        page.goto(urljoin(address, example.get_attribute("href")))
        expect(page.locator("[data-lookup-result]")).not_to_be_empty()
        expect(page.locator("[data-lookup-none]")).to_be_hidden()
        page.goto(address)
    words = examples.last.inner_text()
    examples.last.click()
    expect(page.locator("#ca-bang")).to_have_text(words, ignore_case=True)


def test_the_door_of_who_needs_help_is_the_first_on_a_phone(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    tops = "all => all.map(one => one.getBoundingClientRect().top)"
    (help_top,) = page.locator(".door--help").evaluate_all(tops)
    assert help_top == min(page.locator(".door").evaluate_all(tops))


def test_the_first_lesson_is_one_click_from_its_card_and_two_from_the_first_button(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    first = f"{address}khoa-hoc/can-bo-cap-xa/tiep-nhan-tin-bao/"
    begin = page.locator(".door", has_text="Cán bộ cấp xã").locator(".begin")
    page.goto(address)
    begin.click()
    page.wait_for_url(first)
    page.goto(address)
    page.get_by_role("link", name="Bắt đầu học").click()
    wait_until(page, "document.querySelector('#ban-la-ai').getBoundingClientRect().top < 200")
    begin.click()
    page.wait_for_url(first)


def test_of_a_card_the_way_to_the_lesson_is_all_that_does_not_lead_to_the_course(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    heights = "all => all.map(one => one.getBoundingClientRect().height)"
    begins = page.locator(".door a.begin").evaluate_all(heights)
    assert len(begins) == 8
    assert min(begins) >= 44
    card = page.locator(".door", has_text="Cán bộ cấp xã")
    stops = card.locator("a").evaluate_all("all => all.map(one => one.textContent)")
    assert [stop.replace("\N{NO-BREAK SPACE}", " ") for stop in stops] == [
        "Cán bộ cấp xã",
        "Bắt đầu bài 1: Cán bộ cấp xã",
    ]
    minutes = card.locator(".door__effort")
    minutes.scroll_into_view_if_needed()
    box = minutes.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 5, box["y"] + box["height"] / 2)
    page.wait_for_url(f"{address}khoa-hoc/can-bo-cap-xa/")


def test_a_card_points_onward_once_and_what_it_takes_stands_below_its_words_clear_of_the_way_on(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    marks = "one => getComputedStyle(one, '::after').content !== 'none'"
    assert page.locator(".door:has(.begin)").count() == page.locator(".door").count()
    for card in page.locator(".door").all():
        assert not card.locator(".door__body").evaluate(marks)
        parts = (card.locator(part).bounding_box() for part in (".door__body", ".door__effort", ".begin"))
        words, effort, begin = (part for part in parts if part)
        assert words["y"] + words["height"] <= effort["y"] + 1
        is_beside = effort["x"] + effort["width"] <= begin["x"]
        assert is_beside or effort["y"] + effort["height"] <= begin["y"] + 1


def test_the_picture_of_a_card_is_a_square_on_a_phone_so_that_one_thing_stands_whole_in_it(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    sizes = page.locator(".door img").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({width, height}) => [width, height])"
    )
    assert len(sizes) == 12
    assert {width for width, _ in sizes} == {height for _, height in sizes} == {84}


def test_what_a_card_takes_is_one_line_on_a_phone_and_so_are_the_words_above_the_numbers(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    lines = """all => all.map((one) => {
        const words = document.createRange();
        words.selectNodeContents(one);
        return new Set([...words.getClientRects()].map(({ bottom }) => Math.round(bottom))).size;
    })"""
    for words in (".door__effort", ".hero__call-title", ".hero__call-all"):
        assert set(page.locator(words).evaluate_all(lines)) == {1}, words


def test_the_numbers_to_call_are_on_the_homes_first_screen_of_a_phone(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(address)
    for number in ("111", "113", "115"):
        box = page.locator(f".hero a[href='tel:{number}']").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 640
        assert min(box["width"], box["height"]) >= 44


def test_trainers_are_one_click_from_home_and_find_every_course_that_is_taught(
    address: str, page: Page
) -> None:
    page.goto(address)
    page.locator(".door h3 a", has_text="Tập huấn viên").click()
    page.wait_for_url(f"{address}tap-huan-vien/")
    expect(page.locator(".taught__course")).to_have_count(8)
    made = page.locator(".made-where").inner_text()
    assert "Xin đề ở người giữ sổ ghi kết quả" in made
    assert "taphuan" not in made
    taught = page.locator(".taught__course", has_text="cấp xã").inner_text()
    assert "cốt lõi 4 giờ 45 phút tại lớp" in taught.replace("\N{NO-BREAK SPACE}", " ")


def test_a_trainer_is_told_in_order_what_to_do_with_which_sheets_and_sees_the_guide_of_each_course(
    address: str, page: Page
) -> None:
    page.goto(f"{address}tap-huan-vien/")
    assert page.locator(".step h3").all_inner_texts() == ["Trước buổi", "Mở lớp", "Trong buổi", "Sau buổi"]
    for number in range(4):
        step = page.locator(".step").nth(number)
        assert step.locator(".ticks li").count() == 3
        assert step.locator(".step__papers li").first.is_visible()
    page.get_by_role("link", name="Chọn khóa, lấy tài liệu").click()
    expect(page).to_have_url(f"{address}tap-huan-vien/#tai-lieu-theo-khoa")
    for course in page.locator(".taught__course").all():
        assert course.locator(".taught__sheet").first.inner_text() == "Tài liệu tập huấn viên"
        folded = course.locator("details .taught__sheet").first
        assert not folded.is_visible()
        course.locator("summary").click()
        expect(folded).to_be_visible()


def test_a_target_on_the_home_page_is_a_mark_and_no_filled_bar(address: str, page: Page) -> None:
    page.goto(address)
    marks = page.locator(".goals__track .goals__mark")
    assert [marks.nth(number).get_attribute("x") for number in range(marks.count())] == ["80%", "60%"]
    assert page.locator(".goals__track rect").count() == 2 * marks.count()


def test_the_home_page_has_a_door_for_each_reader(address: str, page: Page) -> None:
    page.goto(address)
    doors = page.locator(".door h3 a")
    assert doors.count() == 12
    for number in range(doors.count()):
        response = page.request.get(urljoin(address, doors.nth(number).get_attribute("href") or ""))
        assert response.ok
