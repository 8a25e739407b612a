"""Units, persons and rosters: who was expected."""

from .persons import NewPerson, Person, add, change, erase, merge, namesakes, person, search, several
from .rosters import Member, Roster, freeze, members, rosters, standing
from .units import Level, Unit, named, place, province, provinces, subtree, units, units_of

__all__ = [
    "Level",
    "Member",
    "NewPerson",
    "Person",
    "Roster",
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
    "subtree",
    "units",
    "units_of",
]
