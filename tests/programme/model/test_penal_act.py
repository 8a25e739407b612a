"""Fines as authors write them, as the register's sentences state them, and as people read them."""

from __future__ import annotations

import pytest

from taphuan.programme.model.penal_act import (
    FineLimit,
    FineMeasure,
    FineRange,
    amount_words,
    amounts_in,
    fines_in,
)


@pytest.mark.parametrize(
    ("gist", "fine"),
    [
        ("Mua dâm bị phạt 1–2 triệu đồng.", FineRange(1_000, 2_000)),
        ("Bị cảnh cáo hoặc phạt 300.000–500.000 đồng.", FineRange(300, 500)),
        ("Phạt 7,5-37,5 triệu đồng.", FineRange(7_500, 37_500)),
        ("Phạt 300–500 nghìn đồng.", FineRange(300, 500)),
    ],
)
def test_a_fine_is_read_from_a_sentence(gist: str, fine: FineRange) -> None:
    assert fines_in(gist) == (fine,)


def test_a_span_of_years_is_no_fine() -> None:
    assert fines_in("Phạt tù 1–5 năm.") == ()


def test_amounts_are_read_from_a_sentence() -> None:
    assert amounts_in("Xã phạt đến 37,5 triệu đồng, tỉnh đến 75 triệu đồng.") == (37_500, 75_000)


@pytest.mark.parametrize(
    ("fine", "words"),
    [
        (FineRange(1_000, 2_000), "1–2 triệu đồng"),
        (FineRange(300, 500), "300–500 nghìn đồng"),
        (FineRange(300, 500).times(2), "600 nghìn–1 triệu đồng"),
    ],
)
def test_a_fine_is_said_as_people_say_it(fine: FineRange, words: str) -> None:
    assert fine.words == words
    assert " ".join(fine.figure_and_unit) == words


def test_an_amount_has_a_comma() -> None:
    assert amount_words(37_500) == "37,5 triệu đồng"


def test_who_may_decide_must_reach_the_top_of_the_frame_and_order_what_goes_with_it() -> None:
    limit = FineLimit.model_validate(
        {"who": "Chiến sĩ", "amount": "5 triệu đồng", "clauses": ("1",), "cannot": ("repayment",)}
    )
    repayment = FineMeasure(kind="repayment", text="Nộp lại", clauses=("2",))
    expulsion = FineMeasure(kind="expulsion", text="Có thể bị trục xuất", clauses=("3",))
    assert limit.allows(FineRange(1_000, 5_000), (expulsion,))
    assert not limit.allows(FineRange(1_000, 5_001), ())
    assert not limit.allows(FineRange(1_000, 5_000), (repayment,))
