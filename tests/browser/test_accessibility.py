"""axe on one page of every template, on a phone and a desk, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from .test_site import TEMPLATES

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_template_violates_wcag_22_aa(address: str, chromium: Browser, width: int, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    violations = []
    for path in TEMPLATES:
        page.goto(address + path)
        page.wait_for_timeout(100)
        for violation in Axe().run(page, options=WCAG).response["violations"]:
            targets = [node["target"] for node in violation["nodes"]][:4]
            violations.append((path, violation["id"], targets, violation["nodes"][0].get("any", [{}])[:1]))
    context.close()
    assert violations == []
