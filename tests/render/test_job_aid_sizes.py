"""What is measured before a job aid is printed has the sizes that its style has."""

from __future__ import annotations

import re

import pytest
from programmes import REPOSITORY

from taphuan.programme.checks.flows import (
    BOXES,
    EXIT_TEXT,
    EXIT_TITLE,
    EXIT_WIDTH,
    QUESTION_WIDTH,
    STEP_WIDTH,
    WIDE_STEP_WIDTH,
)

STYLE = (REPOSITORY / "generator/templates/paper/job-aid.css").read_text(encoding="utf-8")
MM_A_POINT = 25.4 / 72


def declared(selector: str, name: str) -> str:
    """Returns what the last rule of a selector says of a property."""
    rules = re.findall(rf"(?m)^{re.escape(selector)} {{ (.*) }}$", STYLE)
    return [value for rule in rules for value in re.findall(rf"(?:^|; ){name}: ([^;]+)", rule)][-1]


def points(selector: str) -> float:
    """Returns the least size of its letters: `--grow` only ever makes them larger."""
    size = re.fullmatch(
        r"(?:calc\()?([\d.]+)pt(?: \* var\(--(?:grow|a-little)\)\))?", declared(selector, "font-size")
    )
    assert size
    return float(size[1])


def frame(selector: str) -> float:
    """Returns the mm that the border and the inner margin of both sides take."""
    border = float(declared(selector, "border").split("pt")[0]) * MM_A_POINT
    side = float(declared(selector, "padding").split()[1].removesuffix("mm"))
    return 2 * (border + side)


@pytest.mark.parametrize("density", BOXES)
def test_a_step_is_measured_in_the_type_that_it_is_printed_in(density: str) -> None:
    start = "" if density == "few" else f".{density} "
    printed = points(f"{start}.step-title"), points(f"{start}.step-text")
    assert printed == (BOXES[density].title, BOXES[density].text)  # type: ignore[index]


def test_a_box_beside_a_question_is_measured_in_the_type_that_it_is_printed_in() -> None:
    assert (points(".exit-title"), points(".exit-text"), points(".calls li")) == (
        EXIT_TITLE,
        EXIT_TEXT,
        EXIT_TEXT,
    )


def test_no_text_is_measured_wider_than_its_box() -> None:
    """Nor much narrower: a text that fits would be refused."""
    columns = declared(".step", "grid-template-columns").split()
    step, between, beside = (float(column.removesuffix("mm")) for column in columns[1:])
    panel_step = float(declared(".with-panel .step", "grid-template-columns").split()[1].removesuffix("mm"))
    assert 0 <= panel_step - STEP_WIDTH <= 2
    assert 0 <= step + between + beside - WIDE_STEP_WIDTH <= 2
    assert 0 <= step - frame(".question > .box") - QUESTION_WIDTH <= 2
    assert abs(beside - frame(".exit") - EXIT_WIDTH) <= 0.1
