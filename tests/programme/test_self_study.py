"""What somebody alone takes for a lesson is computed from what there is to read, answer and think over."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_samples import COURSE, LESSON
from programmes import Edit

from taphuan.programme.course_figures import (
    TIENG_A_MINUTE,
    count_read_words,
    course_minutes,
    lesson_minutes,
)
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme

ID = "nuoc-sach/giu-nguon-nuoc"
CASE = '!!! case "Nhà bên khe"'
MINUTE = "Một hai ba bốn năm.\n" * (TIENG_A_MINUTE // 5)


def read(root: Path) -> Programme:
    programme = load(root).programme
    assert programme
    return programme


def minutes(root: Path, lesson: str = ID) -> int:
    programme = read(root)
    return lesson_minutes(programme, programme.lessons[lesson])


def test_a_longer_text_takes_longer(good: Path, edit: Edit) -> None:
    before = minutes(good)
    edit(good, LESSON, "Nước từ khe", f"{MINUTE * 3}\nNước từ khe")
    assert minutes(good) == before + 3


def test_points_to_remember_are_read_too(good: Path, edit: Edit) -> None:
    before = minutes(good)
    edit(good, LESSON, "  - Cả bản cùng giữ.", f"  - {MINUTE * 2}".replace("\n", " "))
    assert minutes(good) == before + 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  Nhắc mang ủng.", f"  Nhắc mang ủng. {MINUTE * 5}".replace("\n", " ")),
        ("minutes: 20", "minutes: 200"),
        (
            "Nước từ khe",
            f"<!-- taphuan: allow lesson-length vì {MINUTE * 5}".replace("\n", " ") + "-->\nNước từ khe",
        ),
    ],
)
def test_what_no_learner_reads_takes_no_time(good: Path, edit: Edit, old: str, new: str) -> None:
    before = minutes(good)
    edit(good, LESSON, old, new)
    assert minutes(good) == before


def test_a_case_is_thought_over_and_a_quoted_one_is_none(good: Path, edit: Edit) -> None:
    before = minutes(good)
    edit(good, LESSON, CASE, f"`{CASE}`")
    assert minutes(good) == before - 2


def test_questions_take_time_and_a_lesson_may_have_none(good: Path, edit: Edit) -> None:
    before = minutes(good)
    edit(good, LESSON, "self_check: [nuoc-nao-sach, viec-nen-lam, giu-la-viec-chung]\n", "")
    assert 1 <= minutes(good) < before


def test_no_lesson_takes_less_than_a_minute(good: Path) -> None:
    head = (good / LESSON).read_text(encoding="utf-8").split("---\n")[1]
    head = head.replace("self_check: [nuoc-nao-sach, viec-nen-lam, giu-la-viec-chung]\n", "")
    (good / LESSON).write_text(f"---\n{head}---\nMột.\n", encoding="utf-8")
    assert minutes(good) == 1


def test_a_course_takes_what_its_lessons_take_those_of_others_too(good: Path, edit: Edit) -> None:
    edit(good, LESSON, "Nước từ khe", f"{MINUTE * 40}\nNước từ khe")
    other = (good / COURSE).read_text(encoding="utf-8").replace("id: nuoc-sach\n", "id: khac\n")
    other = other.replace("[giu-nguon-nuoc, bao-nuoc-ban]", f"[{ID}]")
    (good / "curricula/khac.yml").write_text(other, encoding="utf-8")
    programme = read(good)
    assert minutes(good) == 44
    assert [course_minutes(programme, course) for course in programme.courses.values()] == [45, 50]


@pytest.mark.parametrize(("longer", "course"), [(0, 8), (7, 15), (17, 25), (55, 60), (60, 70)])
def test_a_course_is_told_no_closer_than_it_is_known(
    good: Path, edit: Edit, longer: int, course: int
) -> None:
    edit(good, LESSON, "Nước từ khe", f"{MINUTE * longer}\nNước từ khe")
    programme = read(good)
    assert course_minutes(programme, programme.courses["nuoc-sach"]) == course


def test_a_figure_is_looked_at_and_its_words_are_read_but_not_its_id(good: Path, edit: Edit) -> None:
    assert count_read_words("!!! figure giot-nuoc, giot-khac\n    Một giọt.") == 2
    before = minutes(good)
    edit(good, LESSON, "## Việc của bản", "!!! figure giot-nuoc\n    Nước.\n\n" * 4 + "## Việc của bản")
    assert minutes(good) == before + 1
