"""The service over a real SQLite file, asked through ASGI; the sample programme with a test of every kind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio.from_thread
import browser_thread
import pytest
from argon2 import PasswordHasher
from asgi_browser import ORIGIN, Browser, serve
from clocks import Clock, Stopwatch
from computed_once import computed_once
from fixtures_service import AN, BINH, OPERATOR, REPOSITORY, TwoLearners, write_programme

from taphuan.build import Options, build
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn
from taphuan.records.people import NewPerson
from taphuan.service import Settings, create_app


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_programme(tmp_path_factory.mktemp("programme") / "mẫu")


@pytest.fixture(scope="session")
def programme(root: Path) -> Programme:
    loading = load(root)
    assert [finding for finding in loading.findings if finding.is_error] == []
    assert loading.programme is not None
    return loading.programme


# --- records ------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _computed_once() -> Iterator[None]:
    with computed_once():
        yield


@pytest.fixture(scope="session")
def hashing() -> Iterator[Hashing]:
    """Argon2 at its cheapest: what is tested here is not how long it takes."""
    hashing = Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield hashing
    hashing.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch()


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose tables are made."""
    path = tmp_path_factory.mktemp("pattern") / "pattern.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def store(pattern: Path, clock: Clock, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(pattern, tmp_path / "records.db")
    with Store.open(f"sqlite:///{tmp_path / 'records.db'}", clock=clock) as store:
        yield store


@pytest.fixture
def two_learners(store: Store, programme: Programme, hashing: Hashing) -> TwoLearners:
    now = store.now()

    def settle(connection):  # type: ignore[no-untyped-def]
        people.place_units(connection, people.programme_units(programme.units), by=OPERATOR, now=now)
        someone = (
            NewPerson(id=AN, full_name="Lò Thị An", position="Công chức văn hóa", unit="00101"),
            NewPerson(id=BINH, full_name="Vàng A Bình", position=None, unit="00101"),
        )
        people.add_persons(connection, someone, by=OPERATOR, now=now)

    store.write(settle)
    codes = LearnerSignIn(store, hashing).issue([AN, BINH], by=OPERATOR)
    return TwoLearners(an=AN, binh=BINH, code=codes[AN].text, other_code=codes[BINH].text)


# --- the service --------------------------------------------------------------------------------


@pytest.fixture
def settings() -> Settings:
    return Settings(address=ORIGIN)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A static site of two pages."""
    site = tmp_path / "site"
    (site / "assets/stylesheets").mkdir(parents=True)
    (site / "assets/stylesheets/main.0123abcd.min.css").write_text("body{}", encoding="utf-8")
    (site / "assets/stylesheets/taphuan.css").write_text("body{}", encoding="utf-8")
    head = '<meta charset="utf-8">'
    words_of = {"index": "Trang đầu", "404": "Không thấy trang", "khoa-hoc/nuoc-sach/index": "Khóa"}
    for name, words in words_of.items():
        path = site / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!doctype html>{head}<p>{words}", encoding="utf-8")
    return site


@pytest.fixture(scope="session")
def portal() -> Iterator[anyio.from_thread.BlockingPortal]:
    with anyio.from_thread.start_blocking_portal("asyncio") as portal:
        yield portal


@pytest.fixture
def app(programme, store, site, settings, hashing, stopwatch):  # type: ignore[no-untyped-def]
    return create_app(programme, store, site=site, settings=settings, hashing=hashing, stopwatch=stopwatch)


@pytest.fixture
def browser(app, portal) -> Iterator[Browser]:  # type: ignore[no-untyped-def]
    """Nobody is signed in yet."""
    with serve(app, portal) as browser:
        yield browser


@pytest.fixture
def learner(browser: Browser, two_learners: TwoLearners) -> Browser:
    """Signed in as An."""
    browser.sign_in(two_learners.code)
    return browser


# --- a browser -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Any]:
    with browser_thread.chromium(chromium_path) as browser:
        yield browser


class Quiet:
    def start(self, what: str, total: int) -> None: ...
    def advance(self) -> None: ...
    def finish(self) -> None: ...


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site of the sample, without its prints."""
    root = write_programme(tmp_path_factory.mktemp("built") / "mẫu")
    shutil.copytree(REPOSITORY / "overrides", root / "overrides")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    return build(Options(root=root, prints=False), Quiet()).site
