"""axe on one page of every template, on a phone and a desk, light and dark."""

from __future__ import annotations

import pytest
from axe_checks import FIRST, SCREENS, faults, on_every_screen
from playwright.sync_api import Page

from .test_site import TEMPLATES


@pytest.mark.parametrize("path", TEMPLATES)
def test_no_template_violates_wcag_22_aa(address: str, page: Page, path: str) -> None:
    page.set_viewport_size(FIRST)
    page.goto(address + path)
    assert [(screen, fault) for screen in on_every_screen(page) for fault in faults(page)] == []


def test_what_is_wrong_on_one_screen_only_is_found_there(page: Page) -> None:
    page.set_viewport_size(FIRST)
    page.set_content(
        """<html lang="vi"><title>Thử</title><style>
        p { color: #000; background: #fff; transition: color 0.2s }
        @media (prefers-color-scheme: dark) { p { color: #eee } }
        @media (min-width: 1000px) { div { width: 2000px } input { display: none } }
        </style><main><h1>Thử</h1><p>Chữ</p><div>Rộng</div><input></main>"""
    )
    found = {screen: [str(fault) for fault in faults(page)] for screen in on_every_screen(page)}
    unlabelled, pale, wide = "('label', [['input']])", "('color-contrast', [['p']])", "wider than the screen"
    assert {screen: set(faults) for screen, faults in found.items()} == dict(
        zip(SCREENS, ({unlabelled}, {unlabelled, pale}, {pale, wide}, {wide}), strict=True)
    )
