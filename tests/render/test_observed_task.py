"""Observed tasks of the sample: on the page of their course, in its guide, and as sheets to tick."""

from __future__ import annotations

import re

import pikepdf
import pytest
from paper_sheets import COURSE, MONO, on_paper
from site_texts import page_of

from taphuan.programme.model.course import Course
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly, Review
from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Sheet

WRITTEN, PLAYED = "viet-lai-thong-bao-nuoc", "nghe-tin-nuoc-duc"
SHEET, GUIDE = f"{WRITTEN}-phieu-quan-sat", f"{COURSE}-tap-huan-vien"
HANDED_OUT = "bêu tên trên loa"


@pytest.fixture(scope="module")
def paper(programme: Programme) -> dict[str, Sheet]:
    return on_paper(programme)


def course_page(programme: Programme) -> str:
    return page_of(programme, f"khoa-hoc/{COURSE}/")


def rows(html: str) -> list[tuple[str, int]]:
    """The lines to tick, each with its number of columns."""
    body = html.partition('<table class="rubric">')[2].partition("</table>")[0]
    return [
        (line.replace("\xa0", " "), row.count('<td class="person"></td>'))
        for row in body.split("<tr>")
        for line in re.findall(r'<th scope="row">(.+?)</th>', row)
    ]


def test_a_learner_reads_the_ten_lines_on_the_page_of_the_course(programme: Programme) -> None:
    page = course_page(programme)
    for task in programme.observed_tasks.values():
        assert [line for line in task.rubric if f"<li>{line}</li>" not in page] == []
    assert "không phải điều kiện hoàn thành khóa" in page


def test_what_is_handed_out_and_what_the_trainer_is_told_stand_on_paper_alone(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    assert HANDED_OUT not in course_page(programme)
    assert "phát bút sau" not in course_page(programme)
    assert HANDED_OUT in paper[SHEET].html
    assert "phát bút sau" not in paper[SHEET].html
    assert "phát bút sau" in paper[GUIDE].html


def test_a_course_without_observed_tasks_says_nothing_of_them(programme: Programme) -> None:
    course = programme.courses[COURSE].model_copy(update={"observed_tasks": ()})
    without = programme.having(Course, ReadOnly({COURSE: course}))
    assert "Việc quan sát" not in course_page(without)
    assert "Việc quan sát" not in on_paper(without)[GUIDE].html
    assert SHEET not in on_paper(without)


def test_ten_lines_are_ticked_for_twelve_persons_on_its_sheet_and_in_the_guide(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    wanted = [(line, 12) for line in programme.observed_tasks[WRITTEN].rubric]
    assert rows(paper[SHEET].html) == wanted
    assert all(rows(paper[GUIDE + edition].html) == wanted for edition in ("", MONO))


def test_a_sheet_to_tick_has_a_place_for_numbers_of_the_list_and_none_for_a_name_or_a_remark(
    paper: dict[str, Sheet],
) -> None:
    watched = paper[SHEET].html.partition('<section class="watched">')[2]
    assert re.findall(r"<p>([^<]+:)</p>", watched) == ["Ngày:", "Số danh sách ký tên:", "Người quan sát:"]
    assert watched.count('aria-label="Số thứ tự trong danh sách ký tên"') == 12


def test_the_guide_says_which_objective_of_the_course_a_task_shows(paper: dict[str, Sheet]) -> None:
    shown = re.findall(r"Cho thấy mục tiêu của khóa: (.+?)\.</p>", paper[GUIDE].html)
    assert [text.replace("\xa0", " ") for text in shown] == [
        "Giữ được nguồn nước của bản",
        "Báo tin khi nước bẩn",
    ]


def test_law_that_is_handed_out_has_its_note_on_the_sheet_and_stands_in_words_in_the_guide(
    paper: dict[str, Sheet],
) -> None:
    assert '<li id="note-1">1.' in paper[SHEET].html
    assert "(Nghị định 2/2025, Điều 3)" in paper[GUIDE].html.replace("\xa0", " ")


def test_a_task_is_a_draft_until_its_course_is_approved(programme: Programme) -> None:
    approved = Review(status="approved", by="Sở Mẫu", decision="1/QĐ-SM")
    course = programme.courses[COURSE].model_copy(update={"review": approved})
    assert "Bản thảo" in on_paper(programme)[SHEET].html
    assert "Bản thảo" not in on_paper(programme.having(Course, ReadOnly({COURSE: course})))[SHEET].html


def test_the_sheet_is_black_alone_and_the_page_of_the_course_leads_to_it(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    sheet = paper[SHEET]
    assert (sheet.kind, sheet.edition, sheet.duplex) == ("observed-task", "mono", "none")
    assert sheet.subject == programme.observed_tasks[WRITTEN].source


def test_a_task_takes_two_sheets_one_to_hand_out_and_one_to_tick(
    paper: dict[str, Sheet], chromium_path: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("tasks")
    (done,) = print_sheets(
        [paper[SHEET]], out=folder / "out", cache=folder / "cache", executable=chromium_path
    )
    with pikepdf.open(done.path) as pdf:
        sizes = [[round(float(side) * 25.4 / 72) for side in page.mediabox[2:]] for page in pdf.pages]
    assert sizes == [[210, 297]] * 2
