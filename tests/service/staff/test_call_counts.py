"""How many functions and files a reader follows from a request to what comes of it: no more than before.

What happens once in a process is done beforehand, so that a story is as long in any order of tests.
"""

from __future__ import annotations

import pytest
from call_tracer import CallTracer
from traced_stories import (
    QuestionStory,
    RosterStory,
    portal,
    question_story,
    right_of,
    roster_story,
    tracer,
)

from taphuan.records import Store
from taphuan.reports import appendices

__all__ = ["portal", "question_story", "roster_story", "tracer"]

#: Functions and files, as counted in November 2026; what makes a story shorter lowers them. Some draw the bar
#: and the foot that pages of the service share with the site; a list that is looked over says what it changes
#: and a public share keeps small numbers back, which made the second 17 functions longer.
MOST = {"question": (265, 49), "roster": (342, 62)}
#: A chart stands beside a figure: what draws it is no part of the way to the figure.
CHARTS = {f"render/{name}.py" for name in ("share_bar", "timeline", "tile_map", "raster", "chromium")}
CHARTS |= {"targets/charts.py", "templates/charts.html.j2"}
#: What may be entered besides where a machine is slow and somebody has to wait.
WAITING = 3


def assert_no_longer(story: str, tracer: CallTracer) -> None:
    """Holds a story to what was counted; `pytest -s` shows it function by function."""
    hops = [hop for hop in tracer.hops if hop.partition(":")[0] not in CHARTS]
    functions, files = len(hops), len({hop.partition(":")[0] for hop in hops})
    print(f"\n{story}: {functions} functions in {files} files", *hops, sep="\n  ")
    most_functions, most_files = MOST[story]
    assert functions <= most_functions + WAITING
    assert files <= most_files + WAITING


def test_from_an_answer_that_is_handed_in_to_the_cell_of_a_report(
    question_story: QuestionStory, store: Store, tracer: CallTracer, monkeypatch: pytest.MonkeyPatch
) -> None:
    #: Nor is the picture of an annex any part of the way to its cells.
    monkeypatch.setattr(appendices, "_map", lambda *_: iter(()))
    question_story.report()
    learner = question_story.learner
    attempt, form = learner.begin()
    right = right_of(store, form)
    with tracer.recording():
        handed_in = learner.hand_in(attempt, form, right)
        report = question_story.report()
    assert handed_in.json()["passed"]
    assert report.headers["content-disposition"].endswith('.docx"')
    assert_no_longer("question", tracer)


def test_from_a_list_that_is_sent_up_to_the_share_on_the_public_page(
    roster_story: RosterStory, tracer: CallTracer
) -> None:
    roster_story.preview()
    roster_story.share()
    with tracer.recording():
        settled = roster_story.freeze(roster_story.preview())
        public = roster_story.share()
    assert settled.status_code == 303
    assert "trong số 6 người" in " ".join(public.text.split())
    assert_no_longer("roster", tracer)
