"""Reports of a period, to be taken away as DOCX, XLSX or PDF; who took which stands in the trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from anyio import to_thread
from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...records.attribution import note
from ...reports import Report, docx, report, sheet, xlsx
from ...reports.blocks import shown
from ...targets import Period
from .. import areas
from ..asking import Posted, StaffMember, staff
from ..service import Of, Service
from .accounts import must_prove
from .desk import by, today
from .pacing import router
from .periods import choices, chosen, name
from .printing import PDF, printed
from .reading import Reading
from .targets import measurement

routes = router()
REPORTS = f"{areas.STAFF}bao-cao/"
Exporting = Annotated[StaffMember, Depends(staff("export"))]
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
#: What the office has to fill in, as in the documents.
BLANK = "[…]"
KINDS = {
    "docx": (
        "Word (DOCX)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": (
        "Excel (XLSX)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "pdf": ("PDF", PDF),
}


def pdf(whole: Report) -> bytes:
    return printed(sheet(whole))


WRITERS: Mapping[str, Callable[[Report], bytes]] = {"docx": docx, "xlsx": xlsx, "pdf": pdf}


@routes.get(REPORTS)
async def reports_page(request: Request, service: Of, member: Reader, ky: str = "") -> Response:
    return await _page(request, service, member, chosen(ky, today(service)))


async def _page(
    request: Request, service: Service, member: StaffMember, period: Period, reading: Reading | None = None
) -> Response:
    """What a report of the period says of the targets, and the form that takes it away."""
    found, units = await measurement(service, member, period)
    unit = None if units.has_province else member.account.unit
    whole = await to_thread.run_sync(lambda: report(service.programme, found.figures, period, unit=unit))
    return service.pages.page(
        request,
        "staff/reports",
        status=422 if reading else 200,
        periods=choices(today(service)),
        kinds={id: label for id, (label, _) in KINDS.items()},
        unit="" if units.has_province else units.name(member.account.unit),
        may_export=member.account.role != "trainer",
        must_prove=must_prove(service, member, "export"),
        synthetic=any(one.roster.synthetic for one in found.figures.rosters),
        table=whole.targets,
        shown=lambda cell: shown(cell, BLANK),
        period=period,
        period_name=f"{name(period)}{whole.so_far}",
        given=reading.given if reading else {"period": period.id, "kind": "docx"},
        problems=reading.problems if reading else {},
    )


@routes.post(REPORTS)
async def take(request: Request, service: Of, member: Exporting, form: Posted) -> Response:
    reading = Reading(form)
    period = reading.choice("period", [id for id, _ in choices(today(service))], "Chọn kỳ báo cáo.")
    kind = reading.choice("kind", KINDS, "Chọn định dạng tệp.")
    if reading.problems:
        return await _page(request, service, member, Period.of_day(today(service)), reading)
    found, units = await measurement(service, member, Period.parse(period))
    unit = None if units.has_province else member.account.unit

    def made() -> tuple[Report, bytes]:
        whole = report(service.programme, found.figures, Period.parse(period), unit=unit)
        return whole, WRITERS[kind](whole)

    whole, data = await to_thread.run_sync(made, limiter=service.printing if kind == "pdf" else None)
    cause = by(member.account, f"tải báo cáo {name(Period.parse(period))}")
    await service.write(lambda within: note(within, "report.exported", whole.id, by=cause, now=service.now()))
    headers = {"Content-Disposition": f'attachment; filename="{whole.id}.{kind}"'}
    return Response(data, media_type=KINDS[kind][1], headers=headers)
