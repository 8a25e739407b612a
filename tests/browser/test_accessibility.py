"""axe on one page of every template, on a phone and a desk, light and dark; each with each in `make soak`."""

from __future__ import annotations

import pytest
from axe_checks import EACH_ONCE, FIRST, SCREENS, SeenStyles, faults, on_screens
from playwright.sync_api import Page

from .test_site import TEMPLATES


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
