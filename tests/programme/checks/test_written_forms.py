"""Days, weekdays and percentages have one form, in what authors write."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_samples import SECOND
from programmes import Edit, FindingsOf

from taphuan.programme.checks.wording import other_forms

LINE = "Nước có mùi lạ"


@pytest.mark.parametrize(
    ("text", "typed", "written"),
    [
        ("Hạn là 01/07/2026.", "01/07/2026", "01/7/2026"),
        ("Hạn là 5/3/2026.", "5/3/2026", "05/3/2026"),
        ("Hạn là 14/2/2027.", "14/2/2027", "14/02/2027"),
        ("Đạt 89,5 % số xã.", "89,5 %", "89,5%"),
        ("Đạt 120\N{NO-BREAK SPACE}% số xã.", "120\N{NO-BREAK SPACE}%", "120%"),
        ("Sáng thứ hai họp.", "thứ hai", "thứ Hai"),
        ("Họp chiều thứ hai của tuần sau.", "thứ hai", "thứ Hai"),
        ("Thứ sáu 03/12/2027 họp.", "Thứ sáu", "Thứ Sáu"),
        ("Họp thứ tư, ngày 20/3/2026.", "thứ tư", "thứ Tư"),
    ],
)
def test_another_form_is_found_with_the_one_that_is_written(text: str, typed: str, written: str) -> None:
    assert [(typed, form) for _, typed, form in other_forms(text)] == [(typed, written)]


@pytest.mark.parametrize(
    "text",
    [
        "Từ 03/9/2026 đến 14/02/2027, và ngày 20/3/2026.",
        "Đã có 34/38 nơi, tức 89,5%.",
        "Hộ thứ hai và lần thứ ba; ngày thứ hai của lớp.",
        "Buổi chiều thứ hai của lớp; đêm thứ ba liên tiếp.",
        "Gọi lần thứ hai 03/9/2026, đạt điểm thứ ba 1/3; tháng thứ hai 1/2027.",
        "Sáng thứ Hai họp. Thứ Sáu 03/12/2027 gửi.",
        "Nghị quyết 1670/NQ-UBTVQH15, số 12/34/5678-A.",
        "Ngày 31/02/2026 không có.",
    ],
)
def test_what_is_written_as_documents_write_it_is_left_alone(text: str) -> None:
    assert list(other_forms(text)) == []


def test_it_is_found_at_its_place(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    line, column = edit(good, SECOND, LINE, f"Sáng «thứ hai thì nghỉ. {LINE}")
    (finding,) = findings_of(good)
    assert (finding.code, finding.line, finding.column) == ("written-form", line, column)
    assert finding.fix == "viết “thứ Hai”"


def test_a_name_that_something_does_not_go_by_is_found_and_readers_do_not_see_the_list(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    names = "names:\n  bai: {use: bài phát thanh, avoid: [bài loa], reason: Một tên.}\nglossary:"
    edit(good, "content/programme/terms.yml", "glossary:", names)
    line, column = edit(good, SECOND, LINE, f"Đọc «bài loa. {LINE}")
    (finding,) = findings_of(good)
    assert (finding.code, finding.line, finding.column) == ("avoided-phrase", line, column)
    assert "bài phát thanh" in finding.fix
