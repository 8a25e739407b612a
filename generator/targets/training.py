"""Persons trained out of a frozen roster, each once, under the strongest evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ..programme.model.plan import Counting, Target
from ..programme.model.programme import Programme
from ..records.people import Roster
from .figures import Done, Figures, Listed
from .measured import Measured, Missing, absent
from .pace import pace
from .periods import Period
from .share import Share

#: The classes of evidence, the strongest first.
EVIDENCE = ("A", "B", "C", "D", "E")


class Trained(NamedTuple):
    """That a person counts: by what evidence, and since when."""

    evidence: str
    on: date


@dataclass(frozen=True, kw_only=True)
class UnitShare:
    """The persons of one unit."""

    unit: str
    share: Share
    evidence: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class HalfYearShare:
    """Persons of the roster who became trained in a half-year, and all those trained by its end."""

    period: Period
    new: int
    share: Share


@dataclass(frozen=True, kw_only=True)
class RosterChange:
    """What a new roster does to the share: who left it, trained or not, and who joined."""

    before: Roster
    share_before: Share
    left: int
    left_untrained: int
    joined: int
    is_smaller: bool


@dataclass(frozen=True, kw_only=True)
class Training(Measured):
    """How many persons of a roster are trained."""

    counting: Counting
    roster: Roster | None = None
    evidence: Mapping[str, int] = field(default_factory=dict)
    waived: int = 0
    units: tuple[UnitShare, ...] = ()
    half_years: tuple[HalfYearShare, ...] = ()
    change: RosterChange | None = None

    @property
    def is_synthetic(self) -> bool:
        return self.roster is not None and self.roster.synthetic

    @property
    def is_late(self) -> bool:
        """Whether the roster was frozen only when the period was over."""
        return self.roster is not None and self.roster.frozen_on > self.period.end


def counting(programme: Programme, id: str) -> Counting:
    """The courses that count: those the target names, else those that say they count toward it."""
    named = programme.charter.targets[id].courses
    if named is not None:
        return named
    return Counting(any_of=tuple(one.id for one in programme.courses.values() if one.counts_toward == id))


def training(programme: Programme, id: str, figures: Figures, period: Period) -> Training:
    target, rule = programme.charter.targets[id], counting(programme, id)
    listed = figures.roster(target.level or "", period)
    missing: Missing | None = None
    if listed is None:
        missing = "no-roster"
    elif not rule.courses:
        missing = "no-course"
    elif not listed.members:
        missing = "nobody-listed"
    if listed is None or missing:
        return absent(Training, id, target, period, missing or "no-roster", counting=rule)
    return _training(id, target, rule, listed, figures, period)


def _training(
    id: str, target: Target, rule: Counting, listed: Listed, figures: Figures, period: Period
) -> Training:
    everybody = trained(figures.done, rule, period.end)
    ours = {person: one for person, one in everybody.items() if person in listed.members}
    share = _share(len(ours), len(listed.members), target)
    half_years = _half_years(ours, len(listed.members), target, period)
    return Training(
        id=id,
        target=target,
        period=period,
        share=share,
        pace=pace(target, share, period, _over(half_years, figures.taken_on))
        if target.every == "period"
        else None,
        counting=rule,
        roster=listed.roster,
        evidence=_by_evidence(ours.values()),
        waived=_waived(figures, rule, listed, everybody, period.end),
        units=_by_unit(ours, listed, target),
        half_years=half_years,
        change=_change(everybody, listed, figures.roster_before(listed), target),
    )


def _share(numerator: int, denominator: int, target: Target) -> Share:
    return Share(numerator=numerator, denominator=denominator, goal=target.share)


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


def _by_evidence(found: Iterable[Trained]) -> Mapping[str, int]:
    counts = Counter(one.evidence for one in found)
    return {letter: counts[letter] for letter in EVIDENCE}


def _waived(
    figures: Figures, rule: Counting, listed: Listed, everybody: Mapping[str, Trained], until: date
) -> int:
    """Persons of the roster who are waived from a course that counts and not trained."""
    persons = {one.person for one in figures.waived if one.course in rule.courses and one.since <= until}
    return sum(1 for person in persons if person in listed.members and person not in everybody)


def _by_unit(ours: Mapping[str, Trained], listed: Listed, target: Target) -> tuple[UnitShare, ...]:
    sizes = Counter(listed.members.values())
    found: defaultdict[str, list[Trained]] = defaultdict(list)
    for person, one in ours.items():
        found[listed.members[person]].append(one)
    return tuple(
        UnitShare(unit=unit, share=_share(len(found[unit]), size, target), evidence=_by_evidence(found[unit]))
        for unit, size in sorted(sizes.items())
    )


def _half_years(
    ours: Mapping[str, Trained], size: int, target: Target, period: Period
) -> tuple[HalfYearShare, ...]:
    """From the first half-year in which somebody was trained, or this one, to the period's last."""
    new = Counter(Period.of_day(one.on).number for one in ours.values())
    first, total, found = min([*new, period.number]), 0, []
    for number in range(first, period.number + 1):
        total += new[number]
        one = HalfYearShare(
            period=Period.numbered(number), new=new[number], share=_share(total, size, target)
        )
        found.append(one)
    return tuple(found)


def _over(half_years: Iterable[HalfYearShare], today: date) -> list[tuple[Period, int]]:
    """Those that are over: a pace is known from whole periods only."""
    return [(one.period, one.share.numerator) for one in half_years if one.period.end <= today]


def _change(
    everybody: Mapping[str, Trained], listed: Listed, before: Listed | None, target: Target
) -> RosterChange | None:
    if before is None or not before.members:
        return None
    left = before.members.keys() - listed.members.keys()
    return RosterChange(
        before=before.roster,
        share_before=_share(
            sum(1 for one in before.members if one in everybody), len(before.members), target
        ),
        left=len(left),
        left_untrained=len(left - everybody.keys()),
        joined=len(listed.members.keys() - before.members.keys()),
        is_smaller=len(listed.members) < len(before.members),
    )
