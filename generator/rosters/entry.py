"""Who stands on a list, and whom the records know already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["province", "commune"]
PersonId = str


@dataclass(frozen=True, kw_only=True)
class RosterEntry:
    """One person as a list names them. `unit` is a commune's code or an agency's id."""

    full_name: str
    position: str
    unit: str
    level: Level


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """One person of the records, given by the caller; the erased and the merged are left out."""

    id: PersonId
    full_name: str
    position: str
    unit: str
    is_active: bool = True
