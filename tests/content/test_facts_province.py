"""What the province's lessons and questions say where a second reading found them wrong or silent."""

from __future__ import annotations

import re

from programme_texts import LESSONS, programme, programme_texts

from taphuan.programme.model.question import Choice

#: Sums over the target whose criterion nobody has settled.
SUMS = ("tinh-th-lam-tron-hai-lan", "kt-tinh-th-hai-noi-chua-gui")


def is_taught(*words: str, law: tuple[str, ...] = ()) -> bool:
    """Whether a paragraph of one of the province's own lessons says all of it, with its law."""
    own = (piece for piece in programme_texts(LESSONS) if "/can-bo-cap-tinh/" in piece.file)
    return any(piece.says(*words) and piece.cites(*law) for piece in own)


def key(id: str) -> str:
    """Returns what is right of a question that has one right option, in small letters."""
    _, question = programme().questions[id]
    assert isinstance(question, Choice)
    (text,) = (option.text for option in question.options.values() if option.correct)
    return text.lower()


def test_whoever_receives_a_trafficked_person_brings_them_to_the_commune_at_once() -> None:
    assert is_taught(r"đưa ngay", r"ubnd cấp xã", law=("luat-pc-mua-ban-nguoi-53-2024:27.1",))
    assert re.search(r"đưa ngay .*ubnd xã", key("kt-tinh-sang-thu-bay-bien-gioi"))


def test_a_leak_is_told_within_seventy_two_hours() -> None:
    assert is_taught(r"72 giờ", r"phát hiện", law=("luat-bvdlcn-91-2025:23.1",))


def test_everybody_present_is_asked_in_turn_and_an_adult_is_not_held() -> None:
    assert is_taught(r"lần lượt từng người có mặt")
    assert is_taught(r"đã đủ 18 tuổi[^.]*theo ý họ")
    assert "hỏi ý người ấy" in key("kt-tinh-doan-toi-thu-nam")


def test_the_three_offices_and_who_drafts_are_named() -> None:
    assert is_taught(r"sở y tế, công an tỉnh và sở tư pháp phải thống nhất bằng văn bản")
    assert is_taught(r"soạn dự thảo", law=("ke-hoach-lai-chau-2026:IV.1.b",))


def test_a_sum_over_an_unsettled_criterion_supposes_a_document() -> None:
    assert is_taught(r"không ghi đạt hay chưa đạt")
    for id in SUMS:
        _, question = programme().questions[id]
        assert re.search(r"chốt .{0,20}bằng văn bản", question.stem), id
