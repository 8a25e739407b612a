"""The service as it keeps others out: by https, and on a hotspot by plain http."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import Browser, serve
from clocks import Stopwatch
from fastapi import FastAPI
from fixtures_service import TwoLearners
from security_requests import HOTSPOT, Make

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service import Settings, create_app


@pytest.fixture
def make(programme: Programme, store: Store, hashing: Hashing, stopwatch: Stopwatch) -> Make:
    def made(**given: Any) -> FastAPI:
        return create_app(programme, store, **{"hashing": hashing, "stopwatch": stopwatch, **given})

    return made


@pytest.fixture
def hotspot(make: Make, two_learners: TwoLearners, portal: BlockingPortal) -> Iterator[Browser]:
    """A trainer's laptop: plain http, so the browser tells nothing by Sec-Fetch-Site."""
    with serve(make(settings=Settings(is_secure=False)), portal, HOTSPOT) as browser:
        del browser.client.headers["Sec-Fetch-Site"]
        yield browser
