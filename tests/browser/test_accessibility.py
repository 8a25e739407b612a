"""axe on one page of every template, on a phone and a desk, light and dark; each with each in `make soak`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_checks import EACH_ONCE, FIRST, SCREENS, SeenStyles, faults, on_screens, pale_texts
from playwright.sync_api import Page, expect

from .test_search import BOX, RESULT, open_search
from .test_site import TEMPLATES

pytestmark = pytest.mark.thorough

#: Every fold, the menu and the search, whatever of them a page has.
OPEN_ALL = """() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    for (const control of document.querySelectorAll(".md-toggle:not(:checked)")) control.click();
}"""
LESSON = "khoa-hoc/can-bo-cap-xa/tiep-nhan-tin-bao/"
ON_PHONES = [screen for screen in SCREENS if screen[0] == 360]


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


@pytest.mark.parametrize("path", TEMPLATES)
def test_no_template_violates_wcag_22_aa(
    address: str, page: Page, seen_styles: SeenStyles, path: str
) -> None:
    page.set_viewport_size(FIRST)
    page.goto(address + path)
    shown = on_screens(page, EACH_ONCE, are_alike_hidden=True)
    assert [(screen, fault) for screen in shown for fault in seen_styles.faults(page, screen)] == []


@pytest.mark.soak
@pytest.mark.parametrize("path", TEMPLATES)
def test_no_template_violates_wcag_22_aa_anywhere(address: str, page: Page, path: str) -> None:
    page.set_viewport_size(FIRST)
    page.goto(address + path)
    shown = on_screens(page, SCREENS, are_alike_hidden=True)
    assert [(screen, fault) for screen in shown for fault in faults(page)] == []


def test_on_each_kind_of_page_every_text_stands_out_from_what_is_behind_it(
    address: str, site: Path, page: Page
) -> None:
    """With all that folds and opens: the ratios are WCAG's, 4.5, of large letters 3."""
    kinds: dict[str, str] = {}
    for file in sorted(site.rglob("*.html")):
        kind = re.search(r'class="[^"]* page--([a-z-]+)"', file.read_text(encoding="utf-8"))
        kinds.setdefault(kind[1] if kind else "", file.relative_to(site).as_posix())
    assert {"home", "lesson", "reference", "look-up", "blank-form", "lesson-plan", "plain"} <= kinds.keys()
    found = []
    for path in kinds.values():
        page.set_viewport_size(FIRST)
        page.goto(address + path)
        page.evaluate(OPEN_ALL)
        found += [(path, screen, text) for screen in on_screens(page, SCREENS) for text in pale_texts(page)]
    assert found == []


def test_a_text_in_the_colour_of_its_ground_is_found_whatever_is_between(page: Page) -> None:
    page.set_content(
        """<style>body { background: #fff; color: #000 } div { background: #222 } .stripes { background:
        linear-gradient(#ddd, #333) } input::placeholder { color: #ccc } circle { fill: #000 }</style>
        <p>Rõ</p><p hidden>Ẩn</p><p style="color: #ddd">Nhạt</p><p style="opacity: 0.3">Mờ</p>
        <div><p>Tối <b style="color: #eee">rõ</b></p></div><p class="stripes">Sọc</p><input placeholder="Mẫu">
        <button disabled style="color: #ccc">Tắt</button><p style="color: #888; font-size: 24px">Lớn</p>
        <svg><circle r="9"/><text y="9">1</text></svg>"""
    )
    found = [text.partition(": ")[2] for text in pale_texts(page)]
    assert found == ["Nhạt", "Mờ", "Tối", "Sọc", "1", "Mẫu"]


def _search(words: str, answer: str) -> Callable[[Page], None]:
    def open_it(page: Page) -> None:
        open_search(page)
        page.locator("[data-md-scrolllock]").wait_for()
        page.fill(BOX, words)
        page.locator(answer).first.wait_for()

    return open_it


def _menu(page: Page) -> None:
    page.locator(".drawer-button").click()
    expect(page.locator(".drawer-close")).to_be_focused()


def _note_and_outline(page: Page) -> None:
    page.locator("article p > a.citation--number").first.press("Enter")
    expect(page.locator(".side-note--below")).to_be_visible()
    page.locator("[data-outline-bar] summary").click()


def _options(page: Page) -> None:
    page.locator("[role=combobox]").first.fill("mua")
    expect(page.locator("[role=option]").first).to_be_visible()


@pytest.mark.parametrize(
    ("path", "open_it", "screens"),
    [
        ("khoa-hoc/", _search("", ".search-ways"), SCREENS),
        ("khoa-hoc/", _search("xu phat", RESULT), SCREENS),
        ("", _menu, ON_PHONES),
        (LESSON, _menu, ON_PHONES),
        (LESSON, _note_and_outline, ON_PHONES),
        ("tra-nhanh/", _options, SCREENS),
    ],
    ids=["search", "found", "menu", "menu of a lesson", "note and outline", "options"],
)
def test_what_opens_over_a_page_violates_nothing_and_is_read(
    address: str,
    page: Page,
    seen_styles: SeenStyles,
    path: str,
    open_it: Callable[[Page], None],
    screens: list[tuple[int, str]],
) -> None:
    page.set_viewport_size(FIRST)
    page.goto(address + path)
    open_it(page)
    shown = on_screens(page, screens)
    found = [(screen, [*seen_styles.faults(page, screen), *pale_texts(page)]) for screen in shown]
    assert [(screen, faults) for screen, faults in found if faults] == []


def test_of_a_long_list_the_first_are_looked_at_on_screens_and_all_on_the_first(page: Page) -> None:
    pale = '<li style="color: #ccc">Chữ</li>'
    for items, seen_on in (("<li>Chữ</li>" * 40 + pale, 1), ("<li>Chữ</li>" * 9 + pale, 4)):
        page.set_viewport_size(FIRST)
        page.set_content(f'<html lang="vi"><title>Thử</title><main><h1>Thử</h1><ul>{items}</ul></main>')
        seen = [screen for screen in on_screens(page, SCREENS, are_alike_hidden=True) if faults(page)]
        assert seen == list(SCREENS[:seen_on])


def test_what_has_a_part_of_its_own_in_a_long_list_is_looked_at_on_screens(page: Page) -> None:
    own = '<li>Chữ <b style="color: #ccc">nhạt</b></li>'
    page.set_viewport_size(FIRST)
    page.set_content(
        f'<html lang="vi"><title>Thử</title><main><h1>Thử</h1><ul>{"<li>Chữ</li>" * 40}{own}</ul></main>'
    )
    seen = [screen for screen in on_screens(page, SCREENS, are_alike_hidden=True) if faults(page)]
    assert seen == list(SCREENS)


def test_what_is_wrong_on_one_screen_only_is_found_there(page: Page) -> None:
    page.set_viewport_size(FIRST)
    page.set_content(
        """<html lang="vi"><title>Thử</title><style>
        p { color: #000; background: #fff; transition: color 0.2s }
        @media (prefers-color-scheme: dark) { p { color: #eee } }
        @media (min-width: 1000px) { div { width: 2000px } input { display: none } }
        </style><main><h1>Thử</h1><p>Chữ</p><div>Rộng</div><input></main>"""
    )
    found = {screen: [str(fault) for fault in faults(page)] for screen in on_screens(page, SCREENS)}
    unlabelled, pale, wide = "('label', [['input']])", "('color-contrast', [['p']])", "wider than the screen"
    assert {screen: set(faults) for screen, faults in found.items()} == dict(
        zip(SCREENS, ({unlabelled}, {unlabelled, pale}, {pale, wide}, {wide}), strict=True)
    )


def test_colours_of_what_is_styled_like_something_seen_are_passed_over(page: Page) -> None:
    style = """<style>p { color: #000; background: #fff } .pale { color: #ccc }
        @media (prefers-color-scheme: dark) { p { color: #eee } .strong { color: #000 } }</style>"""
    document = '<html lang="vi"><title>Thử</title>{}<main><h1>Thử</h1>{}</main>'
    many = "<ul>" + "<li>Mục</li>" * 12 + "<li><b class=pale>Nhạt</b></li></ul>"
    pages: dict[str, tuple[set[str], ...]] = {
        "<p>Chữ</p>": (set(), {"p"}),
        "<p>Chữ khác</p><p class=strong>Đậm</p><input>": ({"input"}, {"input"}),
        "<div><p>Trong hộp</p></div><p class=pale>Nhạt</p><input>": (
            {".pale", "input"},
            {"div > p", ".pale", "input"},
        ),
        "<style>p { color: #bbb }</style><p>Chữ</p>": ({"p"}, {"p"}),
        many: ({"b"}, {"b"}),
        many.replace("Mục", "Mục khác"): (set(), set()),
    }
    seen, found = SeenStyles(), list[tuple[set[str], ...]]()
    for body in pages:
        page.set_viewport_size(FIRST)
        page.set_content(document.format(style, body))
        screens = on_screens(page, EACH_ONCE)
        found.append(tuple(set(_places(seen.faults(page, screen))) for screen in screens))
    assert found == list(pages.values())


def _places(faults: list[object]) -> list[str]:
    """Returns the first selector of each element that axe names."""
    return [str(target[0]) for _, targets in faults for target in targets]  # type: ignore[misc,attr-defined]
