"""What a report is written from: the rows, and where to find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..programme.model.programme import Programme
from ..programme.vietnamese import alphabetical
from ..targets import (
    EVIDENCE,
    CommuneOutreach,
    Communication,
    Figures,
    Measured,
    Period,
    Training,
    measure,
    outreach,
)
from . import happenings, targets
from .letterhead import Letterhead, unit_names
from .row import Row
from .wording import filled, wording


@dataclass(frozen=True, kw_only=True)
class Matter:
    programme: Programme
    figures: Figures
    period: Period
    letterhead: Letterhead

    @cached_property
    def until(self) -> str:
        """The day up to which the figures go, in words."""
        key = "ended" if self.figures.has_ended(self.period) else "running"
        return filled(wording("report")["until"][key], end=self.period.end, taken=self.figures.taken_on)

    @cached_property
    def so_far(self) -> str:
        """A title adds this while the period runs: ", tính đến ngày …"; nothing once it has ended."""
        if self.figures.has_ended(self.period):
            return ""
        return filled(wording("report")["until"]["after"], until=self.until)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Units by id, the province first, then in the order of their names; those of the records too."""
        known = {id: unit.name for id, unit in self.figures.units.items()} | unit_names(self.programme.units)
        first = self.programme.units.province.code
        order = sorted(known, key=lambda id: (id != first, alphabetical(known[id]), id))
        return {id: known[id] for id in order}

    @cached_property
    def measured(self) -> Mapping[str, Measured]:
        return measure(self.programme, self.figures, self.period)

    @cached_property
    def communes(self) -> tuple[CommuneOutreach, ...]:
        found = outreach(self.figures, self.period, self.programme.charter.regular)
        places = {unit: place for place, unit in enumerate(self.names)}
        return tuple(sorted(found, key=lambda one: places.get(one.unit, len(places))))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        happened = happenings.rows(self.programme, self.figures, self.period, self.communes, self.names)
        return (*targets.rows(self.measured, self.figures, self.names), *happened)

    @cached_property
    def by_id(self) -> Mapping[str, Row]:
        return {row.id: row for row in self.rows}

    def number(self, id: str) -> int:
        """The count of a row that is always there."""
        return self.by_id[id].numerator or 0

    @property
    def trainings(self) -> tuple[Training, ...]:
        return tuple(one for one in self.measured.values() if isinstance(one, Training))

    @property
    def communications(self) -> tuple[Communication, ...]:
        return tuple(one for one in self.measured.values() if isinstance(one, Communication))

    @property
    def is_synthetic(self) -> bool:
        """True when any roster is invented: then the whole report is."""
        return any(one.is_synthetic for one in self.trainings)

    @property
    def letters(self) -> tuple[str, ...]:
        """The classes of evidence to show; C only once there is some."""
        has_c = any(one.evidence.get("C") for one in self.trainings)
        return tuple(letter for letter in EVIDENCE if letter != "C" or has_c)
