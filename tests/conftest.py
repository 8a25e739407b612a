"""A good programme to break: a copy of it, a hand to change one thing, and what is found then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from programmes import REPOSITORY, SAMPLES, Edit, FindingsOf, change

from taphuan.programme.loader import load


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A copy of the smallest complete programme, free to be broken."""
    return Path(shutil.copytree(SAMPLES / "good", tmp_path / "good"))


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
