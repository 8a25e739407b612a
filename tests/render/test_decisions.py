"""Open questions: whoever reads or teaches is told who has to answer, and what stands until then."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape

import pytest
from programmes import SAMPLES

from taphuan.programme import urls
from taphuan.programme.loader import load
from taphuan.programme.model.course import Course
from taphuan.programme.model.plan import Decided, Decision
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.programme.vietnamese import written_day
from taphuan.render.paper import sheets
from taphuan.render.site import pages
from taphuan.render.text.prose import Prose

ASKED, TARGET = "gieng-nao-duoc-dem", "can-bo-duoc-tap-huan"
PAPER = Decided(document="123/HD-SYT", issued=date(2027, 1, 15), says="Mỗi quý một hoạt động.")


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The sample with two courses and two targets.

    A question of each course is open; their target rests on that of the first, the other target on a
    question that has been answered.
    """
    sample = load(SAMPLES / "good").programme
    assert sample
    course, target, question = (
        sample.courses["nuoc-sach"],
        sample.charter.targets[TARGET],
        sample.decisions[ASKED],
    )
    module = course.modules[0].model_copy(update={"lessons": ("nuoc-sach/giu-nguon-nuoc",)})
    other_course = course.model_copy(update={"id": "khac", "modules": (module,)})
    targets = {
        TARGET: target.model_copy(update={"assumes": (ASKED,)}),
        "xa-truyen-thong": target.model_copy(update={"measure": "communication"}),
    }
    agencies = sample.units.agencies
    other_agency = agencies["so-mau"].model_copy(update={"name": "Sở Khác"})
    decisions = {
        ASKED: question.model_copy(update={"who": ("so-mau", "so-khac"), "courses": ("nuoc-sach",)}),
        "ai-day": question.model_copy(update={"question": "Ai dạy ở xã?", "courses": ("khac",)}),
    }
    return replace(
        sample,
        charter=sample.charter.model_copy(update={"targets": ReadOnly(targets)}),
        units=sample.units.model_copy(update={"agencies": ReadOnly({**agencies, "so-khac": other_agency})}),
        decisions=ReadOnly({**sample.decisions, **decisions}),
    ).having(Course, ReadOnly({**sample.courses, "khac": other_course}))


def decided(programme: Programme) -> Programme:
    answered = programme.decisions[ASKED].model_copy(update={"decided": PAPER})
    return replace(programme, decisions=ReadOnly({**programme.decisions, ASKED: answered}))


def plan(programme: Programme) -> str:
    (page,) = (page for page in pages(programme) if page.address == urls.PLAN)
    return page.body


def section(page: str, id: str) -> str:
    match = re.search(rf'<section class="decision" id="{urls.decision_anchor(id)}">.*?</section>', page, re.S)
    assert match, id
    return words(match[0])


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def still_open(programme: Programme) -> Mapping[str, Decision]:
    return {id: decision for id, decision in programme.decisions.items() if decision.is_open}


@cache
def guides(programme: Programme) -> dict[str, str]:
    made = sheets(programme, Prose(programme))
    return {sheet.subject: words(sheet.html) for sheet in made if sheet.kind == "guide"}


def test_each_open_question_stands_on_the_plans_page_with_who_answers_and_what_stands_until_then(
    programme: Programme,
) -> None:
    page = plan(programme)
    for id, decision in still_open(programme).items():
        said = section(page, id)
        assert decision.question in said
        assert f"Cơ quan trả lời {'; '.join(programme.deciders(decision))}" in said
        assert f"Ngày nêu {written_day(decision.since)}" in said
    assert "Cơ quan trả lời Sở Mẫu; Sở Khác" in section(page, ASKED)
    assert "2 câu hỏi còn mở" in words(page)
    assert "chưa có nghĩa là đã gửi văn bản hỏi" in words(page)


def test_a_target_that_rests_on_an_open_question_leads_to_it(programme: Programme) -> None:
    page = plan(programme)
    for id in programme.charter.targets:
        row = page[page.index(f'<tr id="{id}">') :].partition("</tr>")[0]
        rests_on = programme.assumed(id)
        assert all(f'href="#{urls.decision_anchor(key)}"' in row for key in rests_on)
        assert ("Còn chờ" in row) == any(decision.is_open for decision in rests_on.values())
    assert page.count("chỉ nêu số liệu, chưa kết luận") == bool(still_open(programme)), "once, above them all"
    assert [len(programme.assumed(id)) for id in programme.charter.targets] == [1, 1]


def test_an_answered_question_keeps_its_address_and_names_the_paper(programme: Programme) -> None:
    page = plan(decided(programme))
    assert section(page, ASKED).endswith("123/HD-SYT, ngày 15/01/2027: Mỗi quý một hoạt động.")
    assert "Cách tính theo 123/HD-SYT" in words(page)
    assert "1 câu hỏi còn mở" in words(page)
    assert "câu hỏi đã có trả lời" in page.lower()


def test_a_plan_without_open_questions_says_nothing_of_them(programme: Programme) -> None:
    page = plan(replace(programme, decisions=ReadOnly({}), look_up=None))
    assert "âu hỏi" not in page.partition("## Nhiệm vụ")[0]
    assert 'class="decision"' not in page


def test_the_trainers_guide_has_the_open_questions_of_its_course(programme: Programme) -> None:
    for course, guide in guides(programme).items():
        asked = {
            decision.question for decision in still_open(programme).values() if course in decision.courses
        }
        others = {decision.question for decision in programme.decisions.values()} - asked
        assert len(asked) == 1
        assert all(question in guide for question in asked)
        assert not any(question in guide for question in others)
    assert "Cơ quan trả lời: Sở Mẫu, Sở Khác." in guides(programme)["nuoc-sach"]


def test_an_answered_question_leaves_the_trainers_guide_of_every_course(programme: Programme) -> None:
    asked = programme.decisions[ASKED].model_copy(update={"courses": tuple(programme.courses)})
    shared = replace(programme, decisions=ReadOnly({**programme.decisions, ASKED: asked}))
    assert guides(shared).keys() == {"nuoc-sach", "khac"}
    assert all(asked.question in guide for guide in guides(shared).values())
    assert not any(asked.question in guide for guide in guides(decided(shared)).values())


def test_a_course_says_for_whom_its_counting_waits_until_that_is_decided(programme: Programme) -> None:
    def counted(programme: Programme) -> str:
        (page,) = (page for page in pages(programme) if page.address == urls.course("nuoc-sach"))
        (note,) = re.findall(r'<p class="note">(Khóa này .*?)</p>', page.body, re.S)
        return str(note)

    question = programme.decisions[ASKED].question
    waiting, settled = counted(programme), counted(decided(programme))
    assert f"70% đến năm 2030; còn chờ Sở Mẫu, Sở Khác hướng dẫn: {question} Chỉ đọc bài" in words(waiting)
    assert f'#{urls.decision_anchor(ASKED)}"' in waiting
    assert words(waiting).startswith("Khóa này tạm tính vào chỉ tiêu")
    assert words(settled).startswith("Khóa này được tính vào chỉ tiêu")
    assert "70% đến năm 2030. Chỉ đọc bài" in words(settled)
