"""Answers from paper: the person, the letters of the answer sheet, marked by the server.

A sheet shows for each question what `form.html.j2` asks for: one letter, several, Đ or S, `1B 2A` for pairs,
or letters in their order. Letters that cannot be read are reported, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from .... import quiz
from ....programme.model.question import KINDS
from ....programme.model.question_parts import UnreadableLetters
from ....quiz import Form, Key, Mark, Responses
from ....records.access.accounts import Account
from ....records.people import Person, synthetic_persons
from ....records.staff_entries import listed
from ....records.training import progress
from ....records.training.classes import ClassSession
from ....records.training.course_versions import PaperSource, published_versions
from ....render.templates import day
from ....render.templates import day as shown
from ... import certificates
from ...attempts import PaperRefused, TypedPaper
from ...dependencies import Posted, Running, Service, StaffMember, staff
from ...http import urls
from ...http.errors import Fault
from .. import base
from ..base import UnitScope, course_options, event_id, router, scope, today, written_by
from ..forms import FormReader, StaffForm, staff_form
from .attendance import attendees, class_in_reach
from .person_pages import find_people

#: The most classes that are offered.
MOST_CLASSES = 40


def class_options(
    connection: Connection, units: UnitScope, titles: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Returns the last classes of these courses whose attendees have names, to choose from."""
    sessions = (
        session
        for session in listed(connection, ClassSession, units=units.reach)[::-1]
        if not session.anonymous
    )
    offered = [session for session in sessions if session.course in titles][:MOST_CLASSES]
    return tuple(
        (held.id, f"{day(held.held_on)}, {units.name(held.unit)}: {titles[held.course]}") for held in offered
    )


def chosen_class(connection: Connection, account: Account, reading: FormReader) -> ClassSession | None:
    """Returns the class that was chosen, or None. Raises Fault."""
    id = reading.text("session", most=80)
    held = class_in_reach(connection, account, id) if id else None
    if held is not None and (held.anonymous or held.withdrawn_at is not None):
        raise Fault("no-such-page")
    return held


def not_yet_marked(connection: Connection, account: Account, held: ClassSession) -> tuple[Person, ...]:
    """Returns those of a class, within reach, who have answered no test of its course since."""
    reach = base.scope(connection, account)
    done = progress.persons_who_answered(connection, held.course, held.held_on)
    present = (person for person in attendees(connection, held) if person.erased_at is None)
    return tuple(person for person in present if person.id not in done and reach.holds(person.unit))


def offered_people(connection: Connection, account: Account, reading: FormReader) -> tuple[Person, ...]:
    """Returns the person chosen, else those found by the name, else those left of the class."""
    person, name = reading.text("person", most=80), reading.text("name", most=80)
    held = chosen_class(connection, account, reading)
    if person and not name:
        return (base.person_in_reach(connection, account, person),)
    declared = staff_form("paper")
    if held is not None and not name:
        unmarked = not_yet_marked(connection, account, held)
        if not unmarked:
            reading.problems["name"] = declared.words["nobody_left"]
        return unmarked
    matches = find_people(connection, account, name)
    if not matches:
        reading.problems["name"] = declared.words["nobody_found"] if name else declared.fields["name"].missing
    return matches


@dataclass(frozen=True, kw_only=True)
class ReadAnswers:
    """Responses by question id; `faults` and `blank` by the question's number on the sheet."""

    responses: Responses
    faults: Mapping[int, str]
    blank: tuple[int, ...]


def read_letters(form: Form, key: Key, written: Mapping[int, str]) -> ReadAnswers:
    """Returns the responses; `written` has the letters by a question's number, counted from 1."""
    responses: dict[str, tuple[str, ...]] = {}
    faults: dict[int, str] = {}
    blank: list[int] = []
    for number, asked in enumerate(form.asked, 1):
        text = _plain_letters(written.get(number, ""))
        if not text:
            blank.append(number)
            continue
        try:
            answer = key[asked.id]
            responses[asked.id] = KINDS[answer.kind].from_letters(asked.parts, answer.right, text)
        except UnreadableLetters as fault:
            faults[number] = str(fault)
    return ReadAnswers(responses=responses, faults=faults, blank=tuple(blank))


def _plain_letters(text: str) -> str:
    """Returns capitals and digits alone: spaces, commas and hyphens are how people separate them."""
    composed = unicodedata.normalize("NFC", text).upper()
    return "".join(sign for sign in composed if sign.isalnum())


routes = router()
PAPER_TESTS = f"{urls.STAFF}bai-giay/"
Enterer = Annotated[StaffMember, Depends(staff("paper.enter"))]
MOST_QUESTIONS = 200
#: The field at which a refusal is said.
FIELDS = {"typed_before": "another", "none_left": "person"}


@routes.get(PAPER_TESTS)
async def choose_form(request: Request, service: Running, member: Enterer) -> Response:
    return await _paper_page(request, service, member)


async def _paper_page(
    request: Request,
    service: Service,
    member: StaffMember,
    reading: FormReader | None = None,
    *,
    paper_form: PaperForm | None = None,
    matches: tuple[Person, ...] = (),
) -> Response:
    declared = paper_fields(service)

    def looking(within: Connection) -> dict[str, object]:
        units = scope(within, member.account)
        held = chosen_class(within, member.account, reading) if reading else None
        # What was typed, here or for the sheet before; else the day of the class, or today.
        first = {"sown": "1", "day": day(held.held_on if held else today(service))}
        return {
            "scope": units,
            "given": {**first, **(reading.given if reading else {})},
            "sessions": class_options(within, units, dict(declared.fields["course"].options)),
            "changed": changed_at(within, paper_form) if paper_form else None,
            "made_up": synthetic_persons(within, (person.id for person in matches)),
        }

    values = await service.read(looking)
    return service.pages.page(
        request,
        "staff/paper",
        status=422 if reading and reading.problems else 200,
        form=declared,
        titles=base.course_titles(service),
        paper_form=paper_form,
        people=matches,
        problems=reading.problems if reading else {},
        once=base.new_form_id(),
        **values,
    )


@routes.post(PAPER_TESTS)
async def open_answer_sheet(request: Request, service: Running, member: Enterer, form: Posted) -> Response:
    """Shows the boxes for a form's letters, and the people whom a name may mean."""
    reading = FormReader(form)
    paper_form = read_form(service, reading)
    matches = await service.read(lambda within: offered_people(within, member.account, reading))
    if reading.problems:
        return await _paper_page(request, service, member, reading)
    return await _paper_page(request, service, member, reading, paper_form=paper_form, matches=matches)


@routes.post(f"{PAPER_TESTS}cham/")
async def mark_answers(request: Request, service: Running, member: Enterer, form: Posted) -> Response:
    """Marks what was typed and records it: evidence B with a sheet's reference, D without one."""
    reading = FormReader(form)
    paper_form = read_form(service, reading)
    if paper_form is None:
        return await _paper_page(request, service, member, reading)
    paper = _read_paper(service, member.account, reading, paper_form)

    def writing(within: Connection) -> tuple[Person, Mark]:
        who = base.person_in_reach(within, member.account, paper.person)
        return who, service.attempts.enter_paper(within, replace(paper, person=who.id), service.now())

    if not reading.problems:
        try:
            who, mark = await service.write(writing)
            values = {"who": who, "paper_form": paper_form, "mark": mark, "source": paper.source}
            return await _marked_page(request, service, member, reading, who, values)
        except PaperRefused as refusal:
            said = staff_form("paper").words[refusal.reason]
            said = said.format(code=paper_form.code, day=day(paper.source.day))
            reading.problems[FIELDS[refusal.reason]] = said
    matches = await service.read(lambda within: offered_people(within, member.account, reading))
    return await _paper_page(request, service, member, reading, paper_form=paper_form, matches=matches)


def _read_paper(service: Service, account: Account, reading: FormReader, paper_form: PaperForm) -> TypedPaper:
    words, given = staff_form("paper").words, reading.given
    letters = {nth: given[f"c{nth}"][:60] for nth in range(1, MOST_QUESTIONS + 1) if f"c{nth}" in given}
    answers = read_letters(paper_form.form, paper_form.key, letters)
    on, sheet = read_day_and_sheet(service, reading, paper_form)
    person = reading.text("person", words["nobody_chosen"])
    for number, fault in answers.faults.items():
        reading.problems[f"c{number}"] = words["unreadable"].format(number=number, fault=fault)
    if answers.blank and reading.text("blank") != "yes":
        reading.problems |= {
            f"c{number}": words["left_blank"].format(number=number) for number in answers.blank
        }
        reading.problems["blank"] = words["blank_on_paper"]
    by = written_by(account, words["reason"].format(code=paper_form.code))
    return TypedPaper(
        event_id=event_id(reading.text("once"), "paper.submitted", person),
        person=person,
        form=paper_form.form,
        key=paper_form.key,
        responses=answers.responses,
        source=PaperSource(day=on, sheet=sheet, by=by),
        is_another=reading.text("another") == "yes",
    )


async def _marked_page(
    request: Request,
    service: Service,
    member: StaffMember,
    reading: FormReader,
    who: Person,
    values: Mapping[str, object],
) -> Response:
    """Shows the result of an answer sheet, and the next one, with all that stays the same."""
    declared = paper_fields(service)

    def looking(within: Connection) -> dict[str, object]:
        units, held = scope(within, member.account), chosen_class(within, member.account, reading)
        return {
            "scope": units,
            "left": not_yet_marked(within, member.account, held) if held else (),
            "sessions": class_options(within, units, dict(declared.fields["course"].options)),
            "synthetic": certificates.is_synthetic(within, (who,)),
        }

    from_records = await service.read(looking)
    return service.pages.page(
        request,
        "staff/paper-result",
        status=200,
        form=declared,
        titles=base.course_titles(service),
        given=reading.given,
        **values,
        **from_records,
    )


# --- what is read of a paper form -------------------------------------------------------------


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
