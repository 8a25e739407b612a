"""From persons to counts: who is trained under a rule by the end of a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from ..programme.model.plan import Counting
from .counts import Before, Counts
from .figures import Done, Figures, Listed
from .periods import Period


class Trained(NamedTuple):
    """That a person counts: by what evidence, and since when."""

    evidence: str
    on: date


def counted(figures: Figures, rule: Counting, listed: Listed, until: date) -> Counts:
    """A roster counted from its persons."""
    everybody = trained(figures.done, rule, until)
    ours = {person: unit for person, unit in listed.members.items() if person in everybody}
    return Counts(
        sizes=Counter(listed.members.values()),
        trained=Counter((unit, everybody[person].evidence) for person, unit in ours.items()),
        new=Counter((unit, Period.of_day(everybody[person].on).number) for person, unit in ours.items()),
        waived=_waived(figures, rule, listed, everybody, until),
        before=_before(everybody, listed, figures.roster_before(listed)),
    )


def trained(done: Iterable[Done], rule: Counting, until: date) -> Mapping[str, Trained]:
    """Who counts by the end of a day.

    One course counts under its strongest evidence. Where several are asked for, they are all done
    on the last of their days, and the whole is known only as well as the weakest of them.
    """
    asked = set(rule.courses)
    courses: defaultdict[str, dict[str, Trained]] = defaultdict(dict)
    for one in done:
        if one.course in asked and one.on <= until:
            known = courses[one.person].get(one.course, Trained(one.evidence, one.on))
            better = Trained(min(known.evidence, one.evidence), min(known.on, one.on))
            courses[one.person][one.course] = better
    met = ((person, _met(by_course, rule)) for person, by_course in courses.items())
    return {person: one for person, one in met if one is not None}


def _met(by_course: Mapping[str, Trained], rule: Counting) -> Trained | None:
    parts = [by_course.get(course) for course in rule.all_of]
    if rule.any_of:
        found = [by_course[course] for course in rule.any_of if course in by_course]
        any_one = Trained(min(one.evidence for one in found), min(one.on for one in found)) if found else None
        parts.append(any_one)
    whole = [one for one in parts if one is not None]
    if len(whole) < len(parts):
        return None
    return Trained(max(one.evidence for one in whole), max(one.on for one in whole))


def _waived(
    figures: Figures, rule: Counting, listed: Listed, everybody: Mapping[str, Trained], until: date
) -> Mapping[str, int]:
    """Persons of the roster who are waived from a course that counts and not trained."""
    persons = {one.person for one in figures.waived if one.course in rule.courses and one.since <= until}
    return Counter(listed.members[one] for one in persons if one in listed.members and one not in everybody)


def _before(everybody: Mapping[str, Trained], listed: Listed, before: Listed | None) -> Before | None:
    if before is None or not before.members:
        return None
    then, now = before.members, listed.members
    moved = (one for one in then.keys() | now.keys() if then.get(one) != now.get(one))
    return Before(
        roster=before.roster,
        sizes=Counter(then.values()),
        trained=Counter(unit for person, unit in then.items() if person in everybody),
        moved=Counter((then.get(one), now.get(one), one in everybody) for one in moved),
    )
