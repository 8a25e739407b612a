"""Reports of a period as DOCX, XLSX or PDF; who took which is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from anyio import to_thread
from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...records.access.accounts import OPERATIONS
from ...records.audit_trail import note
from ...records.training import progress
from ...render.raster import png_of
from ...reports import Report, build_report, printable_report, write_docx, write_xlsx
from ...reports.blocks import cell_text
from ...targets import Period
from ..dependencies import Posted, Running, Service, StaffMember, staff
from ..http import urls
from .base import (
    PDF,
    chosen_period,
    must_give_second_factor,
    period_choices,
    print_sheet,
    router,
    today,
    written_by,
)
from .forms import FormReader, catalogue
from .targets import measurement_in_reach

routes = router()
REPORTS = f"{urls.STAFF}bao-cao/"
Exporter = Annotated[StaffMember, Depends(staff("export"))]
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
#: What the form says where something is missing, and what the trail says of a download.
WORDS: Mapping[str, str] = catalogue()["report"]
REPORT_KINDS = {
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


def report_pdf(report: Report) -> bytes:
    return print_sheet(printable_report(report))


def report_docx(report: Report) -> bytes:
    return write_docx(report, png_of)


WRITERS: Mapping[str, Callable[[Report], bytes]] = {
    "docx": report_docx,
    "xlsx": write_xlsx,
    "pdf": report_pdf,
}


@routes.get(REPORTS)
async def reports_page(request: Request, service: Running, member: Reader, ky: str = "") -> Response:
    return await _reports_page(request, service, member, chosen_period(ky, today(service)))


async def _reports_page(
    request: Request, service: Service, member: StaffMember, period: Period, reading: FormReader | None = None
) -> Response:
    """Shows what a report of the period says of the targets, and the form to download it."""
    measurement, units = await measurement_in_reach(service, member, period)
    unit = None if units.has_province else member.account.unit
    report = await to_thread.run_sync(
        lambda: build_report(service.programme, measurement.figures, period, unit=unit)
    )
    entries = await service.read(lambda within: progress.pending_entries(within, units=units.filter))
    role = member.account.role
    return service.pages.page(
        request,
        "staff/reports",
        status=422 if reading else 200,
        reported=list(measurement.measured.values()),
        outcomes=dict(zip(measurement.measured, (row[-1] for row in report.targets.rows), strict=True)),
        pending=sum(entry.done_on <= period.end for entry in entries),
        may_countersign=role in OPERATIONS["countersign"].roles,
        may_enter=units.has_province and role in OPERATIONS["figure.enter"].roles,
        days_left=0 if measurement.figures.has_ended(period) else (period.end - today(service)).days,
        running=not measurement.figures.has_ended(period),
        periods=period_choices(service),
        kinds={id: label for id, (label, _) in REPORT_KINDS.items()},
        unit="" if units.has_province else units.name(member.account.unit),
        may_export=role != "trainer",
        must_prove=must_give_second_factor(service, member, "export"),
        synthetic=any(listed.roster.synthetic for listed in measurement.figures.rosters),
        table=report.targets,
        shown=cell_text,
        period=period,
        period_name=f"{period.name}{report.so_far}",
        given=reading.given if reading else {"period": period.id, "kind": "docx"},
        problems=reading.problems if reading else {},
    )


@routes.post(REPORTS)
async def download_report(request: Request, service: Running, member: Exporter, form: Posted) -> Response:
    reading = FormReader(form)
    chosen = reading.choice("period", [id for id, _ in period_choices(service)], WORDS["no_period"])
    kind = reading.choice("kind", REPORT_KINDS, WORDS["no_kind"])
    if reading.problems:
        return await _reports_page(request, service, member, Period.of_day(today(service)), reading)
    period = Period.parse(chosen)
    measurement, units = await measurement_in_reach(service, member, period)
    unit = None if units.has_province else member.account.unit
    report = await to_thread.run_sync(
        lambda: build_report(service.programme, measurement.figures, period, unit=unit)
    )
    limiter = None if kind == "xlsx" else service.printing
    data = await to_thread.run_sync(WRITERS[kind], report, limiter=limiter)
    cause = written_by(member.account, WORDS["reason"].format(period=period.name))
    await service.write(
        lambda within: note(within, "report.exported", report.id, by=cause, now=service.now())
    )
    headers = {"Content-Disposition": f'attachment; filename="{report.id}.{kind}"'}
    return Response(data, media_type=REPORT_KINDS[kind][1], headers=headers)
