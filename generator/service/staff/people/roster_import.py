"""A list is looked through, then frozen as it was seen, with its day and decision, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from ....programme.model.values import Level
from ....programme.vietnamese import thousands
from ....records import By, people
from ....records.people import Roster, Superseding
from ...dependencies import Posted, Running, Service, StaffMember, field
from ..base import redirect_done, router, today, written_by
from ..forms import FormReader
from .frozen_rosters import (
    FORM,
    ROSTERS,
    Importer,
    RosterDetails,
    find_roster,
    freeze_rosters,
    known_people,
    list_rosters,
)
from .roster_changes import changes
from .roster_draft import (
    MOST_DOUBTS,
    SETTLED_BY_CHOICE,
    RosterDraft,
    loss_reason,
    one_list_at_a_time,
    read_draft,
    sent_files,
    upload_problem,
)

routes = router()
LEVEL_CHOICES: Mapping[str, tuple[Level, ...]] = {
    "commune": ("commune",),
    "province": ("province",),
    "both": ("province", "commune"),
}
#: Before the id of a course whose learners a list has, among the same choices.
OF_COURSE = "course:"


@routes.post(f"{ROSTERS}thu/")
async def try_out(request: Request, service: Running, member: Importer, form: Posted) -> Response:
    """Shows what a list would change. Nothing is stored."""
    async with one_list_at_a_time(service):
        sent = FormReader(form)
        draft, wanted = await _read_list(service, member, sent, form)
        if draft is None:
            return await list_rosters(request, service, member, sent)
        return _preview(request, service, draft, wanted, sent)


@routes.post(f"{ROSTERS}chot/")
async def freeze_list(request: Request, service: Running, member: Importer, form: Posted) -> Response:
    """Freezes what was looked at, if it still has the same result; else it is shown again."""
    async with one_list_at_a_time(service):
        sent = FormReader(form)
        draft, wanted = await _read_list(service, member, sent, form)
        if draft is None:
            return await list_rosters(request, service, member, sent)
        reason = FORM.words["reason"].format(decision=wanted.decision)
        if wanted.course:
            title = service.programme.courses[wanted.course].title
            reason = FORM.words["reason_learners"].format(course=title, decision=wanted.decision)
        if wanted.replaced and wanted.superseding:
            number, fault = wanted.replaced.number, wanted.superseding.reason
            reason += FORM.words["reason_replacing"].format(number=number, fault=fault)
        reason += loss_reason(sent, draft)
        if problem := _open_question(draft, field(form, "seal")):
            sent.problems = {**problem, **sent.problems}
        elif not sent.problems:
            cause, now, kept = written_by(member.account, reason), service.now(), draft
            if await service.write(lambda within: _freeze_unchanged(within, kept, wanted, cause, now)):
                return redirect_done(service, ROSTERS, "danh-sach")
            sent.problems["seal"] = FORM.words["changed"]
            draft = await read_draft(service, member.account, draft.files, wanted, form)
        return _preview(request, service, draft, wanted, sent, 422)


async def _read_list(
    service: Service, member: StaffMember, sent: FormReader, form: FormData
) -> tuple[RosterDraft | None, RosterDetails]:
    """Returns the list, None where the form is to be sent anew, and the office's words on it."""
    files = await sent_files(form)
    if fault := upload_problem(files):
        sent.problems["file"] = fault
    if (answers := len(field(form, "offered").split("\n"))) > MOST_DOUBTS:
        most, count = thousands(MOST_DOUBTS), thousands(answers)
        sent.problems["file"] = FORM.words["many_answers"].format(most=most, count=count)
    wanted = _wanted_roster(service, sent, await service.read(people.all_rosters))
    if sent.problems:
        return None, wanted
    draft = await read_draft(service, member.account, files, wanted, form)
    sent.problems |= draft.refusal(() if wanted.course else wanted.levels)
    return None if sent.problems else draft, wanted


def _wanted_roster(service: Service, sent: FormReader, rosters: tuple[Roster, ...]) -> RosterDetails:
    fields, words, apart = FORM.fields, FORM.words, service.programme.courses_apart
    choices = (*LEVEL_CHOICES, *(f"{OF_COURSE}{id}" for id in apart))
    chosen = sent.choice("levels", choices, fields["levels"].missing)
    course = chosen.removeprefix(OF_COURSE) if chosen.startswith(OF_COURSE) else None
    levels = LEVEL_CHOICES.get("both" if course else chosen, ())
    as_of = sent.day("as_of", fields["as_of"].missing, until=today(service))
    decision = sent.text("decision", fields["decision"].missing, most=fields["decision"].most)
    number = sent.text("replaces")
    if not number or course:
        return RosterDetails(levels=levels, as_of=as_of, decision=decision, course=course)
    missing = fields["because"].missing.format(number=number)
    because = sent.text("because", missing, most=fields["because"].most)
    replaced = find_roster(list(rosters), number)
    if replaced is None:
        sent.problems["replaces"] = words["replaces_none"].format(number=number)
    elif levels != (replaced.level,):
        sent.problems["levels"] = words["replaces_other"].format(number=number)
    superseding = Superseding(roster=replaced.id, reason=because) if replaced and because else None
    return RosterDetails(
        levels=levels, as_of=as_of, decision=decision, superseding=superseding, replaced=replaced
    )


def _preview(
    request: Request,
    service: Service,
    draft: RosterDraft,
    wanted: RosterDetails,
    sent: FormReader,
    status: int = 200,
) -> Response:
    return service.pages.page(
        request,
        "staff/roster-preview",
        status=status,
        form=FORM,
        draft=draft,
        proposal=draft.proposal,
        settled=SETTLED_BY_CHOICE,
        changes=changes(draft.proposal, draft.scope),
        replaced=wanted.replaced,
        as_of=wanted.as_of,
        course=service.programme.courses[wanted.course].title if wanted.course else "",
        titles={id: target.title for id, target in service.programme.charter.targets.items()},
        scope=draft.scope,
        given=sent.given,
        problems=sent.problems,
    )


def _open_question(draft: RosterDraft, seal: str) -> dict[str, str]:
    """Returns why the list cannot be frozen as it is."""
    if seal != draft.proposal.seal:
        return {"seal": FORM.words["changed"]}
    if any(each.is_agreed is None for each in draft.proposal.assumptions):
        return {"answers": FORM.words["unanswered"]}
    return {} if draft.proposal.can_be_frozen else {"seal": FORM.words["unmended"]}


def _freeze_unchanged(
    within: Connection, draft: RosterDraft, wanted: RosterDetails, by: By, now: datetime
) -> bool:
    """Freezes, unless the records changed since the list was looked through: a form may be sent twice."""
    lists = (*people.all_rosters(within), *people.all_rosters(within, of_learners=True))
    if lists != draft.rosters or known_people(within, wanted.levels) != draft.persons:
        return False
    freeze_rosters(within, draft.proposal, wanted, by=by, now=now)
    return True
