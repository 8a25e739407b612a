"""A test on paper: forms (mã đề) to hand out, each with its answer sheet, and the key apart.

None of it may be published; `taphuan paper` keeps it in `dist/trainer/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from math import ceil
from typing import Any, TypeVar

from markupsafe import Markup

from ...programme.model.course import Course
from ...programme.model.question_parts import AnswerRow, ShownQuestion
from ...quiz import Form, FormQuestion, last_day
from ..printable import Sheet
from .context import PaperContext

#: The number of the first form; they are numbered from here, as schools do.
FIRST_CODE = 101


@dataclass(frozen=True, kw_only=True)
class OnForm:
    """A question as it stands on a form; `answer` is what a correct paper says, `rows` its circles."""

    shown: ShownQuestion
    answer: str
    rows: tuple[AnswerRow, ...]

    @property
    def unanswered(self) -> OnForm:
        """The same without a trace of what is right."""
        return replace(self, answer="", rows=tuple(row._replace(right=()) for row in self.rows))


@dataclass(frozen=True, kw_only=True)
class CodedForm:
    """A form with the number it is handed out under."""

    code: int
    form: Form

    @property
    def label(self) -> str:
        """The number and three check digits, `101-482`, which show whether questions are the same."""
        return f"{self.code}-{self.form.check}"


def form_sheets(
    context: PaperContext, course: Course, forms: Sequence[CodedForm], *, seed: int
) -> tuple[Sheet, ...]:
    """Returns a sheet for each form, then the key to all; `seed` is the one the forms were drawn from."""
    drawn = {coded.code: _questions(context, coded.form) for coded in forms}
    common: dict[str, Any] = {
        "audience": context.programme.audiences[course.audience].title,
        "review": course.review,
        "subject": course.id,
        "layout": {"duplex": "long-edge"},
        "course": course,
        "seed": seed,
    }
    papers = [
        context.sheet(
            "form.html.j2",
            id=f"{course.id}-de-{coded.code}",
            title=f"Đề kiểm tra {coded.code}",
            minutes=course.test.minutes if course.test else None,
            pages=_pages(drawn[coded.code]),
            **_on_sheet(context, coded, [question.unanswered for question in drawn[coded.code]]),
            **common,
        )
        for coded in forms
    ]
    share = course.test.pass_share if course.test else 0
    key = context.sheet(
        "key.html.j2",
        id=f"{course.id}-dap-an",
        title="Đáp án",
        forms=[_on_sheet(context, coded, drawn[coded.code]) for coded in forms],
        pass_share=share,
        **common,
    )
    return (*papers, key)


def _pages(questions: Sequence[OnForm]) -> tuple[tuple[ShownQuestion, ...], ...]:
    shown = [question.shown for question in questions]
    columns = even_split(shown, question_height, column_room, multiple=2)
    return tuple(tuple(chain.from_iterable(columns[at : at + 2])) for at in range(0, len(columns), 2))


def _on_sheet(context: PaperContext, coded: CodedForm, questions: Sequence[OnForm]) -> dict[str, Any]:
    """Returns what an answer sheet and its key have alike: above all, each question at the same place."""
    columns = even_split(questions, lambda question: sheet_rows(question.rows), lambda _: ROWS, multiple=2)
    return {
        "code": coded.label,
        "last_day": last_day(context.programme, coded.form),
        "version": coded.form.version,
        "count": len(questions),
        "answer_sheets": [columns[at : at + 2] for at in range(0, len(columns), 2)],
    }


def _questions(context: PaperContext, form: Form) -> tuple[OnForm, ...]:
    return tuple(_question(context, number, asked) for number, asked in enumerate(form.asked, 1))


def _question(context: PaperContext, number: int, asked: FormQuestion) -> OnForm:
    bank, question = context.programme.questions[asked.id]
    right, line = question.right_response, partial(context.prose.print_line, source=bank.source)

    return OnForm(
        shown=question.shown(str(number), asked.parts, right, line, line),
        answer=question.letters(asked.parts, right),
        rows=question.answer_rows(asked.parts, right),
    )


# --- how questions fill a form ----------------------------------------------------------------


T = TypeVar("T")

#: Rows of circles that a column of the answer sheet holds, and circles in a row of it.
ROWS, CIRCLES = 20, 6
#: Letters that a line holds of a question and of what is chosen, in two columns.
STEM_LETTERS, PART_LETTERS = 36, 38
#: Millimetres of a line, of what is between questions, and of what says how to answer.
LINE, GAP, HOW = 5.63, 4.0, 6.0
#: Millimetres of a column, on the first page, which has a head, and on others; a little is left, as heights
#: are about right only.
FIRST_ROOM, ROOM = 217.0, 257.0


def even_split(
    items: Sequence[T], size: Callable[[T], float], room: Callable[[int], float], *, multiple: int = 1
) -> tuple[tuple[T, ...], ...]:
    """Returns the items in as few groups as hold them, by a multiple, and each about as full as another.

    `room` is what the group of a number, 0 the first, holds; what is larger stands alone.
    """
    fewest = ceil(len(_filled(items, size, room, 1)) / multiple) * multiple
    shares = (percent / 100 for percent in range(1, 101))
    return next(groups for share in shares if len(groups := _filled(items, size, room, share)) <= fewest)


def _filled(
    items: Iterable[T], size: Callable[[T], float], room: Callable[[int], float], share: float
) -> tuple[tuple[T, ...], ...]:
    """Returns the items in groups, each filled up to a share of its room."""
    groups: list[list[T]] = []
    left = 0.0
    for item in items:
        if not groups or size(item) > left:
            left = room(len(groups)) * share
            groups.append([])
        groups[-1].append(item)
        left -= size(item)
    return tuple(map(tuple, groups))


def column_room(number: int) -> float:
    """Returns the millimetres of a column of questions, 0 the first; two are on a page."""
    return ROOM if number >= 2 else FIRST_ROOM


def question_height(question: ShownQuestion) -> float:
    """Returns about how many millimetres a question takes in its column."""
    listed = (question.parts, question.lefts, *question.blanks)
    parts = [part.text for group in listed for part in group]
    lines = _lines(f"Câu 00. {question.stem}", STEM_LETTERS)
    lines += sum(_lines(text, PART_LETTERS) for text in parts)
    return GAP + HOW * max(1, len(question.blanks)) + lines * LINE + len(parts) * 0.8


def _lines(html: str, letters: int) -> int:
    return max(1, ceil(len(Markup(html).striptags()) / letters))


def sheet_rows(rows: Sequence[AnswerRow]) -> int:
    """Returns how many rows of the answer sheet a question takes."""
    return sum(ceil(len(row.letters) / CIRCLES) for row in rows)
