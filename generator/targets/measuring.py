"""Every target of a programme, measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..programme.model.programme import Programme
from .communication import communication
from .figures import Figures
from .measured import CountingAssumption, Measured
from .periods import Period
from .told import told
from .training import training


def measure(programme: Programme, figures: Figures, period: Period) -> Mapping[str, Measured]:
    """Where each target stands at the end of the period, in the programme's order.

    Of one unit alone, targets of the other level are left out.
    """
    level = figures.units[figures.scope].level if figures.scope else None
    return {
        id: _measured(programme, id, figures, period)
        for id, target in programme.charter.targets.items()
        if level is None or target.level in (None, level)
    }


def _measured(programme: Programme, id: str, figures: Figures, period: Period) -> Measured:
    found = replace(_counted(programme, id, figures, period), assumptions=_assumptions(programme, id))
    return found if found.is_settled else replace(found, pace=None)


def _assumptions(programme: Programme, id: str) -> tuple[CountingAssumption, ...]:
    decisions = programme.assumed(id).items()
    return tuple(
        CountingAssumption(id=key, decision=one, who=programme.deciders(one)) for key, one in decisions
    )


def _counted(programme: Programme, id: str, figures: Figures, period: Period) -> Measured:
    kind = programme.charter.targets[id].measure
    if kind == "training":
        return training(programme, id, figures, period)
    if kind == "communication":
        return communication(programme, id, figures, period)
    return told(programme, id, figures, period)
