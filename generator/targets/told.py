"""Targets of which only the office knows the figures."""

from __future__ import annotations

from dataclasses import dataclass

from ..programme.model.programme import Programme
from ..records.classes import EnteredFigure, IssuedPlan
from .figures import Figures
from .measured import Measured, absent
from .pace import pace
from .periods import Period
from .share import Share


@dataclass(frozen=True, kw_only=True)
class ReportedFigures(Measured):
    """What the office entered, with its source. `issued` are the plans known one by one."""

    figure: EnteredFigure | None = None
    issued: tuple[IssuedPlan, ...] = ()


def told(programme: Programme, id: str, figures: Figures, period: Period) -> ReportedFigures:
    target = programme.charter.targets[id]
    issued = figures.plans(period) if target.measure == "plans" else ()
    entered = _entered(figures, id)
    figure = entered.get(period.id)
    if figure is None:
        return absent(ReportedFigures, id, target, period, "not-entered", issued=issued)
    if figure.denominator == 0:
        return absent(ReportedFigures, id, target, period, "none-arose", figure=figure, issued=issued)
    share = Share(numerator=figure.numerator, denominator=figure.denominator, goal=target.share)
    return ReportedFigures(
        id=id,
        target=target,
        period=period,
        share=share,
        pace=pace(target, share, period, _so_far(entered, period)) if target.every == "period" else None,
        figure=figure,
        issued=issued,
    )


def _entered(figures: Figures, id: str) -> dict[str, EnteredFigure]:
    """By period, the last one entered."""
    found = sorted(
        (one for one in figures.told if one.target == id), key=lambda one: (one.entered_at, one.id)
    )
    return {one.period: one for one in found}


def _so_far(entered: dict[str, EnteredFigure], period: Period) -> list[tuple[Period, int]]:
    known = [(Period.parse(id), one.numerator) for id, one in entered.items() if Period.is_id(id)]
    until = [point for point in known if point[0].number <= period.number]
    return sorted(until, key=lambda point: (point[0].number, point[0].half is None))
