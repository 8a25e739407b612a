"""Checks of branching scenarios: every way leads to an end, choices have consequences, lessons place them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..model.programme import Programme
from ..model.question_parts import LETTERS
from ..model.scenario import MOST_CHOICES, MOST_SCENES, Scenario, placed_scenarios, scenario_lines
from ..problems import Place, Problem, nearest_name, place_of, unknown_name
from .passages import Passage

FEWEST = 2


def check_scenarios(programme: Programme) -> Iterator[Problem]:
    for scenario in programme.scenarios.values():
        yield from _sizes(scenario)
        for id in scenario.scenes:
            yield from _scene(scenario, id)
        yield from _unreachable(scenario)
        yield from _endless(scenario)
    yield from _unplaced(programme)


def _sizes(scenario: Scenario) -> Iterator[Problem]:
    count = len(scenario.scenes)
    if not FEWEST <= count <= MOST_SCENES:
        values = {"count": str(count), "least": str(FEWEST), "most": str(MOST_SCENES)}
        place = replace(place_of(scenario, "scenes"), at_key=True)
        yield Problem(code="scene-count", place=place, values=values)


def _scene(scenario: Scenario, id: str) -> Iterator[Problem]:
    scene, place = scenario.scenes[id], _at(scenario, id)
    if scene.end and scene.choices:
        where = replace(place_of(scenario, "scenes", id, "end"), at_key=True)
        yield Problem(code="end-with-choices", place=where, values={"id": id})
    if not scene.end and not scene.choices:
        yield Problem(code="dead-end", place=place, values={"id": id})
    elif scene.choices and not FEWEST <= len(scene.choices) <= MOST_CHOICES:
        count = {"count": str(len(scene.choices)), "least": str(FEWEST), "most": str(MOST_CHOICES)}
        where = replace(place_of(scenario, "scenes", id, "choices"), at_key=True)
        yield Problem(code="choice-count", place=where, values={"id": id, **count})
    yield from _choices(scenario, id)


def _choices(scenario: Scenario, id: str) -> Iterator[Problem]:
    """Yields choices that lead nowhere, or say or bring about what an earlier one of the scene does."""
    said: dict[str, int] = {}
    brought: dict[str, int] = {}
    for index, choice in enumerate(scenario.scenes[id].choices):
        path = ("scenes", id, "choices", index)
        if choice.next not in scenario.scenes:
            yield unknown_name("scene", place_of(scenario, *path, "next"), choice.next, scenario.scenes)
        if index >= len(LETTERS):
            continue  # There are too many to tell them apart, which is a finding of its own.
        if (first := said.setdefault(_plain(choice.text), index)) != index:
            place, values = place_of(scenario, *path, "text"), _pair(id, first, index)
            yield Problem(code="same-choices", place=place, values=values)
        if (first := brought.setdefault(_plain(choice.consequence), index)) != index:
            place, values = place_of(scenario, *path, "consequence"), _pair(id, first, index)
            yield Problem(code="same-consequences", place=place, values=values)


def _plain(text: str) -> str:
    return text.casefold().rstrip(" .!…")


def _pair(id: str, first: int, second: int) -> dict[str, str]:
    return {"id": id, "first": LETTERS[first], "second": LETTERS[second]}


def _unreachable(scenario: Scenario) -> Iterator[Problem]:
    """Yields scenes that no choice leads to, unless one leads to a scene that may be mistyped."""
    scenes = scenario.scenes
    if all(choice.next in scenes for scene in scenes.values() for choice in scene.choices):
        for id in scenes:
            if id != scenario.first and id not in scenario.first_ways:
                yield Problem(code="unreachable-scene", place=_at(scenario, id), values={"id": id})


def _endless(scenario: Scenario) -> Iterator[Problem]:
    """Yields the first scene from which no way leads to an end.

    A way that breaks off, in a dead end or towards an unknown scene, is found there, and counts as one here.
    """
    leading = {
        id
        for id, scene in scenario.scenes.items()
        if scene.end
        or not scene.choices
        or any(choice.next not in scenario.scenes for choice in scene.choices)
    }
    while more := {
        id
        for id, scene in scenario.scenes.items()
        if id not in leading and any(choice.next in leading for choice in scene.choices)
    }:
        leading |= more
    reachable = (scenario.first, *scenario.first_ways)
    endless = [id for id in scenario.scenes if id in reachable and id not in leading]
    if endless:
        values = {"id": endless[0], "ids": ", ".join(endless)}
        yield Problem(code="endless-loop", place=_at(scenario, endless[0]), values=values)


def _unplaced(programme: Programme) -> Iterator[Problem]:
    """Yields the scenarios that no lesson places; a mistyped id counts as the scenario that was meant."""
    named = {line.id for lesson in programme.lessons.values() for line in placed_scenarios(lesson.body)}
    meant = {nearest_name(id, programme.scenarios) for id in named if id not in programme.scenarios}
    for id, scenario in programme.scenarios.items():
        if id not in named | meant:
            place, values = place_of(scenario, "id"), {"id": id}
            yield Problem(code="scenario-nowhere", place=place, values=values, about="lesson")


def check_placed_scenarios(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Yields lines that place a scenario that is not there, place it again, or stand where none is shown."""
    for passage in passages:
        if "scenario" not in passage.text.lower() or not passage.is_markdown:
            continue
        placed = placed_scenarios(passage.text) if passage.kind == "Lesson" and passage.is_body else ()
        for index, line in enumerate(placed):
            id, place = line.id, passage.at(line.id_start, line.id)
            if id not in programme.scenarios:
                yield unknown_name("scenario", place, id, programme.scenarios)
            elif id in [before.id for before in placed[:index]]:
                yield Problem(code="scenario-twice", place=place, values={"id": id})
        yield from _misplaced(passage, {line.start for line in placed})


def _misplaced(passage: Passage, placed: set[int]) -> Iterator[Problem]:
    for line in scenario_lines(passage.text):
        if line.start not in placed:
            code = "misplaced-scenario" if line.has_id else "scenario-without-id"
            place = passage.at(line.start, line.written)
            yield Problem(code=code, place=place, values={"found": line.written})


def _at(scenario: Scenario, id: str) -> Place:
    return replace(place_of(scenario, "scenes", id), at_key=True)
