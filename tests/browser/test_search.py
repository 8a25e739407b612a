"""Search without marks, by a worker of ours behind Material's own box."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .conftest import PATIENCE, WIDE_SCREEN
from .test_weight import sent

BOX = ".md-search__input"
RESULT = ".md-search-result__item"
FILE = re.compile(r"search/\w+/[\w-]+\.json$")


def written(site: Path, index: str = "index") -> dict[str, list[Any]]:
    """What search may show of each page: its text, then anchor, title and text of its sections."""
    stub = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    folder = site / stub["config"][index]
    table = json.loads((folder / "table.json").read_text(encoding="utf-8"))
    return {
        location: json.loads((folder / f"page-{nth}.json").read_text(encoding="utf-8"))
        for nth, (location, *_) in enumerate(table["pages"])
    }


def open_search(page: Page) -> None:
    """Opens the box by its button, where it is not open yet."""
    if not page.is_visible(BOX):
        page.click("[data-search-button]")
        page.locator(BOX).wait_for(state="visible")


def ask(page: Page, query: str) -> list[str]:
    """Asks once, so that what is shown answers it; returns the text of each result, folded parts too."""
    open_search(page)
    page.fill(BOX, "")
    expect(page.locator(RESULT)).to_have_count(0)
    page.fill(BOX, query)
    page.locator(RESULT).first.wait_for(state="attached")
    return page.locator(RESULT).all_text_contents()


@pytest.fixture(scope="module")
def home(address: str, chromium: Browser) -> Iterator[Page]:
    """The home page with its index fetched once, for tests that only ask and look."""
    context = chromium.new_context(viewport=WIDE_SCREEN)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tap huan", "tập huấn"),
        ("duong day nong", "đường dây nóng"),
        ("dong dang", "đồng đẳng"),
        ("xu phat", "xử phạt"),
        ("hoa nhap", "hòa nhập"),
    ],
)
def test_typing_without_marks_finds_the_word_with_marks(home: Page, typed: str, meant: str) -> None:
    assert meant in " ".join(ask(home, typed)).lower()


def test_typing_with_marks_ranks_the_exact_word_first(home: Page) -> None:
    first = ask(home, "xử phạt")[0].lower()
    assert "xử phạt" in first


def test_both_ways_of_placing_a_tone_are_the_same_word(home: Page) -> None:
    assert ask(home, "hòa nhập") == ask(home, "hoà nhập")


def test_nothing_of_the_index_is_fetched_before_somebody_types(address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address, wait_until="networkidle")
    assert [url for url in asked if FILE.search(url)] == []
    ask(page, "tap huan")
    fetched = [url for url in asked if FILE.search(url)]
    assert len([url for url in fetched if url.endswith("table.json")]) == 1
    assert len(fetched) == len(set(fetched))


def test_a_search_fetches_the_files_of_its_words_and_of_the_pages_it_shows(
    address: str, page: Page, site: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address)
    ask(page, "xu phat hanh chinh")
    fetched = [site / url for url in asked if FILE.search(url)]
    whole = [*(site / "search").glob("*/words-*.json"), *(site / "search").glob("*/page-*.json")]
    assert 4 < len(fetched) < 20
    assert sum(map(sent, fetched)) < 72_000
    assert sum(map(sent, fetched)) < sum(map(sent, whole)) / 8
    ask(page, "xu phat")
    assert len(asked) == len(set(asked))


def test_a_query_typed_before_the_index_has_arrived_is_answered_when_it_has(address: str, page: Page) -> None:
    waiting: list[Route] = []
    page.context.route("**/search/*/table.json", lambda route: waiting.append(route))
    page.goto(address)
    open_search(page)
    page.type(BOX, "xu phat")
    page.wait_for_timeout(800)
    assert page.locator(RESULT).count() == 0
    assert waiting
    waiting[0].continue_()
    page.wait_for_selector(RESULT)


def test_answers_citations_and_buttons_are_not_in_the_index(site: Path) -> None:
    pages = written(site)
    words = json.dumps(pages, ensure_ascii=False)
    for hidden in (
        "Xem lời giải",
        "Đánh dấu đã học xong",
        "Bắt đầu học",
        "Bản thảo, chưa thẩm định",
        "Xóa tiến độ",
    ):
        assert hidden not in words
    lesson = next(texts for location, texts in pages.items() if location.endswith("xu-phat-hanh-chinh/"))
    assert "Nghị định 282/2025, Điều 69" not in json.dumps(lesson, ensure_ascii=False)


def test_every_place_a_result_names_is_there(site: Path) -> None:
    for location, (_, *sections) in written(site).items():
        html = (site / location / "index.html").read_text(encoding="utf-8")
        for anchor, *_ in sections:
            assert f'id="{anchor}"' in html, f"{location}#{anchor}"


def test_a_pasted_query_is_answered_too(address: str, page: Page) -> None:
    page.goto(address)
    open_search(page)
    page.fill(BOX, "xu phat")
    page.wait_for_selector(RESULT)


def test_a_single_key_does_nothing(address: str, page: Page) -> None:
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/xu-phat-hanh-chinh/")
    for key in ("n", "p", "s", "f", "/", ".", ","):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url.endswith("xu-phat-hanh-chinh/")
    assert page.evaluate("document.getElementById('__search').checked") is False


@pytest.mark.parametrize("file", ["*/table.json", "*/words-*.json", "*/page-*.json"])
def test_where_the_words_of_the_site_cannot_be_fetched_the_page_says_so(
    file: str, address: str, page: Page
) -> None:
    page.context.route(f"**/search/{file}", lambda route: route.abort())
    page.goto(address)
    assert "Chưa tải được dữ liệu tìm kiếm" in ask(page, "tap huan")[0]
    page.context.unroute(f"**/search/{file}")
    assert "Tập huấn" in " ".join(ask(page, "tap huan "))


def test_a_page_kept_open_over_a_new_publication_searches_in_the_new_one(address: str, page: Page) -> None:
    def gone(route: Route) -> None:
        route.fulfill(status=404)

    def older(route: Route) -> None:
        stub = route.fetch().json()
        stub["config"]["index"] = "search/0123456789/"
        route.fulfill(json=stub)

    page.context.route("**/search/0123456789/**", gone)
    page.context.route("**/search/search_index.json", older, times=1)
    page.goto(address)
    assert "xử phạt" in " ".join(ask(page, "xu phat")).lower()


@pytest.mark.parametrize("typed", ["t", "th", "ng"])
def test_the_beginning_of_too_many_words_asks_for_more(home: Page, typed: str) -> None:
    assert "Gõ thêm chữ" in ask(home, typed)[0]


def test_the_beginning_of_a_further_word_is_left_out_until_it_says_something(home: Page) -> None:
    assert ask(home, "mua d") == ask(home, "mua ")
    assert ask(home, "mua dam") != ask(home, "mua ")


def test_a_result_says_for_whom_it_is(home: Page) -> None:
    results = " ".join(ask(home, "xu phat"))
    assert "Dành cho cán bộ cấp xã" in results
    assert "Dành cho mọi người" in results


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("xu phat hanh chinh", {"Bài học", "Văn bản"}),
        ("chuyen gui", {"Bài học", "Thuật ngữ", "Tờ mẫu"}),
        ("biet dung hoi ke", {"Chiến dịch", "Giáo án"}),
    ],
)
def test_a_result_says_what_it_is(home: Page, query: str, kinds: set[str]) -> None:
    ask(home, query)
    said = home.locator(".md-search-result .md-tag:nth-child(1)").all_text_contents()
    assert kinds <= set(said)
    assert home.locator(f"{RESULT}:not(:has(.md-tag))").count() == 0


@pytest.mark.parametrize("query", ["muc phat mua dam", "mức phạt mua dâm", "phat ban dam"])
def test_who_asks_for_a_fine_gets_the_act_before_what_is_often_mistaken(home: Page, query: str) -> None:
    ask(home, query)
    links = home.locator(f"{RESULT} a").evaluate_all("links => links.map((link) => link.href)")
    act = next(nth for nth, link in enumerate(links) if re.search(r"#dieu-3[23]\b|/tra-nhanh/", link))
    assert act <= 3
    mistaken = [nth for nth, link in enumerate(links) if link.partition("?")[0].endswith("#cho-hay-nham")]
    assert all(act < nth for nth in mistaken)


def test_who_asks_for_fines_alone_gets_the_page_to_look_them_up_and_nothing_it_says_of_no_hit(
    home: Page,
) -> None:
    ask(home, "phat")
    first = home.locator(f"{RESULT} .md-search-result__article").first
    assert "Tra nhanh mức phạt" in first.inner_text()
    assert "Không có hành vi nào khớp" not in first.inner_text()


def test_a_word_that_is_explained_is_found_where_it_is_explained(home: Page) -> None:
    ask(home, "chuyen gui")
    links = home.locator(f"{RESULT} a").evaluate_all("links => links.map((link) => link.href)")
    assert any("/thuat-ngu/" in link and "#chuyen-gui" in link for link in links)


@pytest.mark.parametrize("query", ["bị dọa ảnh", "bi doa anh", "giữ giấy tờ"])
def test_what_the_help_page_names_goes_before_lessons_about_it(home: Page, query: str) -> None:
    assert "Nơi giúp đỡ" in ask(home, query)[0]


def test_where_nothing_is_found_there_are_ways_on(address: str, page: Page) -> None:
    page.goto(address)
    open_search(page)
    page.type(BOX, "zzqqxx")
    page.locator(".md-search-result__meta", has_text="Không tìm thấy").wait_for()
    ways = page.locator(".search-ways a:visible")
    assert {"Thuật ngữ", "Khóa học", "Tờ mẫu"} <= set(ways.all_inner_texts())
    page.fill(BOX, "")
    ask(page, "tap huan")
    assert page.locator(".search-ways a:visible").count() == 0


def test_from_a_page_for_pupils_the_ways_on_are_for_everyone(address: str, page: Page) -> None:
    page.goto(f"{address}truyen-thong/biet-dung-hoi-ke/")
    assert page.locator(".search-ways a").all_text_contents() == ["Thuật ngữ"]


@pytest.mark.parametrize("query", ["", "bị đánh", "hiếp", "muốn chết", "rách bao", "zzqqxx"])
def test_help_stands_above_whatever_is_found(address: str, page: Page, query: str) -> None:
    page.goto(address)
    open_search(page)
    page.fill(BOX, query)
    links = page.locator(".md-search__scrollwrap a:visible")
    assert links.all_text_contents()[:4] == [
        "Nơi giúp đỡ",
        "Tổng đài 111",
        "Công an 113",
        "Cấp cứu 115",
    ]


@pytest.mark.parametrize("path", ["", "truyen-thong/biet-dung-hoi-ke/"])
def test_every_example_is_searched_for_when_tapped_and_finds_something(
    address: str, page: Page, path: str
) -> None:
    page.goto(address + path)
    open_search(page)
    for example in page.locator("[data-search-example]").all_text_contents():
        page.fill(BOX, "")
        page.locator("[data-search-example]", has_text=example).click()
        page.locator(RESULT).first.wait_for(state="attached")
        assert page.input_value(BOX) == example


def test_every_page_found_is_counted(home: Page) -> None:
    ask(home, "tre em")
    said = re.search(r"\d+", home.locator(".md-search-result__meta").inner_text())
    assert said
    assert int(said[0]) > 60


def test_a_search_begun_on_a_page_for_pupils_shows_what_is_for_pupils_or_for_everyone(
    address: str, page: Page
) -> None:
    page.goto(f"{address}truyen-thong/biet-dung-hoi-ke/")
    for query in ("xu phat", "tre em", "bao tin"):
        whose = [line for line in page_readers(page, query) if line]
        assert whose
        theirs = [line for line in whose if re.search("học sinh|người học nghề", line)]
        assert {*whose} - {*theirs} <= {"Dành cho mọi người"}, (query, whose)
    assert "chỉ tìm trong phần dành cho học sinh" in (page.locator(".search-scope").text_content() or "")
    page.goto(f"{address}truyen-thong/")
    assert "Dành cho cán bộ cấp xã" in " ".join(page_readers(page, "bao tin"))
    assert page.locator(".search-scope").count() == 0


def page_readers(page: Page, query: str) -> list[str]:
    """Returns for whom each page found is, in words."""
    ask(page, query)
    return [
        line.text_content() or "" for line in page.locator(".md-search-result .md-tag:nth-child(2)").all()
    ]
