"""A paper printed while its questions were right and typed in after one of them has ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from class_pages import done, enter, right_sheet_of
from fixtures_ended_questions import (
    COURSE,
    LAST,
    OVER,
    TODAY,
    form_of_seed,
    question_ids,
    with_ended_questions,
)
from httpx import Response
from staff_users import OURS, SignedIn, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.quiz import Form
from taphuan.records import Store
from taphuan.records.training import progress


@pytest.fixture
def programme(programme: Programme) -> Programme:
    """What the server has today."""
    return with_ended_questions(programme, OVER)


@pytest.fixture
def sown(programme: Programme) -> str:
    """A set whose form 101 asked what is over now."""
    sets = map(str, range(1, 50))
    return next(
        one for one in sets if OVER in question_ids(form_of_seed(programme, COURSE, one, "101", on=LAST))
    )


def printed(programme: Programme, sown: str, on: date) -> tuple[Form, dict[str, str], Mapping[str, str]]:
    """A form as it was printed on a day: itself, what it takes to open it, and the right letters."""
    form = form_of_seed(programme, COURSE, sown, "101", on=on)
    return form, {"code": f"101-{form.check}", "sown": sown}, right_sheet_of(programme, form)


def test_it_is_marked_as_the_form_that_it_was(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    programme: Programme,
    sown: str,
    store: Store,
) -> None:
    form, codes, right = printed(programme, sown, LAST)
    user, ids = signed_in("trainer", OURS), persons_by_unit[OURS].ids
    page = enter(user, ids["hoa"], right, sheet="Tập 3", day="2026-02-28", **codes)
    assert "6/6" in page.text
    assert OVER in question_ids(form)
    assert done(store, ids["hoa"]) == [(COURSE, "B")]


def test_old_and_new_forms_of_one_number_are_each_marked_as_themselves(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    programme: Programme,
    sown: str,
    store: Store,
) -> None:
    user, ids = signed_in("trainer", OURS), persons_by_unit[OURS].ids
    _, codes, right = printed(programme, sown, LAST)
    new, new_codes, new_right = printed(programme, sown, TODAY)
    assert OVER not in question_ids(new)
    assert codes["code"] != new_codes["code"]
    assert "6/6" in enter(user, ids["hoa"], right, sheet="Tập 3", day="2026-02-27", **codes).text
    assert "6/6" in enter(user, ids["minh"], new_right, sheet="Tập 3", **new_codes).text
    assert done(store, ids["hoa"]) == done(store, ids["minh"]) == [(COURSE, "B")]
    assert store.verify() == ()


def test_where_two_forms_have_the_same_digits_neither_is_guessed(
    signed_in: SignedIn, programme: Programme, sown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Form, "check", "482")
    _, codes, _ = printed(programme, sown, LAST)
    user = signed_in("trainer", OURS)
    page = user.post("bai-giay/", "bai-giay/", course=COURSE, name="thi hoa", **codes)
    assert page.status_code == 422
    assert "chấm theo tờ đáp án in cùng đề" in page.text


def test_a_day_of_use_after_its_last_is_told_and_nothing_is_lost(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    programme: Programme,
    sown: str,
    store: Store,
) -> None:
    _, codes, right = printed(programme, sown, LAST)
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = enter(user, hoa, right, sheet="Tập 3", day="2026-03-01", **codes)
    assert page.status_code == 422
    assert "Đề này chỉ dùng đến ngày 28/02/2026" in page.text
    assert all(f'name="{name}" value="{written}"' in page.text for name, written in right.items())
    with store.read() as connection:
        assert progress.attempts(connection, hoa) == ()
    assert "6/6" in enter(user, hoa, right, sheet="Tập 3", day="2026-02-28", **codes).text


def test_a_paper_typed_by_two_trainers_is_one_attempt_unless_it_is_said_to_be_another(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    programme: Programme,
    sown: str,
    store: Store,
) -> None:
    _, codes, right = printed(programme, sown, TODAY)
    first, second, hoa = (
        signed_in("trainer", OURS),
        signed_in("trainer", OURS),
        persons_by_unit[OURS].ids["hoa"],
    )
    blank = {name: "" if name == "c1" else written for name, written in right.items()}

    def count() -> int:
        with store.read() as connection:
            return len(progress.attempts(connection, hoa))

    assert "5/6" in enter(first, hoa, blank, sheet="Tập 3", blank="yes", **codes).text
    page = enter(second, hoa, blank, sheet="Tập 4", blank="yes", **codes)
    assert page.status_code == 422
    assert f"đã có một bài mã đề {codes['code']} làm ngày 01/3/2026" in page.text
    # What was ticked before stays ticked; else each of the two questions would hide the other.
    assert 'name="blank" value="yes" checked' in page.text
    assert count() == 1
    assert enter(second, hoa, blank, sheet="Tập 4", blank="yes", another="yes", **codes).is_success
    assert count() == 2


def test_of_a_person_without_an_attempt_left_nothing_that_was_typed_is_lost(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    programme: Programme,
    sown: str,
    store: Store,
) -> None:
    _, codes, right = printed(programme, sown, LAST)
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    days = [f"2026-02-{day}" for day in (25, 26, 27)]
    assert all(enter(user, hoa, right, sheet="Tập 3", day=day, **codes).is_success for day in days)
    page = enter(user, hoa, right, sheet="Tập 3", day="2026-02-28", **codes)
    assert page.status_code == 422
    assert "đã dùng hết số lần làm bài" in page.text
    assert all(f'name="{name}" value="{written}"' in page.text for name, written in right.items())
    with store.read() as connection:
        assert len(progress.attempts(connection, hoa)) == 3


def opened(signed_in: SignedIn, **codes: str) -> Response:
    answer: Response = signed_in("trainer", OURS).post(
        "bai-giay/", "bai-giay/", course=COURSE, name="thi hoa", **codes
    )
    return answer


def test_a_form_that_nobody_can_have_been_given_is_not_opened(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], programme: Programme, sown: str
) -> None:
    """A digit mistyped, or questions mended since: either would be marked against another form."""
    _, codes, _ = printed(programme, sown, LAST)
    _, others, _ = printed(programme, sown, TODAY)
    wrong = next(n for n in range(1000) if f"{n:03}" not in (codes["code"][4:], others["code"][4:]))
    page = opened(signed_in, sown=sown, code=f"101-{wrong:03}")
    assert page.status_code == 422
    assert "Mã đề này không khớp với mã bộ đề" in page.text
    assert "letters__one" not in page.text


@pytest.mark.parametrize("written", ["{0}{1}", "{0} {1}", "{0}–{1}", "{0}—{1}", "{0}\u2011{1}"])
def test_its_code_is_read_however_the_hyphen_is_typed(
    written: str,
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    programme: Programme,
    sown: str,
) -> None:
    code, _, check = printed(programme, sown, TODAY)[1]["code"].partition("-")
    assert opened(signed_in, sown=sown, code=written.format(code, check)).is_success


@pytest.mark.parametrize("written", ["", "101", "101-", "1014820", "một trăm", "001-234", "9" * 5_000])
def test_a_code_that_is_none_is_told_where_it_stands_on_the_form(
    written: str, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    page = opened(signed_in, sown="1", code=written)
    assert page.status_code == 422
    assert "đủ sáu chữ số" in page.text
