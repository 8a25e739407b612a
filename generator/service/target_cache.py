"""The targets' standing, measured once for each state of the records and each day.

Only one measurement runs at a time, however many readers there are; those of older states are dropped.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection

from ..programme.model.programme import Programme
from ..programme.vietnamese import day_of
from ..records.audit_trail import count_changes
from ..records.events import ledger
from ..records.store import Store
from ..targets import Figures, Measured, Period, completed_apart, load_figures, measure_targets

#: How many are kept: each is of a period and of the province or a unit.
MOST = 200
FigureLoader = Callable[..., Figures]


class Basis(NamedTuple):
    """All that figures follow from: the ledger, entries of staff but sign-ins, and the day."""

    end: tuple[int, bytes]
    noted: int
    day: date


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """The figures of a period, and where its targets stand by them."""

    figures: Figures
    measured: Mapping[str, Measured]

    def persons_apart(self, programme: Programme, period: Period) -> dict[str, int]:
        """Returns how many completed each course that no target counts by the period's end, by its title."""
        counts = completed_apart(programme, self.figures, period)
        return {programme.courses[id].title: persons for id, persons in counts.items()}


@dataclass(kw_only=True)
class _Kept:
    """Results of one basis, all from the same figures; of too many the oldest is dropped."""

    basis: Basis
    figures: Figures
    measurements: OrderedDict[tuple[Period, str | None], Measurement] = field(default_factory=OrderedDict)


class Measures:
    """Measures the targets of a programme, for the province or for one unit alone."""

    def __init__(self, programme: Programme, store: Store, gathering: FigureLoader = load_figures) -> None:
        self._programme, self._store, self._gathering = programme, store, gathering
        self._kept: _Kept | None = None
        self._measuring = CapacityLimiter(1)

    async def of(self, period: Period, unit: str | None = None) -> Measurement:
        """Returns the measurement of a period as it stands now; of one unit alone where one is given."""
        basis = await to_thread.run_sync(self._store.look, self._basis)
        kept = self._kept
        measurement = kept.measurements.get((period, unit)) if kept and kept.basis == basis else None
        if measurement is not None:
            return measurement
        return await to_thread.run_sync(self._measured, period, unit, limiter=self._measuring)

    def _basis(self, connection: Connection) -> Basis:
        return Basis(ledger.last_link(connection), count_changes(connection), day_of(self._store.now()))

    def _measured(self, period: Period, unit: str | None) -> Measurement:
        """Returns the measurement, made in the one measuring thread unless it was kept meanwhile."""
        with self._store.read() as connection:
            basis = self._basis(connection)
            if self._kept is None or self._kept.basis != basis:
                apart = self._programme.courses_apart
                self._kept = _Kept(
                    basis=basis, figures=self._gathering(connection, today=basis.day, apart=apart)
                )
        kept = self._kept
        if (period, unit) in kept.measurements:
            return kept.measurements[period, unit]
        ours = kept.figures if unit is None else kept.figures.within(unit)
        made = Measurement(figures=ours, measured=measure_targets(self._programme, ours, period))
        kept.measurements[period, unit] = made
        while len(kept.measurements) > MOST:
            kept.measurements.popitem(last=False)
        return made
