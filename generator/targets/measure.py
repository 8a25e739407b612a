"""Every target of a programme, measured: by training, by communication, or as the office reports it.

Audiences and materials of activities are ids, or texts typed before there was a list: a text that is a title
counts under its id, any other stands for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from ..programme.model.plan import Counting, Regular
from ..programme.model.programme import Programme
from ..records.events.ledger import merged_into
from ..records.events.row_digests import current_head
from ..records.people import Roster, all_rosters, has_synthetic_roster, roster_members, units_by_id
from ..records.staff_entries import CommunicationActivity, EnteredFigure, IssuedPlan, all_figures, listed
from ..records.training.classes import ClassSession
from ..records.training.progress import all_completed, all_waived, first_completions
from .figures import Figures, Listed
from .shares import CountingAssumption, Measured, Period, Share, pace, without_share
from .training import Untrained, measure_training, untrained_persons

#: The id of a material that is not the programme's.
OTHER = "other"


def audience_titles(programme: Programme) -> Mapping[str, str]:
    """Returns titles by id."""
    return {id: audience.title for id, audience in programme.audiences.items()}


def material_titles(programme: Programme, other: str) -> Mapping[str, str]:
    """Returns titles by id: campaigns, their materials as `campaign/material`, `other` by that title."""
    titles: dict[str, str] = {}
    for id, campaign in programme.campaigns.items():
        titles[id] = campaign.title
        titles |= {f"{id}/{name}": material.title for name, material in campaign.materials.items()}
    return titles | {OTHER: other}


def group_of(written: str, titles: Mapping[str, str]) -> str:
    """Returns the id that a written text stands for, or itself."""
    if written in titles:
        return written
    return next((id for id, title in titles.items() if _plain(title) == _plain(written)), written)


def group_title(written: str, titles: Mapping[str, str]) -> str:
    """Returns a text as it is shown: the title, or what was typed."""
    return titles.get(group_of(written, titles), written)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, kw_only=True)
class CommuneOutreach:
    """The activities of one commune, by half-year."""

    unit: str
    activities: Mapping[Period, int]
    attendances: int
    is_regular: bool

    @property
    def total(self) -> int:
        return sum(self.activities.values())


@dataclass(frozen=True, kw_only=True)
class Communication(Measured):
    """The communes that communicate regularly."""

    regular: Regular
    communes: tuple[CommuneOutreach, ...] = field(default=())


def measure_communication(programme: Programme, id: str, figures: Figures, period: Period) -> Communication:
    target, regular = programme.charter.targets[id], programme.charter.regular
    communes = outreach_by_commune(figures, period, regular)
    if not communes:
        return without_share(Communication, id, target, period, "no-commune", regular=regular)
    if not any(commune.total for commune in communes):
        # No record is not the same as nothing done.
        return without_share(Communication, id, target, period, "no-activity", regular=regular)
    share = Share(
        numerator=sum(1 for commune in communes if commune.is_regular),
        denominator=len(communes),
        goal=target.share,
    )
    return Communication(
        id=id,
        target=target,
        period=period,
        share=share,
        pace=pace(target, share, period, [(period, share.numerator)]) if target.every == "period" else None,
        regular=regular,
        communes=communes,
    )


def outreach_by_commune(figures: Figures, period: Period, regular: Regular) -> tuple[CommuneOutreach, ...]:
    """Returns each commune that exists at the period's end, with or without records."""
    activities: Counter[tuple[str, Period]] = Counter()
    attendances: Counter[str] = Counter()
    for activity in figures.activities:
        if period.holds(activity.held_on):
            activities[activity.unit, Period.of_day(activity.held_on)] += 1
            attendances[activity.unit] += activity.headcount
    communes = []
    for unit in figures.communes(period.end):
        by_half = {half: activities[unit, half] for half in period.half_years}
        counted = by_half.values() if regular.every == "half-year" else [sum(by_half.values())]
        commune = CommuneOutreach(
            unit=unit,
            activities=by_half,
            attendances=attendances[unit],
            is_regular=all(count >= regular.times for count in counted),
        )
        communes.append(commune)
    return tuple(communes)


@dataclass(frozen=True, kw_only=True)
class ReportedFigures(Measured):
    """The office's entry, with its source. `issued` are the plans known one by one."""

    figure: EnteredFigure | None = None
    issued: tuple[IssuedPlan, ...] = ()


def measure_reported(programme: Programme, id: str, figures: Figures, period: Period) -> ReportedFigures:
    target = programme.charter.targets[id]
    issued = figures.plans(period) if target.measure == "plans" else ()
    entered = _entered(figures, id)
    figure = entered.get(period.id)
    if figure is None:
        return without_share(ReportedFigures, id, target, period, "not-entered", issued=issued)
    if figure.denominator == 0:
        return without_share(ReportedFigures, id, target, period, "none-arose", figure=figure, issued=issued)
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
    """Returns the last figure entered, by period."""
    oldest_first = sorted(
        (figure for figure in figures.entered if figure.target == id),
        key=lambda figure: (figure.entered_at, figure.id),
    )
    return {figure.period: figure for figure in oldest_first}


def _so_far(entered: dict[str, EnteredFigure], period: Period) -> list[tuple[Period, int]]:
    points = [(Period.parse(id), figure.numerator) for id, figure in entered.items() if Period.is_id(id)]
    until = [point for point in points if point[0].number <= period.number]
    return sorted(until, key=lambda point: (point[0].number, point[0].half is None))


def measure_targets(programme: Programme, figures: Figures, period: Period) -> Mapping[str, Measured]:
    """Returns where each target stands at the end of the period, in the programme's order.

    For one unit, targets of the other level are left out.
    """
    level = figures.units[figures.scope].level if figures.scope else None
    by_id: dict[str, Measured] = {}
    for id, target in programme.charter.targets.items():
        if level is not None and target.level not in (None, level):
            continue
        assumptions = tuple(
            CountingAssumption(id=key, decision=decision, who=programme.deciders(decision))
            for key, decision in programme.assumed(id).items()
        )
        measured = _MEASURES.get(target.measure, measure_reported)(programme, id, figures, period)
        is_due = measured.period.end == measured.due and figures.has_ended(period)
        measured = replace(measured, assumptions=assumptions, is_due=is_due)
        by_id[id] = measured if measured.is_settled else replace(measured, pace=None)
    return by_id


_MEASURES: Mapping[str, Callable[[Programme, str, Figures, Period], Measured]] = {
    "training": measure_training,
    "communication": measure_communication,
}


# --- figures ----------------------------------------------------------------------------------


def load_figures(connection: Connection, *, today: date, apart: Collection[str] = ()) -> Figures:
    """Everything that counts, as it stands today, with the numbers of courses counted apart."""
    remaining = merged_into(connection)
    return Figures(
        taken_on=today,
        units=units_by_id(connection),
        rosters=tuple(load_roster(connection, roster, remaining) for roster in all_rosters(connection)),
        done=all_completed(connection),
        waived=all_waived(connection),
        sessions=listed(connection, ClassSession),
        activities=listed(connection, CommunicationActivity),
        entered=all_figures(connection),
        issued=listed(connection, IssuedPlan),
        first_done=first_completions(connection, apart) if apart else (),
        is_synthetic=bool(apart) and has_synthetic_roster(connection),
        head=str(current_head(connection)),
    )


def load_roster(connection: Connection, roster: Roster, remaining: Mapping[str, str] | None = None) -> Listed:
    """Returns a roster with its persons, merged ones once: by the row of who remains, else the first.

    `remaining` are the merged persons, each with the one that remains, where they are known already.
    """
    remaining = merged_into(connection) if remaining is None else remaining
    members: dict[str, str] = {}
    ours = roster_members(connection, roster.id)
    for member in sorted(ours, key=lambda member: (member.person in remaining, member.person)):
        members.setdefault(remaining.get(member.person, member.person), member.unit)
    return Listed(roster=roster, members=members)


def load_untrained(connection: Connection, roster: Roster, rule: Counting, until: date) -> Untrained:
    """Returns the persons of a roster who are not trained under a rule by the end of a day."""
    done = all_completed(connection, rule.courses)
    return untrained_persons(load_roster(connection, roster), done, rule, until)
