"""Persons trained out of a frozen roster, each once, under the strongest evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ..programme.model.plan import Counting, Target
from ..programme.model.programme import Programme
from ..records.people import Roster
from .counts import Counts
from .figures import Figures, Listed
from .measured import Measured, Missing, absent
from .pace import pace
from .periods import Period
from .persons import counted
from .share import Share

#: The classes of evidence, the strongest first.
EVIDENCE = ("A", "B", "C", "D", "E")


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
    def percent(self) -> str:
        """Returns it also while it is open what "trained" means: a paper has settled out of whom.

        Nothing while nobody of the list is on record, which is not that nobody was trained.
        """
        return self.share.text if self.share is not None and self.is_recorded else ""

    @property
    def is_recorded(self) -> bool:
        """Whether anybody of the roster is on record as trained."""
        return self.share is not None and self.share.numerator > 0

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
    if listed is None or missing:
        return absent(Training, id, target, period, missing or "no-roster", counting=rule)
    counts = _counts(figures, rule, listed, period)
    if not counts.size:
        return absent(Training, id, target, period, "nobody-listed", counting=rule)
    return _training(id, target, rule, listed, counts, figures, period)


def _counts(figures: Figures, rule: Counting, listed: Listed, period: Period) -> Counts:
    """As they were read from kept-up counts, else from persons. Raises ValueError where neither is there."""
    if figures.has_persons:
        return counted(figures, rule, listed, period.end)
    (course,) = rule.courses
    if period.end < figures.taken_on or course not in listed.counts:
        raise ValueError(f"not gathered for {period.id}")
    return listed.counts[course]


def _training(
    id: str,
    target: Target,
    rule: Counting,
    listed: Listed,
    counts: Counts,
    figures: Figures,
    period: Period,
) -> Training:
    share = _share(sum(counts.trained.values()), counts.size, target)
    half_years = _half_years(counts, target, period)
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
        evidence=_by_evidence(counts, counts.sizes),
        waived=sum(counts.waived.values()),
        units=tuple(_by_unit(counts, target)),
        half_years=half_years,
        change=_change(counts, target),
    )


def _share(numerator: int, denominator: int, target: Target) -> Share:
    return Share(numerator=numerator, denominator=denominator, goal=target.share)


def _by_evidence(counts: Counts, units: Iterable[str]) -> Mapping[str, int]:
    some = tuple(units)
    return {letter: sum(counts.trained.get((unit, letter), 0) for unit in some) for letter in EVIDENCE}


def _by_unit(counts: Counts, target: Target) -> Iterator[UnitShare]:
    for unit, size in sorted(counts.sizes.items()):
        evidence = _by_evidence(counts, (unit,))
        yield UnitShare(unit=unit, share=_share(sum(evidence.values()), size, target), evidence=evidence)


def _half_years(counts: Counts, target: Target, period: Period) -> tuple[HalfYearShare, ...]:
    """From the first half-year in which somebody was trained, or this one, to the period's last."""
    new: Counter[int] = Counter()
    for (_, number), persons in counts.new.items():
        new[number] += persons
    first, total, found = min([*new, period.number]), 0, []
    for number in range(first, period.number + 1):
        total += new[number]
        one = HalfYearShare(
            period=Period.numbered(number), new=new[number], share=_share(total, counts.size, target)
        )
        found.append(one)
    return tuple(found)


def _over(half_years: Iterable[HalfYearShare], today: date) -> list[tuple[Period, int]]:
    """Those that are over: a pace is known from whole periods only."""
    return [(one.period, one.share.numerator) for one in half_years if one.period.end <= today]


def _change(counts: Counts, target: Target) -> RosterChange | None:
    before = counts.before
    if before is None:
        return None
    left = {move: persons for move, persons in before.moved.items() if move[1] is None}
    return RosterChange(
        before=before.roster,
        share_before=_share(sum(before.trained.values()), before.size, target),
        left=sum(left.values()),
        left_untrained=sum(persons for (_, _, is_trained), persons in left.items() if not is_trained),
        joined=sum(persons for (then, _, _), persons in before.moved.items() if then is None),
        is_smaller=counts.size < before.size,
    )
