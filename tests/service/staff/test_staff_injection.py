"""No text of an author runs on a page of the service, with the checks of content left out."""

from __future__ import annotations

import itertools

import pytest
from asgi_browser import TEST, serve
from staff_users import PROVINCE, SignedIn
from text_leaves import filled, running

from taphuan.programme.model.programme import Programme
from taphuan.programme.vietnamese import LOCAL_ZONE
from taphuan.records.store import Store
from taphuan.reports import build_report, printable_report
from taphuan.service.app import create_app
from taphuan.service.staff import ROUTERS
from taphuan.targets import Period, load_figures

pytestmark = pytest.mark.thorough

SCRIPT = '"><script>ran()</script>`<script>ran()</script>`<img src=x onerror=ran()>'


@pytest.fixture(scope="module")
def harmful(programme: Programme) -> Programme:
    count = itertools.count()
    return filled(programme, lambda _, is_markdown: f"{next(count)} {SCRIPT}")


@pytest.fixture
def app(harmful, store, settings, hashing, stopwatch):  # type: ignore[no-untyped-def]

    return create_app(
        harmful, store, settings=settings, hashing=hashing, stopwatch=stopwatch, routers=ROUTERS
    )


@pytest.mark.slow
def test_nothing_runs_on_any_page_that_the_office_reaches(signed_in: SignedIn) -> None:
    office = signed_in("office", PROVINCE)
    office.prove()
    pages = office.reached("/hoc-vien/dang-nhap/", "/tien-do/", "/xac-nhan/")
    assert len(pages) > 20
    assert sum("&lt;script&gt;" in page.text for page in pages.values()) > 10, "the texts are on these pages"
    for path, page in pages.items():
        assert running(page.text) == [], path


def test_nothing_runs_on_the_pages_of_a_learner(app, portal, two_learners) -> None:  # type: ignore[no-untyped-def]
    with serve(app, portal) as browser:
        browser.sign_in(two_learners.code)
        begun = browser.send(TEST)
        for page in (browser.get("/hoc-vien/"), browser.get(begun.headers["location"])):
            assert "&lt;script&gt;" in page.text
            assert running(page.text) == []


def test_nothing_runs_in_a_report(harmful: Programme, store: Store, persons_by_unit: object) -> None:
    with store.read() as connection:
        settled = load_figures(connection, today=store.now().astimezone(LOCAL_ZONE).date())
    html = printable_report(build_report(harmful, settled, Period.parse("2026"))).html
    assert "&lt;script&gt;" in html
    assert running(html) == []
