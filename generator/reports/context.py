"""The context of a report: its rows and where to find them, and the letterhead of the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..programme.model.programme import Programme
from ..programme.model.registers import Units
from ..programme.vietnamese import alphabetical
from ..targets import (
    EVIDENCE,
    CommuneOutreach,
    Communication,
    Figures,
    Measured,
    Period,
    Training,
    measure_targets,
    outreach_by_commune,
)
from . import activity_rows, target_rows
from .blocks import fill, lowered, report_toml
from .target_rows import Row


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """The contents of the report's head and foot. Empty parts stay blanks on the page.

    `superior` is empty for an office that names none above it. `grounds` are ids of the programme's register
    that the opening names beside the plan.
    """

    agency: str
    superior: str | None = ""
    symbol: str | None = None
    place: str | None = None
    recipient: str = ""
    number: str | None = None
    dated: date | None = None
    cut_off: date | None = None
    due: date | None = None
    grounds: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


def known_letterhead(programme: Programme, unit: str | None = None) -> Letterhead:
    """Returns the coordinator's letterhead, or that of another unit, as far as the programme knows it.

    Any other unit reports through the coordinator.
    """
    charter, province = programme.charter, programme.units.province.name
    who = unit or charter.coordinator
    words, names = report_toml("report")["head"], unit_names(programme.units)
    name = names.get(who, words["unknown-agency"])
    recipient = fill(words["recipient"], province=lowered(province))
    if who == charter.coordinator:
        place = province.partition(" ")[2] or province
        return Letterhead(agency=name, superior=charter.owner, place=place, recipient=recipient)
    through = fill(words["through"], recipient=recipient, coordinator=programme.coordinator)
    if who not in programme.units.communes:
        return Letterhead(agency=name, superior=None, recipient=through)
    return Letterhead(
        agency=f"{words['committee']} {lowered(name)}",
        symbol=words["committee-symbol"],
        place=name.partition(" ")[2] or name,
        recipient=through,
    )


def unit_names(units: Units) -> dict[str, str]:
    """Returns names by id: the province, agencies, then communes, in the programme's order."""
    return {
        units.province.code: units.province.name,
        **{id: agency.name for id, agency in units.agencies.items()},
        **{code: commune.name for code, commune in units.communes.items()},
    }


@dataclass(frozen=True, kw_only=True)
class ReportContext:
    programme: Programme
    figures: Figures
    period: Period
    letterhead: Letterhead

    @cached_property
    def until(self) -> str:
        """The day up to which the figures go, in words."""
        key = "ended" if self.figures.has_ended(self.period) else "running"
        return fill(report_toml("report")["until"][key], end=self.period.end, taken=self.figures.taken_on)

    @cached_property
    def so_far(self) -> str:
        """A title's addition while the period runs: ", tính đến ngày …"; empty once it has ended."""
        if self.figures.has_ended(self.period):
            return ""
        return fill(report_toml("report")["until"]["after"], until=self.until)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Units by id, the province first, then in the order of their names; also those of the records."""
        known = {id: unit.name for id, unit in self.figures.units.items()} | unit_names(self.programme.units)
        first = self.programme.units.province.code
        order = sorted(known, key=lambda id: (id != first, alphabetical(known[id]), id))
        return {id: known[id] for id in order}

    @cached_property
    def measured(self) -> Mapping[str, Measured]:
        return measure_targets(self.programme, self.figures, self.period)

    @cached_property
    def communes(self) -> tuple[CommuneOutreach, ...]:
        outreach = outreach_by_commune(self.figures, self.period, self.programme.charter.regular)
        places = {unit: place for place, unit in enumerate(self.names)}
        return tuple(sorted(outreach, key=lambda commune: places.get(commune.unit, len(places))))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        happened = activity_rows.activity_rows(
            self.programme, self.figures, self.period, self.communes, self.names
        )
        return (*target_rows.target_rows(self.measured, self.figures, self.names), *happened)

    @cached_property
    def by_id(self) -> Mapping[str, Row]:
        return {row.id: row for row in self.rows}

    def number(self, id: str) -> int:
        """Returns the count of a row that is always there."""
        return self.by_id[id].numerator or 0

    @property
    def trainings(self) -> tuple[Training, ...]:
        return tuple(measured for measured in self.measured.values() if isinstance(measured, Training))

    @property
    def recorded_trainings(self) -> list[Training]:
        return [training for training in self.trainings if training.is_recorded]

    @property
    def communications(self) -> tuple[Communication, ...]:
        return tuple(measured for measured in self.measured.values() if isinstance(measured, Communication))

    @property
    def letters(self) -> tuple[str, ...]:
        """The classes of evidence to show; C only once there is some."""
        has_c = any(training.evidence.get("C") for training in self.trainings)
        return tuple(letter for letter in EVIDENCE if letter != "C" or has_c)
