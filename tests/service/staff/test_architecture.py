"""The page docs/architecture.md has the rooms as they import, its stories the functions as entered."""

from __future__ import annotations

import re
from pathlib import Path

import grimp
import pytest
from call_tracer import CallTracer
from fixtures_service import REPOSITORY, write_programme
from traced_stories import (
    QuestionStory,
    RosterStory,
    portal,
    question_story,
    right_of,
    roster_story,
    tracer,
)

import taphuan
from taphuan.programme.loader import load, programme_folder
from taphuan.programme.loader.validation import validate
from taphuan.records import Store
from taphuan.render.paper import sheets
from taphuan.render.site import pages
from taphuan.render.text.prose import Prose

__all__ = ["portal", "question_story", "roster_story", "tracer"]

PAGE = (REPOSITORY / "docs/architecture.md").read_text(encoding="utf-8")
PICTURE = PAGE.partition("```mermaid")[2].partition("```")[0]
HOP = re.compile(r"`([a-z_/]+\.py:[A-Za-z_.]+)`")


def hops_told(story: int) -> list[str]:
    """Returns the functions that a story names, in its order."""
    text = PAGE.partition(f"## Story {story}:")[2].partition("\n## ")[0]
    return HOP.findall(text)


def assert_told_in_order(story: int, tracer: CallTracer) -> None:
    told, entered = hops_told(story), tracer.hops
    assert len(told) >= 8
    assert [hop for hop in told if hop not in entered] == []
    assert told == sorted(told, key=entered.index)


def test_a_question_is_told_from_its_bank_to_the_cell_of_a_report(
    question_story: QuestionStory,
    store: Store,
    tracer: CallTracer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Other tests of the service keep what was validated.
    monkeypatch.setattr(programme_folder, "validate", validate)
    root, learner = write_programme(tmp_path / "programme"), question_story.learner
    with tracer.recording():
        load(root)
        attempt, form = learner.begin()
    right = right_of(store, form)
    with tracer.recording():
        learner.hand_in(attempt, form, right)
        question_story.report()
    assert_told_in_order(1, tracer)


def test_a_citation_is_told_from_its_lesson_to_the_printed_note(tracer: CallTracer, tmp_path: Path) -> None:
    root = write_programme(tmp_path / "programme")
    with tracer.recording():
        programme = load(root).programme
        assert programme is not None
        printed = list(sheets(programme, Prose(programme), site_url=""))
        drawn = list(pages(programme))
    assert printed
    assert drawn
    assert_told_in_order(2, tracer)
    # It is entered before the sheets too, where a flow's text is measured: it has no place in the order.
    assert "programme/model/pointer.py:expand_pointers" in tracer.hops


def test_a_cell_is_told_from_the_list_to_the_share_on_the_public_page(
    roster_story: RosterStory, tracer: CallTracer
) -> None:
    with tracer.recording():
        roster_story.freeze(roster_story.preview())
        public = roster_story.share()
    assert public.status_code == 200
    assert_told_in_order(3, tracer)


def test_the_picture_has_every_room_and_only_arrows_that_are_imports() -> None:
    package = Path(taphuan.__file__).parent
    rooms = {path.parent.name for path in package.glob("*/__init__.py")}
    rooms |= {path.stem for path in package.glob("*.py")} - {"__init__", "__main__"}
    assert set(re.findall(r"^ +(\w+)\[", PICTURE, re.MULTILINE)) == rooms
    graph = grimp.build_graph("taphuan")
    arrows = re.findall(r"^ +(\w+) --> (\w+)$", PICTURE, re.MULTILINE)
    assert len(arrows) >= len(rooms)
    for importer, imported in arrows:
        chains = graph.find_shortest_chains(f"taphuan.{importer}", f"taphuan.{imported}")
        assert any(len(chain) == 2 for chain in chains), f"{importer} imports nothing of {imported}"
