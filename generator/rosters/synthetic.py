"""A roster of people who do not exist, for demonstrations and benchmarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from ..programme.model.unit import Units
from ..programme.vietnamese import folded
from .entry import Level, RosterEntry
from .gazetteer import Seat, gazetteer
from .vocabulary import table

#: How many people a unit has, the fewest and the most.
Size = tuple[int, int]
SIZES: Mapping[Level, Size] = {"commune": (6, 14), "province": (5, 30)}
#: More would use up the names of one unit.
MOST_IN_UNIT = 5_000


@dataclass(frozen=True, kw_only=True)
class SyntheticRoster:
    """Made-up people, and the seed that makes the same ones again."""

    entries: tuple[RosterEntry, ...]
    seed: int
    is_synthetic: bool = True


@cache
def _words() -> Mapping[str, Any]:
    return table("synthetic.toml")


def synthetic(units: Units, seed: int, sizes: Mapping[Level, Size] = SIZES) -> SyntheticRoster:
    """People for every unit but open groups, as many as `sizes` says by level."""
    random = Random(f"roster/{seed}")
    seats = [seat for seat in gazetteer(units).seats if not seat.is_open]
    entries = tuple(entry for seat in seats for entry in _staff(seat, random, sizes[seat.level]))
    return SyntheticRoster(entries=entries, seed=seed)


def _staff(seat: Seat, random: Random, size: Size) -> Iterator[RosterEntry]:
    """Nobody in a unit has another one's name, marks aside."""
    if max(size) > MOST_IN_UNIT:
        raise ValueError(f"{max(size)} > {MOST_IN_UNIT}")
    taken: set[str] = set()
    count, positions = random.randint(*size), _words()["positions"][seat.level]
    order = random.sample(positions, len(positions))
    while len(taken) < count:
        name = _name(random)
        if folded(name) not in taken:
            position = order[len(taken) % len(order)]
            taken.add(folded(name))
            yield RosterEntry(full_name=name, position=position, unit=seat.id, level=seat.level)


def _name(random: Random) -> str:
    words = _words()
    return " ".join(random.choice(words[part]) for part in ("family", "middle", "given"))
