"""Forms on paper, found by what is printed on them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from .... import quiz
from ....quiz import Form, Key
from ....records.training.course_versions import published_versions
from ....render.templates import day as shown
from ...dependencies import Service
from ..base import course_options, today
from ..forms import FormReader, StaffForm, staff_form

#: The number of a form and its check digits, as printed; a phone may have no hyphen, and a copied one may be
#: another of its kind.
CODE = re.compile(r"(?P<code>[1-9][0-9]{2})[-\u2010-\u2015\u2212./ ]?(?P<check>[0-9]{3})")


@dataclass(frozen=True, kw_only=True)
class PaperForm:
    """The form that was handed out, found by its codes; never shown with its key.

    `last_day` is the last day on which it may be used, where one of its questions has one.
    """

    course: str
    code: str
    sown: int
    form: Form
    key: Key
    last_day: date | None

    @property
    def questions(self) -> tuple[tuple[int, str], ...]:
        """Returns the kind of each question by its number."""
        return tuple(enumerate([self.key[asked.id].kind for asked in self.form.asked], 1))


def drawn_form(service: Service, course: str, sown: int, code: str, check: str) -> PaperForm | None:
    """Returns the form that `taphuan paper` prints under its codes, whatever has ended since; or None.

    One number has another form on days on which questions have ended: its check digits distinguish them.
    Where two have the same digits, one in a thousand, nobody can tell which was handed out.
    """
    tested_course, _ = service.attempts.tested(course)
    seed, version = quiz.seed_of(course, str(sown), code), service.attempts.version(course)
    forms = [
        form
        for form in quiz.every_form(service.programme, tested_course, seed, of=version)
        if form.check == check
    ]
    if len(forms) != 1:
        return None
    # The form is kept under a seed of its own, so that another form of the number can be kept beside it.
    form = replace(forms[0], seed=quiz.seed_of(course, str(sown), code, check))
    return PaperForm(
        course=course,
        code=f"{code}-{check}",
        sown=sown,
        form=form,
        key=quiz.answer_key(service.programme, form),
        last_day=quiz.last_day(service.programme, form),
    )


def changed_at(connection: Connection, paper_form: PaperForm) -> datetime | None:
    """Returns since when the questions are as today; None where they have always been so."""
    published_at, version = published_versions(connection, paper_form.course), paper_form.form.version
    return published_at.get(version) if published_at.keys() - {version} else None


def paper_fields(service: Service) -> StaffForm:
    """Returns the form of staff by which answers are typed from paper, with the courses that have a test."""
    courses = service.attempts.courses
    tested = [(id, title) for id, title in course_options(service) if courses[id].test]
    return staff_form("paper").filled(course={"options": tested}, sown={"most": quiz.LARGEST_SEED})


def read_form(service: Service, reading: FormReader) -> PaperForm | None:
    """Returns the form whose codes were typed; an unknown one is reported in the problems."""
    declared = paper_fields(service)
    which = reading.read(declared.only("course", "code", "sown"), today(service))
    code = CODE.fullmatch(which["code"])
    if which["code"] and not code:
        reading.problems["code"] = declared.fields["code"].missing
    if reading.problems or code is None:
        return None
    paper_form = drawn_form(service, which["course"], which["sown"], code["code"], code["check"])
    if paper_form is None:
        reading.problems["code"] = declared.words["no_such_form"]
    return paper_form


def read_day_and_sheet(
    service: Service, reading: FormReader, paper_form: PaperForm
) -> tuple[date, str | None]:
    """Returns the day of the test, not after its form's last, and the reference of a signed sheet."""
    declared = staff_form("paper")
    day, sheet = reading.read(declared.only("day", "sheet"), today(service)).values()
    if paper_form.last_day and day > paper_form.last_day and "day" not in reading.problems:
        reading.problems["day"] = declared.words["out_of_date"].format(day=shown(paper_form.last_day))
    return day, sheet
