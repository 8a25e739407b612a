"""Who of a roster is not trained: exactly the persons that the figure of a target lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..programme.model.plan import Counting
from ..records.people import Roster
from .figures import Done, Listed
from .persons import trained


@dataclass(frozen=True, kw_only=True)
class Untrained:
    """The persons of a roster by unit, merged ones once, and those of them who do not count as trained.

    Units are those of the roster. Whoever is waived, was erased or has left since is still expected.
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
        """How many are not trained, by unit."""
        return Counter(self.persons.values())

    def within(self, units: Collection[str]) -> Untrained:
        """The same of some units alone."""
        return replace(
            self,
            sizes={unit: persons for unit, persons in self.sizes.items() if unit in units},
            persons={person: unit for person, unit in self.persons.items() if unit in units},
        )


def untrained(listed: Listed, done: Iterable[Done], rule: Counting, until: date) -> Untrained:
    """Holds a roster against what was done by the end of a day, as the target's share does."""
    everybody = trained(done, rule, until)
    return Untrained(
        roster=listed.roster,
        sizes=Counter(listed.members.values()),
        persons={person: unit for person, unit in listed.members.items() if person not in everybody},
    )
