"""Section III: each target with its numerator and denominator, and how far it is to its year."""

from __future__ import annotations

from ..targets import Measured
from .blocks import Block, Cell, Column, Heading, Paragraph, Table
from .matter import Matter
from .wording import filled, word, wording


def assessment(matter: Matter, method: str) -> tuple[Block, ...]:
    """Returns the table of targets, and in a yearly report how far it is to the year of each.

    `method` is the appendix that says how they were counted.
    """
    words, results = wording("report")["assessment"], targets_table(matter)
    far = progress_table(matter) if matter.period.half is None else None
    first, second = ("1. ", "2. ") if far else ("", "")
    blocks: list[Block] = [
        Heading(text=f"{first}{filled(words['results'], until=matter.so_far)}", level=2),
        results,
    ]
    if any(None in row for row in results.rows):
        blocks.append(Paragraph(text=wording("report")["marks"]["blank"], kind="note"))
    blocks.append(Paragraph(text=filled(words["method"], appendix=method)))
    if far:
        blocks.append(Heading(text=f"{second}{progress_title(matter)}", level=2))
        blocks.extend([far, Paragraph(text=words["progress-note"], kind="note")])
    return tuple(blocks)


def targets_table(matter: Matter) -> Table:
    words = wording("report")["assessment"]
    widths = (10, 56, 17, 17, 17, 19, 24)
    rows = []
    for at, one in enumerate(matter.measured.values(), 1):
        row = matter.by_id[f"target.{one.id}"]
        goal = filled(words["share"], goal=row.goal)
        share: Cell = "" if row.is_count or one.missing == "none-arose" else row.share
        rows.append((at, _titled(matter, one), goal, row.numerator, row.denominator, share, row.outcome))
    return Table(columns=_columns(words["columns"], widths), rows=tuple(rows))


def _columns(heads: list[str], widths: tuple[float, ...]) -> tuple[Column, ...]:
    return tuple(
        Column(head=head, width=width, align="left" if at == 1 else "centre")
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )


def _titled(matter: Matter, one: Measured) -> str:
    counted = matter.by_id[f"target.{one.id}"].counted
    return filled(wording("report")["assessment"]["target"], title=one.target.title, counted=counted)


def progress_title(matter: Matter) -> str:
    year = max((one.target.year for one in matter.measured.values()), default=matter.period.year)
    return filled(wording("report")["assessment"]["until"], year=str(year))


def progress_table(matter: Matter) -> Table | None:
    """Tells of targets to be reached once, by their year, where it is settled how they are counted."""
    words = wording("report")["assessment"]
    measured = matter.measured.values()
    far = [one for one in measured if one.target.every == "period" and one.is_settled]
    rows = tuple((at, *_far(matter, one)) for at, one in enumerate(far, 1))
    columns = _columns(words["progress-columns"], (10, 66, 22, 27, 35))
    return Table(columns=columns, rows=rows) if rows else None


def _far(matter: Matter, one: Measured) -> tuple[Cell, ...]:
    key = f"target.{one.id}"
    if one.pace is None:
        return (_titled(matter, one), None, None, word("outlook", "too-few-periods"))
    gap, needed, expected = (matter.by_id[f"{key}.{name}"] for name in ("gap", "needed", "expected"))
    return (_titled(matter, one), gap.numerator, needed.words or needed.numerator, expected.words)
