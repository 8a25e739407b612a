"""What `taphuan new` makes: a pattern that says what to write, and nothing that the programme has not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from broken_samples import AUDIENCES, CONTACTS, COURSE, LAW
from programmes import Edit
from scaffold_steps import findings, made, refused

from taphuan.build import Options, print_only
from taphuan.cli.commands import run
from taphuan.cli.new_question import PATTERNS, QUESTION_KINDS
from taphuan.cli.terminal import TerminalProgress
from taphuan.programme.loader import load

IDS = {
    "course": "khoa-thu",
    "lesson": "nuoc-sach/bai-moi",
    "question": "thu/cau-thu",
    "scenario": "chuyen-thu",
    "campaign": "thu",
    "flow": "thu",
    "blank-form": "thu",
    "lesson-plan": "thu",
    "observed-task": "thu",
    "pocket-text": "thu",
}


#: What an untouched pattern may be told besides: it is in no course or lesson yet, and asks nothing.
UNFINISHED = {
    "text-to-write",
    "lesson-nowhere",
    "self-check-size",
    "question-nowhere",
    "scenario-nowhere",
    "flow-nowhere",
    "observed-task-nowhere",
}


# --- patterns -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "question_kind"),
    [*((kind, None) for kind in PATTERNS), *(("question", kind) for kind in QUESTION_KINDS[1:])],
)
def test_each_text_of_a_pattern_is_found_and_nothing_else(
    good: Path, kind: str, question_kind: str | None
) -> None:
    path = made(good, kind, IDS[kind], question_kind=question_kind).path
    assert {finding.code for finding in findings(good)} <= UNFINISHED
    places = {
        (finding.line, finding.column, finding.width)
        for finding in findings(good)
        if finding.code == "text-to-write"
    }
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    wanted = {
        (number, text.start() + 1, len(text[0]))
        for number, line in lines
        for text in re.finditer("‹.*?›", line)
    }
    assert wanted
    assert places == wanted


@pytest.mark.parametrize("kind", PATTERNS)
def test_whoever_writes_over_each_of_them_is_done(good: Path, kind: str) -> None:
    """No text of a pattern is left that a reader would see and no check would find."""
    path = made(good, kind, IDS[kind]).path
    text = path.read_text(encoding="utf-8")
    ready = r"\"Việc cần làm sáng thứ Hai\"|\"Gợi ý thảo luận\"|Cần giúp, gọi số nào\?"
    rest = re.sub(rf"‹.*?›|#.*|\[@[^]]+\]|[a-z_-]+:|{ready}", "", text)
    words = {word for word in re.findall(r"[^\W\d_]{2,}", rest) if not word.isascii()}
    assert words <= {"nhóm", "Hỏi", "Gọi"}


def test_a_pattern_fits_a_programme_without_a_number_to_print(good: Path) -> None:
    contacts = (good / CONTACTS).read_text(encoding="utf-8").replace("publish: true", "publish: false")
    (good / CONTACTS).write_text(contacts, encoding="utf-8")
    made(good, "campaign", "thu")
    assert {finding.code for finding in findings(good) if finding.file == "content/campaigns/thu.yml"} == {
        "text-to-write"
    }


def test_a_pattern_takes_audience_contact_and_law_of_the_programme_and_says_so(good: Path) -> None:
    new_file = made(good, "campaign", "thu")
    text = new_file.path.read_text(encoding="utf-8")
    assert "audiences: [nguoi-dan]" in text
    assert text.count("contacts: [to-cap-nuoc]") == 3
    assert "đối tượng nguoi-dan (Người dân), đầu mối to-cap-nuoc" in new_file.next_steps[0]
    assert re.search(
        r"\[@nd-moi:\d+\]", made(good, "lesson", "nuoc-sach/bai").path.read_text(encoding="utf-8")
    )


def test_a_former_law_is_no_pattern(good: Path) -> None:
    text = (good / LAW).read_text(encoding="utf-8")
    assert "nd-cu" in text
    assert "nd-cu" not in made(good, "lesson", "nuoc-sach/bai").path.read_text(encoding="utf-8")


def test_the_audience_may_be_named(good: Path) -> None:
    assert "audience: nguoi-dan\n" in made(good, "course", "khoa", audience="nguoi-dan").path.read_text(
        "utf-8"
    )
    assert "có phải bạn muốn viết “nguoi-dan”?" in refused(good, "campaign", "thu", audience="nguoi-dann")


def test_a_campaign_has_a_leaflet_of_six_panels_and_a_poster(good: Path) -> None:
    made(good, "campaign", "thu")
    programme = load(good).programme
    assert programme is not None
    materials = programme.campaigns["thu"].materials
    assert [material.kind for material in materials.values()] == ["leaflet", "poster"]


@pytest.mark.slow
def test_the_sheets_of_an_untouched_campaign_fit_their_paper(whole: Path, tmp_path: Path) -> None:
    made(whole, "campaign", "thu")
    ids = ("thu-to-gap", "thu-ap-phich")
    printed = print_only(Options(root=whole), ids, tmp_path / "pdf", TerminalProgress())
    assert [copy.pages for copy in printed] == [2, 1]


# --- lessons and courses ----------------------------------------------------------------------


def test_the_next_step_of_a_lesson_is_the_line_that_puts_it_into_its_course(good: Path, edit: Edit) -> None:
    step = made(good, "lesson", "nuoc-sach/bai-moi").next_steps[0]
    line, lessons = re.findall(r"dòng (\d+) .*thành: (lessons: .*])", step)[0]
    lines = (good / COURSE).read_text(encoding="utf-8").split("\n")
    assert lines[int(line) - 1].strip() == "lessons: [giu-nguon-nuoc, bao-nuoc-ban]"
    edit(good, COURSE, "lessons: [giu-nguon-nuoc, bao-nuoc-ban]", lessons)
    assert {finding.code for finding in findings(good)} == {"text-to-write", "self-check-size"}


def test_where_lessons_stand_one_below_the_other_so_does_the_next(good: Path, edit: Edit) -> None:
    listed = "lessons:\n      - giu-nguon-nuoc\n      - bao-nuoc-ban"
    edit(good, COURSE, "lessons: [giu-nguon-nuoc, bao-nuoc-ban]", listed)
    step = made(good, "lesson", "nuoc-sach/bai-moi").next_steps[0]
    line = int(re.findall(r"thêm dòng “- bai-moi” sau dòng (\d+)", step)[0])
    assert (good / COURSE).read_text(encoding="utf-8").split("\n")[line - 1] == "      - bao-nuoc-ban"


def test_a_list_over_more_lines_gets_it_at_its_end(good: Path, edit: Edit) -> None:
    edit(good, COURSE, "giu-nguon-nuoc, bao-nuoc-ban]", "giu-nguon-nuoc,\n      bao-nuoc-ban]")
    step = made(good, "lesson", "nuoc-sach/bai-moi").next_steps[0]
    line = int(re.findall(r"ở dòng (\d+) .* ngay sau “bao-nuoc-ban” thêm: , bai-moi", step)[0])
    assert (good / COURSE).read_text(encoding="utf-8").split("\n")[line - 1] == "      bao-nuoc-ban]"


@pytest.mark.parametrize(
    ("kind", "wish", "option"),
    [
        ("lesson", {"audience": "can-bo-xa"}, "--audience"),
        ("course", {"question_kind": "matching"}, "--kind"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused(
    good: Path, kind: str, wish: dict[str, str], option: str
) -> None:
    assert f"{option} chỉ dùng với" in refused(good, kind, IDS[kind], **wish)


def test_a_lesson_the_course_already_lists_needs_no_line(good: Path, edit: Edit) -> None:
    edit(good, COURSE, "bao-nuoc-ban]", "bao-nuoc-ban, bai-moi]")
    assert "đã có “bai-moi”" in made(good, "lesson", "nuoc-sach/bai-moi").next_steps[0]


def test_a_lesson_of_a_course_that_is_not_there_is_refused_with_the_courses_that_are(good: Path) -> None:
    refusal = refused(good, "lesson", "nuoc-sac/bai-moi")
    assert "không có khóa học nào mã “nuoc-sac”" in refusal
    assert "có phải bạn muốn viết “nuoc-sach”? Các khóa học: nuoc-sach" in refusal


def test_a_lesson_may_not_have_the_address_of_the_test(good: Path) -> None:
    assert "bài kiểm tra" in refused(good, "lesson", "nuoc-sach/kiem-tra")


def test_a_course_comes_before_its_lessons(good: Path) -> None:
    new_file = made(good, "course", "khoa-thu")
    assert "audience: can-bo-xa\n" in new_file.path.read_text(encoding="utf-8")
    assert "taphuan new lesson khoa-thu/ten-bai" in new_file.next_steps[-1]
    made(good, "lesson", "khoa-thu/bai-dau")


@pytest.mark.parametrize(
    ("kind", "id", "meant"),
    [
        ("course", "Khóa Thử", "khoa-thu"),
        ("lesson", "nuoc-sach/Bài thứ ba", "nuoc-sach/bai-thu-ba"),
        ("campaign", "Đuối_nước", "duoi-nuoc"),
        ("question", "nuoc-sach-tu-kiem-tra/Câu mới", "nuoc-sach-tu-kiem-tra/cau-moi"),
    ],
)
def test_an_id_with_marks_is_answered_with_the_one_it_could_be(
    good: Path, kind: str, id: str, meant: str
) -> None:
    assert f"có phải bạn muốn viết “{meant}”?" in refused(good, kind, id)


@pytest.mark.parametrize(
    ("kind", "id"), [("lesson", "bai-moi"), ("question", "cau"), ("course", "a/b"), ("course", "…")]
)
def test_an_id_of_another_form_is_answered_with_the_form(good: Path, kind: str, id: str) -> None:
    assert f"dạng {PATTERNS[kind].id_words}" in refused(good, kind, id)


@pytest.mark.parametrize(
    "id", ["content/lessons/nuoc-sach/bai.md", r"content\lessons\nuoc-sach\bai.md", "nuoc-sach/bai/"]
)
def test_a_path_is_as_good_as_an_id(good: Path, id: str) -> None:
    assert made(good, "lesson", id).path == good / "content/lessons/nuoc-sach/bai.md"


@pytest.mark.parametrize("kind", PATTERNS)
def test_nothing_is_written_over(good: Path, kind: str) -> None:
    made(good, kind, IDS[kind])
    assert "đã có" in refused(good, kind, IDS[kind])


def test_files_that_all_else_needs_are_mended_first(good: Path) -> None:
    (good / AUDIENCES).write_text("a: [", encoding="utf-8")
    assert "taphuan check" in refused(good, "lesson", "nuoc-sach/bai-moi")


# --- at the command line --------------------------------------------------------------------------


def test_the_command_says_what_it_did_and_what_comes_next(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "question", "nuoc-sach-tu-kiem-tra/cau-moi", "--root", str(good)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Đã thêm câu “cau-moi” vào ")
    assert lines[1] == "  Tiếp theo:"
    assert [line[:5] for line in lines[2:]] == ["  1. ", "  2. "]
    assert run(["new", "question", "nuoc-sach-tu-kiem-tra/cau-moi", "--root", str(good)]) == 2


def test_help_has_a_word_for_each_kind_and_the_form_of_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "--help"]) == 0
    output = capsys.readouterr().out
    for kind, pattern in PATTERNS.items():
        assert re.search(rf"{kind} +{pattern.id_words} +{pattern.about}", output)
