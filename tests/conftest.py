"""A good programme to break: a copy of it, a hand to change one thing, and what is found then."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import Finding
from generator.programme.loading import load

REPOSITORY = Path(__file__).parent.parent
SAMPLES = Path(__file__).parent / "samples"

Edit = Callable[[Path, str, str, str], tuple[int, int]]
FindingsOf = Callable[[Path], list[Finding]]


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


def change(root: Path, file: str, old: str, new: str) -> tuple[int, int]:
    """Replaces the one `old` in a file. A « in `new` is left out; its line and column are returned."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    before, _, after = text.partition(old)
    first, mark, rest = new.partition("«")
    path.write_text(before + first + rest + after, encoding="utf-8")
    reached = before + (first if mark else "")
    return reached.count("\n") + 1, len(reached) - reached.rfind("\n")
