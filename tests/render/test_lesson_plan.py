"""A lesson plan of the sample: its page, its sheet in the form that schools know, its cards."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from site_texts import page_of

from taphuan.build import Options, print_only
from taphuan.cli.terminal import TerminalProgress
from taphuan.errors import AuthorError
from taphuan.programme.kinds.lesson_plan import AgeGroup, ClassGroup, CutCard, LessonPlan
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Markdown, ReadOnly
from taphuan.render.paper import sheets
from taphuan.render.printable import Sheet
from taphuan.render.text.prose import Prose

ID = "mot-gio-ve-nuoc"
PLAN = f"content/lesson-plans/{ID}.yml"


def changed(programme: Programme, **fields: object) -> Programme:
    plan = programme.of(LessonPlan)[ID].model_copy(update=fields)
    return programme.having(LessonPlan, ReadOnly({ID: plan}))


def sheets_of(programme: Programme) -> dict[str, Sheet]:
    return {sheet.id: sheet for sheet in sheets(programme, Prose(programme)) if sheet.subject == PLAN}


def test_its_page_has_the_order_that_schools_write_in(programme: Programme) -> None:
    page = page_of(programme, f"giao-an/{ID}/")
    assert re.findall(r"<h[23] id=[^>]+>([^<]+)</h[23]>", page) == [
        "I. Mục tiêu",
        "II. Thiết bị và học liệu",
        "Giữ buổi an toàn",
        "III. Tiến trình",
        "Hoạt động 1. Mở đầu (5 phút)",
        "Hoạt động 2. Hình thành kiến thức (15 phút)",
        "Hoạt động 3. Luyện tập (15 phút)",
        "Hoạt động 4. Vận dụng (10 phút)",
        "Đánh giá",
        "Thẻ để cắt",
        "Số để gọi",
        "Văn bản được dẫn",
    ]


def test_its_page_tells_apart_what_is_asked_and_what_is_not(programme: Programme) -> None:
    page = page_of(programme, f"giao-an/{ID}/")
    asked, never = page.partition('plan-said--never">')[::2]
    assert "Cốc nào trong hơn?" in asked
    assert "Em nào từng uống nước bẩn?" in never
    assert "Em nào từng uống nước bẩn?" not in asked
    assert "<strong>Lối ra.</strong> Em nào thấy khó chịu" in page


def test_its_sheet_tells_apart_what_is_asked_and_what_is_not(programme: Programme) -> None:
    html = sheets_of(programme)[f"{ID}-giao-an"].html
    words = re.findall(r'class="words (say|never)">(.*?)</div>', html, re.DOTALL)
    assert [mood for mood, text in words if "Cốc nào trong hơn?" in text] == ["say"]
    assert [mood for mood, text in words if "Em nào từng uống nước bẩn?" in text] == ["never"]


def test_an_activity_of_two_steps_takes_the_minutes_of_both(programme: Programme) -> None:
    first, *others = programme.of(LessonPlan)[ID].activities
    (step,) = first.steps
    two = (step.model_copy(update={"minutes": 2}), step.model_copy(update={"minutes": 6}))
    both = changed(programme, activities=(first.model_copy(update={"steps": two}), *others))
    assert "Hoạt động 1. Mở đầu (8 phút)" in page_of(both, f"giao-an/{ID}/")
    bar = re.findall(r'style="flex-grow: (\d+)"><b>(\d+)′', sheets_of(both)[f"{ID}-giao-an"].html)
    assert bar == [(minutes, minutes) for minutes in ("2", "6", "15", "15", "10")]


def test_every_plan_stands_on_their_page_and_the_province_leads_to_it(programme: Programme) -> None:
    assert f'<a href="{ID}/">Một giờ về nước</a>' in page_of(programme, "giao-an/")
    task = page_of(programme, "ke-hoach/").partition('id="muc-ii-1-1-dd"')[2].partition("</dl>")[0]
    assert f'<a href="../giao-an/{ID}/">Giáo án: Một giờ về nước</a>' in task
    assert "chưa có giáo án nào" in page_of(programme.having(LessonPlan, ReadOnly()), "giao-an/")


def test_the_plan_is_printed_in_colour_and_mono_and_its_cards_in_black_alone(programme: Programme) -> None:
    described = {
        sheet.id: (sheet.kind, sheet.edition, sheet.duplex) for sheet in sheets_of(programme).values()
    }
    assert described == {
        f"{ID}-giao-an": ("lesson-plan", "colour", "long-edge"),
        f"{ID}-giao-an-den-trang": ("lesson-plan", "mono", "long-edge"),
        f"{ID}-the": ("lesson-cards", "mono", "none"),
    }


def test_a_bar_shows_each_step_as_wide_as_its_minutes(programme: Programme) -> None:
    html = sheets_of(programme)[f"{ID}-giao-an"].html
    assert re.findall(r'style="flex-grow: (\d+)"><b>(\d+)′', html) == [
        ("5", "5"),
        ("15", "15"),
        ("15", "15"),
        ("10", "10"),
    ]


def test_every_number_of_a_note_leads_to_its_note(programme: Programme) -> None:
    html = sheets_of(programme)[f"{ID}-giao-an"].html
    numbers = set(re.findall(r'href="#note-(\d)"', html))
    assert numbers == {"1"}
    assert set(re.findall(r'<li id="note-(\d)">', html)) == numbers


def test_what_takes_two_paragraphs_stands_in_no_other_paragraph(programme: Programme) -> None:
    twice = changed(
        programme,
        **dict.fromkeys(("summary", "exit", "assessment", "law"), Markdown("Một đoạn.\n\nHai đoạn.")),
    )
    page = page_of(twice, f"giao-an/{ID}/")
    assert page.count("<p>Hai đoạn.</p>") == 4
    assert not re.search(r"<p[^>]*>(?:(?!</p>).)*<p>", page, re.DOTALL)
    assert "<p><strong>Lối ra.</strong> Một đoạn.</p>" in page


def test_a_plan_without_cards_has_no_sheet_of_them(programme: Programme) -> None:
    assert f"{ID}-the" not in sheets_of(changed(programme, cards=None))


def test_an_evening_with_parents_has_other_lines_to_fill_in(programme: Programme) -> None:
    lesson = sheets_of(programme)[f"{ID}-giao-an"]
    evening = sheets_of(changed(programme, kind="parents"))[f"{ID}-giao-an"]
    assert "Họ và tên giáo viên:" in lesson.html
    assert "Người phiên dịch:" in evening.html
    assert "Họ và tên giáo viên:" not in evening.html


def test_nine_cards_take_two_pages(programme: Programme) -> None:
    plan = programme.of(LessonPlan)[ID]
    assert plan.cards
    nine = plan.cards.model_copy(update={"items": (CutCard(text="Nước trong."),) * 9})
    html = sheets_of(changed(programme, cards=nine))[f"{ID}-the"].html
    assert re.findall(r'aria-label="(Thẻ \d+ đến \d+)"', html) == ["Thẻ 1 đến 8", "Thẻ 9 đến 9"]


@pytest.mark.usefixtures("chromium_path")
def test_cards_lie_on_one_sheet_of_a4_exactly(whole: Path, tmp_path: Path) -> None:
    (printed,) = print_only(Options(root=whole), (f"{ID}-the",), tmp_path / "pdf", TerminalProgress())
    with pikepdf.open(printed.path) as pdf:
        boxes = [[round(float(side) * 25.4 / 72) for side in page.mediabox[2:]] for page in pdf.pages]
    assert boxes == [[210, 297]]


@pytest.mark.usefixtures("chromium_path")
def test_a_card_that_does_not_hold_its_text_is_a_finding_at_that_card(whole: Path, tmp_path: Path) -> None:
    text = (whole / PLAN).read_text(encoding="utf-8")
    (whole / PLAN).write_text(text.replace("Nước đục.", "Nước đục lắm. " * 30), encoding="utf-8")
    with pytest.raises(AuthorError) as error:
        print_only(Options(root=whole), (f"{ID}-the",), tmp_path / "pdf", TerminalProgress())
    (finding,) = error.value.findings
    assert (finding.code, finding.file) == ("card-overflow", PLAN)
    assert "thẻ 2" in finding.message


def test_the_list_has_pupils_by_age_and_parents_last_and_says_once_that_all_are_drafts(
    programme: Programme,
) -> None:
    plan = programme.of(LessonPlan)[ID]
    ages = AgeGroup.model_validate({"from": 15, "to": 17})
    older = plan.model_copy(update={"id": "lon-hon", "ages": ages})
    evening = plan.model_copy(update={"id": "a-toi", "kind": "parents", "ages": None, "grades": None})
    plans = {each.id: each for each in (evening, older, plan)}
    page = page_of(programme.having(LessonPlan, ReadOnly(plans)), "giao-an/")
    young = f"Học sinh {plan.ages.youngest}–{plan.ages.oldest} tuổi" if plan.ages else "Học sinh"
    assert re.findall(r"<h2 id=.+?>(.+?)</h2>", page) == [young, "Học sinh 15–17 tuổi", "Cha mẹ"]
    assert page.count("Mở giáo án") == 3
    assert page.count('class="draft"') == (1 if plan.review.is_draft else 0)


def test_the_list_is_chosen_from_by_class_and_stands_in_the_order_of_a_year(programme: Programme) -> None:
    plan = programme.of(LessonPlan)[ID]
    classes = ClassGroup.model_validate({"from": 6, "to": 7})
    given = (("a", "Bài sau", 2), ("b", "Bài đầu", 1))
    ours = {
        id: plan.model_copy(update={"id": id, "title": title, "classes": classes, "order": order})
        for id, title, order in given
    }
    evening = plan.model_copy(update={"id": "toi", "title": "Tối", "kind": "parents", "ages": None})
    page = page_of(programme.having(LessonPlan, ReadOnly({**ours, "toi": evening})), "giao-an/")
    assert re.findall(r"<h3><a .*?>(.+?)</a>", page) == ["Bài đầu", "Bài sau", "Tối"]
    assert re.findall(r"Tiết . trong năm", page) == ["Tiết 1 trong năm", "Tiết 2 trong năm"]
    assert re.findall(r'data-classes="(.*?)"', page) == ["6 7"] * 3
    links = page.partition("filter__links")[2].partition("</nav>")[0]
    assert re.findall(r'href="#(.+?)">(.+?)</a>', links) == [
        ("hoc-sinh-11-14", "Lớp 6"),
        ("hoc-sinh-11-14", "Lớp 7"),
    ]
