"""Any page as a browser prints it: nothing to press, nothing dark, all of it open."""

from __future__ import annotations

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from .test_site import TEMPLATES

PRESSED = "header, nav, form, input, select, .button, .turn, .exit-bar, .site-footer, .md-skip"
SEEN = """selector => [...document.querySelectorAll(selector)]
  .filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 80))"""
DARK_GROUNDS = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const [red, green, blue, alpha = 1] = getComputedStyle(node).backgroundColor.match(/[\\d.]+/g).map(Number);
  const { width, height } = node.getBoundingClientRect();
  return alpha > 0.3 && 0.3 * red + 0.59 * green + 0.11 * blue < 110 && width * height > 4000;
}).map((node) => node.className)"""


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


def pages(page: Page) -> list[str]:
    """Returns the words of each printed page."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return [sheet.get_textpage().get_text_range() for sheet in document]


@pytest.mark.parametrize("path", TEMPLATES)
def test_nothing_to_press_is_printed_and_nothing_on_a_dark_ground(
    address: str, page: Page, path: str
) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(address + path)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(SEEN, PRESSED) == []
    assert page.evaluate(DARK_GROUNDS) == []


@pytest.mark.parametrize("path", ["", "ho-tro/"])
def test_home_and_help_are_one_page_each(address: str, page: Page, path: str) -> None:
    page.goto(address + path)
    assert len(pages(page)) == 1


def test_each_card_of_the_home_page_has_its_picture_on_paper(address: str, page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(address)
    assert len(page.evaluate(SEEN, ".door img")) == page.locator(".door").count() == 12


def test_a_printed_course_tells_what_a_role_learns_by_the_parts_of_its_list_and_what_all_do_once(
    address: str, page: Page
) -> None:
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/")
    words = " ".join(" ".join(pages(page)).replace("\xa0", " ").split())
    assert words.count("Sau phần cốt lõi (4 giờ 45 phút tại lớp)") == words.count("Sau phần cốt lõi") == 1
    assert "* Chỉ các bài này." in words.partition("Học theo vai trò")[2].partition("Việc quan sát ở lớp")[0]
    page.emulate_media(media="print")
    rows = [" ".join(row.split()) for row in page.locator(".route__table tr").all_inner_texts()]
    assert rows[2:4] == [
        "Công an xã 8 11 12 13 14 15 21 22 4 giờ 15 phút",
        "Trạm y tế 8 19 21 22 2 giờ 10 phút",
    ]
    assert page.evaluate(SEEN, "details.role-path") == []


def test_the_facts_of_the_parts_of_a_printed_course_stand_in_columns(address: str, page: Page) -> None:
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/")
    page.emulate_media(media="print")
    facts = page.locator(".stretch__words .facts").evaluate_all(
        "all => all.map(facts => [...facts.children].map(fact => fact.getBoundingClientRect().right))"
    )
    assert len(facts) == 7
    for column in zip(*facts, strict=True):
        assert max(column) - min(column) < 1


def test_the_page_of_help_says_on_paper_for_whom_each_number_is(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    (printed,) = pages(page)
    words = " ".join(printed.split())
    for said in ("Trẻ em hay người lớn đều gọi được", "định tự làm hại mình", "bị đánh, bị giữ, bị ép"):
        assert said in words
    assert [number for number in ("111", "113", "115") if number not in words] == []


def test_a_campaign_is_one_page_without_what_organisers_read(address: str, page: Page) -> None:
    page.goto(f"{address}truyen-thong/nha-truong-va-cha-me/")
    printed = pages(page)
    assert len(printed) == 1
    assert "Bài phát thanh" not in " ".join(printed)
    assert "Đọc thêm" not in " ".join(printed)
    assert " ".join(" ".join(printed).split()).count("Công an phản ứng nhanh") == 1


@pytest.mark.parametrize("path", ["", "gioi-thieu/", "khoa-hoc/", "tai-lieu/"])
def test_no_page_ends_on_a_sheet_with_a_line_or_nothing(address: str, page: Page, path: str) -> None:
    page.goto(address + path)
    assert len(pages(page)[-1].strip()) > 200


@pytest.mark.parametrize("path", ["ke-hoach/", "khoa-hoc/can-bo-cap-xa/"])
def test_sheets_of_a_page_that_takes_several_are_numbered(address: str, page: Page, path: str) -> None:
    page.goto(address + path)
    printed = pages(page)
    assert len(printed) > 1
    for number, words in enumerate(printed, start=1):
        assert f"{number}/{len(printed)}" in words.split()


@pytest.mark.parametrize("path", ["", "ho-tro/", "truyen-thong/bao-tin/", "tra-nhanh/"])
def test_a_page_of_one_sheet_has_no_number(address: str, page: Page, path: str) -> None:
    page.goto(address + path)
    (printed,) = pages(page)
    assert "1/1" not in printed.split()


def test_a_page_ends_with_its_title_and_date(address: str, page: Page) -> None:
    page.goto(f"{address}gioi-thieu/")
    last = " ".join(pages(page)[-1].split())
    assert "Sở Y tế chủ trì · Nội dung tính đến" in last[-140:]


def test_what_is_folded_is_printed(address: str, page: Page) -> None:
    page.goto(f"{address}ke-hoach/")
    printed = " ".join(" ".join(pages(page)).split())
    for words in (
        "dự toán chi thường xuyên",
        "Các bài khuyên hỏi Sở Y tế",
        "tiếp nhận, xác minh và xử lý kịp",
    ):
        assert words in printed


def test_a_printed_plan_has_heads_over_its_table_on_each_page_and_no_heading_at_a_foot(
    address: str, page: Page
) -> None:
    page.goto(f"{address}ke-hoach/")
    printed = [" ".join(words.replace("\xa0", " ").split()) for words in pages(page)]
    for agency in ("UBND các xã, phường 9 12", "Sở Tư pháp 0 3", "Tòa án nhân dân tỉnh 0 2"):
        assert [words for words in printed if agency in words and "Cơ quan 1" in words], agency
    tasks = next(words for words in printed if "Nhiệm vụ và giải pháp" in words)
    assert "1.1.a" in tasks.split("Nhiệm vụ và giải pháp")[1]
    assert "Bấm vào" not in " ".join(printed)
    assert "Chủ trì: Sở Y tế" in " ".join(printed)


def test_the_printed_plan_takes_nine_sheets_without_a_mark_of_what_folds_on_the_screen(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}ke-hoach/")
    assert len(pages(page)) <= 9
    page.emulate_media(media="print")
    marks = "all => all.map(one => getComputedStyle(one, '::before').content)"
    assert set(page.locator(".task-group__fold").evaluate_all(marks)) == {"none"}


def test_a_printed_word_has_its_source_on_a_line_of_its_own(address: str, page: Page) -> None:
    page.goto(f"{address}thuat-ngu/")
    page.emulate_media(media="print")
    term = page.locator(".term", has=page.locator("#mai-dam"))
    meaning, source = (term.locator(part).bounding_box() for part in ("p:first-of-type", ".term__source"))
    assert meaning
    assert source
    assert source["y"] >= meaning["y"] + meaning["height"] - 1


def test_without_scripts_a_dark_machine_prints_black_on_white(address: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}ho-tro/")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("h1").evaluate("node => getComputedStyle(node).color") == "rgb(0, 0, 0)"
    context.close()


@pytest.mark.parametrize(("path", "most"), [("tiep-nhan-tin-bao/", 5), ("xu-phat-hanh-chinh/", 5), ("", 3)])
def test_a_lesson_and_a_course_take_little_paper_and_begin_on_the_first_sheet(
    address: str, page: Page, path: str, most: int
) -> None:
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/{path}")
    printed = pages(page)
    assert len(printed) <= most
    assert min(len(words.strip()) for words in printed) > 500
    page.emulate_media(media="print")
    assert page.evaluate(SEEN, ".scenario__picture") == []


def test_a_lesson_with_a_figure_prints_no_picture_of_its_story(address: str, page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/tiep-nhan-tin-bao/")
    assert page.evaluate(SEEN, ".scene__picture") == []
    page.goto(f"{address}khoa-hoc/giao-vien/anh-bi-doa/")
    assert len(page.evaluate(SEEN, ".scene__picture")) == 1


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_self_check_of_a_lesson_is_printed_to_be_answered(
    address: str, chromium: Browser, has_scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=has_scripts)
    page = context.new_page()
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/tiep-nhan-tin-bao/")
    if has_scripts:
        page.locator("[data-self-check]").scroll_into_view_if_needed()
        page.locator("[data-self-check].is-live").wait_for()
        page.locator("[data-scenario].is-live").wait_for(state="attached")
    printed = " ".join(" ".join(pages(page)).split())
    for words in (
        "Nghe người báo kể hết",
        "Gọi lại số ấy để hỏi rõ",
        "Mai là bắt ngay",
        "không ghi tên mình",
        "Cấp cứu y tế",
    ):
        assert words in printed.partition("Tự kiểm tra")[2]
    assert "Máy tắt trước khi bạn kịp hỏi gì" in printed
    assert "Đáp án đúng" not in printed
    answers = printed.partition("Lời giải")[2]
    assert "Câu 1, các ô từ trên xuống: 3, 2, 5, 7, 1, 4, 6." in answers
    assert [said for said in ("Câu 2, C.", "Câu 3, A, C.", "Câu 4, Đúng.") if said not in answers] == []
    assert "Câu 5, các dòng từ trên xuống: B, A, C, D." in answers
    context.close()


def test_answers_begin_below_their_heading_and_a_blank_stands_before_what_is_paired(
    address: str, page: Page
) -> None:
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/xu-phat-hanh-chinh/")
    page.locator("[data-self-check]").scroll_into_view_if_needed()
    page.locator("[data-self-check].is-live").wait_for()
    page.emulate_media(media="print")
    starts = page.locator(".self-check__key").evaluate(
        "key => [key.querySelector('h3').firstChild, key.querySelector('strong')].map(node => {"
        " const words = document.createRange(); words.selectNodeContents(node);"
        " return words.getBoundingClientRect().left })"
    )
    assert abs(starts[0] - starts[1]) < 1
    blank = page.locator(".self-check__paper .self-check__lefts > li").first
    assert blank.evaluate("item => getComputedStyle(item, '::after').order") == "-1"


def test_a_printed_table_of_whom_to_call_has_room_for_what_has_happened(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 690, "height": 900})
    page.goto(f"{address}khoa-hoc/tuyen-truyen-vien/hoi-rieng-dap-rieng/")
    page.emulate_media(media="print")
    shares = page.locator("table:has(td:nth-child(2) > a.call) tbody tr").evaluate_all(
        "rows => rows.map(row => row.cells[0].offsetWidth / row.offsetWidth)"
    )
    assert len(shares) > 2
    assert min(shares) > 0.4


def test_the_list_of_laws_takes_four_sheets_and_breaks_no_number(address: str, page: Page) -> None:
    page.goto(f"{address}phap-luat/")
    printed = pages(page)
    assert len(printed) == 4
    assert "1629/QĐ-TTg" in printed[0]
