"""A test on paper: forms (mã đề) to hand out, each with its answer sheet, and the key apart.

None of it may be published; `taphuan paper` keeps it in `dist/trainer/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ...programme.model.course import Course
from ...programme.model.question_parts import AnswerRow, ShownQuestion
from ...quiz import Form, FormQuestion, last_day
from ..printable import Sheet
from .context import PaperContext
from .form_layout import ROWS, even_split, page_room, question_height, sheet_rows


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
    return even_split([question.shown for question in questions], question_height, page_room)


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
