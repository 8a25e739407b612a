"""The whole service at an address of its own, and a page of a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser_thread import in_browser_thread
from fixtures_service import TwoLearners, listening
from learner_in_chromium import EXPECTED, Make, _watched, opened
from playwright.sync_api import Browser, BrowserContext, Page

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service import Settings, create_app


#: How many tests have answers that are kept on the device.
@pytest.fixture
def make(
    programme: Programme, store: Store, hashing: Hashing, built: Path, two_learners: TwoLearners
) -> Make:
    def made(settings: Settings) -> Any:
        return create_app(programme, store, site=built, settings=settings, hashing=hashing)

    return made


@pytest.fixture
def address(make: Make) -> Iterator[str]:
    with listening(make) as address:
        yield address


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = opened(chromium)
    yield context
    in_browser_thread(context.close)()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; whatever it complains of is a failure, a blocked script or style among them."""
    complaints: list[str] = []
    yield _watched(context, complaints)
    assert [one for one in complaints if not EXPECTED.search(one)] == []
