"""What the province's lessons and questions say where a second reading found them wrong or silent."""

from __future__ import annotations

import re

import pytest
from programmes import REPOSITORY

from generator.programme.loading import load
from generator.programme.model.programme import Programme

LESSON = "can-bo-cap-tinh/phoi-hop-lien-nganh"
#: Sums over the target whose criterion nobody has settled.
SUMS = ("tinh-th-lam-tron-hai-lan", "kt-tinh-th-hai-noi-chua-gui")


@pytest.fixture(scope="module")
def programme() -> Programme:
    loaded = load(REPOSITORY).programme
    assert loaded
    return loaded


def keys(programme: Programme, id: str) -> list[str]:
    _, question = programme.questions[id]
    return [option.text for option in question.options.values() if option.correct]


def test_whoever_receives_a_trafficked_person_brings_them_to_the_commune_at_once(
    programme: Programme,
) -> None:
    body = programme.lessons[LESSON].body
    assert "**đưa ngay** người đó đến UBND cấp xã nơi mình có trụ sở" in body
    assert "[@luat-pc-mua-ban-nguoi-53-2024:27.1]" in body
    assert "nguyên văn điều luật" not in body
    assert keys(programme, "kt-tinh-sang-thu-bay-bien-gioi") == [
        "Đưa ngay em đến UBND xã nơi đồn đóng, dù là ngày nghỉ"
    ]


def test_a_leak_is_told_within_seventy_two_hours(programme: Programme) -> None:
    assert re.search(
        r"\*\*72 giờ\*\* từ khi phát hiện \[@luat-bvdlcn-91-2025:23\.1\]", programme.lessons[LESSON].body
    )


def test_everybody_present_is_asked_in_turn_and_an_adult_is_not_held(programme: Programme) -> None:
    body = programme.lessons[LESSON].body
    assert "**lần lượt từng người có mặt**" in body
    assert "Người có thể đã đủ 18 tuổi thì đi đâu, nhận giúp gì là theo ý họ" in body
    assert "hỏi ý người ấy" in keys(programme, "kt-tinh-doan-toi-thu-nam")[0]


def test_the_three_offices_and_who_drafts_are_named(programme: Programme) -> None:
    body = programme.lessons[LESSON].body
    assert "Sở Y tế, Công an tỉnh và Sở Tư pháp phải thống nhất bằng văn bản" in body
    assert "[@ke-hoach-lai-chau-2026:IV.1.b], nên là nơi soạn dự thảo" in body


def test_a_sum_over_an_unsettled_criterion_supposes_a_document(programme: Programme) -> None:
    for id in SUMS:
        _, question = programme.questions[id]
        assert re.search(r"chốt .{0,20}bằng văn bản", question.stem), id
    assert "không ghi đạt hay chưa đạt" in programme.lessons["can-bo-cap-tinh/huong-dan-va-giam-sat"].body
