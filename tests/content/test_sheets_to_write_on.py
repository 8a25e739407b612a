"""Blank forms and lesson plans of the province: what they serve, and what none of them may say."""

from __future__ import annotations

import re

import pytest
from programmes import REPOSITORY

from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.vietnamese import sentences


@pytest.fixture(scope="module")
def programme() -> Programme:
    loaded = load(REPOSITORY).programme
    assert loaded
    return loaded


def test_the_review_leads_from_each_point_to_the_sheets_that_say_they_serve_it(programme: Programme) -> None:
    table = (REPOSITORY / "docs/content-review.md").read_text(encoding="utf-8").partition("| Point |")[2]
    listed = {
        point: set(re.findall(r"`([a-z0-9-]+)`", ids))
        for point, ids in re.findall(r"^\| (II\.\S+) \| (.*?) \|", table, re.MULTILINE)
    }
    serving: dict[str, set[str]] = {}
    for document in (*programme.forms.values(), *programme.lesson_plans.values()):
        for point in document.serves:
            serving.setdefault(point, set()).add(document.id)
    assert listed == serving


def test_points_that_stand_on_a_sheet_alone_have_one(programme: Programme) -> None:
    served = {point for form in programme.forms.values() for point in form.serves}
    assert {"II.3.2.đ", "II.3.3.b", "II.5.2.a"} <= served


SELLING = re.compile(r"(?:bán|mại) dâm", re.IGNORECASE)
REPORTING = re.compile(
    r"(?:phải|bắt buộc|buộc|cần|được) (?:trình |khai )?báo|nghĩa vụ (?:trình |khai )?báo", re.IGNORECASE
)


def says_whether_to_report(text: str) -> bool:
    """Tells whether a sentence says of selling sex that it is to be reported, or that it is not."""
    return any(SELLING.search(each) and REPORTING.search(each) for each in map(str, sentences(text)))


def test_no_sheet_answers_whether_to_report_who_tells_of_selling_sex(programme: Programme) -> None:
    documents = (*programme.forms.values(), *programme.lesson_plans.values())
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
    by_law = {id for id, form in programme.forms.items() if form.names == "by-law"}
    assert by_law == {"cam-ket-cua-chu-co-so", "cam-ket-cua-nguoi-lam"}
