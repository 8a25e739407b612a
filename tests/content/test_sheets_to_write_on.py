"""Blank forms and lesson plans of the province: what they serve, and what none of them may say."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from programmes import REPOSITORY

from taphuan.programme.kinds.blank_form import BlankForm
from taphuan.programme.kinds.lesson_plan import LessonPlan
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.vietnamese import sentences


@pytest.fixture(scope="module")
def programme() -> Programme:
    loaded = load(REPOSITORY).programme
    assert loaded
    return loaded


OUTCOMES = {"Confirmed", "With a lack", "Not", "Not by training"}
ROW = re.compile(r"^\| (II\.\S+) \| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, ...]]:
    return ROW.findall((REPOSITORY / "docs/content-review.md").read_text(encoding="utf-8"))


def named(cell: str) -> list[str]:
    return re.findall(r"`([a-z0-9/-]+)`", cell)


@pytest.mark.slow
def test_the_review_tells_of_each_point_of_the_plan_once(
    programme: Programme, rows: list[tuple[str, ...]]
) -> None:
    points = [point for point, _ in programme.charter.plan.task_points()]
    assert [row[0] for row in rows] == points
    assert {row[1] for row in rows} <= OUTCOMES


def test_at_most_four_points_are_not_for_training(rows: list[tuple[str, ...]]) -> None:
    assert sum(row[1] == "Not by training" for row in rows) <= 4


def test_the_review_counts_its_own_outcomes(rows: list[tuple[str, ...]]) -> None:
    there = Counter(outcome for _, outcome, *_ in rows)
    said = (
        f"Of the {len(rows)}, {there['Confirmed']} are confirmed, {there['With a lack']} with a lack, "
        f"{there['Not']} not, {there['Not by training']} not by training."
    )
    assert said in (REPOSITORY / "docs/content-review.md").read_text(encoding="utf-8")


def test_what_a_point_stands_on_says_that_it_serves_it(
    programme: Programme, rows: list[tuple[str, ...]]
) -> None:
    materials = {
        **programme.courses,
        **programme.lessons,
        **programme.campaigns,
        **programme.of(BlankForm),
        **programme.of(LessonPlan),
    }
    for point, outcome, stands_on, _, _ in rows:
        ids = named(stands_on)
        assert bool(ids) is (outcome != "Not by training"), point
        assert [id for id in ids if point not in materials[id].serves] == [], point


def test_the_review_leads_from_each_point_to_the_sheets_that_say_they_serve_it(
    programme: Programme, rows: list[tuple[str, ...]]
) -> None:
    sheets = {**programme.of(BlankForm), **programme.of(LessonPlan)}
    listed = {point: {id for id in named(" ".join(cells)) if id in sheets} for point, _, *cells in rows}
    for id, sheet in sheets.items():
        assert [point for point in sheet.serves if id not in listed.get(point, set())] == [], id


def test_points_that_stand_on_a_sheet_alone_have_one(programme: Programme) -> None:
    served = {point for form in programme.of(BlankForm).values() for point in form.serves}
    assert {"II.3.2.đ", "II.3.3.b", "II.5.2.a"} <= served


SELLING = re.compile(r"(?:bán|mại) dâm", re.IGNORECASE)
REPORTING = re.compile(
    r"(?:phải|bắt buộc|buộc|cần|được) (?:trình |khai )?báo|nghĩa vụ (?:trình |khai )?báo", re.IGNORECASE
)


def says_whether_to_report(text: str) -> bool:
    """Tells whether a sentence says of selling sex that it is to be reported, or that it is not."""
    return any(SELLING.search(each) and REPORTING.search(each) for each in map(str, sentences(text)))


def test_no_sheet_answers_whether_to_report_who_tells_of_selling_sex(programme: Programme) -> None:
    documents = (*programme.of(BlankForm).values(), *programme.of(LessonPlan).values())
    texts = [text for document in documents for _, text in document.texts]
    assert [text for text in texts if says_whether_to_report(text)] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Ai kể mình bán dâm thì phải báo.", True),
        ("Không phải trình báo người kể mình từng bán dâm.", True),
        ("Nghe kể. Mại dâm hay không, cô bắt buộc báo.", True),
        ("Người bán dâm kể với bạn thì bạn không có nghĩa vụ báo.", True),
        ("Phải báo khi có trẻ bị hại. Không hỏi ai về chuyện bán dâm.", False),
        ("Luật cấm bán dâm.", False),
    ],
)
def test_an_answer_is_known_in_whichever_order_it_is_said(text: str, says: bool) -> None:
    assert says_whether_to_report(text) is says


def test_a_sheet_that_asks_for_names_is_an_undertaking(programme: Programme) -> None:
    by_law = {id for id, form in programme.of(BlankForm).items() if form.names == "by-law"}
    assert by_law == {"cam-ket-cua-chu-co-so", "cam-ket-cua-nguoi-lam"}
