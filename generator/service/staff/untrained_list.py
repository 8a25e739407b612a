"""Who is not yet trained, put together: by target, by unit, with names where the page can hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sqlalchemy import Connection

from ...programme.model.programme import Programme
from ...programme.vietnamese import alphabetical
from ...records import people
from ...records.course_states import course_states
from ...targets import Period, Training, Untrained, gather_untrained
from .by_unit import MOST_NAMES, PersonLine, UnitLines, by_home, line, ordered
from .course_words import STAGES, SoFar, so_far
from .desk import UnitScope
from .periods import chosen


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """Holds what a list is filtered by; empty is everything. It stands in addresses: ids and our words."""

    target: str = ""
    unit: str = ""
    stage: str = ""
    period: str = ""
    order: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> ListFilter:
        """Reads an address or a form; what cannot be asked for is left out."""
        stage, period, order = (given.get(name, "") for name in ("hoc", "ky", "xep"))
        return cls(
            target=given.get("ct", ""),
            unit=given.get("dv", ""),
            stage=stage if stage in STAGES else "",
            period=period if Period.is_id(period) else "",
            order=order if order == "ten" else "",
        )

    @property
    def fields(self) -> dict[str, str]:
        names = ("ct", "dv", "hoc", "ky", "xep")
        given = (self.target, self.unit, self.stage, self.period, self.order)
        return {name: value for name, value in zip(names, given, strict=True) if value}

    def query(self, **changed: str) -> str:
        """The same in an address, with some of it changed."""
        whole = {name: value for name, value in {**self.fields, **changed}.items() if value}
        return f"?{urlencode(whole)}" if whole else ""

    def until(self, today: date) -> date:
        """The day whose end the list is of: that of a period that is over, else today."""
        return min(chosen(self.period, today).end, today)


@dataclass(frozen=True, kw_only=True)
class TargetList:
    """A target's roster within reach, and those of it who are not trained. Nothing where none stands.

    `meant_size` and `meant_left` are of the unit that was asked for, where one was.
    """

    training: Training
    size: int = 0
    left: int = 0
    meant_size: int = 0
    meant_left: int = 0
    units: tuple[UnitLines, ...] = ()
    free_units: tuple[str, ...] = ()
    is_asked: bool = True

    @property
    def shown(self) -> int:
        return sum(one.shown for one in self.units)

    @property
    def has_names(self) -> bool:
        return any(one.lines for one in self.units)

    @property
    def lines(self) -> tuple[PersonLine, ...]:
        return tuple(line for unit in self.units for line in unit.lines)


def target_lists(
    connection: Connection,
    programme: Programme,
    trainings: Iterable[Training],
    asked: ListFilter,
    units: UnitScope,
    *,
    whole: bool = False,
) -> tuple[TargetList, ...]:
    """One list for each target; `whole` names everybody, however many there are."""
    most = None if whole else MOST_NAMES
    return tuple(_target_list(connection, programme, one, asked, units, most) for one in trainings)


def _target_list(
    connection: Connection,
    programme: Programme,
    training: Training,
    asked: ListFilter,
    units: UnitScope,
    most: int | None,
) -> TargetList:
    is_asked = asked.target in ("", training.id) and _may_hold(training, asked.unit, units)
    if training.roster is None:
        return TargetList(training=training, is_asked=is_asked)
    found = gather_untrained(connection, training.roster, training.counting, training.period.end)
    ours = found.within(units.reach)
    size, left = ours.size, len(ours.persons)
    if not is_asked:
        return TargetList(training=training, size=size, left=left, is_asked=False)
    meant = ours.within({asked.unit}) if asked.unit else ours
    known = _so_far(connection, programme, training, meant, asked, most)
    shown = {one: unit for one, unit in meant.persons.items() if not asked.stage or one in known}
    is_named = most is None or bool(asked.unit) or len(shown) <= most
    lines = by_home(_lines(connection, shown, known, units)) if is_named else {}
    return TargetList(
        training=training,
        size=size,
        left=left,
        meant_size=meant.size,
        meant_left=len(meant.persons),
        units=_units(meant, shown, lines, asked, units),
        free_units=_free(meant, units),
    )


def _may_hold(training: Training, unit: str, units: UnitScope) -> bool:
    """Whether a unit is of the target's level."""
    return not unit or training.target.level in (None, units.all[unit].level)


def _so_far(
    connection: Connection,
    programme: Programme,
    training: Training,
    meant: Untrained,
    asked: ListFilter,
    most: int | None,
) -> Mapping[str, SoFar]:
    """How far those are who are meant and as far as asked for; nobody where it is neither asked nor shown."""
    if not asked.stage and not asked.unit and most is not None and len(meant.persons) > most:
        return {}
    states = course_states(connection, meant.persons, training.counting.courses)
    told = {one: so_far(programme, training.counting, one, states) for one in meant.persons}
    return {one: said for one, said in told.items() if asked.stage in ("", said.stage)}


def _lines(
    connection: Connection, shown: Mapping[str, str], known: Mapping[str, SoFar], units: UnitScope
) -> Iterable[PersonLine]:
    for id, person in people.several(connection, shown).items():
        yield line(person, shown[id], units, known[id].text)


def _units(
    meant: Untrained,
    shown: Mapping[str, str],
    lines: Mapping[str, tuple[PersonLine, ...]],
    asked: ListFilter,
    units: UnitScope,
) -> tuple[UnitLines, ...]:
    """The units that have anybody to show."""
    left, some = meant.left, Counter(shown.values())
    found = (
        UnitLines(
            id=unit,
            name=units.name(unit),
            size=meant.sizes[unit],
            left=left[unit],
            shown=persons,
            lines=lines.get(unit, ()),
        )
        for unit, persons in some.items()
    )
    return ordered(found, by_name=bool(asked.order))


def _free(meant: Untrained, units: UnitScope) -> tuple[str, ...]:
    """The names of units in which nobody is left."""
    free = (units.name(unit) for unit, size in meant.sizes.items() if size and unit not in meant.left)
    return tuple(sorted(free, key=alphabetical))
