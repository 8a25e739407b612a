"""The page of `taphuan status --questions`: the questions of tests, and what their wording gives away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from ..programme.status.question_figures import FEWEST_WEIGHED, QuestionFigures, Repeat
from ..programme.vietnamese import written_day
from .terminal import figure_table, labelled_rows, list_items, wrapped_text

HABIT_WORDS = {
    "longest": "Dài nhất, một mình",
    "shortest": "Ngắn nhất, một mình",
    "reason": "Có “vì”",
    "negation": "Có lời phủ định",
    "semicolon": "Có dấu chấm phẩy",
    "agreeing": "Mở đầu bằng lời nhận làm",
}
#: From what share of right answers the wording alone gives too much away; guessing gives 25%.
TOO_MUCH = 0.32


def questions_json(figures: QuestionFigures) -> str:
    return json.dumps(asdict(figures), ensure_ascii=False, indent=1)


def questions_text(figures: QuestionFigures, day: date) -> str:
    """Returns the page: what is asked, where the right options stand, how they look, what is said again."""
    lines = [f"CÂU HỎI KIỂM TRA, TÍNH ĐẾN NGÀY {written_day(day)}"]
    if not figures.questions:
        return "\n".join([*lines, "", "  Chưa có câu hỏi nào."])
    lines += ["", *labelled_rows(list(_counts(figures)))]
    for number, (heading, body) in enumerate(
        (("Phương án đúng trông thế nào", _looks(figures)), ("Câu lặp lại lời đã có", _repeats(figures))), 1
    ):
        lines += ["", f"{number}. {heading.upper()}", *body]
    return "\n".join(lines)


def _counts(figures: QuestionFigures) -> Iterator[tuple[str, str]]:
    kinds = ", ".join(f"{count} {kind}" for kind, count in figures.kinds.items())
    yield "Câu hỏi", f"{figures.questions}: {kinds}"
    statements = figures.true_statements + figures.false_statements
    if statements:
        yield "Câu đúng hay sai", f"{figures.true_statements} câu đúng, {figures.false_statements} câu sai"
    yield "Hỏi điều “không”", f"{figures.negative_stems} câu có chữ **không** in đậm"


def _looks(figures: QuestionFigures) -> Iterator[str]:
    yield wrapped_text(f"Xét {figures.weighed} câu chọn một trong bốn phương án.")
    if not figures.weighed:
        return
    places = ", ".join(f"{letter} {count}" for letter, count in zip("ABCD", figures.positions, strict=True))
    yield wrapped_text(f"Vị trí của phương án đúng trong tệp: {places}. Đề thi xáo lại thứ tự.")
    heads = ("Đúng", "Sai")
    yield from figure_table(
        heads,
        [
            (HABIT_WORDS[name], (_share(habit.right, habit.rights), _share(habit.wrong, habit.wrongs)))
            for name, habit in figures.habits.items()
        ],
    )
    yield from _scores(figures)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%"


def _scores(figures: QuestionFigures) -> Iterator[str]:
    if figures.rule_score is None or figures.learned_score is None:
        yield wrapped_text(f"Chưa đủ {FEWEST_WEIGHED} câu để tính người chỉ nhìn câu chữ đoán đúng mấy phần.")
        return
    yield wrapped_text("Người không học gì, chỉ nhìn câu chữ, đoán đúng (đoán bừa là 25%):")
    is_too_much = figures.learned_score > TOO_MUCH
    rules = "“, vì”, lời nhận làm, dấu chấm phẩy"
    yield from list_items(
        (
            f"theo ba thói quen của người soạn ({rules}): {figures.rule_score:.0%}",
            f"học thói quen từ các câu khác, trung bình mười lần chia: {figures.learned_score:.0%}"
            + (f"; cần xuống dưới {TOO_MUCH:.0%}" if is_too_much else ""),
        ),
        4,
    )
    if is_too_much:
        yield wrapped_text(f"Nên viết lại trước {len(figures.exposed)} câu lần nào cũng đoán đúng:")
        yield wrapped_text(", ".join(figures.exposed), 4)


def _repeats(figures: QuestionFigures) -> Iterator[str]:
    if not figures.repeats:
        yield "  Không có câu nào lặp lại nhiều lời của bài học hay của câu khác."
        return
    yield wrapped_text("Phần cụm bốn chữ của câu hỏi và đáp án đã có ở bài học hay câu khác:")
    yield from list_items((_repeat(repeat) for repeat in figures.repeats), 4)


def _repeat(repeat: Repeat) -> str:
    where = {"lesson": "bài", "question": "câu"}[repeat.kind]
    return f"{repeat.question}: {repeat.share:.0%}, ở {where} {repeat.source}"
