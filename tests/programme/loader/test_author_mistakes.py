"""Mistakes of authors are found where they are, or done right in silence; none passes as something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from author_mistakes import GOOD_LESSON, LESSON, Mistake
from author_mistakes.edited_in_notepad import NOTEPAD
from author_mistakes.newcomer import NEWCOMER
from author_mistakes.pasted_from_word import WORD
from author_mistakes.typed_on_phone import PHONE
from programmes import change, codes

from taphuan.programme.loader import LoadResult, load
from taphuan.render.text.paper import Notes
from taphuan.render.text.prose import Prose

MISTAKES = (*NEWCOMER, *WORD, *PHONE, *NOTEPAD)
ROWS = [
    pytest.param(
        mistake,
        id=mistake.author,
        marks=pytest.mark.xfail(strict=True, reason=mistake.not_yet) if mistake.not_yet else (),
    )
    for mistake in MISTAKES
]


@pytest.fixture
def lesson(good: Path) -> Path:
    (good / LESSON).write_text(GOOD_LESSON, encoding="utf-8")
    return good


def test_the_lesson_without_a_mistake_has_nothing_to_put_right(lesson: Path) -> None:
    assert load(lesson).findings == ()


@pytest.mark.parametrize("mistake", ROWS)
def test_an_author(mistake: Mistake, lesson: Path) -> None:
    line = _made(mistake, lesson)
    loading = load(lesson)
    expected = sorted((mistake.code, *mistake.also)) if mistake.code else []
    assert sorted(codes(loading)) == expected, [(each.line, each.message) for each in loading.findings]
    if mistake.code:
        _is_found(mistake, loading, line)
    else:
        _is_seen(mistake, loading)


def _made(mistake: Mistake, root: Path) -> int:
    """Makes the mistake; returns the line at which it must be found."""
    if mistake.make:
        mistake.make(root)
        return mistake.line
    return change(root, mistake.file, mistake.old, mistake.new)[0]


def _is_found(mistake: Mistake, loading: LoadResult, line: int) -> None:
    """The finding stands at its line, in the file of the mistake."""
    finding = next(each for each in loading.findings if each.code == mistake.code)
    assert mistake.fix in finding.fix
    if line:
        assert (finding.file, finding.line) == (mistake.file, line)


def _is_seen(mistake: Mistake, loading: LoadResult) -> None:
    assert loading.programme
    assert mistake.seen or mistake.unseen
    body = loading.programme.lessons["nuoc-sach/giu-nguon-nuoc"].body
    prose = Prose(loading.programme)
    for html in (prose.html(body, "bai/index.md", LESSON), prose.print_html(body, Notes(), LESSON)):
        for piece in mistake.seen:
            assert piece in html
        for piece in mistake.unseen:
            assert piece not in html
