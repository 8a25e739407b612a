"""What waits for an approval or runs out, and what the plan has no material for."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from broken_samples import (
    CAMPAIGN,
    CHARTER,
    CONTACTS,
    COURSE,
    LESSON,
    PAGE,
    TESTS,
)
from programmes import Edit
from status_pages import DRAFT, drop, page, section, seen

# --- approvals ----------------------------------------------------------------------------------


def approved(until: str) -> str:
    return f"review: {{status: approved, by: Sở, decision: 1/QĐ, approved: 2026-01-16, valid_until: {until}}}"


def test_a_draft_is_called_so_and_comes_after_what_was_reviewed_and_what_runs_out(
    good: Path, edit: Edit
) -> None:
    edit(good, CAMPAIGN, DRAFT, "review: {status: reviewed}")
    edit(good, PAGE, "summary:", f"{approved('2026-01-31')}\nsummary:")
    words = section(page(good), "PHÊ DUYỆT")
    next = words.partition("Việc phê duyệt tiếp theo:")[2]
    assert re.findall(r"- (\S+) \(", next) == [
        "gioi-thieu",
        "giu-giot-nuoc",
        "nuoc-sach",
        "phieu-bao-nuoc",
        "mot-gio-ve-nuoc",
        "the-nuoc-sach",
    ]
    assert (
        "gioi-thieu (trang viết tay): 1 đã phê duyệt. Phê duyệt còn giá trị đến hết ngày 31/01/2026" in next
    )
    assert "giu-giot-nuoc (chiến dịch): 1 đã rà soát. Trình phê duyệt." in next
    assert "nuoc-sach (khóa học và các bài riêng): 3 bản thảo. Rà soát rồi trình phê duyệt." in next


def test_an_approval_that_has_run_out_is_no_approval_on_that_day(good: Path, edit: Edit) -> None:
    edit(good, CAMPAIGN, DRAFT, approved("2026-01-31"))
    before, after = (page(good, "--date", day) for day in ("31/01/2026", "01/02/2026"))
    assert "giu-giot-nuoc (đã phê duyệt)" in section(before, "CHIẾN DỊCH")
    assert "giu-giot-nuoc (hết hạn)" in section(after, "CHIẾN DỊCH")
    assert "1 trong 8 nội dung đã phê duyệt và còn hạn" in before
    assert "Phê duyệt còn giá trị đến hết ngày 31/01/2026" in section(before, "PHÊ DUYỆT")
    assert "0 trong 8 nội dung đã phê duyệt và còn hạn" in after
    assert "Phê duyệt có giá trị đến hết ngày 31/01/2026, nay cần phê duyệt lại." in section(
        after, "PHÊ DUYỆT"
    )


def test_an_approval_that_ends_later_than_is_looked_ahead_waits_for_nobody(good: Path, edit: Edit) -> None:
    edit(good, CAMPAIGN, DRAFT, approved("2026-03-21"))
    assert [awaited.id for awaited in seen(good, within=59).approvals.next] == [
        "nuoc-sach",
        "phieu-bao-nuoc",
        "mot-gio-ve-nuoc",
        "the-nuoc-sach",
        "gioi-thieu",
    ]
    assert [awaited.id for awaited in seen(good, within=60).approvals.next] == [
        "giu-giot-nuoc",
        "nuoc-sach",
        "phieu-bao-nuoc",
        "mot-gio-ve-nuoc",
        "the-nuoc-sach",
        "gioi-thieu",
    ]


def test_a_lesson_that_waits_alone_is_approved_by_its_own_id(good: Path, edit: Edit) -> None:
    for file in (COURSE, LESSON):
        edit(good, file, DRAFT, approved("2027-01-31"))
    first = seen(good).approvals.next[0]
    assert (first.id, first.kind, first.states) == ("nuoc-sach/bao-nuoc-ban", "lesson", {"draft": 1})


def test_a_lesson_that_no_course_names_is_approved_by_itself(good: Path, edit: Edit) -> None:
    edit(good, COURSE, "[giu-nguon-nuoc, bao-nuoc-ban]", "[giu-nguon-nuoc]")
    waiting = [(awaited.id, sum(awaited.states.values())) for awaited in seen(good).approvals.next]
    assert waiting[:2] == [("nuoc-sach", 2), ("nuoc-sach/bao-nuoc-ban", 1)]


def test_where_all_is_approved_it_is_said_until_when(good: Path) -> None:
    drop(good, PAGE)
    for path in [*good.rglob("*.yml"), *good.rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(DRAFT, approved("2027-01-31")), encoding="utf-8")
    words = section(page(good), "PHÊ DUYỆT")
    assert "Mọi nội dung đều đã phê duyệt và còn hạn sau ngày 20/4/2026." in words
    assert "tiếp theo" not in words


def test_a_contact_that_nobody_has_called_is_told_with_what_is_to_be_done(good: Path, edit: Edit) -> None:
    words = section(page(good), "PHÊ DUYỆT")
    assert "có nêu những đầu mối sau: - Số chưa ai gọi thử: Gọi thử trước khi in." in words
    condition = "condition: Gọi thử trước khi in\n"
    edit(good, CONTACTS, condition, f"{condition}    condition_met: 2026-01-10\n")
    assert "đầu mối" not in section(page(good), "PHÊ DUYỆT")


# --- last days ----------------------------------------------------------------------------------


def test_what_ends_is_told_with_its_last_day_and_what_has_ended_first(good: Path, edit: Edit) -> None:
    edit(good, TESTS, "    stem: Ống nước", "    valid_until: 2026-02-10\n    stem: Ống nước")
    edit(good, CAMPAIGN, DRAFT, approved("2026-02-28"))
    text = page(good, "--date", "20/02/2026")
    words = section(text, "HẾT HẠN ĐẾN HẾT NGÀY 21/5/2026")
    assert f"10/02/2026 Câu hỏi kt-goi-ai ({TESTS}); đã hết hạn 28/02/2026 Phê duyệt của “" in words
    assert "đã hết hạn" not in " ".join(page(good, "--date", "10/02/2026").split())
    head = text.partition("\n1. ")[0]
    assert "\n  Hết hạn            1 đã hết hạn, 1 sẽ hết hạn đến hết ngày 21/5/2026" in head


def test_what_ends_later_than_is_looked_ahead_is_not_told(good: Path, edit: Edit) -> None:
    edit(good, TESTS, "    stem: Ống nước", "    valid_until: 2026-02-10\n    stem: Ống nước")
    words = section(page(good, "--within", "20"), "HẾT HẠN ĐẾN HẾT NGÀY 09/02/2026")
    assert "Không có gì ghi là hết hạn trong thời gian ấy." in words
    assert "Chỉ kể những gì có ghi ngày" in words
    assert "10/02/2026 Câu hỏi" in section(page(good, "--within", "21"), "HẾT HẠN ĐẾN HẾT NGÀY 10/02/2026")


BANK_OF_TEST = "Khóa nuoc-sach, ngân hàng nuoc-sach-kiem-tra"


def shortages(
    root: Path, day: date = date(2026, 1, 20), within: int = 90
) -> list[tuple[str | None, date, int, int]]:
    gaps = seen(root, day, within).last_days.shortages
    return [(gap.objective, gap.since, gap.needed, gap.left) for gap in gaps]


def test_a_test_that_will_lack_questions_of_an_objective_is_told_from_the_day_on_which_it_does(
    good: Path, edit: Edit
) -> None:
    """The whole bank lacks one then, too; that is not said as well."""
    edit(good, TESTS, "    stem: Giếng nên", "    valid_until: 2026-02-10\n    stem: Giếng nên")
    assert shortages(good) == [("giu-nguon", date(2026, 2, 11), 1, 0)]
    assert shortages(good, within=22) == shortages(good)
    assert shortages(good, within=21) == []
    words = section(page(good), "HẾT HẠN ĐẾN HẾT NGÀY 20/4/2026")
    lacking = f"{BANK_OF_TEST}, mục tiêu giu-nguon: từ ngày 11/02/2026 không còn câu nào, mỗi đề cần 1 câu."
    assert words.endswith(f"- {lacking}")


def test_a_bank_that_is_too_small_before_an_objective_of_it_is_told_as_well(good: Path, edit: Edit) -> None:
    edit(good, TESTS, "    stem: Ống nước", "    valid_until: 2026-02-10\n    stem: Ống nước")
    edit(good, TESTS, "    stem: Giếng nên", "    valid_until: 2026-03-10\n    stem: Giếng nên")
    assert shortages(good) == [(None, date(2026, 2, 11), 2, 1), ("giu-nguon", date(2026, 3, 11), 1, 0)]
    assert shortages(good, date(2026, 3, 20))[0] == (None, date(2026, 2, 11), 2, 0)
    words = section(page(good), "HẾT HẠN ĐẾN HẾT NGÀY 20/4/2026")
    assert f"{BANK_OF_TEST}: từ ngày 11/02/2026 còn 1 câu, mỗi đề cần 2 câu." in words


def test_a_question_that_is_over_is_no_more_counted_as_one_to_draw(good: Path, edit: Edit) -> None:
    edit(good, TESTS, "    stem: Giếng nên", "    valid_until: 2026-02-10\n    stem: Giếng nên")
    counts = [seen(good, day).courses[0].test_questions for day in (date(2026, 2, 10), date(2026, 2, 11))]
    assert counts == [2, 1]


# --- the plan -----------------------------------------------------------------------------------


def test_a_task_without_material_is_told_and_first_one_that_asks_for_it(good: Path, edit: Edit) -> None:
    edit(
        good,
        CHARTER,
        "            đ: Phát tờ gấp",
        "            b: Sửa giếng.\n            c: In tài liệu về giếng.\n            đ: Phát tờ gấp",
    )
    words = section(page(good), "NHIỆM VỤ CỦA KẾ HOẠCH CHƯA CÓ TÀI LIỆU")
    wanted, _, other = words.partition("có thể không cần biên soạn:")
    assert "cần biên soạn trước: II.1.1.c In tài liệu về giếng." in wanted
    assert other.strip().startswith("II.1.1.b Sửa giếng.")
    assert "II.1.1.a" not in words  # the course serves it
    assert [task.point for task in seen(good).plan.unserved] == ["II.1.1.c", "II.1.1.b"]


def test_what_serves_a_part_of_the_plan_serves_its_tasks(good: Path, edit: Edit) -> None:
    edit(good, CAMPAIGN, "serves: [II.1.1.đ]", "serves: [II.1]")
    edit(good, COURSE, "serves: [II.1.1.a]", "serves: [II.1.1.đ]")
    edit(good, LESSON, "serves: [II.1.1.a]\n", "")
    assert seen(good).plan.unserved == ()
