"""The page of `make questions` and its figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from programmes import Edit

from bench.questions import QuestionFigures, Repeat, question_figures, questions_text
from taphuan.programme.loader import load

TESTS = "content/questions/nuoc-sach-kiem-tra.yml"
LESSON = "content/lessons/nuoc-sach/giu-nguon-nuoc.md"
DAY = date(2026, 1, 20)
#: The last question of the sample's test, after which others are added.
LAST = "    objective: bao-tin\n"


def add_questions(root: Path, edit: Edit, *questions: str) -> None:
    edit(root, TESTS, LAST, LAST + "".join(questions))


def choice(id: str, stem: str, right: str, *wrong: str) -> str:
    options = "".join(f"      p{place}: {{text: '{text}'}}\n" for place, text in enumerate(wrong))
    return (
        f"  {id}:\n    kind: single-choice\n    stem: '{stem}'\n    options:\n"
        f"      dung: {{text: '{right}', correct: true}}\n{options}    objective: giu-nguon\n"
    )


def figures(root: Path) -> QuestionFigures:
    programme = load(root).programme
    assert programme
    return question_figures(programme, DAY)


def page(root: Path) -> str:
    return questions_text(figures(root), DAY)


def test_questions_of_tests_are_counted_by_kind_and_those_of_two_options_are_not_weighed(good: Path) -> None:
    seen = figures(good)
    assert (seen.questions, seen.kinds, seen.weighed) == (2, {"single-choice": 2}, 0)
    text = page(good)
    assert "2: 2 single-choice" in text


def test_true_and_false_statements_and_stems_that_deny_are_counted(good: Path, edit: Edit) -> None:
    statement = "  kt-{}:\n    kind: true-false\n    stem: {}\n    answer: {}\n    objective: giu-nguon\n"
    add_questions(
        good,
        edit,
        statement.format("dun-soi", "Nước khe cần đun sôi trước khi uống.", "true"),
        statement.format("trong", "Nước trong thì uống được ngay.", "false"),
        statement.format("mua", "Sau mưa lớn, nước khe dễ bẩn.", "true"),
        choice("kt-viec-nao", "Việc nào **không** giữ sạch nguồn nước?", "Thả trâu ở đầu nguồn", "Rào giếng"),
    )
    seen = figures(good)
    assert (seen.true_statements, seen.false_statements, seen.negative_stems) == (2, 1, 1)
    assert "2 câu đúng, 1 câu sai" in page(good)


def test_a_question_whose_day_is_over_is_not_counted(good: Path, edit: Edit) -> None:
    edit(good, TESTS, "    stem: Giếng nên", "    valid_until: 2026-01-19\n    stem: Giếng nên")
    assert figures(good).questions == 1


def test_a_test_that_gives_its_answers_away_is_told_so_with_its_questions(good: Path, edit: Edit) -> None:
    wrong = ("Đi về bản, vì đã muộn", "Ở lại khe, vì trời mưa", "Gọi cả nhóm, vì cần đông")
    right = "Ghi lại; báo xã"
    questions = [choice(f"kt-lo-{n}", f"Gặp việc {n} thì làm gì?", right, *wrong) for n in range(20)]
    add_questions(good, edit, *questions)
    seen = figures(good)
    assert (seen.weighed, seen.positions) == (20, (20, 0, 0, 0))
    assert seen.scores
    assert (seen.scores.by_looks, seen.scores.by_words) == (1, 1)
    assert seen.scores.by_self_checks is None
    assert seen.exposed == tuple(f"kt-lo-{n}" for n in range(20))
    text = " ".join(page(good).split())
    assert "theo chữ trong phương án, học từ đề của khóa khác: 100%; cần xuống tới 32%" in text
    assert "câu tự kiểm tra ai cũng đọc được: chưa đủ 20 câu" in text
    assert "Nên viết lại trước 20 câu mà ai theo chữ cũng đoán đúng: kt-lo-0, kt-lo-1" in text
    assert "Chữ lệch nhất: báo 20/20, ghi 20/20" in text
    assert "A 20, B 0, C 0, D 0" in text


def test_too_few_questions_have_no_score(good: Path, edit: Edit) -> None:
    add_questions(good, edit, *(choice(f"kt-it-{n}", "Làm gì?", "Ghi", "Đi", "Ở", "Về") for n in range(19)))
    seen = figures(good)
    assert (seen.weighed, seen.scores, seen.exposed) == (19, None, ())
    assert "Chưa đủ 20 câu" in page(good)


def test_a_question_that_says_a_lesson_again_is_named_with_the_lesson(good: Path, edit: Edit) -> None:
    edit(good, LESSON, "## Việc của bản", "Rào quanh mỏ nước ít nhất mười mét.\n\n## Việc của bản")
    add_questions(
        good, edit, choice("kt-rao", "Rào quanh mỏ nước", "ít nhất mười mét", "một mét", "hai", "ba")
    )
    assert figures(good).repeats == (
        Repeat(question="kt-rao", kind="lesson", source="nuoc-sach/giu-nguon-nuoc", share=1.0),
    )
    assert "kt-rao: 100%, ở bài nuoc-sach/giu-nguon-nuoc" in page(good)


def test_two_questions_that_say_the_same_are_named_by_each_other(good: Path, edit: Edit) -> None:
    stem = "Ống nước ở cuối bản bị vỡ lúc nửa đêm"
    add_questions(
        good, edit, choice("kt-x", stem, "gọi tổ nước", "đợi"), choice("kt-y", stem, "gọi tổ nước", "ngủ")
    )
    named = {(repeat.question, repeat.source) for repeat in figures(good).repeats}
    assert {("kt-x", "kt-y"), ("kt-y", "kt-x")} <= named


def test_a_programme_without_a_test_says_so(good: Path) -> None:
    (good / TESTS).unlink()
    assert "Chưa có câu hỏi nào." in page(good)
