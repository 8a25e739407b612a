"""The minutes of a lesson in class alternate, add up, and are refused where they cannot hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_samples import LESSON
from programmes import FindingsOf

from taphuan.programme.class_clock import (
    LONGEST_INPUT,
    ClassBlock,
    breaks,
    class_clock,
    least_clock,
    said_words,
)
from taphuan.programme.loader import load
from taphuan.programme.model.course import Lesson
from taphuan.programme.model.programme import Programme

NINETY = "Một hai ba bốn năm sáu bảy tám chín.\n" * 10
TWO = "activities:\n  - {title: Xếp thẻ, minutes: 8}\n  - {title: Nói thử, minutes: 5}\n"


def written(root: Path, body: str, minutes: int, activities: str = TWO, check: str = "[]") -> Programme:
    head = (
        f"---\ntitle: Giữ nguồn nước\nsummary: Giữ nước.\nminutes: {minutes}\nkey_points: [Giữ nước.]\n"
        f"self_check: {check}\n{activities}review: {{status: draft}}\n---\n"
    )
    (root / LESSON).write_text(head + body, encoding="utf-8")
    programme = load(root).programme
    assert programme
    return programme


def lesson_of(programme: Programme) -> Lesson:
    return programme.lessons["nuoc-sach/giu-nguon-nuoc"]


def clock(programme: Programme) -> tuple[ClassBlock, ...]:
    return class_clock(programme, lesson_of(programme))


def inputs(programme: Programme) -> list[tuple[tuple[int, ...], int]]:
    blocks = least_clock(programme, lesson_of(programme))
    return [(block.parts, block.minutes) for block in blocks if block.kind == "input"]


def test_a_class_begins_with_the_scene_and_input_and_activity_take_turns(good: Path) -> None:
    programme = written(good, f"Nước cạn.\n\n## Một\n\n{NINETY}\n## Hai\n\n{NINETY}", 25)
    assert [block.kind for block in clock(programme)] == [
        "scene", "input", "activity", "input", "activity", "close",
    ]  # fmt: skip


def test_the_parts_take_all_minutes(good: Path) -> None:
    blocks = clock(written(good, f"Nước cạn.\n\n## Một\n\n{NINETY}\n## Hai\n\n{NINETY}", 40))
    assert sum(block.minutes for block in blocks) == 40


def test_what_is_told_takes_a_minute_for_each_90_tieng(good: Path) -> None:
    programme = written(good, f"## Một\n\n{NINETY * 3}\n## Hai\n\n{NINETY}Thêm một câu.", 30)
    assert inputs(programme) == [((0,), 3), ((1,), 2)]


def test_sections_are_divided_so_that_the_longest_input_is_shortest(good: Path) -> None:
    body = "".join(
        f"## {name}\n\n{NINETY * times}\n" for name, times in zip("abcd", (1, 1, 1, 3), strict=True)
    )
    programme = written(good, body, 40)
    assert inputs(programme) == [((0, 1, 2), 3), ((3,), 3)]


def test_minutes_to_spare_lengthen_inputs_up_to_their_most_and_then_the_close(good: Path) -> None:
    blocks = clock(written(good, f"## Một\n\n{NINETY}\n## Hai\n\n{NINETY}", 60))
    assert [block.minutes for block in blocks if block.kind == "input"] == [LONGEST_INPUT] * 2
    assert blocks[-1].minutes == 60 - 2 * LONGEST_INPUT - 8 - 5


def test_the_self_check_asks_two_questions_and_more_where_there_is_time(good: Path) -> None:
    bank = good / "content/questions/nuoc-sach-tu-kiem-tra.yml"
    long = bank.read_text(encoding="utf-8").replace("stem: ", "stem: " + "Nước khe chảy về bản. " * 30)
    bank.write_text(long, encoding="utf-8")
    asked = "[nuoc-nao-sach, viec-nen-lam, giu-la-viec-chung]"
    body = f"## Một\n\n{NINETY}"
    counts = [
        len(block.parts)
        for minutes in (20, 60)
        for block in clock(written(good, body, minutes, check=asked))
        if block.kind == "self-check"
    ]
    assert counts == [2, 3]


@pytest.mark.parametrize(
    "block",
    [
        '!!! case "Nhà bên khe"\n    Bạn làm gì?\n\n    ??? discussion "Gợi ý"\n        Đi về.',
        '!!! law "Căn cứ"\n    Luật nước.',
        '!!! monday "Sáng thứ Hai"\n    1. Rào giếng.\n\n    2. Gọi tổ nước.',
    ],
)
def test_cases_the_law_and_the_list_for_monday_are_not_told(block: str) -> None:
    assert said_words(f"Giữ nước.\n\n{block}\n\nMột câu nữa.") == 5


def test_a_key_sentence_and_a_table_are_told() -> None:
    assert said_words("!!! key\n    Giữ nước.\n\n| Việc | Ai |\n|---|---|\n| Rào | Tổ |") == 6


def test_a_class_rests_before_it_has_sat_for_more_than_ninety_minutes() -> None:
    assert breaks([45, 45, 10, 80, 100, 5]) == (2, 4, 5)
    assert breaks([]) == ()


def test_a_lesson_whose_minutes_cannot_hold_is_told_what_takes_how_long(
    good: Path, findings_of: FindingsOf
) -> None:
    written(good, f"Nước cạn.\n\n## Một\n\n{NINETY}\n## Hai\n\n{NINETY}", 15)
    messages = [finding.message for finding in findings_of(good) if finding.code == "class-minutes"]
    assert messages == [
        "bài dài 15 phút tại lớp nhưng cần ít nhất 19 phút: trình bày 2, hoạt động 13, "
        "mở bài với tự kiểm tra và khép lại 4"
    ]


def test_a_lesson_with_just_enough_minutes_is_fine(good: Path, findings_of: FindingsOf) -> None:
    written(good, f"Nước cạn.\n\n## Một\n\n{NINETY}\n## Hai\n\n{NINETY}", 19)
    assert "class-minutes" not in {finding.code for finding in findings_of(good)}


def test_an_input_longer_than_a_class_can_listen_is_told(good: Path, findings_of: FindingsOf) -> None:
    activity = "activities: [{title: Xếp thẻ, minutes: 8}]\n"
    written(good, f"## Một\n\n{NINETY * 16}", 40, activities=activity)
    assert [finding.message for finding in findings_of(good) if finding.code == "long-input"] == [
        "có một đoạn trình bày liền 16 phút; lớp chỉ nghe liền được 15 phút"
    ]


def test_a_lesson_without_activities_is_not_planned_for_a_class(good: Path, findings_of: FindingsOf) -> None:
    written(good, f"## Một\n\n{NINETY * 16}", 5, activities="")
    assert not {"class-minutes", "long-input"} & {finding.code for finding in findings_of(good)}
