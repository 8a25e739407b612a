"""The gate: nothing that is marked for adults is on a page or a sheet of whoever is not of age."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_samples.audiences import households_with_children, learners_under_age, pupils
from broken_samples.cases import (
    AUDIENCES,
    BANK,
    CAMPAIGN,
    CARD,
    CONTACTS,
    FLOW,
    FORM,
    LESSON,
    PAGE,
    PLAN,
    SCENARIO,
    TESTS,
    WRITTEN_TASK,
)
from programmes import SAMPLES, FindingsOf, change
from texts_for_minors import marks_met_by_minors

from taphuan.programme.audience_gate import blocks_of, readers_of
from taphuan.programme.kinds.lesson_plan import LessonPlan
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import Bank
from taphuan.quiz import course_version
from taphuan.render.paper import sheets
from taphuan.render.site import pages
from taphuan.render.text.prose import Prose

NAMED = "contacts: [to-cap-nuoc]\n"
FOR_ADULTS = "    urgent: true\n    for: adults\n"


def mark_contact(root: Path) -> None:
    """Makes the contact one for adults, and takes it out of the form and the plan, which others read too."""
    change(root, CONTACTS, "    urgent: true\n", FOR_ADULTS)
    for file in (FORM, PLAN):
        change(root, file, NAMED, "")


def without_contacts(root: Path) -> None:
    """Takes the contact out of what the learners of the course read."""
    change(root, LESSON, "- Gọi [contact:to-cap-nuoc] khi nước đục.\n", "- Gọi tổ.\n")
    change(root, SCENARIO, "Gọi [contact:to-cap-nuoc] có", "Gọi tổ thì có")
    change(root, FLOW, "      calls:\n        to-cap-nuoc: khi có người đau bụng\n", "      text: Gọi tổ.\n")
    change(root, CARD, f"    {NAMED}", "")
    change(root, WRITTEN_TASK, NAMED, "")
    change(root, FLOW, "say:", "calls: {so-chua-goi-thu: khi cần}\nsay:")


def places(findings_of: FindingsOf, root: Path) -> list[tuple[str, str, int]]:
    return [(finding.code, finding.file, finding.line) for finding in findings_of(root)]


def test_adults_may_read_all_that_is_marked_for_them(good: Path, findings_of: FindingsOf) -> None:
    mark_contact(good)
    change(good, LESSON, '!!! case "Nhà', '!!! case adults "Nhà')
    change(good, BANK, "use: self-check", "use: self-check\nfor: adults")
    change(good, TESTS, "use: test", "use: test\nfor: adults")
    assert findings_of(good) == []


def test_a_campaign_with_pupils_among_its_audiences_is_held_on_its_page_and_all_its_sheets(
    good: Path, findings_of: FindingsOf
) -> None:
    mark_contact(good)
    pupils(good)
    change(good, CAMPAIGN, "audiences: [nguoi-dan]", "audiences: [nguoi-dan, hoc-sinh]")
    lines = [11, 28, 35, 37]
    assert sorted(places(findings_of, good)) == [("adults-contact", CAMPAIGN, line) for line in lines]


def test_what_anybody_may_read_is_held_as_well(good: Path, findings_of: FindingsOf) -> None:
    mark_contact(good)
    households_with_children(good)
    assert {code for code, *_ in places(findings_of, good)} == {"adults-contact"}


@pytest.mark.parametrize("file", [FORM, PLAN])
def test_a_form_is_for_everyone_and_a_plan_for_its_class(
    good: Path, findings_of: FindingsOf, file: str
) -> None:
    mark_contact(good)
    change(good, file, "serves: [", NAMED + "serves: [")
    assert [place[:2] for place in places(findings_of, good)] == [("adults-contact", file)]


@pytest.mark.parametrize(
    ("ages", "readers"),
    [("{from: 11, to: 14}", "minors"), ("{from: 17, to: 20}", "minors"), ("{from: 18, to: 60}", "all")],
)
def test_a_plan_is_for_pupils_where_some_of_its_ages_are_under_18(
    good: Path, ages: str, readers: str
) -> None:
    change(good, PLAN, "ages: {from: 11, to: 14}", f"ages: {ages}")
    (plan,) = loaded(good).of(LessonPlan).values()
    assert readers_of(loaded(good), plan).ages == readers


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("exit: Em nào thấy khó chịu thì ra ngoài, có cô chờ.", []),
        ("assessment: Bằng câu em nói được.", []),
        ("aim: Thấy nước có hai loại.", []),
        ('says: ["Gọi tổ cấp nước.', ["adults-contact"]),
    ],
)
def test_what_a_plan_tells_its_teacher_may_name_a_contact_for_adults_and_what_a_class_hears_may_not(
    good: Path, findings_of: FindingsOf, words: str, codes: list[str]
) -> None:
    mark_contact(good)
    change(good, PLAN, words, f"{words} [contact:to-cap-nuoc]")
    assert [code for code, *_ in places(findings_of, good)] == codes


def test_a_plan_for_adults_says_so_and_one_for_a_class_under_age_cannot(
    good: Path, findings_of: FindingsOf
) -> None:
    mark_contact(good)
    change(good, PLAN, "ages: {from: 11, to: 14}\n", "")
    change(good, PLAN, "serves: [", NAMED + "serves: [")
    assert [code for code, *_ in places(findings_of, good)] == ["adults-contact"]
    change(good, PLAN, "kind: lesson\n", "kind: lesson\nfor: adults\n")
    assert findings_of(good) == []
    change(good, PLAN, "for: adults\n", "for: adults\nages: {from: 15, to: 18}\n")
    assert {code for code, *_ in places(findings_of, good)} == {"adults-plan", "adults-contact"}


def test_the_page_of_a_plan_is_its_teachers_so_pupils_do_not_meet_it_in_a_search(good: Path) -> None:
    (page,) = (page for page in pages(loaded(good)) if page.address == "giao-an/mot-gio-ve-nuoc/")
    assert (page.meta["readers"], page.meta["ages"]) == (["Giáo viên"], "adults")


def test_a_page_without_an_audience_is_for_everyone(good: Path, findings_of: FindingsOf) -> None:
    mark_contact(good)
    path = good / PAGE
    path.write_text(
        path.read_text(encoding="utf-8")
        + '\nGọi [contact:to-cap-nuoc].\n\n!!! law adults "Luật"\n    Phạt tiền.\n',
        encoding="utf-8",
    )
    assert [code for code, *_ in places(findings_of, good)] == ["adults-contact", "adults-block"]


@pytest.mark.parametrize(
    ("target", "codes"),
    [
        ("/khoa-hoc/nuoc-sach/", ["adults-link"]),
        ("/khoa-hoc/nuoc-sach/giu-nguon-nuoc/#viec-cua-ban", ["adults-link"]),
        ("../lessons/nuoc-sach/giu-nguon-nuoc.md", ["adults-link"]),
        ("/ho-tro/", []),
    ],
)
def test_a_link_in_a_text_for_pupils_leads_to_no_page_for_adults(
    good: Path, findings_of: FindingsOf, target: str, codes: list[str]
) -> None:
    pupils(good)
    change(good, CAMPAIGN, "      Gọi ngay [contact:to-cap-nuoc].\n", f"      Xem [ở đây]({target}).\n")
    assert findings_of(good) == []
    change(good, CAMPAIGN, "audiences: [nguoi-dan]", "audiences: [nguoi-dan, hoc-sinh]")
    assert [place[:2] for place in places(findings_of, good)] == [(code, CAMPAIGN) for code in codes]


def test_a_scenario_is_for_who_learns_the_lessons_that_place_it_and_a_pocket_text_for_its_course(
    good: Path, findings_of: FindingsOf
) -> None:
    mark_contact(good)
    assert findings_of(good) == []
    learners_under_age(good)
    assert [place[:2] for place in places(findings_of, good)] == [
        ("adults-contact", FLOW),
        ("adults-contact", LESSON),
        ("adults-contact", WRITTEN_TASK),
        ("adults-contact", CARD),
        ("adults-contact", SCENARIO),
    ]


def test_a_flow_names_no_contact_for_adults_to_pupils_in_words_or_among_its_numbers(
    good: Path, findings_of: FindingsOf
) -> None:
    mark_contact(good)
    learners_under_age(good)
    without_contacts(good)
    change(good, FLOW, "      text: Gọi tổ.\n", "      calls: {to-cap-nuoc: khi có người đau}\n")
    change(good, FLOW, "    text: Người của tổ", "    text: Gọi [contact:to-cap-nuoc]. Người của tổ")
    change(good, FLOW, "calls: {so-chua-goi-thu", "calls: {to-cap-nuoc")
    assert places(findings_of, good) == [("adults-contact", FLOW, line) for line in (12, 17, 22)]


def test_remarks_for_the_trainer_are_for_adults_also_in_a_lesson_for_pupils(
    good: Path, findings_of: FindingsOf
) -> None:
    mark_contact(good)
    learners_under_age(good)
    without_contacts(good)
    change(good, LESSON, "  Nhắc mang ủng.\n", "  Khi cần, gọi [contact:to-cap-nuoc].\n")
    assert findings_of(good) == []


def test_words_of_a_question_for_pupils_are_held_too(good: Path, findings_of: FindingsOf) -> None:
    mark_contact(good)
    learners_under_age(good)
    without_contacts(good)
    change(good, TESTS, "    objective: bao-tin\n", "    explanation: Gọi [contact:to-cap-nuoc].\n")
    assert [place[:2] for place in places(findings_of, good)] == [("adults-contact", TESTS)]


def test_a_bank_for_adults_is_told_once_for_each_test_that_may_draw_it(
    good: Path, findings_of: FindingsOf
) -> None:
    learners_under_age(good)
    change(good, TESTS, "use: test", "use: test\nfor: adults")
    assert [code for code, *_ in places(findings_of, good)] == ["adults-question"]


@pytest.mark.parametrize("mark", ["adults", "Adults", "for: adults", "for:adults"])
def test_a_block_may_be_marked_in_several_ways(mark: str) -> None:
    (block,) = blocks_of(f'!!! case {mark} "Nhà bên khe"\n    Lời.')
    assert block.is_for_adults


@pytest.mark.parametrize("title", ['"adults"', "Người lớn nghe", "“adults nói”"])
def test_a_title_is_no_mark(title: str) -> None:
    (block,) = blocks_of(f"!!! case {title}\n    Lời.")
    assert not block.is_for_adults


def test_a_mark_shows_on_page_and_paper(good: Path) -> None:
    change(good, LESSON, '!!! case "Nhà', '!!! case adults "Nhà')
    programme = loaded(good)
    made = Prose(programme).html(programme.lessons["nuoc-sach/giu-nguon-nuoc"].body, "khoa-hoc/a/b/")
    assert '<div class="admonition case adults">' in made
    shown = [sheet.id for sheet in sheets(programme, Prose(programme)) if "case adults" in sheet.html]
    assert "nuoc-sach-giu-nguon-nuoc" in shown


def test_a_figure_for_adults_stays_a_figure(good: Path) -> None:
    made = Prose(loaded(good)).html("!!! figure adults giot-nuoc\n    Một giọt.", "khoa-hoc/a/b/")
    assert str(made).replace("\n", "").startswith('<figure class="figure adults"><img ')


def test_a_page_says_whose_it_is(good: Path) -> None:
    pupils(good)
    change(good, CAMPAIGN, "audiences: [nguoi-dan]", "audiences: [nguoi-dan, hoc-sinh]")
    meta = {page.address: page.meta for page in pages(loaded(good))}
    campaign, lesson = meta["truyen-thong/giu-giot-nuoc/"], meta["khoa-hoc/nuoc-sach/bao-nuoc-ban/"]
    assert (campaign["readers"], campaign["ages"]) == (["Người dân", "Học sinh"], "minors")
    assert (lesson["readers"], lesson["ages"]) == (["Cán bộ xã"], "adults")
    assert "ages" not in meta["ho-tro/"]


def test_the_help_page_says_of_a_contact_that_it_is_for_adults(good: Path) -> None:
    mark_contact(good)
    (page,) = (page for page in pages(loaded(good)) if page.address == "ho-tro/")
    assert '<h3 class="contact__name" data-for="adults">' in page.body
    assert "Dành cho người lớn" in page.body


def test_a_mark_makes_no_other_version_of_a_test() -> None:
    """It says who is asked, so nothing that somebody passed is another test for it."""
    programme = loaded(SAMPLES / "good")
    bank = programme.banks["nuoc-sach-kiem-tra"]
    marked = {id: asked.model_copy(update={"readers": "adults"}) for id, asked in bank.questions.items()}
    others = {**programme.banks, bank.id: bank.model_copy(update={"questions": marked, "readers": "adults"})}
    course = programme.courses["nuoc-sach"]
    assert course_version(programme.having(Bank, others), course) == course_version(programme, course)


def test_a_programme_that_is_not_checked_would_show_pupils_what_is_for_adults(good: Path) -> None:
    """So the test of the real programme can fail: it reads what is drawn, not what was checked."""
    learners_under_age(good)
    mark_contact(good)
    change(good, LESSON, '!!! case "Nhà', '!!! case adults "Nhà')
    change(good, BANK, "  nuoc-nao-sach:\n", "  nuoc-nao-sach:\n    for: adults\n")
    met = marks_met_by_minors(loaded(good))
    assert {"khoa-hoc/nuoc-sach/giu-nguon-nuoc/", "nuoc-sach-giu-nguon-nuoc", "nuoc-sach-so-tay"} <= set(met)
    assert met["khoa-hoc/nuoc-sach/giu-nguon-nuoc/"] == {"block", "to-cap-nuoc", "nuoc-nao-sach"}


def loaded(root: Path) -> Programme:
    programme = load(root).programme
    assert programme is not None
    return programme


def test_who_is_under_age_is_said_by_the_audience(good: Path) -> None:
    assert readers_of(loaded(good), loaded(good).courses["nuoc-sach"]).ages == "adults"
    change(good, AUDIENCES, "  level: commune\n", "  level: commune\n  ages: minors\n")
    programme = loaded(good)
    for document in (*programme.courses.values(), *programme.lessons.values()):
        assert readers_of(programme, document) == (("Cán bộ xã",), "minors")
