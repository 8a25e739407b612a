"""How the programme stands, as a coordinator reads it and as a program does."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from broken_samples import (
    BANK,
    CAMPAIGN,
    CHARTER,
    CONTACTS,
    COURSE,
    DECISIONS,
    LESSON,
    PAGE,
    TESTS,
    TEXT_FAULTS,
    TextFault,
)
from command_line import Done, say
from programmes import REPOSITORY, Edit, change

from taphuan.cli import status as status_verb
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.status import Overview, overview
from taphuan.programme.vietnamese import written_duration

DRAFT = "review: {status: draft}"
WIDTH = 80
#: Findings of what is named and is not there: whoever puts the page together must do without it.
HOLES = ("unknown-", "missing-", "bank-")


@pytest.fixture(autouse=True)
def _january(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_verb, "today", lambda: date(2026, 1, 20))


def status(root: Path, *arguments: str) -> Done:
    return say("status", "--root", str(root), *arguments)


def page(root: Path, *arguments: str) -> str:
    done = status(root, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def section(text: str, heading: str) -> str:
    """The words below a heading, as one line."""
    (found,) = re.findall(rf"^\d+\. {heading}\n(.*?)(?=^\d+\. |\Z)", text, re.M | re.S)
    return " ".join(str(found).split())


def seen(root: Path, day: date = date(2026, 1, 20), within: int = 90) -> Overview:
    programme = load(root).programme
    assert programme
    return overview(programme, day, within)


def drop(root: Path, *files: str) -> None:
    for file in files:
        path = root / file
        shutil.rmtree(path) if path.is_dir() else path.unlink()


# --- the page -----------------------------------------------------------------------------------


@cache
def real() -> Programme:
    programme = load(REPOSITORY).programme
    assert programme
    return programme


def test_the_real_programme_is_told_within_eighty_columns_and_in_vietnamese() -> None:
    for arguments in ([], ["--date", "01/06/2027", "--within", "3650"]):
        text = page(REPOSITORY, *arguments)
        assert max(map(len, text.splitlines())) <= WIDTH
        assert "\x1b" not in text
        assert not re.search(
            r"\b(None|draft|reviewed|approved|over|lesson|unverified|leaflet|True|0 bài)\b", text
        )
        assert all(line == line.rstrip() for line in text.splitlines())


def test_the_real_programme_is_told_as_it_is() -> None:
    programme, text = real(), page(REPOSITORY)
    for course in programme.courses.values():
        own = len(programme.own_lessons_of(course))
        told = section(text, "KHÓA HỌC")
        assert f"{course.id} (bản thảo): {course.title}" in told
        assert f"{own} bài riêng ({own} bản thảo)" in told
        assert f"Học tại lớp {written_duration(programme.taught_minutes(course))} " in told
    asked = [one for one in programme.decisions.values() if one.is_open]
    assert f"{len(asked)} câu hỏi; " in " ".join(text.split())
    assert all(" ".join(one.question.split()) in section(text, "CÂU HỎI CÒN MỞ") for one in asked)
    assert "nha-truong-va-cha-me (bản thảo)" in section(text, "CHIẾN DỊCH")
    assert "gioi-thieu (bản thảo): Giới thiệu" in section(text, "TRANG VIẾT TAY")


def test_the_first_lines_tell_the_whole() -> None:
    head = page(REPOSITORY).partition("\n1. ")[0]
    for label in ("Kiểm tra nội dung", "Phê duyệt", "Câu hỏi còn mở", "Pháp luật", "Nội dung cũ", "Kế hoạch"):
        assert f"\n  {label}  " in head
    assert f"0 trong {len(real().reviewed)} nội dung đã phê duyệt" in head


def test_the_day_is_today_unless_another_is_asked_for(good: Path) -> None:
    assert page(good).startswith("TÌNH HÌNH CHƯƠNG TRÌNH, TÍNH ĐẾN NGÀY 20/01/2026\n")
    for typed in ("2026-09-03", "3/9/2026"):
        assert "TÍNH ĐẾN NGÀY 03/9/2026\n" in page(good, "--date", typed)


def test_a_programme_in_which_there_is_nothing_yet_is_told_so_and_not_by_noughts(good: Path) -> None:
    drop(good, "curricula", "content/lessons", "content/campaigns", "content/pages", "content/questions")
    drop(good, DECISIONS)
    change(good, CHARTER, "regular: {times: 1, every: half-year, assumes: [thuong-xuyen]}\n", "")
    text = status(good).stdout
    assert "chưa có nội dung nào" in text
    assert "Chưa có nội dung nào để phê duyệt." in text
    assert "Chưa có khóa học nào." in text
    assert "Chưa có chiến dịch nào." in text
    assert "Chưa có trang viết tay nào." in text
    assert "không ghi câu hỏi nào còn mở" in text
    assert "Chưa nội dung nào dẫn văn bản pháp luật." in text
    assert not re.search(r"(?<![\d/])0(?![\d/])", text.replace("20/01/2026", ""))


def test_a_kind_of_which_there_is_nothing_has_no_nought(good: Path) -> None:
    drop(good, CAMPAIGN)
    told = section(page(good), "PHÊ DUYỆT")
    assert "Chiến dịch – – – – " in told
    assert "Dấu – là chưa có nội dung loại ấy." in told


# --- approvals ----------------------------------------------------------------------------------


def approved(until: str) -> str:
    return f"review: {{status: approved, by: Sở, decision: 1/QĐ, approved: 2026-01-16, valid_until: {until}}}"


def test_a_draft_is_called_so_and_comes_after_what_was_reviewed_and_what_runs_out(
    good: Path, edit: Edit
) -> None:
    edit(good, CAMPAIGN, DRAFT, "review: {status: reviewed}")
    edit(good, PAGE, "summary:", f"{approved('2026-01-31')}\nsummary:")
    told = section(page(good), "PHÊ DUYỆT")
    next = told.partition("Việc phê duyệt tiếp theo:")[2]
    assert re.findall(r"- (\S+) \(", next) == ["gioi-thieu", "giu-giot-nuoc", "nuoc-sach"]
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
    assert "1 trong 5 nội dung đã phê duyệt và còn hạn" in before
    assert "Phê duyệt còn giá trị đến hết ngày 31/01/2026" in section(before, "PHÊ DUYỆT")
    assert "0 trong 5 nội dung đã phê duyệt và còn hạn" in after
    assert "Phê duyệt có giá trị đến hết ngày 31/01/2026, nay cần phê duyệt lại." in section(
        after, "PHÊ DUYỆT"
    )


def test_an_approval_that_ends_later_than_is_looked_ahead_waits_for_nobody(good: Path, edit: Edit) -> None:
    edit(good, CAMPAIGN, DRAFT, approved("2026-03-21"))
    assert [one.id for one in seen(good, within=59).approvals.next] == ["nuoc-sach", "gioi-thieu"]
    assert [one.id for one in seen(good, within=60).approvals.next] == [
        "giu-giot-nuoc",
        "nuoc-sach",
        "gioi-thieu",
    ]


def test_a_lesson_that_waits_alone_is_approved_by_its_own_id(good: Path, edit: Edit) -> None:
    for file in (COURSE, LESSON):
        edit(good, file, DRAFT, approved("2027-01-31"))
    first = seen(good).approvals.next[0]
    assert (first.id, first.kind, first.states) == ("nuoc-sach/bao-nuoc-ban", "lesson", {"draft": 1})


def test_a_lesson_that_no_course_names_is_approved_by_itself(good: Path, edit: Edit) -> None:
    edit(good, COURSE, "[giu-nguon-nuoc, bao-nuoc-ban]", "[giu-nguon-nuoc]")
    waiting = [(one.id, sum(one.states.values())) for one in seen(good).approvals.next]
    assert waiting[:2] == [("nuoc-sach", 2), ("nuoc-sach/bao-nuoc-ban", 1)]


def test_where_all_is_approved_it_is_said_until_when(good: Path) -> None:
    drop(good, PAGE)
    for path in [*good.rglob("*.yml"), *good.rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(DRAFT, approved("2027-01-31")), encoding="utf-8")
    told = section(page(good), "PHÊ DUYỆT")
    assert "Mọi nội dung đều đã phê duyệt và còn hạn sau ngày 20/4/2026." in told
    assert "tiếp theo" not in told


def test_a_contact_that_nobody_has_called_is_told_with_what_is_to_be_done(good: Path, edit: Edit) -> None:
    told = section(page(good), "PHÊ DUYỆT")
    assert "có nêu những đầu mối sau: - Số chưa ai gọi thử: Gọi thử trước khi in." in told
    condition = "condition: Gọi thử trước khi in\n"
    edit(good, CONTACTS, condition, f"{condition}    condition_met: 2026-01-10\n")
    assert "đầu mối" not in section(page(good), "PHÊ DUYỆT")


# --- courses ------------------------------------------------------------------------------------


def test_a_course_tells_its_lessons_its_minutes_each_by_its_name_and_its_questions(good: Path) -> None:
    told = section(page(good), "KHÓA HỌC")
    assert "nuoc-sach (bản thảo): Nước sạch cho cán bộ xã Bài 2 bài riêng (2 bản thảo)" in told
    assert re.search(r"Tự học khoảng \d+ phút Học tại lớp \d+ phút", told)
    assert "Câu hỏi tự kiểm tra 5 Câu hỏi kiểm tra 2; mỗi đề 2 câu" in told


def test_a_course_that_part_of_a_class_completes_tells_both_times(good: Path, edit: Edit) -> None:
    edit(good, COURSE, "serves: [II.1.1.a]\n", "serves: [II.1.1.a]\nclass_minutes: 25\n")
    assert re.search(r"Học tại lớp \d+ phút; dự đủ 25 phút là hoàn thành ", section(page(good), "KHÓA HỌC"))


def test_a_course_without_a_test_has_no_questions_of_one(good: Path, edit: Edit) -> None:
    text = (good / COURSE).read_text(encoding="utf-8")
    test = text[text.index("test:\n") : text.index("review:")]
    edit(good, COURSE, test, "")
    drop(good, TESTS)
    assert "Câu hỏi kiểm tra khóa chưa có bài kiểm tra" in section(status(good).stdout, "KHÓA HỌC")
    (course,) = seen(good).courses
    assert (course.test_questions, course.form_questions) == (None, None)


def test_shared_lessons_are_told_apart_from_a_courses_own() -> None:
    courses = {one.id: one for one in overview(real(), date(2026, 11, 26), 90).courses}
    course = courses["can-bo-cap-tinh"]
    assert (course.own_lessons, course.shared_lessons, course.self_check_questions) == (4, 7, 55)
    told = section(page(REPOSITORY), "KHÓA HỌC")
    assert "4 bài riêng (4 bản thảo); 7 bài dùng chung, phê duyệt cùng khóa khác" in told


def test_a_self_check_question_that_is_over_is_no_more_counted(good: Path, edit: Edit) -> None:
    edit(good, BANK, "[@nd-moi:3].\n", "[@nd-moi:3].\n    valid_until: 2026-02-10\n")
    days = date(2026, 2, 10), date(2026, 2, 11)
    assert [seen(good, day).courses[0].self_check_questions for day in days] == [5, 4]


# --- open questions -----------------------------------------------------------------------------


def test_an_open_question_names_who_answers_since_when_and_which_target_waits(good: Path, edit: Edit) -> None:
    edit(good, CHARTER, "level: commune\n", "level: commune\n    assumes: [gieng-nao-duoc-dem]\n")
    text = page(good)
    told = section(text, "CÂU HỎI CÒN MỞ")
    assert "10/01/2026 Giếng nào được tính vào chỉ tiêu? Trả lời: " in told
    assert "Chỉ tiêu còn chờ: Cán bộ xã được tập huấn." in told
    assert "Bao nhiêu hoạt động" not in told  # it has been answered
    assert "1 câu hỏi; 1 trong 1 chỉ tiêu vì thế chưa kết luận được đạt hay chưa" in " ".join(text.split())


def test_of_questions_asked_on_one_day_one_that_a_target_waits_for_comes_first(
    good: Path, edit: Edit
) -> None:
    says = "Mỗi nửa năm một hoạt động là thường xuyên."
    edit(good, DECISIONS, f'  decided: {{document: 7/HD-SM, issued: 2026-01-14, says: "{says}"}}\n', "")
    edit(good, CHARTER, "level: commune\n", "level: commune\n    assumes: [thuong-xuyen]\n")
    assert [one.id for one in seen(good).decisions] == ["thuong-xuyen", "gieng-nao-duoc-dem"]


# --- last days ----------------------------------------------------------------------------------


def test_what_ends_is_told_with_its_last_day_and_what_has_ended_first(good: Path, edit: Edit) -> None:
    edit(good, TESTS, "    stem: Ống nước", "    valid_until: 2026-02-10\n    stem: Ống nước")
    edit(good, CAMPAIGN, DRAFT, approved("2026-02-28"))
    text = page(good, "--date", "20/02/2026")
    told = section(text, "HẾT HẠN ĐẾN HẾT NGÀY 21/5/2026")
    assert f"10/02/2026 Câu hỏi kt-goi-ai ({TESTS}); đã hết hạn 28/02/2026 Phê duyệt của “" in told
    assert "đã hết hạn" not in " ".join(page(good, "--date", "10/02/2026").split())
    head = text.partition("\n1. ")[0]
    assert "\n  Hết hạn            1 đã hết hạn, 1 sẽ hết hạn đến hết ngày 21/5/2026" in head


def test_what_ends_later_than_is_looked_ahead_is_not_told(good: Path, edit: Edit) -> None:
    edit(good, TESTS, "    stem: Ống nước", "    valid_until: 2026-02-10\n    stem: Ống nước")
    told = section(page(good, "--within", "20"), "HẾT HẠN ĐẾN HẾT NGÀY 09/02/2026")
    assert "Không có gì ghi là hết hạn trong thời gian ấy." in told
    assert "Chỉ kể những gì có ghi ngày" in told
    assert "10/02/2026 Câu hỏi" in section(page(good, "--within", "21"), "HẾT HẠN ĐẾN HẾT NGÀY 10/02/2026")


BANK_OF_TEST = "Khóa nuoc-sach, ngân hàng nuoc-sach-kiem-tra"


def shortages(
    root: Path, day: date = date(2026, 1, 20), within: int = 90
) -> list[tuple[str | None, date, int, int]]:
    found = seen(root, day, within).last_days.shortages
    return [(one.objective, one.since, one.needed, one.left) for one in found]


def test_a_test_that_will_lack_questions_of_an_objective_is_told_from_the_day_on_which_it_does(
    good: Path, edit: Edit
) -> None:
    """The whole bank lacks one then, too; that is not said as well."""
    edit(good, TESTS, "    stem: Giếng nên", "    valid_until: 2026-02-10\n    stem: Giếng nên")
    assert shortages(good) == [("giu-nguon", date(2026, 2, 11), 1, 0)]
    assert shortages(good, within=22) == shortages(good)
    assert shortages(good, within=21) == []
    told = section(page(good), "HẾT HẠN ĐẾN HẾT NGÀY 20/4/2026")
    lacking = f"{BANK_OF_TEST}, mục tiêu giu-nguon: từ ngày 11/02/2026 không còn câu nào, mỗi đề cần 1 câu."
    assert told.endswith(f"- {lacking}")


def test_a_bank_that_is_too_small_before_an_objective_of_it_is_told_as_well(good: Path, edit: Edit) -> None:
    edit(good, TESTS, "    stem: Ống nước", "    valid_until: 2026-02-10\n    stem: Ống nước")
    edit(good, TESTS, "    stem: Giếng nên", "    valid_until: 2026-03-10\n    stem: Giếng nên")
    assert shortages(good) == [(None, date(2026, 2, 11), 2, 1), ("giu-nguon", date(2026, 3, 11), 1, 0)]
    assert shortages(good, date(2026, 3, 20))[0] == (None, date(2026, 2, 11), 2, 0)
    told = section(page(good), "HẾT HẠN ĐẾN HẾT NGÀY 20/4/2026")
    assert f"{BANK_OF_TEST}: từ ngày 11/02/2026 còn 1 câu, mỗi đề cần 2 câu." in told


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
    told = section(page(good), "NHIỆM VỤ CỦA KẾ HOẠCH CHƯA CÓ TÀI LIỆU")
    asking, _, other = told.partition("có thể không cần biên soạn:")
    assert "cần biên soạn trước: II.1.1.c In tài liệu về giếng." in asking
    assert other.strip().startswith("II.1.1.b Sửa giếng.")
    assert "II.1.1.a" not in told  # the course serves it
    assert [one.point for one in seen(good).plan.unserved] == ["II.1.1.c", "II.1.1.b"]


def test_what_serves_a_part_of_the_plan_serves_its_tasks(good: Path, edit: Edit) -> None:
    edit(good, CAMPAIGN, "serves: [II.1.1.đ]", "serves: [II.1]")
    edit(good, COURSE, "serves: [II.1.1.a]", "serves: [II.1.1.đ]")
    edit(good, LESSON, "serves: [II.1.1.a]\n", "")
    assert seen(good).plan.unserved == ()


def test_a_point_of_the_real_plan_is_without_material_where_nothing_names_it() -> None:
    programme = real()
    groups = (programme.courses.values(), programme.campaigns.values(), programme.lessons.values())
    served = {point for group in groups for one in group for point in one.serves}
    expected = [point for point, _ in programme.charter.plan.task_points() if point not in served]
    found = overview(programme, date(2026, 11, 26), 90).plan.unserved
    assert sorted(one.point for one in found) == sorted(expected)


# --- what is broken -----------------------------------------------------------------------------


def test_a_coordinator_that_is_no_agency_is_told_by_the_id_that_somebody_typed(
    good: Path, edit: Edit
) -> None:
    edit(good, CHARTER, "coordinator: so-mau", "coordinator: so-nao-do")
    assert "\nCơ quan chủ trì: so-nao-do\n" in status(good).stdout


def test_errors_in_the_content_are_counted_and_fail_after_the_page(good: Path, edit: Edit) -> None:
    edit(good, LESSON, "summary:", "sumary:")
    done = status(good)
    assert (done.returncode, done.stderr) == (1, "")
    told = " ".join(done.stdout.split())
    errors = sum(one.is_error for one in load(good).findings)
    assert f"{errors} lỗi" in told
    assert "xem từng chỗ cần sửa bằng lệnh taphuan check; tệp có lỗi có thể chưa được tính" in told


@pytest.mark.parametrize(
    "broken", [one for one in TEXT_FAULTS if one.code.startswith(HOLES)], ids=lambda broken: broken.when
)
def test_whatever_is_not_there_that_something_names_the_page_is_told_or_the_findings_are(
    broken: TextFault, good: Path, edit: Edit
) -> None:
    edit(good, broken.file, broken.old, broken.new)
    done = status(good)
    assert done.returncode in (0, 1)
    assert done.stdout.startswith("TÌNH HÌNH") or done.stderr.startswith(("lỗi[", "lưu ý["))


def test_content_that_cannot_be_read_is_answered_as_check_does(good: Path) -> None:
    (good / CHARTER).write_text("id: [", encoding="utf-8")
    done = status(good)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("lỗi[")
    assert f"--> {CHARTER}:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_programme_is_wrong_usage(tmp_path: Path) -> None:
    done = status(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "không phải là một chương trình" in done.stderr


@pytest.mark.parametrize("none", ["31/02/2026", "31/12/9999", "01/01/0001"])
def test_a_day_that_is_none_is_refused(good: Path, none: str) -> None:
    done = status(good, "--date", none)
    assert done.returncode == 2
    assert f"--date: không dùng được “{none}”" in done.stderr


# --- for programs -------------------------------------------------------------------------------


def keys_of(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)


def test_json_has_the_same_and_the_keys_that_are_documented(good: Path) -> None:
    documented = set(re.findall(r"`([\w|]+)`", (REPOSITORY / "docs/status.md").read_text(encoding="utf-8")))
    for root in (good, REPOSITORY):
        told = json.loads(page(root, "--format", "json", "--date", "2027-03-01"))
        programme = load(root).programme
        assert programme
        names = {*programme.register.documents, *programme.charter.targets, "leaflet", "poster"}
        assert set(keys_of(told)) - names - documented == set()
        assert (told["day"], told["until"]) == ("2027-03-01", "2027-05-30")
        assert told["findings"] == {"errors": 0, "warnings": 0}


def test_json_of_a_broken_programme_counts_its_errors(good: Path, edit: Edit) -> None:
    edit(good, LESSON, "summary:", "sumary:")
    done = status(good, "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"]["errors"] > 0
