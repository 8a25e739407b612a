"""Rosters: a list sent up, looked through, then frozen with its day and decision; all or nothing."""

from __future__ import annotations

import base64
import binascii
import gc
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from anyio import to_thread
from fastapi import Depends
from sqlalchemy import Connection
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from ...records import By, people
from ...records.people import Roster
from ...render.templating import day
from ...rosters import checking, reading, spelling, synthetic, template
from ...rosters.entry import KnownPerson, Level
from ...rosters.proposal import Proposal
from .. import areas
from ..asking import Member, Posted, field, staff
from ..service import Of, Service
from .accounts import must_prove
from .arrival import arrival
from .desk import Scope, by, of_province, scope, today
from .doubts import Doubt, answered, decided, doubts_of
from .freezing import Wanted, freeze, known
from .pacing import router
from .reading import Reading

routes = router()
ROSTERS = f"{areas.STAFF}danh-sach/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Reader = Annotated[Member, Depends(staff("progress.read"))]
Importing = Annotated[Member, Depends(of_province("roster.import"))]
#: A field of a form holds a megabyte at most, and the file goes back and forth in one, packed.
MOST_PACKED, MOST_BYTES = 1_000_000, 10 * 1024 * 1024
LEVELS: Mapping[str, tuple[Level, ...]] = {
    "commune": ("commune",),
    "province": ("province",),
    "both": ("province", "commune"),
}
NEW_LEDGER = "Mở một sổ mới: dừng phần mềm, rồi chạy “taphuan records serve” với “--database” là một tệp khác"
MADE_UP = (
    "Đây là danh sách mẫu, còn sổ này đang giữ người thật. "
    "Người mẫu không bao giờ vào chung sổ với người thật. "
    f"{NEW_LEDGER}, ví dụ sqlite:///tap-thu.sqlite3, để tập trên sổ ấy."
)
REAL = (
    "Sổ này đang giữ danh sách mẫu, người không có thật. Danh sách thật đầu tiên phải vào một sổ mới. "
    f"{NEW_LEDGER}, ví dụ sqlite:///ho-so-that.sqlite3, rồi gửi danh sách này vào đó."
)
CHANGED = "Sổ hoặc lựa chọn đã thay đổi từ lúc xem thử. Xem lại rồi chốt."


# --- what there is ----------------------------------------------------------------------------


@routes.get(ROSTERS)
async def list_rosters(request: Request, service: Of, member: Reader) -> Response:
    return await _list(request, service, member)


async def _list(request: Request, service: Service, member: Member, form: Reading | None = None) -> Response:
    def looking(within: Connection) -> tuple[Scope, list[tuple[Roster, int, int]]]:
        units = scope(within, member.account)
        found = []
        for roster in people.rosters(within)[::-1]:
            listed = people.members(within, roster.id)
            found.append((roster, len(listed), sum(1 for one in listed if one.unit in units.reach)))
        return units, found

    units, found = await service.read(looking)
    return service.pages.page(
        request,
        "staff/rosters",
        status=422 if form else 200,
        rosters=found,
        scope=units,
        can_import=member.account.role == "office" and units.has_province,
        must_prove=must_prove(service, member, "roster.import"),
        given=form.given if form else {"as_of": day(today(service)), "levels": "commune"},
        problems=form.problems if form else {},
    )


@routes.get(f"{ROSTERS}mau.xlsx")
async def blank(service: Of, member: Reader) -> Response:
    data = await to_thread.run_sync(lambda: template.template(service.programme.units))
    return _workbook(data, "mau-danh-sach.xlsx")


@routes.get(f"{ROSTERS}mau-dien-thu.xlsx")
async def sample(service: Of, member: Reader) -> Response:
    """The template filled with people who do not exist, to try everything with."""

    def made() -> bytes:
        units = service.programme.units
        return template.synthetic_template(units, synthetic.synthetic(units, 1).entries)

    return _workbook(await to_thread.run_sync(made), "danh-sach-mau-khong-co-that.xlsx")


def _workbook(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=XLSX, headers=headers)


# --- looking through --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A list as it was sent, packed into one field, and what it would change of what there was."""

    packed: str
    name: str
    proposal: Proposal
    doubts: tuple[Doubt, ...]
    rosters: tuple[Roster, ...]
    persons: tuple[KnownPerson, ...]

    @property
    def fault(self) -> str:
        """What is to be done where made-up people would come among real ones, or the other way."""
        is_made_up = self.proposal.is_synthetic
        if all(one.synthetic == is_made_up for one in self.rosters):
            return ""
        return MADE_UP if is_made_up else REAL


@asynccontextmanager
async def _alone(service: Service) -> AsyncIterator[None]:
    """Lets one list at a time be held in memory, and nothing of it stay there for the next."""
    async with service.reading:
        try:
            yield
        finally:
            spelling.forget()
            await to_thread.run_sync(gc.collect)


@routes.post(f"{ROSTERS}thu/")
async def try_out(request: Request, service: Of, member: Importing, form: Posted) -> Response:
    """What a list would change. Nothing is stored."""
    async with _alone(service):
        return await _try_out(request, service, member, form)


async def _try_out(request: Request, service: Service, member: Member, form: FormData) -> Response:
    sent = Reading(form)
    content, name = await _sent(form)
    packed = base64.b85encode(zlib.compress(content, 9)).decode()
    if not (content or name):
        sent.problems["file"] = "Chọn một tệp .xlsx, .docx hoặc .csv."
    elif len(packed) > MOST_PACKED or len(content) > MOST_BYTES:
        sent.problems["file"] = "Tệp lớn quá. Xóa hình ảnh và trang thừa, hoặc chia thành nhiều danh sách."
    wanted = _wanted(service, sent)
    if sent.problems:
        return await _list(request, service, member, sent)
    draft = await _draft(service, packed, content, name, wanted, form)
    if draft.fault:
        sent.problems["file"] = draft.fault
        return await _list(request, service, member, sent)
    return await _preview(request, service, member, draft, sent)


async def _sent(form: FormData) -> tuple[bytes, str]:
    """The file of the form, or the one that came back with the page."""
    file = form.get("file")
    if isinstance(file, UploadFile):
        content = await file.read()
        await form.close()
        return content, (file.filename or "")[:100]
    return _unpacked(field(form, "packed")), field(form, "file_name")[:100]


def _unpacked(packed: str) -> bytes:
    try:
        unpacking = zlib.decompressobj()
        return unpacking.decompress(base64.b85decode(packed), MOST_BYTES + 1)[:MOST_BYTES]
    except (ValueError, zlib.error, binascii.Error):
        return b""


def _wanted(service: Service, sent: Reading) -> Wanted:
    levels = sent.choice("levels", LEVELS, "Chọn danh sách của cấp nào.")
    as_of = sent.day("as_of", "Ghi ngày của danh sách.", until=today(service))
    decision = sent.text("decision", "Ghi số quyết định hoặc công văn chốt danh sách.", most=120)
    return Wanted(levels=LEVELS.get(levels, ()), as_of=as_of, decision=decision)


async def _draft(
    service: Service, packed: str, content: bytes, name: str, wanted: Wanted, form: FormData
) -> Draft:
    answers = answered(form)
    book = await to_thread.run_sync(lambda: reading.read(content, name, answers))
    units = service.programme.units

    def proposing(within: Connection) -> Draft:
        everybody = people.units(within)
        within_levels = frozenset(unit.id for unit in everybody.values() if unit.level in wanted.levels)
        persons = known(within, wanted.levels)
        decisions = decided(form)
        proposal = checking.propose(
            book, units, persons, decisions=decisions, scope=within_levels, answers=answers
        )
        doubts = doubts_of(proposal, persons, decisions)
        return Draft(
            packed=packed,
            name=name,
            proposal=proposal,
            doubts=doubts,
            rosters=people.rosters(within),
            persons=persons,
        )

    return await service.read(proposing)


async def _preview(
    request: Request, service: Service, member: Member, draft: Draft, sent: Reading, status: int = 200
) -> Response:
    units = await service.read(lambda within: scope(within, member.account))
    return service.pages.page(
        request,
        "staff/roster-preview",
        status=status,
        draft=draft,
        proposal=draft.proposal,
        scope=units,
        given=sent.given,
        problems=sent.problems,
    )


# --- freezing ---------------------------------------------------------------------------------


@routes.post(f"{ROSTERS}chot/")
async def settle(request: Request, service: Of, member: Importing, form: Posted) -> Response:
    """Freezes what was looked at, if it still comes to the same; else it is shown again."""
    async with _alone(service):
        return await _settle(request, service, member, form)


async def _settle(request: Request, service: Service, member: Member, form: FormData) -> Response:
    sent = Reading(form)
    wanted = _wanted(service, sent)
    reason = sent.text("reason") or f"chốt danh sách theo {wanted.decision}"
    packed, name = field(form, "packed"), field(form, "file_name")[:100]
    content = _unpacked(packed)
    if sent.problems or not content:
        sent.problems.setdefault("file", "Chọn lại tệp.")
        return await _list(request, service, member, sent)
    draft = await _draft(service, packed, content, name, wanted, form)
    if draft.fault:
        sent.problems["file"] = draft.fault
        return await _list(request, service, member, sent)
    if field(form, "seal") != draft.proposal.seal:
        sent.problems["seal"] = CHANGED
    elif not draft.proposal.is_answered:
        sent.problems["answers"] = "Trả lời có hoặc không ở phần “Phần mềm hiểu như sau”, rồi chốt."
    elif not draft.proposal.can_be_frozen:
        sent.problems["seal"] = "Còn chỗ phải sửa. Sửa trong tệp rồi gửi lại, hoặc chọn ở phần “Cần chọn”."
    elif not await _frozen(service, draft, wanted, by(member.account, reason)):
        sent.problems["seal"] = CHANGED
        draft = await _draft(service, packed, content, name, wanted, form)
    if sent.problems:
        return await _preview(request, service, member, draft, sent, 422)
    return arrival(service, ROSTERS, "danh-sach")


async def _frozen(service: Service, draft: Draft, wanted: Wanted, by: By) -> bool:
    """Freezes, unless the records changed since the list was looked through: a form may be sent twice."""

    def writing(within: Connection) -> bool:
        persons = known(within, wanted.levels)
        if (people.rosters(within), persons) != (draft.rosters, draft.persons):
            return False
        freeze(within, draft.proposal, wanted, by=by, now=service.now())
        return True

    return await service.write(writing)
