"""A list is looked through, then frozen as it was seen, with its day and decision, or not at all."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from ....programme.model.scalars import Level
from ....records import By, people
from ....records.people import Roster, Superseding
from ...dependencies import Posted, Running, Service, StaffMember, field
from ..base import UnitScope, redirect_done, router, scope, today, written_by
from ..forms import FormReader
from ..words import LEVEL_NAMES
from . import roster_draft
from .frozen_rosters import (
    ROSTERS,
    Importer,
    RosterDetails,
    find_roster,
    freeze_rosters,
    known_people,
    list_rosters,
)
from .roster_draft import (
    RosterDraft,
    audience_titles,
    loss_reason,
    one_list_at_a_time,
    read_draft,
)

routes = router()
LEVEL_CHOICES: Mapping[str, tuple[Level, ...]] = {
    "commune": ("commune",),
    "province": ("province",),
    "both": ("province", "commune"),
}
CHANGED = "Sổ hoặc lựa chọn đã thay đổi sau khi xem thử. Hãy xem lại rồi chốt."
NOBODY = "Tệp không có người nào ở {level}. Chọn đúng cấp của danh sách, hoặc gửi tệp đầy đủ."
UNANSWERED = "Trả lời đúng hoặc không đúng ở phần “Nội dung cần xác nhận”, rồi chốt."
UNMENDED = "Còn nội dung phải sửa. Sửa trong tệp rồi gửi lại, hoặc chọn ở phần “Hồ sơ cần xác định”."


@routes.post(f"{ROSTERS}thu/")
async def try_out(request: Request, service: Running, member: Importer, form: Posted) -> Response:
    """Shows what a list would change. Nothing is stored."""
    async with one_list_at_a_time(service):
        sent = FormReader(form)
        draft, wanted = await _read_list(service, sent, form)
        if draft is None or wanted is None:
            return await list_rosters(request, service, member, sent)
        return await _preview(request, service, member, draft, wanted, sent)


@routes.post(f"{ROSTERS}chot/")
async def freeze_list(request: Request, service: Running, member: Importer, form: Posted) -> Response:
    """Freezes what was looked at, if it still has the same result; else it is shown again."""
    async with one_list_at_a_time(service):
        return await _freeze_draft(request, service, member, form)


async def _read_list(
    service: Service, sent: FormReader, form: FormData
) -> tuple[RosterDraft | None, RosterDetails | None]:
    """Returns the list and the office's words on it; None where the form is to be sent anew."""
    files = await roster_draft.sent_files(form)
    if fault := roster_draft.upload_problem(files):
        sent.problems["file"] = fault
    rosters = await service.read(people.all_rosters)
    wanted = _wanted_roster(service, sent, rosters)
    if sent.problems:
        return None, None
    draft = await read_draft(service, files, wanted, form)
    if draft.fault:
        sent.problems["file"] = draft.fault
    elif absent := [level for level in wanted.levels if not draft.holds(level)]:
        sent.problems["levels"] = NOBODY.format(level=LEVEL_NAMES[absent[0]])
    if sent.problems:
        return None, None
    return draft, wanted


def _wanted_roster(service: Service, sent: FormReader, rosters: tuple[Roster, ...]) -> RosterDetails:
    levels = LEVEL_CHOICES.get(sent.choice("levels", LEVEL_CHOICES, "Chọn cấp của danh sách."), ())
    as_of = sent.day("as_of", "Ghi ngày của danh sách.", until=today(service))
    decision = sent.text("decision", "Ghi số quyết định hoặc công văn chốt danh sách.", most=120)
    number = sent.text("replaces")
    if not number:
        return RosterDetails(levels=levels, as_of=as_of, decision=decision)
    because = sent.text("because", f"Ghi nội dung sai của danh sách số {number}.", most=300)
    replaced = find_roster(list(rosters), number)
    if replaced is None:
        sent.problems["replaces"] = f"Danh sách số {number} không có, hoặc đã được thay. Xem lại ở trên."
    elif levels != (replaced.level,):
        sent.problems["levels"] = f"Danh sách số {number} là của cấp khác. Chọn đúng cấp ấy."
    superseding = Superseding(roster=replaced.id, reason=because) if replaced and because else None
    return RosterDetails(
        levels=levels, as_of=as_of, decision=decision, superseding=superseding, replaced=replaced
    )


async def _preview(
    request: Request,
    service: Service,
    member: StaffMember,
    draft: RosterDraft,
    wanted: RosterDetails,
    sent: FormReader,
    status: int = 200,
) -> Response:
    return service.pages.page(
        request,
        "staff/roster-preview",
        status=status,
        draft=draft,
        proposal=draft.proposal,
        replaced=wanted.replaced,
        titles=audience_titles(service.programme),
        scope=await _scope(service, member),
        given=sent.given,
        problems=sent.problems,
    )


async def _scope(service: Service, member: StaffMember) -> UnitScope:
    return await service.read(lambda within: scope(within, member.account))


# --- freezing ---------------------------------------------------------------------------------


async def _freeze_draft(request: Request, service: Service, member: StaffMember, form: FormData) -> Response:
    sent = FormReader(form)
    draft, wanted = await _read_list(service, sent, form)
    if draft is None or wanted is None:
        return await list_rosters(request, service, member, sent)
    loss = loss_reason(sent, draft.comparisons, await _scope(service, member))
    if problem := _open_questions(draft, field(form, "seal")):
        sent.problems = {**problem, **sent.problems}
    elif not sent.problems:
        cause = written_by(member.account, _reason(wanted, loss))
        if not await _write_rosters(service, draft, wanted, cause):
            sent.problems["seal"] = CHANGED
            draft = await read_draft(service, draft.files, wanted, form)
    if sent.problems:
        return await _preview(request, service, member, draft, wanted, sent, 422)
    return redirect_done(service, ROSTERS, "danh-sach")


def _open_questions(draft: RosterDraft, seal: str) -> dict[str, str]:
    """Returns why the list cannot be frozen as it is."""
    if seal != draft.proposal.seal:
        return {"seal": CHANGED}
    if not draft.proposal.is_answered:
        return {"answers": UNANSWERED}
    return {} if draft.proposal.can_be_frozen else {"seal": UNMENDED}


def _reason(wanted: RosterDetails, loss: str) -> str:
    reason = f"chốt danh sách theo {wanted.decision}"
    if wanted.replaced and wanted.superseding:
        reason += f", thay cho danh sách số {wanted.replaced.number} vì {wanted.superseding.reason}"
    return f"{reason}; {loss}" if loss else reason


async def _write_rosters(service: Service, draft: RosterDraft, wanted: RosterDetails, by: By) -> bool:
    """Freezes, unless the records changed since the list was looked through: a form may be sent twice."""

    def writing(within: Connection) -> bool:
        if (people.all_rosters(within), known_people(within, wanted.levels)) != (
            draft.rosters,
            draft.persons,
        ):
            return False
        freeze_rosters(within, draft.proposal, wanted, by=by, now=service.now())
        return True

    return await service.write(writing)
