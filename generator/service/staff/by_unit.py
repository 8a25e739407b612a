"""People as pages list them: by unit, each named as the reader may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...programme.vietnamese import alphabetical
from ...records.people import Person
from .. import areas
from .desk import UnitScope

#: How many names one page holds; of more, only those of a unit that is asked for.
MOST_NAMES = 1_000
ERASED = "(đã xóa tên)"


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """Somebody who stands in a roster. `page` is theirs, where the reader may open it."""

    id: str
    name: str
    position: str
    unit: str
    note: str = ""
    page: str = ""
    so_far: str = ""

    @property
    def order(self) -> tuple[bool, tuple[list[int], list[int], str], str]:
        """Sorts by the alphabet, whoever has no name last."""
        return (self.name == ERASED, alphabetical(self.name), self.id)


@dataclass(frozen=True, kw_only=True)
class UnitLines:
    """A unit of a roster: how many stand in it, how many of them are meant, and those who are shown."""

    id: str
    name: str
    size: int
    left: int
    shown: int
    lines: tuple[PersonLine, ...] = ()

    @property
    def done(self) -> int:
        return self.size - self.left


def line(person: Person, home: str, units: UnitScope, so_far: str = "") -> PersonLine:
    """Names somebody by today's name; `home` is the unit that the roster has."""
    if person.erased_at is not None:
        return PersonLine(id=person.id, name=ERASED, position="", unit=home, so_far=so_far)
    is_near = units.holds(person.unit)
    return PersonLine(
        id=person.id,
        name=person.full_name or "",
        position=(person.position or "") if is_near else "",
        unit=home,
        note=", ".join(_notes(person, home, units)),
        page=f"{areas.STAFF}nguoi/{person.id}/" if is_near else "",
        so_far=so_far,
    )


def _notes(person: Person, home: str, units: UnitScope) -> Iterable[str]:
    if person.unit != home:
        yield f"nay ở {units.name(person.unit)}"
    if not person.active:
        yield "không còn trong danh sách mới"


def ordered(groups: Iterable[UnitLines], *, by_name: bool) -> tuple[UnitLines, ...]:
    """Units by the alphabet, or those with the most people left first."""
    named = sorted(groups, key=lambda one: alphabetical(one.name))
    return tuple(named if by_name else sorted(named, key=lambda one: -one.left))


def by_home(lines: Iterable[PersonLine]) -> Mapping[str, tuple[PersonLine, ...]]:
    found: dict[str, list[PersonLine]] = {}
    for one in lines:
        found.setdefault(one.unit, []).append(one)
    return {unit: tuple(sorted(ours, key=lambda one: one.order)) for unit, ours in found.items()}
