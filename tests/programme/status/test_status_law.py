"""Which law is to be looked at again: by its days, by what is in doubt, and by what content rests on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from broken_samples import ACTS, LAW, LESSON
from programmes import Edit
from status_pages import DRAFT, page, section, seen, status

from taphuan.cli import status as status_verb
from taphuan.programme.status.law_due import CitingContent, LawDue, cites

TODAY = date(2026, 1, 20)
#: The end of the law that has ended, up to the word for how sure it is.
LAST_OF_FORMER = "Điều 9 Nghị định 2/2025.}\n    confidence: "


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_verb, "today", lambda: TODAY)


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
    coming = [(change.locator, change.change) for change in law(good, date(2026, 6, 30)).coming]
    assert coming == [("8.5", "begins")]
    assert law(good, date(2026, 7, 1)).coming == ()


def test_what_the_register_says_only_until_a_day_is_told_with_all_that_ends(good: Path, edit: Edit) -> None:
    edit(good, LAW, "{gist: Buộc làm sạch.}", "{gist: Buộc làm sạch., valid_until: 2026-03-31}")
    overview = seen(good)
    assert [change.change for change in overview.law.coming] == ["begins"]
    assert [ending.last_day for ending in overview.last_days.coming] == [date(2026, 3, 31)]


def test_what_may_not_be_cited_comes_before_what_was_looked_at_longer_ago(good: Path, edit: Edit) -> None:
    edit(
        good,
        LAW,
        "confidence: medium\n    checked: 10/01/2026",
        "confidence: medium\n    checked: 01/01/2026",
    )
    doubts = [(doubt.document, doubt.locator, doubt.doubt) for doubt in law(good).doubtful]
    assert doubts == [("nd-moi", "8.6", "unverified"), ("ke-hoach-mau", "", "compare")]


def test_a_document_in_doubt_stands_for_its_places_but_not_for_one_that_may_not_be_cited(
    good: Path, edit: Edit
) -> None:
    edit(good, LAW, 'nd-moi"]\n    confidence: high', 'nd-moi"]\n    confidence: medium')
    doubts = [(doubt.locator, doubt.doubt) for doubt in law(good).doubtful if doubt.document == "nd-moi"]
    assert doubts == [("8.6", "unverified"), ("", "compare")]


def test_law_that_has_ended_is_not_looked_at_again(good: Path, edit: Edit) -> None:
    edit(good, LAW, f"{LAST_OF_FORMER}high", f"{LAST_OF_FORMER}medium")
    in_doubt = [{doubt.document for doubt in law(good, date(2025, month, 1)).doubtful} for month in (6, 7)]
    assert [("nd-cu" in documents) for documents in in_doubt] == [True, False]


def test_a_day_is_missed_only_where_the_law_is_cited(good: Path, edit: Edit) -> None:
    plan = "  ke-hoach-mau:\n"
    words = "number: 9/KH-MẪU, short: Kế hoạch 9, title: Kế hoạch khác, topic: health, issuer: Mẫu"
    uncited = f"  kh-khac: {{{words}, status: in-force, confidence: high, checked: 10/01/2026}}\n"
    edit(good, LAW, plan, uncited + plan)
    assert law(good).undated == {}
    edit(good, LAW, "    effective_from: 01/07/2025\n", "")
    assert law(good).undated == {"nd-moi": "Nghị định 2/2025"}


# --- as the page tells it --------------------------------------------------------------------------


def test_law_that_changes_is_told_by_its_day_with_how_much_content_cites_it(good: Path) -> None:
    words = section(page(good), "VĂN BẢN PHÁP LUẬT CẦN KIỂM LẠI")
    assert "Hiệu lực kiểm tới ngày 10/01/2026; 10 ngày sau đó chưa kiểm." in words
    assert "kiểm tới ngày 10/01/2026. " in " ".join(page(good, "--date", "10/01/2026").split())
    assert "01/7/2026 Nghị định 2/2025, Điều 8 khoản 5 bắt đầu có hiệu lực (" in words
    assert "không dẫn như luật (kèm ngày xem gần nhất): 10/01/2026 Nghị định 2/2025, Điều 8 khoản 6" in words
    assert "cần đối chiếu bản gốc (kèm ngày xem gần nhất): 10/01/2026 Kế hoạch tỉnh Mẫu (" in words
    assert "Nghị định 1/2020" not in words  # it has ended
    later = section(page(good, "--date", "02/7/2026"), "VĂN BẢN PHÁP LUẬT CẦN KIỂM LẠI")
    assert "bắt đầu có hiệu lực" not in later


def changes_of(root: Path, day: date) -> list[tuple[str, str, str]]:
    outdated = seen(root, day).age.outdated
    return [(content.id, change.document, change.change) for content in outdated for change in content.law]


@pytest.mark.parametrize(
    ("words", "is_dated"),
    [
        ("có hiệu lực thi hành kể từ ngày 01/3/2026", True),
        ("Hiệu lực từ 01/3/2026", True),
        ("hiệu lực từ 31/02/2026", False),
        ("hiệu lực từ 01/3/9999", False),
    ],
)
def test_an_amendment_has_the_day_that_its_words_tell_and_none_of_no_calendar(
    words: str, is_dated: bool, good: Path, edit: Edit
) -> None:
    edit(good, LAW, "    related: [Ng", f"    amended_by: ['Luật 9, {words}']\n    related: [Ng")
    overview = seen(good)
    assert ("nd-moi" in overview.law.undated) is not is_dated
    assert any(change.change == "amended" for change in overview.law.coming) is is_dated


def test_content_is_older_than_its_law_from_the_day_on_which_that_changes(good: Path, edit: Edit) -> None:
    edit(
        good,
        LAW,
        "    related: [Ng",
        "    amended_by: ['Luật 9, hiệu lực từ 01/3/2026']\n    related: [Ng",
    )
    cited = {id for id, *_ in changes_of(good, date(2026, 3, 1))}
    assert "nuoc-sach/giu-nguon-nuoc" in cited
    assert changes_of(good, date(2026, 2, 28)) == []
    words = section(page(good, "--date", "01/03/2026"), "NỘI DUNG CŨ HƠN VĂN BẢN ĐƯỢC DẪN")
    assert "01/3/2026 Nghị định 2/2025 được sửa đổi: Luật 9, hiệu lực từ 01/3/2026. Cần đọc lại: " in words
    assert "nuoc-sach/giu-nguon-nuoc (bài)" in words


def test_content_that_somebody_checked_since_is_not_older(good: Path, edit: Edit) -> None:
    edit(
        good,
        LAW,
        "    related: [Ng",
        "    amended_by: ['Luật 9, hiệu lực từ 01/3/2026']\n    related: [Ng",
    )
    edit(good, LESSON, DRAFT, "review: {status: reviewed, checked: 2026-03-01}")
    outdated = {id for id, *_ in changes_of(good, date(2026, 3, 1))}
    assert outdated
    assert "nuoc-sach/giu-nguon-nuoc" not in outdated


def test_content_is_older_than_an_entry_that_was_compared_again(good: Path, edit: Edit) -> None:
    text = (good / LAW).read_text(encoding="utf-8")
    first, mark, rest = text.partition("  nd-moi:")
    (good / LAW).write_text(first + mark + rest.replace("10/01/2026", "18/01/2026", 1), encoding="utf-8")
    edit(good, ACTS, "checked: 2026-01-12", "checked: 2026-01-18")
    changes = changes_of(good, date(2026, 1, 20))
    assert ("nuoc-sach/giu-nguon-nuoc", "nd-moi", "compared") in changes
    words = section(page(good), "NỘI DUNG CŨ HƠN VĂN BẢN ĐƯỢC DẪN")
    assert "18/01/2026 Nghị định 2/2025 được đối chiếu lại trong sổ pháp luật." in words


def test_where_nothing_is_older_it_is_said_what_was_compared_and_that_more_is_not_known(good: Path) -> None:
    words = section(page(good), "NỘI DUNG CŨ HƠN VĂN BẢN ĐƯỢC DẪN")
    assert "nội dung chưa ghi ngày ấy thì lấy ngày chung của chương trình, 15/01/2026." in words
    assert "Thay đổi không có trong sổ thì phần mềm không biết." in words


def test_an_amendment_without_a_day_is_told_as_one_that_could_not_be_compared(good: Path, edit: Edit) -> None:
    edit(good, LAW, "    related: [Ng", "    amended_by: [Luật 9]\n    related: [Ng")
    words = section(page(good), "VĂN BẢN PHÁP LUẬT CẦN KIỂM LẠI")
    assert "chưa so được với ngày của nội dung: Nghị định 2/2025." in words


def test_what_the_register_says_only_until_a_day_makes_content_older_after_it(good: Path, edit: Edit) -> None:
    law = "    title: Nghị định về nước sạch\n"
    edit(good, LAW, law, f"{law}    valid_until: 2026-03-31\n")
    assert changes_of(good, date(2026, 3, 31)) == []
    assert ("nuoc-sach/giu-nguon-nuoc", "nd-moi", "lapsed") in changes_of(good, date(2026, 4, 1))
    words = section(status(good, "--date", "01/4/2026").stdout, "NỘI DUNG CŨ HƠN VĂN BẢN ĐƯỢC DẪN")
    assert "01/4/2026 Nội dung sổ pháp luật ghi về Nghị định 2/2025 hết đúng. Cần đọc lại: " in words
