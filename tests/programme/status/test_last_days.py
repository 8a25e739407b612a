"""What is right until a day: nothing rests on it for longer, and whoever looks ahead reads all of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from broken_samples import BANK, COURSE, LAW, LESSON, TERMS, TESTS
from programmes import Edit, FindingsOf

from taphuan.programme.loader import load
from taphuan.programme.loader.programme_folder import Memo
from taphuan.programme.status.law_due import LastDay, last_days

LAST = date(2026, 12, 31)


def by_name(root: Path) -> dict[str, LastDay]:
    loading = load(root)
    assert loading.findings == ()
    assert loading.programme
    return {entry.name: entry for entry in last_days(loading.programme)}


def test_a_test_is_told_that_too_few_of_its_questions_are_still_right(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, TESTS, "objective: bao-tin\n", "objective: bao-tin\n    valid_until: 14/01/2026\n")
    over, small = findings_of(good)
    assert (over.code, over.file) == ("question-over", TESTS)
    assert (small.code, small.file) == ("bank-left-too-small", COURSE)
    assert "đề cần 2 câu, nhưng đến ngày 15/01/2026" in small.message
    assert "chỉ còn 1 câu" in small.message


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


def test_a_live_preview_misses_a_day_that_is_taken_back_from_a_question(good: Path, edit: Edit) -> None:
    """No text changes with a day, and texts in which nothing was found are not looked through again."""
    edit(good, LAW, "gist: Mọi người giữ nguồn nước.}", f"gist: Giữ nước., valid_until: {LAST:%d/%m/%Y}}}")
    edit(good, BANK, "[@nd-moi:3].\n", "[@nd-moi:3].\n    valid_until: 31/12/2026\n")
    memo = Memo()
    assert load(good, memo=memo).findings == ()
    edit(good, BANK, "    valid_until: 31/12/2026\n", "")
    assert [finding.code for finding in load(good, memo=memo).findings] == ["question-outlives-law"]


def test_all_that_ends_is_told_with_its_day_and_what_rests_on_it(good: Path, edit: Edit) -> None:
    edit(good, LAW, "gist: Mọi người giữ nguồn nước.}", f"gist: Giữ nước., valid_until: {LAST:%d/%m/%Y}}}")
    edit(good, BANK, "[@nd-moi:3].\n", "[@nd-moi:3].\n    valid_until: 30/12/2026\n")
    edit(good, TERMS, 'source: "[@nd-moi:8.2]"\n', 'source: "[@nd-moi:8.2]"\n    valid_until: 01/02/2027\n')
    edit(
        good,
        COURSE,
        "review: {status: draft}",
        "review: {status: approved, by: Sở, decision: 1/QĐ, approved: 10/01/2026, valid_until: 10/01/2028}",
    )
    ends = by_name(good)
    assert [(ending.kind, ending.last_day) for ending in ends.values()] == [
        ("question", date(2026, 12, 30)),
        ("law", LAST),
        ("term", date(2027, 2, 1)),
        ("approval", date(2028, 1, 10)),
    ]
    law = ends["Nghị định 2/2025, Điều 3"]
    assert law.file == LAW
    assert {LESSON, BANK, TERMS} <= set(law.cited_in)


def test_law_that_ends_is_told_as_long_as_a_text_rests_on_it(good: Path, edit: Edit) -> None:
    """The decree of 2020 ended and nothing cites it; one that will end is cited."""
    edit(
        good, LAW, '"3": {title: Giữ nguồn nước,', '"3": {title: Giữ nguồn nước, effective_until: 31/12/2026,'
    )
    edit(good, BANK, "[@nd-moi:3].\n", "[@nd-moi:3].\n    valid_until: 31/12/2026\n")
    assert by_name(good)["Nghị định 2/2025, Điều 3"].last_day == LAST
    assert "Nghị định 1/2020" not in by_name(good)
