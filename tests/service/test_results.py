"""A result by objectives of the course, and what to read again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from programmes import change

from taphuan.programme.loader import load
from taphuan.quiz import Answer, mark
from taphuan.records.events.ledger import Event
from taphuan.service.test_view import Result, Results

FIRST, SECOND = "Giữ nguồn nước", "Báo khi nước bẩn"


def result(root: Path, **rights: bool) -> Result:
    """The result of two questions, the first about a lesson's own objective."""
    programme = load(root).programme
    assert programme
    key = {
        "cua-bai": Answer(kind="single-choice", right=("a",), objective="goi-dung-nguoi"),
        "cua-khoa": Answer(kind="single-choice", right=("a",), objective="bao-tin"),
    }
    given = {id.replace("_", "-"): ("a",) for id, is_right in rights.items() if is_right}
    event = Event(
        kind="attempt", event_id="e", person="p", course="nuoc-sach", payload={"rule": {"pass_share": 80}}
    )
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return Results(programme).worded(event, mark(key, given, pass_share=80), at, clock_off=False)


def test_a_lessons_objective_counts_where_it_belongs_and_its_lesson_alone_is_read_again(good: Path) -> None:
    change(good, "content/lessons/nuoc-sach/giu-nguon-nuoc.md", "[giu-nguon]", "[giu-nguon, bao-tin]")
    told = result(good, cua_bai=False, cua_khoa=True)
    assert [(one.title, one.right, one.asked) for one in told.objectives] == [("Báo tin khi nước bẩn", 1, 2)]
    assert [one.title for one in told.reread] == [SECOND]


def test_an_objective_of_the_course_is_read_again_in_all_lessons_that_serve_it(good: Path) -> None:
    change(good, "content/lessons/nuoc-sach/giu-nguon-nuoc.md", "[giu-nguon]", "[giu-nguon, bao-tin]")
    told = result(good, cua_bai=True, cua_khoa=False)
    assert [one.title for one in told.reread] == [FIRST, SECOND]
