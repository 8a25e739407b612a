"""A programme whose test has one question to spare, and one that is right until a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from taphuan import quiz
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import Bank
from taphuan.quiz import Form

COURSE, BANK = "nuoc-sach", "nuoc-sach-kiem-tra"
#: The clock of the tests stands at 02/03/2026.
LAST, TODAY = date(2026, 2, 28), date(2026, 3, 2)
#: Of four questions for its objective three are drawn.
OVER, SPARE, OBJECTIVE = "kt-dat-gieng", "kt-du-phong", "giu-nguon"


def with_bank(programme: Programme, **changes: dict[str, Any]) -> Programme:
    """The programme with keys of questions written anew; a question that is not there is like `OVER`."""
    bank = programme.banks[BANK]
    questions = dict(bank.questions)
    for id, values in changes.items():
        questions[id] = questions.get(id, questions[OVER]).model_copy(update=values)
    whole = Bank(id=bank.id, source=bank.source, use="test", questions=questions)
    return programme.having(Bank, {**programme.banks, BANK: whole})


def with_ended_questions(programme: Programme, *ids: str, day: date = LAST) -> Programme:
    """The programme with a spare question, where those named are right until a day."""
    spare = with_bank(programme, **{SPARE: {"stem": "Hỏi thêm: giếng đặt ở đâu?"}})
    return with_bank(spare, **{id: {"valid_until": day} for id in ids})


def form_of_seed(programme: Programme, *names: str, on: date) -> Form:
    """The form of a seed that names make."""
    return quiz.draw(programme, programme.courses[COURSE], quiz.seed_of(*names), on=on)


def question_ids(form: Form) -> Collection[str]:
    return {one.id for one in form.asked}
