"""Units, persons and rosters: who was expected."""

from .persons import NewPerson, Person, add, change, erase, merge, namesakes, person, search, several
from .rosters import (
    Roster,
    RosterMember,
    Superseded,
    Superseding,
    freeze,
    members,
    rosters,
    standing,
    standing_in,
)
from .units import Level, Unit, named, place, province, provinces, subtree, units, units_of

__all__ = [
    "Level",
    "NewPerson",
    "Person",
    "Roster",
    "RosterMember",
    "Superseded",
    "Superseding",
    "Unit",
    "add",
    "change",
    "erase",
    "freeze",
    "members",
    "merge",
    "named",
    "namesakes",
    "person",
    "place",
    "province",
    "provinces",
    "rosters",
    "search",
    "several",
    "standing",
    "standing_in",
    "subtree",
    "units",
    "units_of",
]
