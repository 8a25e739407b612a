"""Staff read on their first page which test has too few questions left, and 90 days before that it will."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from fixtures_ended_questions import LAST, OVER, SPARE, TODAY, with_ended_questions
from staff_users import OURS, PROVINCE, THEIRS, SignedIn, UnitPersons

from taphuan.programme.model.programme import Programme

HEADING = "Câu hỏi kiểm tra cần biên soạn lại"


@pytest.fixture
def last() -> date:
    """Their last day."""
    return LAST


@pytest.fixture
def over() -> tuple[str, ...]:
    """The questions that end; one can be spared."""
    return OVER, SPARE


@pytest.fixture
def programme(programme: Programme, over: tuple[str, ...], last: date) -> Programme:
    return with_ended_questions(programme, *over, day=last)


def home(signed_in: SignedIn, role: str = "trainer", unit: str = OURS) -> str:
    page: str = signed_in(role, unit).get("").text  # type: ignore[arg-type]
    return " ".join(page.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(("role", "unit"), [("trainer", OURS), ("unit-head", THEIRS), ("office", PROVINCE)])
def test_a_test_that_cannot_be_drawn_is_told_with_its_objective_numbers_and_day(
    role: str, unit: str, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    page = home(signed_in, role, unit)
    assert HEADING in page
    said = "Nước sạch cho cán bộ xã</strong>, mục tiêu “Giữ được nguồn nước của bản”: "
    assert f"{said}từ ngày 01/3/2026 chỉ còn 2 câu dùng được, cần 3 câu." in page
    assert "đề đang làm dở vẫn nộp và được chấm" in page
    assert page.count("câu dùng được") == 1
    # The office does not ask itself.
    assert ("Đề nghị cơ quan chủ trì cho sửa" in page) is (role != "office")
    assert ("Cần giao người biên soạn sửa" in page) is (role == "office")


@pytest.mark.parametrize("last", [TODAY + timedelta(days=89), TODAY])
def test_it_is_told_before_it_comes(
    last: date, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    page = home(signed_in)
    assert "sẽ chỉ còn 2 câu dùng được, cần 3 câu." in page
    assert "chưa mở được đề mới" not in page


@pytest.mark.parametrize("over", [(OVER, SPARE, "kt-viec-giu-nguon", "kt-viec-chung-ban")])
def test_none_at_all_is_said_in_words(
    over: tuple[str, ...], signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    assert "không còn câu nào dùng được, cần 3 câu." in home(signed_in)


@pytest.mark.parametrize("last", [TODAY + timedelta(days=90), date(2030, 1, 1)])
def test_what_is_further_off_waits(
    last: date, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    assert HEADING not in home(signed_in)


@pytest.mark.parametrize("over", [(OVER,)])
def test_one_that_can_be_spared_is_not_missed(
    over: tuple[str, ...], signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    assert HEADING not in home(signed_in)
