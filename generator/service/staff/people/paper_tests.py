"""Answers from paper: the person, the letters of the answer sheet, marked by the server.

A sheet shows for each question what `form.html.j2` asks for: one letter, several, Đ or S, `1B 2A` for pairs,
or letters in their order. Letters that cannot be read are reported, never guessed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from .... import quiz
from ....programme.model.question import kind_of
from ....programme.model.response import UnreadableLetters
from ....quiz import Form, Key, Responses
from ....records import event_by_id, people, record
from ....records.access.accounts import Account
from ....records.people import Person, synthetic_persons
from ....records.staff_entries import listed
from ....records.training import course_versions, progress
from ....records.training.classes import ClassSession
from ....render.templates import day
from ....render.templates import day as shown
from ... import certificates
from ...dependencies import Posted, Running, Service, StaffMember, staff
from ...http import urls
from ...http.errors import Fault
from .. import base
from ..base import UnitScope, event_id, router, scope, today, written_by
from ..forms import FormReader
from .attendance import attendees, session_of
from .paper_forms import PaperForm, changed_at, read_form, read_test_day
from .person_pages import find_people

#: The most classes that are offered.
MOST_CLASSES = 40


def class_options(
    connection: Connection, units: UnitScope, titles: Mapping[str, str], tested: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Returns the last classes of courses with a test whose attendees have names, to choose from."""
    sessions = (
        session
        for session in listed(connection, ClassSession, units=units.reach)[::-1]
        if not session.anonymous
    )
    offered = [session for session in sessions if session.course in tested][:MOST_CLASSES]
    return tuple(
        (session.id, f"{_class_label(session, units)}: {titles[session.course]}") for session in offered
    )


def _class_label(held: ClassSession, units: UnitScope) -> str:
    return f"{day(held.held_on)}, {units.name(held.unit)}"


def chosen_class(connection: Connection, account: Account, reading: FormReader) -> ClassSession | None:
    """Returns the class that was chosen, or None. Raises Fault."""
    id = reading.text("session", most=80)
    held = session_of(connection, account, id) if id else None
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
    if name or held is None:
        return _people_named(connection, account, reading, name)
    unmarked = not_yet_marked(connection, account, held)
    if not unmarked:
        reading.problems["name"] = "Mọi người trong lớp này đã có bài. Nếu cần nhập thêm, hãy gõ tên."
    return unmarked


def _people_named(
    connection: Connection, account: Account, reading: FormReader, name: str
) -> tuple[Person, ...]:
    if not name:
        reading.problems["name"] = "Gõ vài chữ trong tên người làm bài, hoặc chọn lớp."
        return ()
    matches = find_people(connection, account, name)
    if not matches:
        reading.problems["name"] = "Không tìm thấy ai trong phạm vi của bạn. Hãy gõ ít chữ hơn."
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
            responses[asked.id] = kind_of(answer.kind).from_letters(asked.parts, answer.right, text)
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
TYPED_BEFORE = (
    "Người này đã có một bài mã đề {code} làm ngày {day}. Nếu là chính bài này thì không nhập lại, "
    "vì sẽ mất thêm một lần làm bài. Nếu là bài khác, đánh dấu ô dưới đây."
)
NONE_LEFT = (
    "Người này đã dùng hết số lần làm bài của khóa. Nếu có bài ghi nhầm, mở hồ sơ của người ấy ở một cửa sổ "
    "khác, hủy ghi nhận bài đó, rồi gửi lại trang này."
)


@routes.get(PAPER_TESTS)
async def choose_form(request: Request, service: Running, member: Enterer) -> Response:
    return await _paper_page(request, service, member)


def _tested_courses(service: Service) -> tuple[tuple[str, str], ...]:
    """Returns the courses with a test, to choose from."""
    return tuple(
        option for option in base.course_options(service) if service.attempts.courses[option[0]].test
    )


async def _paper_page(
    request: Request,
    service: Service,
    member: StaffMember,
    *,
    paper_form: PaperForm | None = None,
    matches: tuple[Person, ...] = (),
    reading: FormReader | None = None,
    status: int = 200,
) -> Response:
    options = _tested_courses(service)

    def looking(within: Connection) -> dict[str, object]:
        units = scope(within, member.account)
        held = chosen_class(within, member.account, reading) if reading else None
        return {
            "scope": units,
            "held": held,
            "sessions": class_options(within, units, dict(options), dict(options)),
            "changed": changed_at(within, paper_form) if paper_form else None,
            "made_up": synthetic_persons(within, (person.id for person in matches)),
        }

    values = await service.read(looking)
    return service.pages.page(
        request,
        "staff/paper",
        status=status,
        options=options,
        titles=base.course_titles(service),
        paper_form=paper_form,
        people=matches,
        problems=reading.problems if reading else {},
        given=_given_values(service, reading, cast(ClassSession | None, values["held"])),
        once=base.new_form_id(),
        **values,
    )


def _given_values(service: Service, reading: FormReader | None, held: ClassSession | None) -> dict[str, str]:
    """Returns what was typed, here or for the sheet before; else the day of the class, or today."""
    first = {"sown": "1", "day": shown(held.held_on if held else today(service))}
    return {**first, **(reading.given if reading else {})}


@routes.post(PAPER_TESTS)
async def open_answer_sheet(request: Request, service: Running, member: Enterer, form: Posted) -> Response:
    """Shows the boxes for a form's letters, and the people whom a name may mean."""
    reading = FormReader(form)
    paper_form = read_form(service, reading)
    matches = await service.read(lambda within: offered_people(within, member.account, reading))
    if reading.problems:
        return await _paper_page(request, service, member, reading=reading, status=422)
    return await _paper_page(
        request, service, member, paper_form=paper_form, matches=matches, reading=reading
    )


@routes.post(f"{PAPER_TESTS}cham/")
async def mark_answers(request: Request, service: Running, member: Enterer, form: Posted) -> Response:
    """Marks what was typed and records it: evidence B with a sheet's reference, D without one."""
    reading = FormReader(form)
    paper_form = read_form(service, reading)
    if paper_form is None:
        return await _paper_page(request, service, member, reading=reading, status=422)
    answers = read_letters(paper_form.form, paper_form.key, _typed_letters(reading))
    day = read_test_day(service, reading, paper_form)
    reference = reading.text("sheet", most=80)
    chosen = reading.text("person", "Chọn người làm bài.")
    reading.problems.update(
        {f"c{number}": f"Câu {number}: {fault}." for number, fault in answers.faults.items()}
    )
    if answers.blank and reading.text("blank") != "yes":
        numbers = ", ".join(map(str, answers.blank))
        reading.problems["blank"] = (
            f"Câu {numbers} chưa có câu trả lời. Nếu trên giấy cũng để trống, đánh dấu ô dưới đây."
        )
    if reading.problems:
        matches = await service.read(lambda within: offered_people(within, member.account, reading))
        return await _paper_page(
            request, service, member, paper_form=paper_form, matches=matches, reading=reading, status=422
        )
    rule = service.attempts.rule(paper_form.course)
    result = quiz.mark(paper_form.key, answers.responses, pass_share=rule.pass_share)
    event = event_id(reading.text("once"), "paper.submitted", chosen)

    def writing(within: Connection) -> Person | dict[str, str]:
        who = base.person_in_reach(within, member.account, chosen)
        if not _is_recorded(within, event):
            if reading.text("another") != "yes" and _is_typed(within, who, paper_form, day):
                return {"another": TYPED_BEFORE.format(code=paper_form.code, day=shown(day))}
            if not service.attempts.standing(within, who.id, paper_form.course).left:
                return {"person": NONE_LEFT}
        form_id = course_versions.add_form(within, paper_form.form, paper_form.key, now=service.now())
        course_versions.publish(within, paper_form.course, paper_form.form.version, rule, now=service.now())
        stated = course_versions.paper_submitted(
            event_id=event,
            person=who.id,
            course=paper_form.course,
            form=form_id,
            version=paper_form.form.version,
            rule=rule,
            responses=answers.responses,
            mark=result,
            day=day,
            sheet=reference or None,
            by=written_by(member.account, f"nhập bài làm trên giấy, mã đề {paper_form.code}"),
        )
        record(within, stated, service.now())
        return people.person(within, who.id)

    who = await service.write(writing)
    if isinstance(who, dict):
        reading.problems.update(who)
        matches = await service.read(lambda within: offered_people(within, member.account, reading))
        return await _paper_page(
            request, service, member, paper_form=paper_form, matches=matches, reading=reading, status=422
        )
    return await _marked_page(
        request, service, member, reading, who=who, paper_form=paper_form, result=result, reference=reference
    )


async def _marked_page(
    request: Request, service: Service, member: StaffMember, reading: FormReader, **values: object
) -> Response:
    """Shows the result of an answer sheet, and the next one, with all that stays the same."""
    tested = _tested_courses(service)
    who = cast(Person, values["who"])

    def looking(within: Connection) -> dict[str, object]:
        units, held = scope(within, member.account), chosen_class(within, member.account, reading)
        return {
            "scope": units,
            "left": not_yet_marked(within, member.account, held) if held else (),
            "sessions": class_options(within, units, dict(tested), dict(tested)),
            "synthetic": certificates.is_synthetic(within, (who,)),
        }

    from_records = await service.read(looking)
    return service.pages.page(
        request,
        "staff/paper-result",
        status=200,
        options=tested,
        titles=base.course_titles(service),
        given=reading.given,
        **values,
        **from_records,
    )


def _is_typed(connection: Connection, who: Person, paper_form: PaperForm, day: date) -> bool:
    """Tells whether that person's paper of the form and day is there: once more would cost an attempt."""
    form_and_day = (course_versions.form_id(paper_form.form), day)
    attempts = progress.attempts(connection, who.id, paper_form.course)
    return any(
        (attempt.form, attempt.done_on) == form_and_day and attempt.standing != "voided"
        for attempt in attempts
    )


def _is_recorded(connection: Connection, event: str) -> bool:
    return event_by_id(connection, event) is not None


def _typed_letters(reading: FormReader) -> dict[int, str]:
    numbers = range(1, MOST_QUESTIONS + 1)
    given = reading.given
    return {number: given[f"c{number}"][:60] for number in numbers if f"c{number}" in given}
