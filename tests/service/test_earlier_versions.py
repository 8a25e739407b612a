"""What was recorded under an earlier version of a course stays as it is when its texts are mended.

The service is stopped, questions and a lesson are mended, even a key among them, and it starts again on the
same file: that is how a new version is published.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import ORIGIN, Browser, right_responses, serve, stored_form
from clocks import Clock
from fixtures_service import OPERATOR, TwoLearners

from taphuan import quiz
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.records.access.credentials import Hashing
from taphuan.records.people import RosterMember
from taphuan.records.training import course_versions, progress
from taphuan.records.training.certificates import Certificate, certificate_by_serial, issue
from taphuan.service import Settings, create_app
from taphuan.targets import Period, Training, load_figures, measure_targets

pytestmark = pytest.mark.slow

COURSE = "nuoc-sach"
BANK = "content/questions/nuoc-sach-kiem-tra.yml"
LESSON = "content/lessons/nuoc-sach/giu-nguon-nuoc.md"
MENDED = {
    BANK: (
        ("Giếng nên đặt ở đâu?", "Theo bài học, giếng nên đặt ở đâu?"),
        ("answer: true", "answer: false"),
        ("PHANHOI chỗ cao.", "PHANHOI đã sửa."),
    ),
    LESSON: (("Nước từ khe chảy về bản.", "Nước từ khe trên núi chảy về bản."),),
    "curricula/nuoc-sach.yml": (("pass: 80%", "pass: 100%"),),
}


@pytest.fixture
def mended(root: Path, tmp_path: Path) -> Programme:
    """The programme with a question, its key, a lesson and the share that passes written anew."""
    copy = Path(shutil.copytree(root, tmp_path / "mended"))
    for file, changes in MENDED.items():
        text = (copy / file).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, (file, old)
            text = text.replace(old, new)
        (copy / file).write_text(text, encoding="utf-8")
    loading = load(copy)
    assert [finding for finding in loading.findings if finding.is_error] == []
    assert loading.programme is not None
    return loading.programme


Started = Callable[[Programme], AbstractContextManager[tuple[Browser, Store]]]


@pytest.fixture
def started(
    store: Store,
    two_learners: TwoLearners,
    tmp_path: Path,
    clock: Clock,
    hashing: Hashing,
    portal: BlockingPortal,
) -> Started:
    """The service on a file of its own with the two learners, opened for it and closed after it."""
    path = tmp_path / "own.db"
    with sqlite3.connect(tmp_path / "records.db") as source, sqlite3.connect(path) as copy:
        source.backup(copy)
    copy.close()
    source.close()

    @contextmanager
    def start(programme: Programme) -> Iterator[tuple[Browser, Store]]:
        with Store.open(f"sqlite:///{path}", clock=clock) as opened:
            app = create_app(programme, opened, settings=Settings(address=ORIGIN), hashing=hashing)
            with serve(app, portal) as browser:
                yield browser, opened

    return start


@dataclass(frozen=True, kw_only=True)
class Seen:
    """All that is told of two learners, as its readers get it."""

    completions: tuple[progress.Completion, ...]
    attempts: tuple[progress.Attempt, ...]
    others: tuple[progress.Attempt, ...]
    events: tuple[Any, ...]
    certificate: tuple[Certificate, bool]
    counted: str
    result: dict[str, Any]
    done_on: str
    confirmation: str
    standing: str


def seen(
    browser: Browser, store: Store, programme: Programme, two_learners: TwoLearners, serial: str
) -> Seen:
    browser.sign_in(two_learners.code)
    with store.read() as connection:
        figures = load_figures(connection, today=date(2026, 3, 20))
        trained = measure_targets(programme, figures, Period(year=2026, half=1))["can-bo-duoc-tap-huan"]
        assert isinstance(trained, Training)
        assert trained.share is not None
        made = progress.attempts(connection, two_learners.an, COURSE)
        return Seen(
            completions=progress.completions(connection, two_learners.an),
            attempts=made,
            others=progress.attempts(connection, two_learners.binh, COURSE),
            events=tuple(connection.exec_driver_sql("SELECT * FROM event ORDER BY seq").all()),
            certificate=certificate_by_serial(connection, serial),
            counted=f"{trained.share.numerator}/{trained.share.denominator}",
            result=browser.get(f"/api/attempts/{made[0].event_id}").json(),
            done_on=browser.get("/api/courses").json()[0]["completed_on"],
            confirmation=browser.get(f"/xac-nhan/{serial}").text,
            standing=browser.get("/hoc-vien/").text.partition("</h1>")[2],
        )


def begin(store: Store, two_learners: TwoLearners, clock: Clock) -> None:
    """Both learners are expected."""
    members = [RosterMember(person=one, unit="00101") for one in (two_learners.an, two_learners.binh)]
    store.write(
        lambda within: people.freeze_roster(
            within,
            members,
            level="commune",
            as_of=date(2026, 3, 1),
            decision_ref="12/QĐ",
            source_sha256="0" * 64,
            by=OPERATOR,
            now=clock(),
        )
    )


def test_what_was_passed_before_the_texts_were_mended_stays_as_it_was(
    programme: Programme, mended: Programme, started: Started, two_learners: TwoLearners, clock: Clock
) -> None:
    with started(programme) as (browser, store):
        begin(store, two_learners, clock)
        browser.sign_in(two_learners.other_code)
        browser.hand_in(*browser.begin(), {})
        browser.sign_in(two_learners.code)
        attempt, form = browser.begin()
        assert (
            browser.hand_in(attempt, form, right_responses(*stored_form(store, form))).json()["passed"]
            is True
        )
        serial = store.write(lambda within: issue(within, two_learners.an, COURSE, now=clock())).serial
        before = seen(browser, store, programme, two_learners, serial)
        first, key = stored_form(store, form)
    clock.forward(days=3)
    with started(mended) as (browser, store):
        after = seen(browser, store, mended, two_learners, serial)
        assert after == before
        assert after.counted == "1/2"
        assert after.attempts[0].version == first.version == after.certificate[0].version
        assert stored_form(store, form) == (first, key)
        again = store.write(lambda within: issue(within, two_learners.an, COURSE, now=clock()))
        assert again.serial == serial
        assert store.rebuild() == 2
        assert seen(browser, store, mended, two_learners, serial) == before
        assert store.verify() == ()


def test_who_takes_the_test_afterwards_takes_the_mended_one(
    programme: Programme, mended: Programme, started: Started, two_learners: TwoLearners, clock: Clock
) -> None:
    with started(programme) as (browser, store):
        browser.sign_in(two_learners.code)
        _, form = browser.begin()
        earlier = stored_form(store, form)[0].version
    clock.forward(days=3)
    with started(mended) as (browser, store):
        browser.sign_in(two_learners.other_code)
        attempt, form = browser.begin()
        later = stored_form(store, form)[0].version
        assert (
            browser.hand_in(attempt, form, right_responses(*stored_form(store, form))).json()["passed"]
            is True
        )
        with store.read() as connection:
            (done,) = progress.completions(connection, two_learners.binh)
            rules = [
                course_versions.published_rule(connection, COURSE, version) for version in (earlier, later)
            ]
        assert done.version == later != earlier
        assert [rule.pass_share for rule in rules if rule] == [80, 100]


def test_what_was_begun_before_is_marked_by_the_key_that_it_was_drawn_with(
    programme: Programme, mended: Programme, started: Started, two_learners: TwoLearners, clock: Clock
) -> None:
    with started(programme) as (browser, store):
        browser.sign_in(two_learners.code)
        attempt, form = browser.begin()
        wire = right_responses(*stored_form(store, form))
    clock.forward(hours=1)
    with started(mended) as (browser, store):
        browser.sign_in(two_learners.code)
        assert browser.hand_in(attempt, form, wire).json()["passed"] is True
        assert store.verify() == ()


def test_a_form_whose_version_was_reckoned_in_another_way_is_marked_and_counts(
    programme: Programme,
    mended: Programme,
    started: Started,
    two_learners: TwoLearners,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A version is a name in the records: no later release has to find the same one again."""
    with monkeypatch.context() as earlier:
        earlier.setattr(quiz, "course_version", lambda *_: "0123456789abcdef")
        with started(programme) as (browser, store):
            browser.sign_in(two_learners.code)
            attempt, form = browser.begin()
            wire = right_responses(*stored_form(store, form))
    with started(mended) as (browser, store):
        browser.sign_in(two_learners.code)
        assert browser.hand_in(attempt, form, wire).json()["passed"] is True
        with store.read() as connection:
            (done,) = progress.completions(connection, two_learners.an)
        assert done.version == "0123456789abcdef"
        assert store.verify() == ()


def test_mending_a_lesson_alone_makes_no_other_test(
    programme: Programme, root: Path, tmp_path: Path, started: Started, two_learners: TwoLearners
) -> None:
    copy = Path(shutil.copytree(root, tmp_path / "lesson"))
    for old, new in MENDED[LESSON]:
        text = (copy / LESSON).read_text(encoding="utf-8")
        (copy / LESSON).write_text(text.replace(old, new), encoding="utf-8")
    again = load(copy).programme
    assert again is not None
    versions = []
    for one in (programme, again):
        with started(one) as (browser, store):
            browser.sign_in(two_learners.code)
            versions.append(stored_form(store, browser.begin()[1])[0].version)
            with store.read() as connection:
                query = "SELECT count(*) FROM course_version"
                assert connection.exec_driver_sql(query).scalar() == 1
    assert versions[0] == versions[1]
