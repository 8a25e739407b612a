"""A good programme to break: a copy of it, a hand to change one thing, and what is found then."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from computed_once import parsed_once
from programmes import REPOSITORY, SAMPLES, Edit, FindingsOf, change

from taphuan.programme.loader import load
from taphuan.render.chromium import find_browser

#: Fixtures that make people of two communes with their roster, mostly for staff who sign in and go through
#: pages: a fifth of a second for each of seven hundred tests.
DEAR = frozenset({"persons_by_unit"})
#: A file system in memory, and the bytes that have to be free there for all that a run writes.
IN_MEMORY = Path("/dev/shm")
ROOM = 4 << 30


def pytest_configure() -> None:
    """Has tests write in memory where there is room and programs may run, unless another place is named.

    A run makes some hundred thousand small files, and each ledger waits at each entry until it is on disk.
    """
    if IN_MEMORY.is_dir():
        memory = os.statvfs(IN_MEMORY)
        if not memory.f_flag & os.ST_NOEXEC and memory.f_bavail * memory.f_frsize > ROOM:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test by what its fixtures start, so that `make test-fast` can leave it out."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        parameters = getattr(item, "callspec", None)
        if "chromium_path" in fixtures:
            item.add_marker(pytest.mark.browser)
        if "postgres" in fixtures or (parameters and "postgresql" in parameters.params.values()):
            item.add_marker(pytest.mark.postgresql)
        if DEAR.intersection(fixtures):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    exclude_from_collection()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Looks after each file of tests at what it keeps for the next ones."""
    if nextitem is None or nextitem.path != item.path:
        exclude_from_collection()


def exclude_from_collection() -> None:
    """Leaves what lasts, as ten thousand tests do, out of collection, as the service does.

    Each list that staff send up has its garbage collected, which would look through all of it.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _parsed_once() -> Iterator[None]:
    with parsed_once():
        yield


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser that this machine has; a test whose fixtures ask for it is marked `browser`."""
    return find_browser(os.environ, shutil.which)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A copy of the smallest complete programme, free to be broken."""
    kept = shutil.ignore_patterns(".cache")
    return Path(shutil.copytree(SAMPLES / "good", tmp_path / "good", ignore=kept))


@pytest.fixture
def whole(good: Path) -> Path:
    """The sample with the theme beside it, so that a site can be built of it."""
    shutil.copytree(REPOSITORY / "overrides", good / "overrides")
    shutil.copy(REPOSITORY / "mkdocs.yml", good)
    return good


@pytest.fixture
def edit() -> Edit:
    return change


@pytest.fixture
def findings_of() -> FindingsOf:
    return lambda root: list(load(root).findings)
