"""Branching scenarios: by keyboard alone, back and again, nothing kept, readable without scripts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_checks import FIRST, faults, on_screens
from playwright.sync_api import Browser, Locator, Page, expect
from programmes import REPOSITORY, SAMPLES

from taphuan.build import Options, build

from .conftest import Silence, open_whole, served

LESSON = "khoa-hoc/nuoc-sach/bao-nuoc-ban/"
SCENARIO = "[data-scenario]"
#: What the longest calm path chooses, scene by scene.
CALM = ("Hỏi nhà bên", "Cùng gọi tổ cấp nước")


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample's lesson with a scenario, under the policy that the page carries itself."""
    root = shutil.copytree(SAMPLES / "good", tmp_path_factory.mktemp("scenario") / "good")
    shutil.copytree(REPOSITORY / "overrides", root / "overrides")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    built = build(Options(root=root, prints=False), Silence())
    with served(built.site) as address:
        yield f"{address}{LESSON}"


def scene(page: Page) -> Locator:
    return page.locator(f"{SCENARIO} [data-scene]:visible")


def press(page: Page, words: str) -> None:
    """Goes on with Tab until a button that says so has the focus, and presses it."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"no button says {words}")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


@pytest.fixture
def opened(lesson: str, page: Page) -> Page:
    open_whole(page, lesson)
    page.locator(f"{SCENARIO} h3:visible").focus()
    return page


def test_one_scene_shows_at_a_time_and_what_follows_is_not_seen_before(opened: Page) -> None:
    assert scene(opened).count() == 1
    assert scene(opened).locator("button:visible").count() == 3
    assert "mùi bùn" not in opened.inner_text(SCENARIO)


def test_a_choice_shows_what_follows_and_moves_the_focus_to_it(opened: Page) -> None:
    press(opened, "Đun lên")
    assert focused(opened) == "Bạn chọn A: Đun lên rồi uống."
    shown = opened.inner_text(SCENARIO)
    assert "mùi bùn" in shown
    assert "Vì sao" in shown
    assert "Việc đầu tiên là gì?" not in shown


def test_the_whole_way_to_a_calm_end_is_gone_by_keyboard_alone(opened: Page) -> None:
    for words in CALM:
        press(opened, words)
        press(opened, "Xem điều xảy ra tiếp")
    assert focused(opened) == "Tổ cấp nước đến."
    assert "Còn 3 lựa chọn bạn chưa thử" in opened.inner_text(SCENARIO)


def test_one_may_choose_again_and_is_told_what_was_tried(opened: Page) -> None:
    press(opened, "Đun lên")
    press(opened, "Quay lại, chọn lối khác")
    assert focused(opened) == "Vòi chảy nước đục."
    assert scene(opened).locator("button", has_text="Đã thử").inner_text().startswith("A")
    press(opened, "Gọi tổ cấp nước")
    press(opened, "Chọn lại")
    assert focused(opened) == "Vòi chảy nước đục."


def test_one_may_go_a_step_back_and_begin_again(opened: Page) -> None:
    for words in CALM:
        press(opened, words)
        press(opened, "Xem điều xảy ra tiếp")
    press(opened, "Lùi một bước")
    assert focused(opened) == "Hai nhà cùng đục."
    press(opened, "Bắt đầu lại")
    assert focused(opened) == "Vòi chảy nước đục."
    assert scene(opened).locator("button:visible").count() == 3


def test_nothing_of_it_is_kept_on_the_device(opened: Page) -> None:
    before = opened.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    press(opened, CALM[0])
    press(opened, "Xem điều xảy ra tiếp")
    after = opened.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert before == after
    opened.reload()
    expect(scene(opened).locator("h3")).to_have_text("Vòi chảy nước đục.")


def test_without_scripts_a_choice_unfolds_what_follows_and_the_next_scene(
    lesson: str, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(lesson)
    assert page.locator(f"{SCENARIO} button:visible").count() == 0
    assert page.locator(f"{SCENARIO} h3:visible").count() == 1
    page.locator(f"{SCENARIO} summary:visible", has_text=CALM[0]).click()
    expect(page.locator(SCENARIO)).to_contain_text("Nhà bên cũng vừa mở vòi.", use_inner_text=True)
    expect(page.locator(f"{SCENARIO} h3:visible").last).to_have_text("Hai nhà cùng đục.")
    context.close()


def test_without_scripts_a_link_leads_back_to_the_scene(lesson: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport=FIRST)
    page = context.new_page()
    page.goto(lesson)
    page.locator(f"{SCENARIO} summary", has_text="Đun lên").click()
    heading = page.locator(f"{SCENARIO} h3", has_text="Vòi chảy nước đục.")
    back = page.get_by_role("link", name="Quay lại: Vòi chảy nước đục.").first
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert not is_in_sight(heading)
    back.click()
    expect(heading).to_be_in_viewport()
    context.close()


def is_in_sight(element: Locator) -> bool:
    box = element.bounding_box()
    return box is not None and 0 <= box["y"] < FIRST["height"]


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_axe_finds_nothing_in_a_scene_behind_a_choice_and_at_the_end(
    lesson: str, page: Page, steps: int
) -> None:
    page.set_viewport_size(FIRST)
    open_whole(page, lesson)
    page.locator(f"{SCENARIO} h3:visible").focus()
    if steps == 1:
        press(page, "Đun lên")
    for words in CALM if steps == 2 else ():
        press(page, words)
        press(page, "Xem điều xảy ra tiếp")
    assert [(screen, fault) for screen in on_screens(page) for fault in faults(page)] == []


def test_on_a_phone_every_button_is_large_enough_to_tap(lesson: str, page: Page) -> None:
    page.set_viewport_size(FIRST)
    open_whole(page, lesson)
    for button in scene(page).locator("button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 280
