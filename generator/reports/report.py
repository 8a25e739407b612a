"""A report as a value: its rows, and the blocks that every writer sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..programme.model.programme import Programme
from ..targets import Figures, Period
from .appendices import appendices
from .assessment import progress_table, progress_title, targets_table
from .blocks import Appendix, Block, Table
from .body import body
from .letterhead import Letterhead
from .letterhead import letterhead as known_letterhead
from .matter import Matter
from .row import Row
from .wording import filled, wording


@dataclass(frozen=True, kw_only=True)
class Report:
    """What one office reports of one period."""

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
        """Names a file of it."""
        return "-".join(filter(None, ("bao-cao", self.figures.scope, self.period.id.lower())))


def rows(
    programme: Programme,
    figures: Figures,
    period: Period,
    *,
    unit: str | None = None,
) -> tuple[Row, ...]:
    """What a screen shows: the rows of the report, without its text."""
    head = known_letterhead(programme, unit)
    ours = figures.within(unit) if unit else figures
    return Matter(programme=programme, figures=ours, period=period, letterhead=head).rows


def report(
    programme: Programme,
    figures: Figures,
    period: Period,
    *,
    unit: str | None = None,
    letterhead: Letterhead | None = None,
) -> Report:
    """The report of the province, or of one unit. Without a letterhead, as much of one as is known."""
    head = letterhead or known_letterhead(programme, unit)
    ours = figures.within(unit) if unit else figures
    matter = Matter(programme=programme, figures=ours, period=period, letterhead=head)
    attached = appendices(matter)
    title = programme.charter.title
    subject = wording("report")["head"]["subject"]
    return Report(
        period=period,
        letterhead=head,
        subject=filled(subject, title=title[:1].lower() + title[1:], period=period, until=matter.so_far),
        so_far=matter.so_far,
        rows=matter.rows,
        body=body(matter, attached),
        appendices=attached,
        targets=targets_table(matter),
        progress=progress_table(matter),
        progress_title=progress_title(matter),
        figures=ours,
        is_synthetic=matter.is_synthetic,
    )
