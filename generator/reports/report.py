"""A report as a value: its rows, the blocks that every writer sets, its head and its foot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from ..programme.model.programme import Programme
from ..targets import Figures, Period
from .appendices import build_appendices
from .blocks import Appendix, Block, Table, appendix_name, fill, long_day, lowered, report_toml
from .context import Letterhead, ReportContext
from .context import known_letterhead as known_letterhead
from .target_rows import Row
from .text import progress_table, progress_title, report_text, targets_table


@dataclass(frozen=True, kw_only=True)
class Report:
    """One office's report on one period."""

    period: Period
    letterhead: Letterhead
    subject: str
    so_far: str
    rows: tuple[Row, ...]
    body: tuple[Block, ...]
    appendices: Mapping[str, Appendix]
    targets: Table
    progress: Table | None
    progress_title: str
    figures: Figures
    is_synthetic: bool

    @property
    def id(self) -> str:
        """The name of a file of it."""
        return "-".join(filter(None, ("bao-cao", self.figures.scope, self.period.id.lower())))


def report_rows(
    programme: Programme,
    figures: Figures,
    period: Period,
    *,
    unit: str | None = None,
) -> tuple[Row, ...]:
    """Returns the rows of the report, for a screen, without its text."""
    head = known_letterhead(programme, unit)
    ours = figures.within(unit) if unit else figures
    return ReportContext(programme=programme, figures=ours, period=period, letterhead=head).rows


def build_report(
    programme: Programme,
    figures: Figures,
    period: Period,
    *,
    unit: str | None = None,
    letterhead: Letterhead | None = None,
) -> Report:
    """Returns the report of the province, or of one unit. Without a letterhead, uses what is known of one."""
    head = letterhead or known_letterhead(programme, unit)
    ours = figures.within(unit) if unit else figures
    context = ReportContext(programme=programme, figures=ours, period=period, letterhead=head)
    attached, title = build_appendices(context), progress_title(context)
    targets, progress = targets_table(context), progress_table(context)
    subject = report_toml("report")["head"]["subject"]
    return Report(
        period=period,
        letterhead=head,
        subject=fill(subject, title=lowered(programme.charter.title), period=period, until=context.so_far),
        so_far=context.so_far,
        rows=context.rows,
        body=report_text(context, attached, targets, progress, title),
        appendices=attached,
        targets=targets,
        progress=progress,
        progress_title=title,
        figures=ours,
        is_synthetic=context.is_synthetic,
    )


#: Mean widths of a bold capital of 13 pt and a bold letter of 14 pt; what the lines have room for, in mm.
CAPITAL, LETTER = 2.6, 2.35
AGENCY_ROOM, SUBJECT_ROOM = 64.0, 144.0


def letter_layout(report: Report) -> Mapping[str, Any]:
    """Returns a letter's head and foot by their names in templates, in capitals where the layout asks.

    `warning` are the words on every page about invented figures, empty for real ones. Each `…_rule` is the
    length of a line below, in millimetres.
    """
    words = report_toml("report")
    head, foot, letterhead = words["head"], words["foot"], report.letterhead
    place, (day, month, year) = letterhead.place or head["unknown-place"], long_day(letterhead.dated)
    # A people's committee has its place on a line of its own.
    place_of_committee = letterhead.agency.removeprefix(f"{head['committee']} ")
    agency = [letterhead.agency]
    if place_of_committee != letterhead.agency:
        agency = [head["committee"], place_of_committee]
    superior = letterhead.superior if letterhead.superior is not None else head["unknown-superior"]
    copies = [f"{copy.rstrip(';')};" for copy in letterhead.copies] or [foot["unknown"]]
    return {
        "superior": _capital(superior),
        "agency": [_capital(line) for line in agency],
        "nation": head["nation"].upper(),
        "motto": head["motto"],
        "number": fill(head["number"], number=letterhead.number or "…", symbol=letterhead.symbol or "…"),
        "place": fill(head["place"], place=place, day=day, month=month, year=year),
        "kind": head["kind"].upper(),
        "subject": report.subject,
        "to": fill(head["to"], recipient=letterhead.recipient),
        "recipients": foot["recipients"],
        "copies": [f"- {line}" for line in (*foot["fixed"], *copies, foot["filed"])],
        "office": foot["office"],
        "signer": foot["signer"],
        "warning": words["marks"]["synthetic"] if report.is_synthetic else "",
        "agency_rule": _rule_width(agency[-1], CAPITAL, AGENCY_ROOM),
        "motto_rule": head["motto_width"],
        "subject_rule": _rule_width(report.subject, LETTER, SUBJECT_ROOM),
    }


def _rule_width(text: str, letter: float, room: float) -> float:
    """Returns a width of a third to a half of the text's longest line, as Decree 30/2020 asks."""
    length = len(text) * letter
    return round(0.42 * length / ceil(length / room), 1)


def _capital(text: str) -> str:
    """Returns the text in capitals, but for a blank, which speaks to the one who fills it in."""
    return text if text.startswith("[") else text.upper()


def appendix_titles(report: Report, appendix: Appendix) -> tuple[str, str, str]:
    """Returns an appendix's number, its title in capitals, and the report it belongs to."""
    words, letterhead = report_toml("report")["appendix"], report.letterhead
    day, month, year = long_day(letterhead.dated)
    line = fill(
        words["attached"],
        number=letterhead.number or "…",
        symbol=letterhead.symbol or "…",
        day=day,
        month=month,
        year=year,
        agency=letterhead.agency,
    )
    return appendix_name(appendix), appendix.title.upper(), line
