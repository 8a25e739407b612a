"""Pages for everybody: whether a certificate is real, and how far the province is.

They set no cookie and show nobody's name.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

import xlsxwriter  # type: ignore[import-untyped]
from anyio import to_thread
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..programme.model.plan import Regular
from ..programme.model.programme import Programme
from ..programme.vietnamese import day_of, written_day
from ..records.access.learner_codes import plain_symbols
from ..render.share_bar import Bar
from ..render.timeline import Timeline
from ..reports.xlsx import FORMULA_STARTS
from ..targets import (
    LEAST,
    Communication,
    Figures,
    FlagWords,
    Measured,
    Period,
    ReportedFigures,
    Share,
    Training,
    flag_words,
    goal_lines,
    is_small,
    joined_counts,
    may_show,
    share_bar,
    shown_totals,
    years_of,
)
from .certificates import EVIDENCE_NAMES, grouped_serial, public_certificate
from .dependencies import Address, Running
from .http import urls
from .http.errors import Fault


@dataclass(frozen=True, kw_only=True)
class PublicFigure:
    """A target of the plan and where the province stands; without a share nothing is known yet."""

    measured: Measured
    is_shown: bool
    """False where so few persons are counted that their number might give somebody away."""


@dataclass(frozen=True, kw_only=True)
class PublicTraining(PublicFigure):
    """Persons trained out of a roster, by class of evidence; `evidence` joins classes of few persons."""

    measured: Training
    evidence: Mapping[str, int]
    bar: Bar | None
    flag: FlagWords
    years: Timeline | None
    lines: tuple[str, str]
    half_years: Mapping[str, Share | None]
    """What was counted by the end of each half-year; None where few persons part it from the next."""


@dataclass(frozen=True, kw_only=True)
class PublicOutreach(PublicFigure):
    """The communes by how many activities each has on record: the words of a group and its communes."""

    groups: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class PublicProgress:
    """The whole page."""

    period: str
    taken_on: date
    is_running: bool
    trainings: tuple[PublicTraining, ...]
    communications: tuple[PublicOutreach, ...]
    others: tuple[PublicFigure, ...]
    apart: Mapping[str, int]
    """How many completed each course that no target counts, by its title."""
    is_apart_synthetic: bool
    regular: Regular

    @property
    def is_synthetic(self) -> bool:
        return self.is_apart_synthetic or any(training.measured.is_synthetic for training in self.trainings)

    @property
    def drawn(self) -> tuple[PublicTraining, ...]:
        """The trainings whose years are drawn."""
        return tuple(training for training in self.trainings if training.years is not None)

    @property
    def half_years(self) -> tuple[str, ...]:
        """The half-years of which any of these has a count, the first first."""
        longest = max(self.drawn, key=lambda training: len(training.half_years))
        return tuple(longest.half_years)

    @property
    def lines(self) -> Iterator[Line]:
        """Yields what the page shows, row by row, for a file: no number that the page keeps back."""
        mark = (SYNTHETIC,) if self.is_synthetic else ()
        known = self.period + (", còn đang chạy" if self.is_running else ""), written_day(self.taken_on)
        for group, words, count, whole, share, goal, *notes in self._unmarked_lines():
            yield group, words, count, whole, share, goal, ". ".join((*filter(None, notes), *mark)), *known

    def _unmarked_lines(self) -> Iterator[tuple[Any, ...]]:
        for training in self.trainings:
            yield from _training_lines(training)
        for outreach in self.communications:
            yield _figure_line("Truyền thông", outreach)
            if outreach.is_shown:
                for words, communes in outreach.groups:
                    yield "Truyền thông, theo số hoạt động", words, communes, "", "", "", "xã, phường"
        for figure in self.others:
            yield _figure_line("Chỉ tiêu khác", figure)
        for title, persons in self.apart.items():
            yield "Ngoài chỉ tiêu", title, _persons(persons), "", "", "", ""


#: What stands beside every number of people who do not exist.
SYNTHETIC = "DỮ LIỆU MẪU, không có người thật"
SMALL, NOBODY = f"dưới {LEAST}", "chưa ghi nhận ai"
#: Instead of a count that fewer than five persons part from the next.
KEPT = "không nêu riêng"
#: Why a target has no count, as its page says it.
MISSING = {"none-arose": "không phát sinh", "no-activity": "chưa ghi nhận hoạt động nào trong kỳ"}


def _persons(count: int) -> str | int:
    return SMALL if is_small(count) else count or NOBODY


def _figure_line(group: str, figure: PublicFigure) -> tuple[Any, ...]:
    measured, share = figure.measured, figure.measured.share
    goal, title = f"{measured.target.share}%", measured.target.title
    open_note = "chưa kết luận, cách tính còn chờ hướng dẫn" if measured.waits_for else ""
    if share is None:
        none = MISSING.get(measured.missing or "", "chưa có số liệu")
        return group, title, none, "", "", goal, ""
    if not figure.is_shown:
        return group, title, SMALL, "", "", goal, open_note
    return group, title, share.numerator, share.denominator, measured.percent, goal, open_note


def _training_lines(training: PublicTraining) -> Iterator[tuple[Any, ...]]:
    """Yields the target, its evidence and its half-years, small numbers as the page has them."""
    measured, share = training.measured, training.measured.share
    group, title = "Tập huấn", measured.target.title
    if share is None or measured.roster is None:
        yield _figure_line(group, training)
        return
    listed = f"danh sách ngày {written_day(measured.roster.as_of)}"
    listed += ", chốt sau kỳ" if measured.is_late else ""
    if share.denominator < LEAST:
        yield group, title, "", SMALL, "", f"{measured.target.share}%", listed
        return
    *_, goal, note = _figure_line(group, training)
    percent = share.text if training.is_shown and share.numerator else ""
    yield group, title, _persons(share.numerator), share.denominator, percent, goal, listed, note
    evidence = training.evidence if share.numerator else {}
    for letters, count in evidence.items():
        known = "; ".join(EVIDENCE_NAMES[letter] for letter in letters)
        yield f"{group}, căn cứ ghi nhận", known, count, "", "", "", title
    for name, total in training.half_years.items() if training.years is not None else ():
        percent = total.text if total and may_show(total) and total.numerator else ""
        done = _persons(total.numerator) if total else KEPT
        yield f"{group}, tính đến hết kỳ", name, done, "", percent, "", title


#: The groups of communes by their activities: the words of each and the most that it holds.
GROUPS = (
    ("Chưa ghi nhận hoạt động nào", 0),
    ("1 hoạt động", 1),
    ("2 hoạt động", 2),
    ("3 hoặc 4 hoạt động", 4),
    ("5 hoạt động trở lên", sys.maxsize),
)


def _public_figure(measured: Measured) -> PublicFigure:
    """Returns an office's figure; of persons only where they are not few."""
    share = measured.share
    is_of_persons = measured.target.measure == "services"
    is_shown = share is not None and (not is_of_persons or not share.denominator or may_show(share))
    return PublicFigure(measured=measured, is_shown=is_shown)


def _public_outreach(measured: Communication) -> PublicOutreach:
    totals = [commune.total for commune in measured.communes]
    counts, before = [], -1
    for words, most in GROUPS:
        counts.append((words, sum(before < total <= most for total in totals)))
        before = most
    return PublicOutreach(measured=measured, is_shown=measured.share is not None, groups=tuple(counts))


def _public_training(training: Training, programme: Programme, figures: Figures) -> PublicTraining:
    share = training.share
    is_shown = share is not None and may_show(share)
    evidence = joined_counts(training.evidence) if is_shown else {}
    counts = [half for half in training.half_years if half.period.start <= figures.taken_on]
    shown = shown_totals([half.share.numerator for half in counts])
    return PublicTraining(
        measured=training,
        is_shown=is_shown,
        evidence={letters: count for letters, count in evidence.items() if letters != "C" or count},
        bar=share_bar(share, evidence) if share is not None and is_shown else None,
        flag=flag_words(training),
        years=years_of(training, programme, figures, is_public=True) if is_shown else None,
        lines=goal_lines(training),
        half_years={
            half.period.name: half.share if may_show_alone else None
            for half, may_show_alone in zip(counts, shown, strict=True)
        },
    )


routes = APIRouter(include_in_schema=False)


@routes.get(urls.CONFIRMATIONS)
async def ask_serial(
    request: Request, service: Running, so: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    """Shows the field for a serial from paper; a serial names nobody, so it may stand in an address."""
    typed = plain_symbols(so)
    if typed.isalnum() and typed.isascii():
        return RedirectResponse(f"{urls.CONFIRMATIONS}{typed}", 303)
    return service.pages.page(request, "public-ask")


@routes.get(urls.CONFIRMATIONS + "{serial}")
async def certificate_check(
    request: Request, service: Running, address: Address, serial: str
) -> HTMLResponse:
    """Shows course, date, issuer and whether a certificate holds."""
    if wait := service.confirmations.take(address):
        raise Fault("too-many", headers={"Retry-After": str(wait)})
    certificate = await service.read(lambda within: public_certificate(within, serial))
    return service.pages.page(
        request,
        "public-confirmation",
        course_title=service.results.title(certificate.course),
        issued_on=day_of(certificate.issued_at),
        holds=certificate.holds,
        synthetic=certificate.is_synthetic,
        replaced_by=grouped_serial(certificate.replaced_by) if certificate.replaced_by else "",
        revoked_on=day_of(certificate.revoked_at) if certificate.revoked_at else None,
    )


@routes.get(urls.PROGRESS)
@routes.get(urls.PROGRESS + "{file}")
async def progress_page(request: Request, service: Running) -> Response:
    """Shows the province's figures of the present half-year, or sends what is shown as a file."""
    file = request.path_params.get("file", "")
    if file and file not in FILES:
        raise Fault("no-such-page")
    period = Period.of_day(day_of(service.now()))
    measurement = await service.measures.of(period)
    measured = measurement.measured.values()
    programme = service.programme
    apart = measurement.persons_apart(programme, period) if programme.courses_apart else {}
    progress = PublicProgress(
        period=period.name,
        taken_on=measurement.figures.taken_on,
        is_running=not measurement.figures.has_ended(period),
        trainings=tuple(
            _public_training(each, programme, measurement.figures)
            for each in measured
            if isinstance(each, Training)
        ),
        communications=tuple(_public_outreach(each) for each in measured if isinstance(each, Communication)),
        others=tuple(_public_figure(each) for each in measured if isinstance(each, ReportedFigures)),
        apart=apart,
        is_apart_synthetic=measurement.figures.is_synthetic and any(apart.values()),
        regular=programme.charter.regular,
    )
    if file:
        media, write = FILES[file]
        lines, title = list(progress.lines), f"Tiến độ: {progress.period}"
        data = await to_thread.run_sync(write, lines, title, progress.taken_on)
        name = f"tien-do-{progress.taken_on}.{file.rpartition('.')[2]}"
        return Response(
            data, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
    return service.pages.page(request, "progress", progress=progress, evidence=EVIDENCE_NAMES, least=LEAST)


@routes.get("/khoa-hoc/{course}/kiem-tra/")
async def test_redirect(service: Running, course: str) -> Response:
    """Redirects from a course's page to its test; the course says whether there is one."""
    service.attempts.tested(course)
    return RedirectResponse(f"{urls.LEARNERS}kiem-tra/{course}/", 303)


# --- the figures as files ---------------------------------------------------------------------


Line = tuple[str | int, ...]
#: What is counted, the count or why there is none, out of how many, share, goal, a remark, and of when.
HEADS = (
    "Nhóm",
    "Nội dung",
    "Số đếm được",
    "Trên tổng số",
    "Tỷ lệ",
    "Mức chỉ tiêu",
    "Ghi chú",
    "Kỳ",
    "Số liệu ngày",
)
WIDTHS = (24, 62, 18, 14, 10, 14, 60, 30, 14)


def write_csv(lines: Sequence[Line], title: str, taken_on: date) -> bytes:
    """Returns a CSV that Excel reads as UTF-8. No text becomes a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([HEADS, *(tuple(map(_plain, line)) for line in lines)])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA_STARTS else cell


def write_xlsx(lines: Sequence[Line], title: str, taken_on: date) -> bytes:
    """Returns a workbook of one worksheet, the same bytes for the same figures."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {"title": title, "created": datetime(taken_on.year, taken_on.month, taken_on.day)}
        )
        head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Tiến độ")
        sheet.freeze_panes(1, 0)
        for at, width in enumerate(WIDTHS):
            sheet.set_column(at, at, width, body)
        for row, line in enumerate([HEADS, *lines]):
            sheet.write_row(row, 0, line, None if row else head)
    return out.getvalue()


#: What each file is called after, by its name in an address, and who writes it.
FILES: Mapping[str, tuple[str, Callable[[Sequence[Line], str, date], bytes]]] = {
    "so-lieu.xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "so-lieu.csv": ("text/csv; charset=utf-8", write_csv),
}
