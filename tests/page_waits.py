"""What a test waits for in a page that forbids `eval`.

Playwright's own `wait_for_function` looks a second time from inside the page, by `eval`, which the policy
of our pages forbids: it works only if the first look succeeds.
"""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Page

PATIENCE = 15_000
PAUSE = 20


def wait_until(page: Page, expression: str, argument: Any = None) -> None:
    """Asks the page for `expression` again and again until it is true; fails after 15 seconds."""
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, f"not within {PATIENCE} ms: {expression}"
        page.wait_for_timeout(PAUSE)
