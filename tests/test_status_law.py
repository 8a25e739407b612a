"""Which law is to be looked at again: by its days, by what is in doubt, and by what content rests on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from broken import LAW
from programmes import Edit
from test_status import seen

from generator.programme.status.law import CitingContent, LawDue, cites

TODAY = date(2026, 1, 20)


def law(root: Path, day: date = TODAY) -> LawDue:
    return seen(root, day).law


@pytest.mark.parametrize(
    ("cited", "place", "rests"),
    [
        ("8", "8", True),
        ("8", "8.2", True),
        ("8.2", "8", True),
        ("8.2", "", True),
        ("", "", True),
        ("8.2", "8.3", False),
        ("8", "80", False),
        ("80", "8", False),
        ("", "8", False),
    ],
)
def test_content_rests_on_what_it_cites_within_that_and_around_it(
    cited: str, place: str, rests: bool
) -> None:
    """Whoever cites a document alone rests on none of its articles by itself."""
    content = CitingContent(
        id="bai", kind="lesson", title="Bài", day=TODAY, is_checked=False, places=(("nd-moi", cited),)
    )
    assert cites(content, "nd-moi", place) is rests
    assert not cites(content, "nd-cu", place)


def test_a_change_is_to_come_until_the_day_before_it(good: Path) -> None:
    coming = [(one.locator, one.change) for one in law(good, date(2026, 6, 30)).coming]
    assert coming == [("8.5", "begins")]
    assert law(good, date(2026, 7, 1)).coming == ()


def test_what_the_register_says_only_until_a_day_is_told_with_all_that_ends(good: Path, edit: Edit) -> None:
    edit(good, LAW, "{gist: Buộc làm sạch.}", "{gist: Buộc làm sạch., valid_until: 2026-03-31}")
    found = seen(good)
    assert [one.change for one in found.law.coming] == ["begins"]
    assert [one.last_day for one in found.last_days.coming] == [date(2026, 3, 31)]


def test_what_may_not_be_cited_comes_before_what_was_looked_at_longer_ago(good: Path, edit: Edit) -> None:
    edit(
        good,
        LAW,
        "confidence: medium\n    checked: 10/01/2026",
        "confidence: medium\n    checked: 01/01/2026",
    )
    found = [(one.document, one.locator, one.doubt) for one in law(good).doubtful]
    assert found == [("nd-moi", "8.6", "unverified"), ("ke-hoach-mau", "", "compare")]


def test_a_document_in_doubt_stands_for_its_places_but_not_for_one_that_may_not_be_cited(
    good: Path, edit: Edit
) -> None:
    edit(good, LAW, 'nd-moi"]\n    confidence: high', 'nd-moi"]\n    confidence: medium')
    found = [(one.locator, one.doubt) for one in law(good).doubtful if one.document == "nd-moi"]
    assert found == [("8.6", "unverified"), ("", "compare")]


def test_law_that_has_ended_is_not_looked_at_again(good: Path, edit: Edit) -> None:
    edit(good, LAW, "Giữ giếng sạch.}\n    confidence: high", "Giữ giếng sạch.}\n    confidence: medium")
    in_doubt = [{one.document for one in law(good, date(2025, month, 1)).doubtful} for month in (6, 7)]
    assert [("nd-cu" in found) for found in in_doubt] == [True, False]


def test_a_day_is_missed_only_where_the_law_is_cited(good: Path, edit: Edit) -> None:
    plan = "  ke-hoach-mau:\n"
    words = "number: 9/KH-MẪU, short: Kế hoạch 9, title: Kế hoạch khác, issuer: UBND tỉnh Mẫu"
    uncited = f"  kh-khac: {{{words}, status: in-force, confidence: high, checked: 10/01/2026}}\n"
    edit(good, LAW, plan, uncited + plan)
    assert law(good).undated == {}
    edit(good, LAW, "    effective_from: 01/07/2025\n", "")
    assert law(good).undated == {"nd-moi": "Nghị định 2/2025"}
