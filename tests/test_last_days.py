"""What is right until a day: nothing rests on it for longer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from broken import BANK, COURSE, LAW, TESTS
from programmes import Edit, FindingsOf

from generator.programme.loading import load

LAST = date(2026, 12, 31)


def test_a_test_is_told_that_too_few_of_its_questions_are_still_right(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, TESTS, "objective: bao-tin\n", "objective: bao-tin\n    valid_until: 14/01/2026\n")
    over, small = findings_of(good)
    assert (over.code, over.file) == ("question-over", TESTS)
    assert (small.code, small.file) == ("bank-left-too-small", COURSE)
    assert (
        "đề cần 2 câu, nhưng đến ngày 15/01/2026 ngân hàng “nuoc-sach-kiem-tra” chỉ còn 1 câu"
        in small.message
    )


def test_the_last_day_itself_is_a_good_day(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(good, TESTS, "objective: bao-tin\n", "objective: bao-tin\n    valid_until: 15/01/2026\n")
    assert findings_of(good) == []


@pytest.mark.parametrize("day", ["31/12/2026", "30/12/2026"])
def test_a_question_that_ends_with_its_law_or_before_is_right(
    good: Path, edit: Edit, findings_of: FindingsOf, day: str
) -> None:
    edit(good, LAW, "gist: Mọi người giữ nguồn nước.}", f"gist: Giữ nước., valid_until: {LAST:%d/%m/%Y}}}")
    edit(good, BANK, "[@nd-moi:3].\n", f"[@nd-moi:3].\n    valid_until: {day}\n")
    assert findings_of(good) == []


def test_a_day_taken_back_from_a_question_is_missed_in_a_live_preview(good: Path, edit: Edit) -> None:
    """No text changes with a day, and texts in which nothing was found are not looked through again."""
    edit(good, LAW, "gist: Mọi người giữ nguồn nước.}", f"gist: Giữ nước., valid_until: {LAST:%d/%m/%Y}}}")
    edit(good, BANK, "[@nd-moi:3].\n", "[@nd-moi:3].\n    valid_until: 31/12/2026\n")
    assert load(good).findings == ()
    edit(good, BANK, "    valid_until: 31/12/2026\n", "")
    assert [one.code for one in load(good).findings] == ["question-outlives-law"]
