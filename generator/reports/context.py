"""The context of a report: its rows and where to find them, and the letterhead of the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..programme.model.programme import Programme
from ..programme.model.registers import Units
from ..programme.vietnamese import alphabetical
from ..targets import (
    EVIDENCE,
    CommuneOutreach,
    Figures,
    Measured,
    Period,
    Training,
    measure_targets,
    outreach_by_commune,
)
from .activity_rows import activity_rows
from .blocks import fill, lowered, report_toml
from .target_rows import Row, target_rows


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
    """All that a report is written from: its figures, where the targets stand by them, and its rows.

    `until` is the day up to which the figures go, in words; `so_far` a title's addition while the period
    runs, ", tính đến ngày …", else empty. `names` are units by id, the province first, then in the order of
    their names, also those of the records; `communes` stand in that order. `letters` are the classes of
    evidence to show; C only once there is some.
    """

    programme: Programme
    figures: Figures
    period: Period
    letterhead: Letterhead
    until: str
    so_far: str
    names: Mapping[str, str]
    measured: Mapping[str, Measured]
    trainings: tuple[Training, ...]
    recorded_trainings: tuple[Training, ...]
    letters: tuple[str, ...]
    communes: tuple[CommuneOutreach, ...]
    rows: tuple[Row, ...]
    by_id: Mapping[str, Row]

    def number(self, id: str) -> int:
        """Returns the count of a row that is always there."""
        return self.by_id[id].numerator or 0


def build_context(
    programme: Programme,
    figures: Figures,
    period: Period,
    *,
    unit: str | None = None,
    letterhead: Letterhead | None = None,
) -> ReportContext:
    """Returns what the report of the province, or of one unit, is written from."""
    ours = figures.within(unit) if unit else figures
    has_ended, words = ours.has_ended(period), report_toml("report")["until"]
    until = fill(words["ended" if has_ended else "running"], end=period.end, taken=ours.taken_on)
    known = {id: place.name for id, place in ours.units.items()} | unit_names(programme.units)
    first = programme.units.province.code
    order = sorted(known, key=lambda id: (id != first, alphabetical(known[id]), id))
    names = {id: known[id] for id in order}
    measured = measure_targets(programme, ours, period)
    trainings = tuple(target for target in measured.values() if isinstance(target, Training))
    has_c = any(training.evidence.get("C") for training in trainings)
    outreach = outreach_by_commune(ours, period, programme.charter.regular)
    places = {id: place for place, id in enumerate(order)}
    communes = tuple(sorted(outreach, key=lambda commune: places.get(commune.unit, len(places))))
    happened = activity_rows(programme, ours, period, communes, names)
    rows = (*target_rows(measured, ours, names), *happened)
    return ReportContext(
        programme=programme,
        figures=ours,
        period=period,
        letterhead=letterhead or known_letterhead(programme, unit),
        until=until,
        so_far="" if has_ended else fill(words["after"], until=until),
        names=names,
        measured=measured,
        trainings=trainings,
        recorded_trainings=tuple(training for training in trainings if training.is_recorded),
        letters=tuple(letter for letter in EVIDENCE if letter != "C" or has_c),
        communes=communes,
        rows=rows,
        by_id={row.id: row for row in rows},
    )
