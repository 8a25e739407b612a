"""Ways through a branching scenario, and the lines by which lessons place one."""

from __future__ import annotations

from pathlib import Path

import pytest

from taphuan.programme.course_figures import lesson_minutes, scenario_minutes
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.scenario import Scenario, Way, placed_scenarios
from taphuan.programme.status.law_due import citing_content


@pytest.fixture
def programme(good: Path) -> Programme:
    programme = load(good).programme
    assert programme is not None
    return programme


def scenario(**leads_to: str) -> Scenario:
    """A scenario of scenes that lead to those named by letters; one that leads nowhere is an end."""
    scenes = {
        id: {
            "title": f"Cảnh {id}",
            "text": "Chuyện.",
            "end": not nexts,
            "choices": [{"text": f"Sang {to}", "consequence": f"Tới {to}.", "next": to} for to in nexts],
        }
        for id, nexts in leads_to.items()
    }
    return Scenario.model_validate({"id": "thu", "title": "Thử", "scenes": scenes})


def paths(of: Scenario) -> set[str]:
    return {"".join(step.scene.title[-1] for step in path) for path in of.calm_paths}


def test_it_begins_with_the_scene_that_is_written_first() -> None:
    assert scenario(c="bc", b="").first == "c"


def test_the_way_into_a_scene_is_the_shortest_one_and_the_first_scene_has_none() -> None:
    ways = scenario(a="bc", b="da", c="ed", d="e", e="").first_ways
    assert ways == {"b": Way("a", 0), "c": Way("a", 1), "d": Way("b", 0), "e": Way("c", 0)}


def test_a_path_comes_to_no_scene_twice() -> None:
    assert paths(scenario(a="abc", b="ad", c="bd", d="")) == {"abd", "acbd", "acd"}


def test_nobody_waits_for_the_paths_of_a_scenario_that_has_too_many_scenes() -> None:
    names = "abcdefghijklmnop"
    assert paths(scenario(**{id: names.replace(id, "") for id in names[:-1]}, p="")) == set()


def test_the_longest_calm_path_is_what_counts_toward_the_minutes_of_a_lesson(
    programme: Programme,
) -> None:
    short, long = scenario(a="bc", b="", c="b"), scenario(a="bc", b="", c="bd", d="b")
    assert scenario_minutes(long) > scenario_minutes(short) > 0
    lesson = programme.lessons["nuoc-sach/bao-nuoc-ban"]
    without = lesson.model_copy(update={"body": lesson.body.replace("!!! scenario nuoc-duc", "")})
    difference = lesson_minutes(programme, lesson) - lesson_minutes(programme, without)
    assert difference >= 1
    assert abs(difference - scenario_minutes(programme.scenarios["nuoc-duc"])) < 1  # both are rounded


def test_law_that_a_scenario_cites_is_law_that_it_rests_on(programme: Programme) -> None:
    (content,) = (content for content in citing_content(programme) if content.kind == "scenario")
    assert (content.id, content.places) == ("nuoc-duc", (("nd-moi", "3"),))


@pytest.mark.parametrize(
    "line",
    ["!!! scenario nuoc-duc", '!! scenario "nuoc-duc"', "??? Scenario: nuoc-duc  ", "!!!scenario nuoc-duc"],
)
def test_a_line_places_it_however_it_is_typed(line: str) -> None:
    (placed,) = placed_scenarios(f"Chữ.\n\n{line}\n\nChữ.")
    assert placed.id == "nuoc-duc"


@pytest.mark.parametrize(
    "text",
    ["    !!! scenario a", "```\n!!! scenario a\n```", "<!-- taphuan:\n!!! scenario a -->", "scenario a"],
)
def test_within_a_block_code_or_a_comment_it_places_none(text: str) -> None:
    assert placed_scenarios(text) == ()
