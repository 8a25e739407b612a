"""The plan in a browser: a link opens its target, filters show what they say, no script hides nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

PLAN = "ke-hoach/"
TASKS = ".task:not([hidden])"


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


@pytest.mark.parametrize("width", [320, 360, 700])
def test_on_a_phone_both_sums_of_an_agency_stand_in_one_line_above_its_dots(
    address: str, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address + PLAN)
    for row in page.locator(".matrix__row").all():
        sums = [box for cell in row.locator(".matrix__sum").all() if (box := cell.bounding_box())]
        dots = row.locator(".matrix__cell:has(.dots)").all()
        cells = [box for cell in dots if (box := cell.bounding_box())]
        assert len({round(box["y"]) for box in sums}) == 1
        assert len({round(box["y"]) for box in cells}) == 1
        assert min(box["y"] for box in cells) >= max(box["y"] + box["height"] for box in sums) - 1


def test_on_a_phone_the_key_of_the_columns_stays_in_sight_and_over_no_agency_that_has_the_focus(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + PLAN)
    page.locator(".matrix__agency a").last.click()
    links = page.locator(".agencies a:visible")
    links.last.focus()
    for nth in reversed(range(links.count())):
        links.nth(nth).focus()
        key, link = page.locator(".legend").bounding_box(), links.nth(nth).bounding_box()
        assert key
        assert link
        assert 0 < key["y"] < 740 - key["height"]
        assert link["y"] >= key["y"] + key["height"]
    page.get_by_role("heading", name="Các mục khác").scroll_into_view_if_needed()
    page.mouse.wheel(0, 2_000)
    expect(page.locator(".legend")).not_to_be_in_viewport()


def test_on_a_phone_no_way_into_the_plan_is_cut_by_the_edge(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + PLAN)
    boxes = [box for way in page.locator(".jumps a").all() if (box := way.bounding_box())]
    assert all(box["x"] >= 16 and box["x"] + box["width"] <= 344 for box in boxes)
    assert len({round(box["y"]) for box in boxes}) == 2


def test_rows_that_are_laid_out_as_lists_say_that_they_are_rows_of_a_table(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + PLAN)
    expect(page.locator(".matrix__row > td").first).to_have_attribute("role", "cell")
    expect(page.locator(":is(table, thead, tbody, tr, th, td):not([role])")).to_have_count(0)


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("muc-ii-4-2-a", "được tiếp nhận, xác minh và xử lý kịp thời"),
        ("muc-iv-14-c", "Tăng cường quản lý địa bàn"),
        ("muc-iv-4", "Phối hợp với Sở Y tế và các cơ quan tham mưu"),
        ("communes-communicating", "90% của 38 là từ 35 xã"),
        ("cau-hoi-han-bao-cao", "Các bài khuyên hỏi Sở Y tế bằng văn bản"),
        ("muc-i-2-dd", "Nâng cao năng lực đội ngũ thực thi"),
        ("muc-iii", "dự toán chi thường xuyên"),
    ],
)
@pytest.mark.parametrize("width", [360, 1280])
def test_what_an_address_names_is_opened_and_in_view(
    address: str, page: Page, anchor: str, words: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}{PLAN}#{anchor}")
    text = page.get_by_text(words).first
    expect(text).to_be_visible()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_what_a_link_on_the_page_names_is_opened_though_it_was_filtered_away(
    address: str, page: Page
) -> None:
    page.goto(address + PLAN)
    page.select_option("#loc-co-quan", "so-tai-chinh")
    expect(page.locator(TASKS)).to_have_count(1)
    page.locator("a[data-opens]", has_text="Sở Nội vụ").click()
    page.locator(".share a", has_text="Giảm hại, tâm lý").locator("visible=true").click()
    expect(page.locator("#muc-ii-3-2-b")).to_have_attribute("open", "")
    expect(page.locator(TASKS)).to_have_count(35)


def test_a_filter_by_agency_shows_its_tasks_alone(address: str, page: Page) -> None:
    page.goto(address + PLAN)
    page.select_option("#loc-co-quan", "so-tu-phap")
    expect(page.locator(TASKS)).to_have_count(3)
    expect(page.locator("[data-filter-status]")).to_have_text("3 trong 35 việc")
    assert [task.get_attribute("id") for task in page.locator(TASKS).all()] == [
        "muc-ii-1-1-a",
        "muc-ii-1-1-b",
        "muc-ii-2-1-b",
    ]
    page.click(".filter__reset")
    expect(page.locator(TASKS)).to_have_count(35)


def test_words_without_marks_find_tasks_and_nothing_found_says_so(address: str, page: Page) -> None:
    page.goto(address + PLAN)
    page.fill("[data-filter-words]", "giam ngheo")
    expect(page.locator(TASKS).first).to_be_visible()
    assert 0 < page.locator(TASKS).count() < 35
    page.fill("[data-filter-words]", "xyzxyz")
    expect(page.locator("[data-filter-none]")).to_be_visible()


def test_an_agencys_row_opens_and_closes_by_keyboard(address: str, page: Page) -> None:
    page.goto(address + PLAN)
    name = page.locator("a[data-opens]", has_text="Công an tỉnh")
    row = page.locator("tr.share", has=page.locator("#muc-iv-2"))
    for key, state in (("Enter", True), (" ", False)):
        name.press(key)
        expect(row).to_be_visible(visible=state)
        expect(name).to_have_attribute("aria-expanded", str(state).lower())


def test_an_agencys_row_leads_to_its_sheet(address: str, page: Page) -> None:
    page.goto(address + PLAN)
    assert page.locator(".matrix__print a").count() == 14
    page.locator("a[data-opens]", has_text="Sở Tài chính").click()
    names = page.locator(".share__sheets a").locator("visible=true")
    expect(names).to_have_count(2)
    files = [page.request.get(name.evaluate("link => link.href")) for name in names.all()]
    assert [(file.status, file.headers["content-type"]) for file in files] == [(200, "application/pdf")] * 2


def test_without_scripts_every_agency_is_open_and_what_is_linked_to_too(
    address: str, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{PLAN}#muc-ii-4-2-a")
    expect(page.get_by_text("được tiếp nhận, xác minh và xử lý kịp thời").first).to_be_visible()
    assert page.locator("tr.share").locator("visible=true").count() == 14
    assert page.locator(".task").locator("visible=true").count() == 35
    assert not page.locator("form[data-filter]").is_visible()
    context.close()


def test_on_a_phone_groups_of_tasks_are_folded_until_something_is_looked_for(
    address: str, context: BrowserContext
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + PLAN)
    assert page.locator(".task").locator("visible=true").count() == 0
    page.locator(".task-group__fold").first.click()
    expect(page.locator(".task").locator("visible=true")).to_have_count(5)
    page.click(".plan-filter__more > summary")
    page.select_option("#loc-co-quan", "so-tu-phap")
    expect(page.locator(TASKS).locator("visible=true")).to_have_count(3)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_target_shows_its_level_once_and_each_year_in_which_it_is_due(
    address: str, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + PLAN)
    for kind, due in (("yearly", 5), ("by-the-end", 1)):
        rows = page.locator(f".years tr.{kind}")
        assert rows.count() == 4
        for row in rows.all():
            assert row.locator(".years__level strong:visible").count() == 1
            assert row.locator(".due").count() == due
            assert row.locator(".years__year", has_text="%").count() == due
    assert page.locator(".years__level svg").count() == 0


def test_open_questions_are_counted_for_each_agency(address: str, page: Page) -> None:
    page.goto(f"{address}{PLAN}#cau-hoi-con-mo")
    expect(page.locator("#cau-hoi-con-mo")).to_be_in_viewport()
    asked = page.locator(".decision").count()
    expect(page.locator("#cau-hoi-con-mo")).to_have_text(f"{asked} câu hỏi còn mở")
    counts = [int(count) for count in page.locator(".waiting b").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) >= asked


def test_letters_of_twice_the_size_make_no_page_wider_with_all_of_it_open(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + PLAN)
    page.evaluate("document.documentElement.style.setProperty('font-size', '250%', 'important')")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("width", [720, 1280])
def test_dots_stand_in_rows_of_five(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address + PLAN)
    for dots in page.locator(".matrix__cell .dots").all():
        tops = dots.locator(".dot").evaluate_all("all => all.map((dot) => dot.getBoundingClientRect().top)")
        assert [tops.count(top) for top in sorted(set(tops))][:-1] == [5] * ((len(tops) - 1) // 5)


def test_no_words_of_the_printed_plan_are_smaller_than_86_tenths_of_a_point(address: str, page: Page) -> None:
    page.goto(address + PLAN)
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".page--plan *")]
          .filter((part) => part.checkVisibility() && !part.closest("sup, .print-origin, .visually-hidden"))
          .filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
          .map((part) => [parseFloat(getComputedStyle(part).fontSize) * 0.75, part.textContent])"""
    )
    page.emulate_media(media="screen")
    assert len(sizes) > 300
    assert [words for size, words in sizes if size < 8.59] == []
