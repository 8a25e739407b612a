"""A test on paper: forms (mã đề) to hand out, each with its answer sheet, and the key apart.

None of it may be published; `taphuan paper` keeps it in `dist/trainer/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ...programme.model.course import Course
from ...programme.model.question_parts import ShownQuestion
from ...quiz import Form, FormQuestion, last_day
from ..printable import Sheet
from .context import PaperContext


@dataclass(frozen=True, kw_only=True)
class OnForm:
    """A question as it stands on a form; `answer` is what a correct answer sheet shows."""

    shown: ShownQuestion
    answer: str


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
    common = {
        "audience": context.programme.audiences[course.audience].title,
        "review": course.review,
        "subject": course.id,
    }
    papers = [
        context.sheet(
            "form.html.j2",
            id=f"{course.id}-de-{coded.code}",
            title=f"Đề kiểm tra {coded.code}",
            layout={"duplex": "long-edge"},
            course=course,
            code=coded.label,
            last_day=last_day(context.programme, coded.form),
            questions=drawn[coded.code],
            minutes=course.test.minutes if course.test else None,
            seed=seed,
            version=coded.form.version,
            **common,  # type: ignore[arg-type]
        )
        for coded in forms
    ]
    key = context.sheet(
        "key.html.j2",
        id=f"{course.id}-dap-an",
        title="Đáp án",
        layout={"duplex": "long-edge"},
        course=course,
        forms=[(coded.label, last_day(context.programme, coded.form), drawn[coded.code]) for coded in forms],
        pass_share=course.test.pass_share if course.test else 0,
        seed=seed,
        version=forms[0].form.version if forms else "",
        **common,  # type: ignore[arg-type]
    )
    return (*papers, key)


def _questions(context: PaperContext, form: Form) -> tuple[OnForm, ...]:
    return tuple(_question(context, number, asked) for number, asked in enumerate(form.asked, 1))


def _question(context: PaperContext, number: int, asked: FormQuestion) -> OnForm:
    bank, question = context.programme.questions[asked.id]
    right, line = question.right_response, partial(context.prose.print_line, source=bank.source)

    return OnForm(
        shown=question.shown(str(number), asked.parts, right, line, line),
        answer=question.letters(asked.parts, right),
    )
