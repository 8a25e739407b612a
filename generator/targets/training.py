"""Persons trained out of a frozen roster, each once, under the strongest evidence; and the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from ..programme.model.plan import Counting, Target
from ..programme.model.programme import Programme
from ..records import EVIDENCE
from ..records.people import Roster
from ..records.training.progress import Done
from .figures import Figures, Listed
from .shares import Before, Counts, Measured, Missing, Period, Share, pace, without_share


class Trained(NamedTuple):
    """A person's standing: by what evidence they count, and since when."""

    evidence: str
    on: date


def count_persons(figures: Figures, rule: Counting, listed: Listed, until: date) -> Counts:
    """Returns a roster's counts, made from its persons."""
    everybody, now = trained_persons(figures.done, rule, until), listed.members
    ours = {person: unit for person, unit in now.items() if person in everybody}
    excused = {each.person for each in figures.waived if each.course in rule.courses and each.since <= until}
    before = figures.roster_before(listed)
    then = before.members if before else {}
    moved = (person for person in then.keys() | now.keys() if then.get(person) != now.get(person))
    return Counts(
        sizes=Counter(now.values()),
        trained=Counter((unit, everybody[person].evidence) for person, unit in ours.items()),
        new=Counter((unit, Period.of_day(everybody[person].on).number) for person, unit in ours.items()),
        waived=Counter(now[person] for person in excused & now.keys() - everybody.keys()),
        before=Before(
            roster=before.roster,
            sizes=Counter(then.values()),
            trained=Counter(unit for person, unit in then.items() if person in everybody),
            moved=Counter((then.get(person), now.get(person), person in everybody) for person in moved),
        )
        if before and then
        else None,
    )


def trained_persons(done: Iterable[Done], rule: Counting, until: date) -> Mapping[str, Trained]:
    """Returns who counts by the end of a day.

    One course counts under its strongest evidence. Where several are asked for, they are all done on the last
    of their days, and the whole is known only as well as the weakest of them.
    """
    asked = set(rule.courses)
    courses: defaultdict[str, dict[str, Trained]] = defaultdict(dict)
    for completion in done:
        if completion.course in asked and completion.on <= until:
            earlier = courses[completion.person].get(
                completion.course, Trained(completion.evidence, completion.on)
            )
            better = Trained(min(earlier.evidence, completion.evidence), min(earlier.on, completion.on))
            courses[completion.person][completion.course] = better
    trained: dict[str, Trained] = {}
    for person, by_course in courses.items():
        parts = [by_course.get(course) for course in rule.all_of]
        if rule.any_of:
            either = [by_course[course] for course in rule.any_of if course in by_course]
            best = (
                Trained(min(each.evidence for each in either), min(each.on for each in either))
                if either
                else None
            )
            parts.append(best)
        whole = [part for part in parts if part is not None]
        if len(whole) == len(parts):
            trained[person] = Trained(max(part.evidence for part in whole), max(part.on for part in whole))
    return trained


@dataclass(frozen=True, kw_only=True)
class Untrained:
    """The persons of a roster by unit, merged ones once, and those who do not count as trained.

    Units are those of the roster. Persons who are waived, erased or gone since are still expected.
    """

    roster: Roster
    sizes: Mapping[str, int]
    persons: Mapping[str, str]
    """The unit of each person who is not trained."""

    @property
    def size(self) -> int:
        return sum(self.sizes.values())

    @property
    def left(self) -> Mapping[str, int]:
        """The number of persons not trained, by unit."""
        return Counter(self.persons.values())

    def within(self, units: Collection[str]) -> Untrained:
        """Returns the values of some units."""
        return replace(
            self,
            sizes={unit: persons for unit, persons in self.sizes.items() if unit in units},
            persons={person: unit for person, unit in self.persons.items() if unit in units},
        )


def untrained_persons(listed: Listed, done: Iterable[Done], rule: Counting, until: date) -> Untrained:
    """Returns a roster held against what was done by the end of a day, as the target's share is."""
    everybody = trained_persons(done, rule, until)
    return Untrained(
        roster=listed.roster,
        sizes=Counter(listed.members.values()),
        persons={person: unit for person, unit in listed.members.items() if person not in everybody},
    )


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
    """A new roster's effect on the share: who left it, trained or not, and who joined."""

    before: Roster
    share_before: Share
    left: int
    left_untrained: int
    joined: int
    is_smaller: bool


@dataclass(frozen=True, kw_only=True)
class Training(Measured):
    """The persons of a roster who are trained."""

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
    def percent(self) -> str:
        """The share, also while it is open what "trained" means: a paper has settled out of whom.

        It is empty while nobody of the list is on record, which is not that nobody was trained.
        """
        return self.share.text if self.share is not None and self.share.numerator else ""

    @property
    def is_recorded(self) -> bool:
        """True where anybody of the roster is on record as trained."""
        return self.share is not None and self.share.numerator > 0

    @property
    def is_late(self) -> bool:
        """True where the roster was frozen only when the period was over."""
        return self.roster is not None and self.roster.frozen_on > self.period.end


def counting_rule(programme: Programme, id: str) -> Counting:
    """Returns the courses that count: those the target names, else those that say they count for it."""
    named = programme.charter.targets[id].courses
    if named is not None:
        return named
    courses = tuple(course.id for course in programme.courses.values() if course.counts_toward == id)
    # Ids of the programme were read already.
    return Counting.model_construct(any_of=courses)


def completed_apart(programme: Programme, figures: Figures, period: Period) -> Mapping[str, int]:
    """Returns how many persons completed each course that no target counts by the period's end, by course."""
    counts: Counter[str] = Counter()
    for first in figures.first_done:
        counts[first.course] += first.persons if first.on <= period.end else 0
    return {id: counts[id] for id in programme.courses_apart}


def measure_training(programme: Programme, id: str, figures: Figures, period: Period) -> Training:
    """Returns how many of the roster in force are trained by the period's end."""
    target, rule = programme.charter.targets[id], counting_rule(programme, id)
    listed = figures.roster(target.level or "", period)
    if listed is None or not rule.courses:
        missing: Missing = "no-course" if listed else "no-roster"
        return without_share(Training, id, target, period, missing, counting=rule)
    counts = count_persons(figures, rule, listed, period.end)
    if not counts.sizes:
        return without_share(Training, id, target, period, "nobody-listed", counting=rule)
    size, goal = sum(counts.sizes.values()), target.share
    share = Share(numerator=sum(counts.trained.values()), denominator=size, goal=goal)
    half_years = _half_years(counts, size, target, period)
    # A pace is known from whole periods only.
    over = [(half.period, half.share.numerator) for half in half_years if half.period.end <= figures.taken_on]
    evidence = {
        unit: {letter: counts.trained.get((unit, letter), 0) for letter in EVIDENCE}
        for unit in sorted(counts.sizes)
    }
    units = (
        UnitShare(
            unit=unit,
            share=Share(numerator=sum(persons.values()), denominator=counts.sizes[unit], goal=goal),
            evidence=persons,
        )
        for unit, persons in evidence.items()
    )
    return Training(
        id=id,
        target=target,
        period=period,
        share=share,
        pace=pace(target, share, period, over) if target.every == "period" else None,
        counting=rule,
        roster=listed.roster,
        evidence={letter: sum(persons[letter] for persons in evidence.values()) for letter in EVIDENCE},
        waived=sum(counts.waived.values()),
        units=tuple(units),
        half_years=half_years,
        change=_change(counts.before, size, target) if counts.before else None,
    )


def _half_years(counts: Counts, size: int, target: Target, period: Period) -> tuple[HalfYearShare, ...]:
    """Returns half-years from the first in which somebody was trained, or this one, to the period's last."""
    # All on the list in force: a line that fell because a list grew would read as people who forgot.
    new: Counter[int] = Counter()
    for (_, number), persons in counts.new.items():
        new[number] += persons
    first, total, half_years = min([*new, period.number]), 0, []
    for number in range(first, period.number + 1):
        total += new[number]
        half_year = HalfYearShare(
            period=Period.numbered(number),
            new=new[number],
            share=Share(numerator=total, denominator=size, goal=target.share),
        )
        half_years.append(half_year)
    return tuple(half_years)


def _change(before: Before, size: int, target: Target) -> RosterChange:
    left = {move: persons for move, persons in before.moved.items() if move[1] is None}
    size_before = sum(before.sizes.values())
    return RosterChange(
        before=before.roster,
        share_before=Share(
            numerator=sum(before.trained.values()), denominator=size_before, goal=target.share
        ),
        left=sum(left.values()),
        left_untrained=sum(persons for (_, _, is_trained), persons in left.items() if not is_trained),
        joined=sum(persons for (then, _, _), persons in before.moved.items() if then is None),
        is_smaller=size < size_before,
    )
