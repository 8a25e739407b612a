"""The comparison of a list that may be frozen with the one before: denominator and share of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from ..programme.model.plan import Counting
from ..programme.model.programme import Programme
from ..records.people import Roster
from ..records.training.progress import all_completed
from .loader import load_roster
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

    @property
    def difference(self) -> int:
        return self.now - self.before

    @property
    def is_gone(self) -> bool:
        return bool(self.before) and not self.now


@dataclass(frozen=True, kw_only=True)
class ShareDifference:
    """The share of a target by both lists, on the same day."""

    target: str
    before: Share
    now: Share


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A level's list against the one before; the units that lose most come first."""

    before: Roster
    units: tuple[UnitDifference, ...]
    shares: tuple[ShareDifference, ...]
    left: int
    left_trained: int
    joined: int

    @property
    def size_before(self) -> int:
        return sum(unit.before for unit in self.units)

    @property
    def size(self) -> int:
        return sum(unit.now for unit in self.units)

    @property
    def lost(self) -> int:
        return self.size_before - self.size

    @property
    def lost_share(self) -> Share:
        return Share(numerator=abs(self.lost), denominator=max(self.size_before, self.size))

    @property
    def fewest(self) -> int:
        """The fewest persons for which no reason is asked."""
        return -(-self.size_before * (100 - MOST_LOST) // 100)

    @property
    def changed(self) -> tuple[UnitDifference, ...]:
        return tuple(unit for unit in self.units if unit.difference)

    @property
    def gone(self) -> tuple[UnitDifference, ...]:
        return tuple(unit for unit in self.units if unit.is_gone)

    @property
    def is_loss(self) -> bool:
        """True where so much is lost, of the level or a whole unit, that it takes a reason."""
        return self.size < self.fewest or bool(self.gone)


def compare_rosters(
    connection: Connection, programme: Programme, before: Roster, now: Sequence[Candidate], *, today: date
) -> Comparison:
    """Reads who is in the list before and who is trained, and sets the new one beside it."""
    then = load_roster(connection, before).members
    persons_now = {candidate.person for candidate in now if candidate.person is not None}
    left = then.keys() - persons_now
    rules = _rules(programme, before.level)
    everybody = {
        id: set(trained_persons(all_completed(connection, rule.courses), rule, today))
        for id, rule in rules.items()
    }
    shares = (
        ShareDifference(
            target=id,
            before=_share(len(then.keys() & done), len(then)),
            now=_share(len(persons_now & done), len(now)),
        )
        for id, done in everybody.items()
    )
    return Comparison(
        before=before,
        units=_units(Counter(then.values()), Counter(candidate.unit for candidate in now)),
        shares=tuple(shares),
        left=len(left),
        left_trained=len(left & set().union(*everybody.values())),
        joined=len(now) - len(persons_now & then.keys()),
    )


def _share(numerator: int, denominator: int) -> Share:
    return Share(numerator=numerator, denominator=denominator)


def _units(before: Counter[str], now: Counter[str]) -> tuple[UnitDifference, ...]:
    differences = [
        UnitDifference(unit=unit, before=before[unit], now=now[unit]) for unit in before.keys() | now.keys()
    ]
    return tuple(sorted(differences, key=lambda unit: (unit.difference, unit.unit)))


def _rules(programme: Programme, level: str) -> dict[str, Counting]:
    """Returns the counting rules of a level's persons, by the target."""
    targets = programme.charter.targets.items()
    rules = {
        id: counting_rule(programme, id)
        for id, target in targets
        if target.measure == "training" and target.level == level
    }
    return {id: rule for id, rule in rules.items() if rule.courses}
