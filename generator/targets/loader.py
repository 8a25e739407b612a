"""The loader: reads figures from the records, from kept-up counts or else from the persons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from ..programme.model.plan import Counting
from ..programme.model.programme import Programme
from ..programme.model.values import NOTHING
from ..records import verification
from ..records.events.merged_persons import merged_into
from ..records.people import Roster, all_rosters, roster_members, rosters, units_by_id
from ..records.staff_entries import CommunicationActivity, IssuedPlan, all_figures, listed
from ..records.training.classes import ClassSession
from ..records.training.progress import all_completed, all_waived, unit_progress
from .figures import Figures, Listed
from .shares import Before, Counts, Period
from .training import Untrained, counting_rule, untrained_persons

#: The evidence by which `progress` counts those who need not take a course.
WAIVED = "waived"


def load_figures(connection: Connection, *, today: date) -> Figures:
    """Everything that counts, as it stands today."""
    remaining = merged_into(connection)
    return replace(
        _without_persons(connection, today),
        rosters=tuple(load_roster(connection, roster, remaining) for roster in all_rosters(connection)),
        done=all_completed(connection),
        waived=all_waived(connection),
        has_persons=True,
    )


def load_for_period(connection: Connection, programme: Programme, period: Period, *, today: date) -> Figures:
    """Returns what measuring one period takes: kept-up counts, where they can say it, else all.

    Counts can say it for a period that is not over and targets that take one course each.
    """
    targets = programme.charter.targets.items()
    rules = {id: counting_rule(programme, id) for id, target in targets if target.measure == "training"}
    if period.end < today or any(len(rule.courses) > 1 for rule in rules.values()):
        return load_figures(connection, today=today)
    figures = _without_persons(connection, today)
    counted: dict[str, dict[str, Counts]] = {}
    for id, rule in rules.items():
        listed = figures.roster(programme.charter.targets[id].level or "", period)
        if listed is None:
            continue
        before = figures.roster_before(listed)
        for course in rule.courses:
            counted.setdefault(listed.roster.id, {})[course] = _counts(connection, listed, before, course)
    whole = (
        replace(listed_roster, counts=counted.get(listed_roster.roster.id, NOTHING))
        for listed_roster in figures.rosters
    )
    return replace(figures, rosters=tuple(whole))


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


def _without_persons(connection: Connection, today: date) -> Figures:
    return Figures(
        taken_on=today,
        units=units_by_id(connection),
        rosters=tuple(Listed(roster=roster) for roster in all_rosters(connection)),
        has_persons=False,
        sessions=listed(connection, ClassSession),
        activities=listed(connection, CommunicationActivity),
        entered=all_figures(connection),
        issued=listed(connection, IssuedPlan),
        head=str(verification.current_head(connection)),
    )


# --- counts -----------------------------------------------------------------------------------


def _counts(connection: Connection, listed: Listed, before: Listed | None, course: str) -> Counts:
    unit_rows = unit_progress(connection, listed.roster.id, [course])
    by_evidence = [
        (row.unit, evidence, persons) for row in unit_rows for evidence, persons in row.by_evidence.items()
    ]
    return Counts(
        sizes={row.unit: row.expected for row in unit_rows if row.expected},
        trained={(unit, evidence): persons for unit, evidence, persons in by_evidence if evidence != WAIVED},
        waived={unit: persons for unit, evidence, persons in by_evidence if evidence == WAIVED},
        new={
            (row.unit, Period(year=row.year, half=row.half).number): row.persons
            for row in rosters.newly_done(connection, listed.roster.id, course)
        },
        before=_before(connection, listed, before, course) if before else None,
    )


def _before(connection: Connection, listed: Listed, before: Listed, course: str) -> Before | None:
    unit_rows = unit_progress(connection, before.roster.id, [course])
    moved = rosters.moved_members(connection, before.roster.id, listed.roster.id, course)
    return Before(
        roster=before.roster,
        sizes={row.unit: row.expected for row in unit_rows if row.expected},
        trained={row.unit: row.done for row in unit_rows if row.done},
        moved={(row.before, row.now, row.is_done): row.persons for row in moved},
    )
