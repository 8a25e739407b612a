"""Who has to report what is said once: whatever says it by other words is found, and so are other hours."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from broken_samples import BANK, LESSON
from programmes import SAMPLES, Edit, FindingsOf, Path

from taphuan.programme.checks import typed_duties
from taphuan.programme.checks.passages import Passage
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Markdown
from taphuan.render.text.paper import Notes
from taphuan.render.text.prose import Prose


@cache
def programme() -> Programme:
    sample = load(SAMPLES / "good").programme
    assert sample
    return sample


def duties_in(text: str, kind: str = "Lesson") -> list[str]:
    passage = Passage(text=Markdown(text), file="bai.md", kind=kind, on=programme().charter.as_of)
    problems = typed_duties.check_typed_duties(programme(), (passage,))
    return [problem.values["found"] for problem in problems]


def hours_in(text: str) -> list[str]:
    passage = Passage(text=Markdown(text), file="bai.md", kind="Lesson", on=programme().charter.as_of)
    return [problem.values["found"] for problem in typed_duties.check_typed_hours(programme(), (passage,))]


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("Thấy vậy thì tôi phải báo.", "phải báo"),
        ("Anh **phải** báo ngay.", "phải** báo"),
        ("Ai thấy cũng phải\nbáo ngay.", "phải báo"),
        ("Trạm phải ngay báo xã.", "phải ngay báo"),
        ("Chị buộc phải báo.", "buộc phải báo"),
        ("Mọi người có trách nhiệm báo tin [@nd-moi:3].", "có trách nhiệm báo"),
        ("Anh có nghĩa vụ tố giác.", "có nghĩa vụ tố giác"),
        ("Người ấy phải trình báo.", "phải trình báo"),
        ("Bạn không phải báo ai.", "phải báo"),
        ("“Em kể thì cô phải báo.”", "phải báo"),
        ("Có người bị ép, có người đang nguy hiểm thì báo ngay.", None),
    ],
)
def test_a_duty_that_is_typed_is_found(text: str, duty: str | None) -> None:
    problems = duties_in(text)
    assert len(problems) == 1
    assert duty in (None, problems[0])


@pytest.mark.parametrize(
    "text",
    [
        "Nghe rồi có phải báo không?",
        "Xã có phải báo hay không thì chưa rõ.",
        "Ai phải báo còn là câu hỏi mở.",
        "Xã phải báo cáo mỗi nửa năm.",
        "Anh phải báo trước một tuần khi nghỉ việc.",
        "Lộ dữ liệu thì phải báo lãnh đạo.",
        "Những việc phải báo thì nói trước.",
        "Thấy nước đục thì gọi ngay.",
        "Anh nói: [limits:can-bo-xa]",
        "Anh nói: “Nguồn bị đổ thuốc thì tôi phải báo, và tôi nói trước.”",
        "nguồn bị đổ thuốc thì người nghe phải báo",
        "`phải báo`",
    ],
)
def test_a_question_a_report_and_the_words_themselves_are_none(text: str) -> None:
    assert duties_in(text) == []


def test_the_register_and_open_questions_may_say_what_law_says() -> None:
    assert duties_in("Mọi người phải báo tin.", kind="Register") == []
    assert duties_in("Mọi người phải báo tin.", kind="Decision") == []


def test_only_a_wrong_answer_may_say_a_duty_by_other_words(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, BANK, "text: Nước vừa múc ở khe", "text: Nước nào cũng phải báo ngay")
    assert findings_of(good) == []
    edit(good, BANK, "text: Nước đã đun sôi", "text: Nước đun sôi thì phải báo")
    edit(good, BANK, "feedback: Nước khe có thể", "feedback: Tôi phải báo vì nước khe có thể")
    assert [finding.code for finding in findings_of(good)] == ["typed-duty", "typed-duty"]


def test_a_typed_duty_can_be_allowed_with_its_reason(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    allowed = "<!-- taphuan: allow typed-duty vì là câu sai để lớp sửa -->\nCả bản phải báo ngay.\n\n"
    edit(good, LESSON, "## Việc của bản", f"{allowed}## Việc của bản")
    assert findings_of(good) == []


def test_a_duty_that_waits_for_a_question_names_one_that_is_there(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(
        good,
        "content/programme/confidentiality.yml",
        "when: Hỏi chủ giếng trước",
        "when: Hỏi trước\n    decision: gieng-nao",
    )
    assert [finding.code for finding in findings_of(good)] == ["unknown-decision"]


# --- hours ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Uống PEP trong 48 giờ.", "Tránh thai khẩn cấp tới 72 giờ."])
def test_another_time_for_a_medicine_is_found(text: str) -> None:
    assert len(hours_in(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Uống PEP trong 72 giờ.",
        "PEP trong 72 giờ, thuốc tránh thai khẩn cấp trong 120 giờ.",
        "Báo lộ dữ liệu trong 24 giờ.",
        "Với PEP, chị còn 31 giờ.",
    ],
)
def test_the_same_time_and_other_times_are_none(text: str) -> None:
    assert hours_in(text) == []


# --- what stands for them in a text ----------------------------------------------------------------


def test_a_pointer_is_the_sentence_with_its_law_on_a_page_and_on_paper() -> None:
    prose, notes = Prose(programme()), Notes()
    page = str(prose.html("Nhớ: [limits:nguon-bi-do-thuoc]", "bai/"))
    assert "ai thấy cũng phải báo ngay" in page
    assert "ai thấy cũng phải báo ngay" in prose.print_html("Nhớ: [limits:nguon-bi-do-thuoc]", notes)
    assert [note.id for note in notes.notes] == ["nd-moi"]
    short = prose.plain("[limits:nguon-bi-do-thuoc-short]")
    assert short == "Nguồn bị đổ thuốc thì ai thấy cũng phải báo ngay."


def test_the_block_of_the_limits_is_their_table() -> None:
    page = str(Prose(programme()).html("Trước.\n\n!!! limits\n\nSau.", "bai/"))
    assert page.count("<tr>") == 3
    assert "<p>Sau.</p>" in page


def test_the_block_of_the_first_hours_is_the_strip_also_within_a_case() -> None:
    prose = Prose(programme())
    page = str(prose.html('!!! case "Đêm"\n    Chị đến.\n\n    !!! first-hours\n\n    Rồi sao?', "bai/"))
    assert page.count("<li>") == 3
    assert page.index("first-hours") < page.index("Chưa có bác sĩ đọc lại") < page.index("Rồi sao?")
    assert "Trong 72 giờ" in prose.print_html("!!! first-hours", Notes())


def test_code_that_shows_how_to_write_it_stays_as_it_is() -> None:
    page = str(Prose(programme()).html("```\n!!! first-hours\n[limits:can-bo-xa]\n```", "bai/"))
    assert "!!! first-hours" in page
    assert "[limits:can-bo-xa]" in page


def test_a_sentence_that_names_itself_ends() -> None:
    limits = programme().confidentiality
    assert limits
    written = limits.model_dump(by_alias=True) | {"care": "Khám trước [limits:care]."}
    round_about = type(limits).model_validate(written)
    assert limits.by_name["care"] == "Ai đau bụng thì được khám trước."
    changed = replace(programme(), confidentiality=round_about)
    assert changed.in_words("[limits:care]") == "Khám trước ."


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("[limits:can-bo]", "unknown-limits"),
        ("[first-hours:pe]", "unknown-first-hours"),
        ("[giới hạn: can-bo-xa]", "malformed-pointer"),
        ('!!! first-hours "Giờ đầu"', "title-not-shown"),
    ],
)
def test_a_name_that_is_not_there_is_a_finding(
    good: Path, edit: Edit, findings_of: FindingsOf, written: str, code: str
) -> None:
    edit(good, LESSON, "## Việc của bản", f"{written}\n\n## Việc của bản")
    assert [finding.code for finding in findings_of(good)] == [code]


def test_a_programme_without_these_files_says_nothing_of_them(good: Path, findings_of: FindingsOf) -> None:
    for name in ("confidentiality", "first-hours"):
        (good / f"content/programme/{name}.yml").unlink()
    assert findings_of(good) == []
    loaded = load(good).programme
    assert loaded
    assert loaded.in_words("[limits:can-bo-xa] A.\n\n!!! first-hours") == " A.\n\n"
