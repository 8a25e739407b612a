"""A report as a value: its rows, its text by the template `text.j2`, its tables, its head and its foot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from ..programme.model.programme import Programme
from ..targets import Figures, Period, Training
from .appendices import build_appendices
from .blocks import (
    Appendix,
    Block,
    Cell,
    Table,
    appendix_name,
    columns,
    fill,
    filled_blocks,
    long_day,
    lowered,
    report_toml,
    words_for,
)
from .context import Letterhead, ReportContext, build_context
from .target_rows import Row, assumptions_note, how_often, missing_words


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
    return build_context(programme, figures, period, unit=unit).rows


def build_report(
    programme: Programme,
    figures: Figures,
    period: Period,
    *,
    unit: str | None = None,
    letterhead: Letterhead | None = None,
) -> Report:
    """Returns the report of the province, or of one unit. Without a letterhead, uses what is known of one."""
    context = build_context(programme, figures, period, unit=unit, letterhead=letterhead)
    words, years = report_toml("report"), [measured.target.year for measured in context.measured.values()]
    attached, title = (
        build_appendices(context),
        fill(words["assessment"]["until"], year=str(max(years, default=period.year))),
    )
    targets, progress = targets_table(context), progress_table(context)
    return Report(
        period=period,
        letterhead=context.letterhead,
        subject=fill(
            words["head"]["subject"],
            title=lowered(programme.charter.title),
            period=period,
            until=context.so_far,
        ),
        so_far=context.so_far,
        rows=context.rows,
        body=report_text(context, attached, targets, progress, title),
        appendices=attached,
        targets=targets,
        progress=progress,
        progress_title=title,
        figures=context.figures,
        # Where any roster is invented, the whole report is.
        is_synthetic=context.figures.is_synthetic
        or any(training.is_synthetic for training in context.trainings),
    )


def report_text(
    context: ReportContext,
    appendices: Mapping[str, Appendix],
    targets: Table,
    progress: Table | None,
    progress_title: str,
) -> tuple[Block, ...]:
    """Returns the opening, sections I to VI and the closing line."""
    charter, period, measured_targets = context.programme.charter, context.period, context.measured.values()
    # What no target is about is told where the first target of its measure is; without one, after all tasks.
    point_of = {"communication": "", "training": "", "plans": ""}
    point_of |= {target.measure: target.task or "" for target in reversed(list(charter.targets.values()))}
    parts = {part.point for group in charter.plan.tasks for part in group.parts}
    tasks = [measured.target.task or "" for measured in measured_targets]
    points = dict.fromkeys([point_of["communication"], point_of["training"], *tasks, point_of["plans"]])
    return filled_blocks(
        "text",
        {"targets": targets} | ({"progress": progress} if progress else {}),
        charter=charter,
        documents=context.programme.register.documents,
        head=context.letterhead,
        period=period,
        next_period=Period.numbered(period.number + 1) if period.half else Period(year=period.year + 1),
        figures=context.figures,
        scope=context.figures.scope,
        has_ended=context.figures.has_ended(period),
        until=context.until,
        so_far=context.so_far,
        by_id=context.by_id,
        number=context.number,
        letters=context.letters,
        measured_targets=list(measured_targets),
        regular=charter.regular,
        refer={kind: appendix_name(appendix) for kind, appendix in appendices.items()},
        point_of=point_of,
        other_points=[point for point in points if point not in parts],
        has_blanks=any(None in row for row in targets.rows),
        looks_ahead=period.half is None and progress is not None,
        progress_title=progress_title,
        words=report_toml("words"),
        how_often=how_often,
        missing_words=missing_words,
        assumptions_note=assumptions_note,
    )


def targets_table(context: ReportContext) -> Table:
    words, rows = report_toml("report")["assessment"], []
    for at, measured in enumerate(context.measured.values(), 1):
        row = context.by_id[f"target.{measured.id}"]
        goal = fill(words["share"], goal=row.goal)
        titled = fill(words["target"], title=row.label, counted=row.counted)
        is_recorded = not isinstance(measured, Training) or measured.is_recorded
        uncounted = "uncounted" if is_recorded and measured.missing != "none-arose" else "none"
        share: Cell = row.share if measured.percent or row.numerator is None else words[uncounted]
        rows.append((at, titled, goal, row.numerator, row.denominator, share, row.outcome))
    return Table(columns=columns(words["columns"]), rows=tuple(rows))


def progress_table(context: ReportContext) -> Table | None:
    """Returns the table of targets with a year to be reached by, where their counting is settled."""
    words, rows = report_toml("report")["assessment"], list[tuple[Cell, ...]]()
    for measured in context.measured.values():
        if measured.target.every != "period" or not measured.is_settled:
            continue
        key = f"target.{measured.id}"
        row = context.by_id[key]
        ahead: tuple[Cell, ...] = (None, None, words_for("outlook", "too-few-periods"))
        if measured.pace is not None:
            gap, needed, expected = (context.by_id[f"{key}.{name}"] for name in ("gap", "needed", "expected"))
            ahead = (gap.numerator, needed.words or needed.numerator, expected.words)
        rows.append((len(rows) + 1, fill(words["target"], title=row.label, counted=row.counted), *ahead))
    return Table(columns=columns(words["progress-columns"]), rows=tuple(rows)) if rows else None


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
    # A blank speaks to the one who fills it in, and so keeps its small letters.
    above, *own = (line if line.startswith("[") else line.upper() for line in (superior, *agency))
    copies = [f"{copy.rstrip(';')};" for copy in letterhead.copies] or [foot["unknown"]]
    return {
        "superior": above,
        "agency": own,
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
