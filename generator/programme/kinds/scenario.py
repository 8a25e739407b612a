"""Scenarios (tình huống rẽ nhánh), which lessons place."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.programme import Programme
from ..model.scenario import Scenario, placed_scenarios
from .base import DocumentKind, Pattern
from .lesson import audiences_of


def _audiences(programme: Programme, scenario: Scenario) -> Iterable[str]:
    lessons = programme.lessons_placing(scenario)
    return dict.fromkeys(id for lesson in lessons for id in audiences_of(programme, lesson))


KIND = DocumentKind(
    name="scenario",
    model=Scenario,
    folder="content/scenarios",
    words="tình huống rẽ nhánh",
    position=40,
    pattern=Pattern(
        about="tình huống rẽ nhánh, đặt được vào nhiều bài",
        id_words="MÃ_TÌNH_HUỐNG",
        example="cuoc-goi-dem",
    ),
    audiences=_audiences,
    placed_in=lambda body: ((line.id_start, line.id) for line in placed_scenarios(body)),
    review=lambda programme, scenario: programme.scenario_review(scenario),
    approved_with=lambda programme, scenario: programme.lessons_placing(scenario),
    how_approved="phê duyệt bài đặt nó: phê duyệt bài gồm cả tình huống của bài",
)
