"""A roster counted for one target: each person once, nobody named. All that a share is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..records.people import Roster

#: The unit in the roster before, the one in this, and whether trained; nothing where somebody was not in it.
Move = tuple[str | None, str | None, bool]


@dataclass(frozen=True, kw_only=True)
class Before:
    """The roster before: its persons and those of them who are trained by unit, and who moved since."""

    roster: Roster
    sizes: Mapping[str, int]
    trained: Mapping[str, int]
    moved: Mapping[Move, int]

    @property
    def size(self) -> int:
        return sum(self.sizes.values())

    def within(self, unit: str) -> Before | None:
        """Of one unit alone: who went to another one has left. Nothing where it had nobody."""
        moved: dict[Move, int] = {}
        for (then, now, is_trained), persons in self.moved.items():
            ours = (then if then == unit else None, now if now == unit else None, is_trained)
            moved[ours] = moved.get(ours, 0) + persons
        if not self.sizes.get(unit):
            return None
        return replace(
            self,
            sizes=_of(self.sizes, unit),
            trained=_of(self.trained, unit),
            moved={move: persons for move, persons in moved.items() if move[:2] != (None, None)},
        )


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Persons by unit; those trained by unit and evidence, and by unit and number of the half-year."""

    sizes: Mapping[str, int]
    trained: Mapping[tuple[str, str], int]
    new: Mapping[tuple[str, int], int]
    waived: Mapping[str, int]
    before: Before | None = None

    @property
    def size(self) -> int:
        return sum(self.sizes.values())

    def within(self, unit: str) -> Counts:
        """Of one unit alone."""
        return replace(
            self,
            sizes=_of(self.sizes, unit),
            trained={key: persons for key, persons in self.trained.items() if key[0] == unit},
            new={key: persons for key, persons in self.new.items() if key[0] == unit},
            waived=_of(self.waived, unit),
            before=self.before.within(unit) if self.before else None,
        )


def _of(counts: Mapping[str, int], unit: str) -> dict[str, int]:
    return {unit: counts[unit]} if counts.get(unit) else {}
