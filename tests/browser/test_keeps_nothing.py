"""A course that keeps nothing leaves nothing on the device: not after a lesson, nor after a self-check.

The sample has a course of that kind beside its own one, and both have a lesson in common.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from programmes import REPOSITORY, SAMPLES
from shared_course import COURSE, COURSE_FILE

from taphuan.build import Options, build

from .conftest import Silence, load_whole, open_whole, served
from .test_self_check import CHECK, answer, go_on

OWN_PAGE, SHARED, OTHER = (
    "khoa-hoc/ban-be/",
    "khoa-hoc/nuoc-sach/giu-nguon-nuoc/",
    "khoa-hoc/nuoc-sach/bao-nuoc-ban/",
)
#: All that a page may leave on a device, by its name.
LEFT = """async () => ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  cookie: document.cookie,
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"local": [], "session": [], "cookie": "", "databases": [], "caches": [], "workers": 0}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> Iterator[str]:
    root = tmp_path_factory.mktemp("keeps") / "sample"
    shutil.copytree(SAMPLES / "good", root)
    shutil.copytree(REPOSITORY / "overrides", root / "overrides")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    (root / COURSE_FILE).write_text(COURSE, encoding="utf-8")
    built = build(Options(root=root, prints=False), Silence())
    with served(built.site) as address:
        yield address


def answer_all(page: Page) -> None:
    for _ in range(page.locator(f"{CHECK} [data-question]").count()):
        answer(page)
        go_on(page)


def test_nothing_is_left_after_a_lesson_its_self_check_another_colour_and_a_search(
    sample: str, page: Page, context: BrowserContext
) -> None:
    open_whole(page, sample + OWN_PAGE)
    page.locator(".lesson-list a").first.click()
    page.wait_for_url(sample + SHARED)
    load_whole(page)
    answer_all(page)
    assert "câu ngay lần đầu" in page.inner_text(f"{CHECK} .self-check__summary")
    assert "đã ghi" not in page.inner_text(CHECK)
    page.locator("[data-md-component=palette] label:visible").first.click()
    page.locator("label[for=__search]:visible").first.click()
    page.locator("[data-md-component=search-query]").fill("nước")
    page.wait_for_selector(".md-search-result__item")
    page.mouse.wheel(0, 20_000)
    assert page.evaluate(LEFT) == NOTHING
    open_whole(page, sample + OWN_PAGE)
    assert page.evaluate(LEFT) == NOTHING
    assert context.cookies() == []


@pytest.mark.parametrize("path", ["", "khoa-hoc/"])
def test_no_course_is_noted_after_its_card_was_opened(sample: str, page: Page, path: str) -> None:
    page.goto(sample + path)
    cards = page.locator("a.begin:not([data-begin]), a[href$='ban-be/']")
    for number in range(cards.count()):
        cards.nth(number).click()
        page.wait_for_url(f"{sample}khoa-hoc/*/**")
        page.goto(sample + path)
    assert [key for key in page.evaluate(LEFT)["local"] if key.startswith("taphuan:")] == []


def test_a_lesson_of_the_other_course_alone_keeps_what_it_says(sample: str, page: Page) -> None:
    """So the test before this one can fail: the same steps leave something where a course keeps it."""
    open_whole(page, sample + OTHER)
    page.locator("button[data-mark-done]").click()
    assert "taphuan:done:nuoc-sach/bao-nuoc-ban" in page.evaluate(LEFT)["local"]
    page.goto(sample + "khoa-hoc/nuoc-sach/")
    assert page.inner_text("[data-progress]") == "Đã xong cả 1 bài"
    assert page.locator("[data-ring] text").text_content() == "1/1"


def test_who_comes_back_finds_no_answer_that_was_given_before(sample: str, page: Page) -> None:
    open_whole(page, sample + SHARED)
    answer(page)
    go_on(page)
    assert "Câu 2 trên" in page.inner_text(CHECK)
    open_whole(page, sample + OWN_PAGE)
    page.go_back()
    page.wait_for_url(sample + SHARED)
    for again in (lambda: None, page.reload):
        again()
        expect(page.locator(CHECK)).to_contain_text("Câu 1 trên", use_inner_text=True)
        assert page.locator(f"{CHECK} input:checked").count() == 0


@pytest.mark.parametrize("path", [OWN_PAGE, SHARED])
def test_the_page_says_so_in_a_sentence_and_offers_no_mark(sample: str, page: Page, path: str) -> None:
    open_whole(page, sample + path)
    assert "Trang này không lưu và không gửi đi câu trả lời hay tiến độ của bạn" in page.inner_text("article")
    assert page.locator("[data-mark-done], [data-forget], [data-progress]").count() == 0
    assert page.evaluate(LEFT) == NOTHING
