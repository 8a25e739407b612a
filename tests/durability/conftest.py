"""What the trials share, and the table of their figures at the end of the run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

sys.path.extend(str(Path(__file__).parent.parent / room) for room in ("service", "records"))

from clients import programme_at

from generator.records.access import Hashing

#: Notes a trial's figure: what was promised, how much was to be tried at least, and what came of it.
Trial = Callable[[str, str, str], None]
NAME = "durability"


@pytest.fixture
def trial(record_property: Callable[[str, Any], None]) -> Trial:
    def note(promise: str, floor: str, figure: str) -> None:
        record_property(NAME, (promise, floor, figure))

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Writes one line for each trial that came to its figures, with how long its test took."""
    stats = terminalreporter.stats
    reports = [one for outcome in ("passed", "failed") for one in stats.get(outcome, ())]
    rows = [(one.duration, *said) for one in reports for name, said in one.user_properties if name == NAME]
    if rows:
        terminalreporter.section("durability")
    for seconds, promise, floor, figure in rows:
        terminalreporter.write_line(f"{promise}: {figure} (floor: {floor}; {seconds:.0f} s)")


@pytest.fixture(scope="session")
def hashing() -> Iterator[Hashing]:
    """Argon2 at its cheapest: what is tested here is not how long it takes."""
    hashing = Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield hashing
    hashing.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return programme_at(tmp_path / "programme")
