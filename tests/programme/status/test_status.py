"""How the programme stands, as a coordinator reads it and as a program does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from broken_samples import (
    BANK,
    CAMPAIGN,
    CHARTER,
    COURSE,
    DECISIONS,
    LESSON,
    SECOND,
    TESTS,
    TEXT_FAULTS,
    TextFault,
)
from programmes import REPOSITORY, Edit, change
from status_pages import drop, page, section, seen, status

from taphuan.programme.loader import load
from taphuan.programme.status import Overview

#: Findings of what is named and is not there: whoever puts the page together must do without it.
HOLES = ("unknown-", "missing-", "bank-")


# --- the page -----------------------------------------------------------------------------------


def test_the_first_lines_tell_the_whole(good: Path) -> None:
    programme = load(good).programme
    assert programme
    head = page(good).partition("\n1. ")[0]
    for label in ("Kiểm tra nội dung", "Phê duyệt", "Câu hỏi còn mở", "Pháp luật", "Nội dung cũ", "Kế hoạch"):
        assert f"\n  {label}  " in head
    assert f"0 trong {len(programme.reviewed)} nội dung đã phê duyệt" in head


def test_the_day_is_today_unless_another_is_asked_for(good: Path) -> None:
    assert page(good).startswith("TÌNH HÌNH CHƯƠNG TRÌNH, TÍNH ĐẾN NGÀY 20/01/2026\n")
    for typed in ("2026-09-03", "3/9/2026"):
        assert "TÍNH ĐẾN NGÀY 03/9/2026\n" in page(good, "--date", typed)


def test_a_programme_in_which_there_is_nothing_yet_is_told_so_and_not_by_noughts(good: Path) -> None:
    drop(good, "curricula", "content/lessons", "content/campaigns", "content/pages", "content/questions")
    drop(good, "content/scenarios", "content/flows", "content/forms", "content/lesson-plans", DECISIONS)
    drop(good, "content/observed-tasks", "content/pocket-texts")
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
    words = section(page(good), "PHÊ DUYỆT")
    assert "Chiến dịch – – – – " in words
    assert "Dấu – là chưa có nội dung loại ấy." in words


# --- courses ------------------------------------------------------------------------------------


def test_a_course_tells_its_lessons_its_minutes_each_by_its_name_and_its_questions(good: Path) -> None:
    words = section(page(good), "KHÓA HỌC")
    assert "nuoc-sach (bản thảo): Nước sạch cho cán bộ xã Bài 2 bài riêng (2 bản thảo)" in words
    assert re.search(r"Tự học khoảng \d+ phút Học tại lớp \d+ phút", words)
    assert "Câu hỏi tự kiểm tra 5 Câu hỏi kiểm tra 2; mỗi đề 2 câu" in words


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


def test_shared_lessons_are_told_apart_from_a_courses_own(good: Path) -> None:
    text = (good / COURSE).read_text(encoding="utf-8").replace("id: nuoc-sach\n", "id: khac\n")
    lessons = text.replace("[giu-nguon-nuoc, bao-nuoc-ban]", "[bai-rieng, nuoc-sach/giu-nguon-nuoc]")
    (good / "curricula/khac.yml").write_text(lessons, encoding="utf-8")
    (good / "content/lessons/khac").mkdir()
    lesson = (good / SECOND).read_text(encoding="utf-8").replace("goi-dung-nguoi", "goi-dung-noi")
    (good / "content/lessons/khac/bai-rieng.md").write_text(lesson, encoding="utf-8")
    course = {course.id: course for course in seen(good).courses}["khac"]
    assert (course.own_lessons, course.shared_lessons, course.self_check_questions) == (1, 1, 5)
    words = section(page(good), "KHÓA HỌC")
    assert "1 bài riêng (1 bản thảo); 1 bài dùng chung, phê duyệt cùng khóa khác" in words


def test_a_self_check_question_that_is_over_is_no_more_counted(good: Path, edit: Edit) -> None:
    edit(good, BANK, "[@nd-moi:3].\n", "[@nd-moi:3].\n    valid_until: 2026-02-10\n")
    days = date(2026, 2, 10), date(2026, 2, 11)
    assert [seen(good, day).courses[0].self_check_questions for day in days] == [5, 4]


# --- open questions -----------------------------------------------------------------------------


def test_an_open_question_names_who_answers_since_when_and_which_target_waits(good: Path, edit: Edit) -> None:
    edit(good, CHARTER, "level: commune\n", "level: commune\n    assumes: [gieng-nao-duoc-dem]\n")
    text = page(good)
    words = section(text, "CÂU HỎI CÒN MỞ")
    assert "10/01/2026 Giếng nào được tính vào chỉ tiêu? Trả lời: " in words
    assert "Chỉ tiêu còn chờ: Cán bộ xã được tập huấn." in words
    assert "Bao nhiêu hoạt động" not in words  # it has been answered
    assert "1 câu hỏi; 1 trong 1 chỉ tiêu vì thế chưa kết luận được đạt hay chưa" in " ".join(text.split())


def test_of_questions_asked_on_one_day_one_that_a_target_waits_for_comes_first(
    good: Path, edit: Edit
) -> None:
    says = "Mỗi nửa năm một hoạt động là thường xuyên."
    edit(good, DECISIONS, f'  decided: {{document: 7/HD-SM, issued: 2026-01-14, says: "{says}"}}\n', "")
    edit(good, CHARTER, "level: commune\n", "level: commune\n    assumes: [thuong-xuyen]\n")
    assert [decision.id for decision in seen(good).decisions] == ["thuong-xuyen", "gieng-nao-duoc-dem"]


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
    words = " ".join(done.stdout.split())
    errors = sum(finding.is_error for finding in load(good).findings)
    assert f"{errors} lỗi" in words
    assert "xem từng chỗ cần sửa bằng lệnh taphuan check; tệp có lỗi có thể chưa được tính" in words


@pytest.mark.parametrize(
    "broken", [fault for fault in TEXT_FAULTS if fault.code.startswith(HOLES)], ids=lambda broken: broken.when
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


def fields_of(kind: Any) -> Iterator[str]:
    """Yields the fields of a dataclass and of those that it holds, also where none is held now."""
    if is_dataclass(kind):
        for name, hint in get_type_hints(kind).items():
            yield name
            yield from fields_of(hint)
    for inner in get_args(kind):
        yield from fields_of(inner)


def test_json_has_the_same_and_the_keys_that_are_documented(good: Path) -> None:
    documented = set(re.findall(r"`([\w|-]+)`", (REPOSITORY / "docs/status.md").read_text(encoding="utf-8")))
    overview = json.loads(page(good, "--format", "json", "--date", "2027-03-01"))
    programme = load(good).programme
    assert programme
    names = {*programme.register.documents, *programme.charter.targets, "leaflet", "poster"}
    assert set(keys_of(overview)) - names - documented == set()
    assert len(set(fields_of(Overview))) > 50
    assert set(fields_of(Overview)) - documented == set()
    assert (overview["day"], overview["until"]) == ("2027-03-01", "2027-05-30")
    assert overview["findings"] == {"errors": 0, "warnings": 0}


def test_json_of_a_broken_programme_counts_its_errors(good: Path, edit: Edit) -> None:
    edit(good, LESSON, "summary:", "sumary:")
    done = status(good, "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"]["errors"] > 0
