"""What the trials share, and the table of their figures at the end of the run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

sys.path.extend(str(Path(__file__).parent.parent / room) for room in ("service", "records"))

from durability_figures import NoteFigure, figure_noter, figures_table
from retrying_clients import programme_at

from taphuan.records.access.credentials import Hashing


@pytest.fixture
def note_figure(record_property: Callable[[str, Any], None]) -> NoteFigure:
    return figure_noter(record_property)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = list(figures_table(terminalreporter))
    if lines:
        terminalreporter.section("durability")
    for line in lines:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def hashing() -> Iterator[Hashing]:
    """Argon2 at its cheapest: what is tested here is not how long it takes."""
    hashing = Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield hashing
    hashing.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return programme_at(tmp_path / "programme")
