"""Answers from paper: the letters of an answer sheet, by the form's code; the server marks them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast

from fastapi import Depends
from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response

from ... import quiz
from ...records import answers, courses, people, progress, record, schema
from ...records.classes import ClassSession
from ...records.people import Person
from ...render.templating import day as shown
from .. import areas
from ..asking import Posted, StaffMember, staff
from ..service import Of, Service
from ..synthetic import made_up
from . import desk, letters, paper_people
from .desk import by, event_id, scope, today
from .pacing import router
from .paper_forms import PaperForm, changed_at, read_day, read_sheet
from .reading import Reading

routes = router()
PAPERS = f"{areas.STAFF}bai-giay/"
Entering = Annotated[StaffMember, Depends(staff("paper.enter"))]
MOST_QUESTIONS = 200
TYPED = (
    "Người này đã có một bài mã đề {code} làm ngày {day}. Nếu là chính bài này thì không nhập lại, "
    "vì sẽ mất thêm một lần làm bài. Nếu là bài khác, đánh dấu ô dưới đây."
)
NONE_LEFT = (
    "Người này đã dùng hết số lần làm bài của khóa. Nếu có bài ghi nhầm, mở hồ sơ của người ấy ở một cửa sổ "
    "khác, hủy ghi nhận bài đó, rồi gửi lại trang này."
)


@routes.get(PAPERS)
async def choose(request: Request, service: Of, member: Entering) -> Response:
    return await _page(request, service, member)


def _tested(service: Service) -> tuple[tuple[str, str], ...]:
    """The courses with a test, to choose from."""
    return tuple(one for one in desk.options(service) if service.attempts.courses[one[0]].test)


async def _page(
    request: Request,
    service: Service,
    member: StaffMember,
    *,
    sheet: PaperForm | None = None,
    matches: tuple[Person, ...] = (),
    reading: Reading | None = None,
    status: int = 200,
) -> Response:
    options = _tested(service)

    def looking(within: Connection) -> dict[str, object]:
        units = scope(within, member.account)
        held = paper_people.held_in(within, member.account, reading) if reading else None
        return {
            "scope": units,
            "held": held,
            "sessions": paper_people.classes(within, units, dict(options), dict(options)),
            "changed": changed_at(within, sheet) if sheet else None,
            "made_up": made_up(within, (one.id for one in matches)),
        }

    values = await service.read(looking)
    return service.pages.page(
        request,
        "staff/paper",
        status=status,
        options=options,
        titles=desk.titles(service),
        sheet=sheet,
        people=matches,
        problems=reading.problems if reading else {},
        given=_given(service, reading, cast(ClassSession | None, values["held"])),
        once=desk.once(),
        **values,
    )


def _given(service: Service, reading: Reading | None, held: ClassSession | None) -> dict[str, str]:
    """Returns what was typed, here or for the sheet before; else the day of the class, or today."""
    first = {"sown": "1", "day": shown(held.held_on if held else today(service))}
    return {**first, **(reading.given if reading else {})}


@routes.post(PAPERS)
async def open_sheet(request: Request, service: Of, member: Entering, form: Posted) -> Response:
    """The boxes for a form's letters, and the people whom a name may mean."""
    reading = Reading(form)
    sheet = read_sheet(service, reading)
    matches = await service.read(lambda within: paper_people.offered(within, member.account, reading))
    if reading.problems:
        return await _page(request, service, member, reading=reading, status=422)
    return await _page(request, service, member, sheet=sheet, matches=matches, reading=reading)


@routes.post(f"{PAPERS}cham/")
async def mark(request: Request, service: Of, member: Entering, form: Posted) -> Response:
    """Marks what was typed and records it: evidence B with a sheet's reference, D without one."""
    reading = Reading(form)
    sheet = read_sheet(service, reading)
    if sheet is None:
        return await _page(request, service, member, reading=reading, status=422)
    given = letters.read(sheet.form, sheet.key, _letters(reading))
    day = read_day(service, reading, sheet)
    reference = reading.text("sheet", most=80)
    chosen = reading.text("person", "Chọn người làm bài.")
    reading.problems.update(
        {f"c{number}": f"Câu {number}: {fault}." for number, fault in given.faults.items()}
    )
    if given.blank and reading.text("blank") != "yes":
        numbers = ", ".join(map(str, given.blank))
        reading.problems["blank"] = (
            f"Câu {numbers} chưa có câu trả lời. Nếu trên giấy cũng để trống, đánh dấu ô dưới đây."
        )
    if reading.problems:
        matches = await service.read(lambda within: paper_people.offered(within, member.account, reading))
        return await _page(
            request, service, member, sheet=sheet, matches=matches, reading=reading, status=422
        )
    rule = service.attempts.rule(sheet.course)
    result = quiz.mark(sheet.key, given.responses, pass_share=rule.pass_share)
    event = event_id(reading.text("once"), "paper.submitted", chosen)

    def writing(within: Connection) -> Person | dict[str, str]:
        who = desk.whose(within, member.account, chosen)
        if not _is_there(within, event):
            if reading.text("another") != "yes" and _is_typed(within, who, sheet, day):
                return {"another": TYPED.format(code=sheet.code, day=shown(day))}
            if not service.attempts.standing(within, who.id, sheet.course).left:
                return {"person": NONE_LEFT}
        form_id = courses.keep(within, sheet.form, sheet.key, now=service.now())
        courses.publish(within, sheet.course, sheet.form.version, rule, now=service.now())
        stated = answers.on_paper(
            event_id=event,
            person=who.id,
            course=sheet.course,
            form=form_id,
            version=sheet.form.version,
            rule=rule,
            responses=given.responses,
            mark=result,
            day=day,
            sheet=reference or None,
            by=by(member.account, f"nhập bài làm trên giấy, mã đề {sheet.code}"),
        )
        record(within, stated, service.now())
        return people.person(within, who.id)

    who = await service.write(writing)
    if isinstance(who, dict):
        reading.problems.update(who)
        matches = await service.read(lambda within: paper_people.offered(within, member.account, reading))
        return await _page(
            request, service, member, sheet=sheet, matches=matches, reading=reading, status=422
        )
    return await _marked(
        request, service, member, reading, who=who, sheet=sheet, result=result, reference=reference
    )


async def _marked(
    request: Request, service: Service, member: StaffMember, reading: Reading, **values: object
) -> Response:
    """Shows what a sheet came to, and the next one, with all that stays the same."""
    tested = _tested(service)
    who = cast(Person, values["who"])

    def looking(within: Connection) -> dict[str, object]:
        units, held = scope(within, member.account), paper_people.held_in(within, member.account, reading)
        return {
            "scope": units,
            "left": paper_people.left(within, member.account, held) if held else (),
            "sessions": paper_people.classes(within, units, dict(tested), dict(tested)),
            "synthetic": desk.is_synthetic(within, (who,)),
        }

    found = await service.read(looking)
    return service.pages.page(
        request,
        "staff/paper-result",
        status=200,
        options=tested,
        titles=desk.titles(service),
        given=reading.given,
        **values,
        **found,
    )


def _is_typed(connection: Connection, who: Person, sheet: PaperForm, day: date) -> bool:
    """Whether a paper of that person, form and day is there: the same one again would cost an attempt."""
    this = (courses.form_id(sheet.form), day)
    made = progress.attempts(connection, who.id, sheet.course)
    return any((one.form, one.done_on) == this and one.standing != "voided" for one in made)


def _is_there(connection: Connection, event: str) -> bool:
    return connection.execute(select(schema.event.c.seq).filter_by(event_id=event)).first() is not None


def _letters(reading: Reading) -> dict[int, str]:
    numbers = range(1, MOST_QUESTIONS + 1)
    given = reading.given
    return {number: given[f"c{number}"][:60] for number in numbers if f"c{number}" in given}
