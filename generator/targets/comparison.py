"""The comparison of a list that may be frozen with the one before: denominator and share of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from ..programme.model.programme import Programme
from ..records.people import Roster
from ..records.training.progress import all_completed
from .measure import load_roster
from .shares import Share
from .training import counting_rule, trained_persons

#: A list that is shorter by more than this, in percent, needs a reason.
MOST_LOST = 5


class Candidate(NamedTuple):
    """A row of the list: the person, if the records know one, and the unit."""

    person: str | None
    unit: str


@dataclass(frozen=True, kw_only=True)
class UnitDifference:
    """The persons of a unit in both lists."""

    unit: str
    before: int
    now: int


@dataclass(frozen=True, kw_only=True)
class ShareDifference:
    """The share of a target by both lists, on the same day."""

    target: str
    before: Share
    now: Share


@dataclass(kw_only=True)
class Comparison:
    """A level's list against the one before; the units that lose most come first."""

    before: Roster
    units: tuple[UnitDifference, ...]
    shares: tuple[ShareDifference, ...]
    left: int
    left_trained: int
    joined: int

    def __post_init__(self) -> None:
        self.size_before = sum(unit.before for unit in self.units)
        self.size = sum(unit.now for unit in self.units)
        self.lost = self.size_before - self.size
        self.lost_share = Share(numerator=abs(self.lost), denominator=max(self.size_before, self.size))
        #: The fewest persons for which no reason is asked.
        self.fewest = -(-self.size_before * (100 - MOST_LOST) // 100)
        self.changed = [unit for unit in self.units if unit.now != unit.before]
        self.gone = [unit for unit in self.units if unit.before and not unit.now]
        #: True where so much is lost, of the level or a whole unit, that it takes a reason.
        self.is_loss = self.size < self.fewest or bool(self.gone)


def compare_rosters(
    connection: Connection, programme: Programme, before: Roster, now: Sequence[Candidate], *, today: date
) -> Comparison:
    """Reads who is in the list before and who is trained, and sets the new one beside it."""
    then = load_roster(connection, before).members
    persons_now = {candidate.person for candidate in now if candidate.person is not None}
    left = then.keys() - persons_now
    targets = programme.charter.targets.items()
    rules = {
        id: counting_rule(programme, id)
        for id, target in targets
        if target.measure == "training" and target.level == before.level
    }
    everybody = {
        id: set(trained_persons(all_completed(connection, rule.courses), rule, today))
        for id, rule in rules.items()
        if rule.courses
    }
    shares = (
        ShareDifference(
            target=id,
            before=Share(numerator=len(then.keys() & done), denominator=len(then)),
            now=Share(numerator=len(persons_now & done), denominator=len(now)),
        )
        for id, done in everybody.items()
    )
    persons_then, persons_next = Counter(then.values()), Counter(candidate.unit for candidate in now)
    units = (
        UnitDifference(unit=unit, before=persons_then[unit], now=persons_next[unit])
        for unit in persons_then.keys() | persons_next.keys()
    )
    return Comparison(
        before=before,
        units=tuple(sorted(units, key=lambda unit: (unit.now - unit.before, unit.unit))),
        shares=tuple(shares),
        left=len(left),
        left_trained=len(left & set().union(*everybody.values())),
        joined=len(now) - len(persons_now & then.keys()),
    )
