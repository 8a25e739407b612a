"""How many functions and files a reader follows from a request to what comes of it: no more than before.

What happens once in a process is done beforehand, so that a story is as long in any order of tests.
"""

from __future__ import annotations

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

__all__ = ["portal", "question_story", "roster_story", "tracer"]

#: Functions and files, as counted in November 2026; what makes a story shorter lowers them. Some draw the bar
#: and the foot that pages of the service share with the site.
MOST = {"question": (265, 52), "roster": (326, 63)}
#: What may be entered besides where a machine is slow and somebody has to wait.
WAITING = 3


def assert_no_longer(story: str, tracer: CallTracer) -> None:
    """Holds a story to what was counted; `pytest -s` shows it function by function."""
    functions, files = len(tracer.hops), len(tracer.files)
    print(f"\n{story}: {functions} functions in {files} files", *tracer.hops, sep="\n  ")
    most_functions, most_files = MOST[story]
    assert functions <= most_functions + WAITING
    assert files <= most_files + WAITING


def test_from_an_answer_that_is_handed_in_to_the_cell_of_a_report(
    question_story: QuestionStory, store: Store, tracer: CallTracer
) -> None:
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
    assert "trong số 2 người" in " ".join(public.text.split())
    assert_no_longer("roster", tracer)
