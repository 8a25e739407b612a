"""The text of a report: the template `text.j2`, filled in from the rows, and the tables in it."""

from __future__ import annotations

from collections.abc import Mapping

from ..targets import Period
from .blocks import (
    Appendix,
    Block,
    Cell,
    Table,
    appendix_name,
    columns,
    fill,
    filled_blocks,
    report_toml,
    words_for,
)
from .context import ReportContext
from .target_rows import assumptions_note, how_often, missing_words


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
        share: Cell = "" if row.is_count or measured.missing == "none-arose" else row.share
        titled = fill(words["target"], title=row.label, counted=row.counted)
        rows.append((at, titled, goal, row.numerator, row.denominator, share, row.outcome))
    return Table(columns=columns(words["columns"]), rows=tuple(rows))


def progress_title(context: ReportContext) -> str:
    year = max((measured.target.year for measured in context.measured.values()), default=context.period.year)
    return fill(report_toml("report")["assessment"]["until"], year=str(year))


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
