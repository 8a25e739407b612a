"""Figures to measure: values that the records give, as they stood on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter

from ..programme.model.values import NOTHING
from ..records.people import Roster, Unit, final_replacement, roster_in_force
from ..records.staff_entries import CommunicationActivity, EnteredFigure, IssuedPlan
from ..records.training.classes import ClassSession
from ..records.training.progress import Done, FirstDone, Waived
from .shares import Period, Share


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A frozen roster with its persons, merged ones once, each with their unit on the roster's day."""

    roster: Roster
    members: Mapping[str, str] = NOTHING


#: The order in which rosters follow each other.
ORDER = attrgetter("roster.as_of", "roster.frozen_at", "roster.id")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Everything that counts, as read from the records on `taken_on`."""

    taken_on: date
    units: Mapping[str, Unit]
    rosters: tuple[Listed, ...] = ()
    done: tuple[Done, ...] = ()
    waived: tuple[Waived, ...] = ()
    sessions: tuple[ClassSession, ...] = ()
    activities: tuple[CommunicationActivity, ...] = ()
    entered: tuple[EnteredFigure, ...] = ()
    issued: tuple[IssuedPlan, ...] = ()
    first_done: tuple[FirstDone, ...] = ()
    """How many completed the courses that no target counts."""
    is_synthetic: bool = False
    """True where they are made up, as everybody in the records then is."""
    scope: str | None = None
    """The one unit that the figures are of; nothing for the whole province."""
    head: str = ""
    """The head of the ledger when they were read."""

    def has_ended(self, period: Period) -> bool:
        """Returns whether the period was over when they were read; before that, its figures may change."""
        return period.end < self.taken_on

    def roster(self, level: str, period: Period) -> Listed | None:
        """Returns the roster of a level that a period is measured against, or None."""
        of_level = [listed for listed in self.rosters if listed.roster.level == level]
        in_force = roster_in_force((listed.roster for listed in of_level), period.start, period.end)
        return next((listed for listed in of_level if listed.roster == in_force), None)

    def roster_before(self, listed: Listed) -> Listed | None:
        """Returns the roster that this one followed, or what stands in for that one since; else None.

        A roster frozen after this one, of any day, does not count, nor one that this one stands in for.
        """
        level = listed.roster.level
        of_level = [candidate for candidate in self.rosters if candidate.roster.level == level]
        rosters = [candidate.roster for candidate in of_level]
        earlier = [
            candidate
            for candidate in of_level
            if candidate.roster.synthetic == listed.roster.synthetic
            and ORDER(candidate) < ORDER(listed)
            and candidate.roster.frozen_at <= listed.roster.frozen_at
            and final_replacement(rosters, candidate.roster) != listed.roster
        ]
        last = max(earlier, key=ORDER, default=None)
        instead = final_replacement(rosters, last.roster) if last else None
        return next((candidate for candidate in of_level if candidate.roster == instead), None)

    def communes(self, day: date) -> tuple[str, ...]:
        """Returns the communes that exist on a day, by id."""
        return tuple(
            unit.id
            for unit in sorted(self.units.values(), key=lambda unit: unit.id)
            if unit.level == "commune" and (unit.valid_from or day) <= day <= (unit.valid_to or day)
        )

    def plans(self, period: Period) -> tuple[IssuedPlan, ...]:
        """Returns the units' own plans for the period's year, of those issued by its end."""
        return tuple(
            plan for plan in self.issued if plan.is_for(period.year) and plan.issued_on <= period.end
        )

    def communes_with_plans(self, period: Period) -> Share:
        """Returns the communes with plans, out of those that exist at the period's end."""
        issuers, communes = {plan.unit for plan in self.plans(period)}, self.communes(period.end)
        return Share(numerator=len(issuers.intersection(communes)), denominator=len(communes))

    def within(self, unit: str) -> Figures:
        """Returns the figures of one unit; the office's entries are of the province, so they are left out."""
        return replace(
            self,
            units={id: record for id, record in self.units.items() if id == unit},
            rosters=tuple(_listed_within(listed, unit) for listed in self.rosters),
            sessions=tuple(session for session in self.sessions if session.unit == unit),
            activities=tuple(activity for activity in self.activities if activity.unit == unit),
            issued=tuple(plan for plan in self.issued if plan.unit == unit),
            first_done=tuple(first for first in self.first_done if first.unit == unit),
            entered=(),
            scope=unit,
        )


def _listed_within(listed: Listed, unit: str) -> Listed:
    """Returns a roster cut down to one unit; empty where it has nobody of that unit."""
    return replace(listed, members={person: home for person, home in listed.members.items() if home == unit})
