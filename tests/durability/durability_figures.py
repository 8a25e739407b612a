"""The figures of the trials, and the table of them at the end of the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

#: Notes a trial's figure: what was promised, how much was to be tried at least, and what came of it.
NoteFigure = Callable[[str, str, str], None]
NAME = "durability"


def figure_noter(record_property: Callable[[str, Any], None]) -> NoteFigure:
    """Has the figure travel with the report of its test."""

    def note(promise: str, floor: str, figure: str) -> None:
        record_property(NAME, (promise, floor, figure))

    return note


def figures_table(terminalreporter: pytest.TerminalReporter) -> Iterator[str]:
    """Yields one line for each trial that came to its figures, with how long its test took."""
    stats = terminalreporter.stats
    for report in (entry for outcome in ("passed", "failed") for entry in stats.get(outcome, ())):
        for name, said in report.user_properties:
            if name == NAME:
                promise, floor, figure = said
                yield f"{promise}: {figure} (floor: {floor}; {report.duration:.0f} s)"
