"""A test on paper: forms (mã đề) to hand out, each with its answer sheet, and the key apart.

None of it may be published; `taphuan paper` keeps it in `dist/trainer/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ...programme.model.course import Course
from ...programme.model.question import Choice, Matching, Ordering, Question
from ...quiz import Form, FormQuestion, last_day, right_answers
from ..markdown_text import Notes
from ..printable import Sheet
from .context import PaperContext

LETTERS = "ABCDEFGHIJ"
HOW_TO_ANSWER = {
    "single-choice": "Chọn một phương án.",
    "multiple-choice": "Chọn tất cả các phương án đúng.",
    "true-false": "Ghi Đ (đúng) hoặc S (sai).",
    "matching": "Ghi chữ cái của vế phải vào sau số của vế trái.",
    "ordering": "Ghi các chữ cái theo đúng thứ tự.",
}


@dataclass(frozen=True, kw_only=True)
class FormOption:
    """An option, with the letter it has on this form."""

    letter: str
    text: Markup


@dataclass(frozen=True, kw_only=True)
class OnForm:
    """A question as it stands on a form; `answer` is what a correct answer sheet shows."""

    number: int
    kind: str
    how: str
    stem: Markup
    lefts: tuple[Markup, ...]
    parts: tuple[FormOption, ...]
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
    question = context.programme.questions[asked.id][1]
    texts = _option_texts(question)
    letters = dict(zip(asked.parts, LETTERS, strict=False))
    inline = context.prose.print_inline
    lefts = question.pairs.values() if isinstance(question, Matching) else ()
    return OnForm(
        number=number,
        kind=question.kind,
        how=HOW_TO_ANSWER[question.kind],
        stem=inline(question.stem, Notes()),
        lefts=tuple(inline(pair.left, Notes()) for pair in lefts),
        parts=tuple(
            FormOption(letter=letters[id], text=inline(texts[id], Notes()))
            for id in asked.parts
            if id in texts
        ),
        answer=_right_letters(question, letters),
    )


def _option_texts(question: Question) -> dict[str, str]:
    if isinstance(question, Choice):
        return {id: option.text for id, option in question.options.items()}
    if isinstance(question, Matching):
        return {id: pair.right for id, pair in question.pairs.items()}
    if isinstance(question, Ordering):
        return {id: item.text for id, item in question.items.items()}
    return {}


def _right_letters(question: Question, letters: dict[str, str]) -> str:
    if isinstance(question, Choice):
        return ", ".join(sorted(letters[id] for id in right_answers(question)))
    if isinstance(question, Matching):
        return " ".join(f"{number}{letters[id]}" for number, id in enumerate(question.pairs, 1))
    if isinstance(question, Ordering):
        return " ".join(letters[id] for id in right_answers(question))
    return "Đ" if right_answers(question) == ("true",) else "S"
