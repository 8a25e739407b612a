"""What a list would change, before anything is changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .entry import Entry, KnownPerson
from .notices import CellFinding, Spot

#: `undecided`: one of `candidates`, or somebody new; the office has to say.
Fate = Literal["new", "unchanged", "changed", "undecided"]


@dataclass(frozen=True, kw_only=True)
class ProposedRow:
    """A person of the list. `before` is who it is in the records; `written` the name as typed."""

    spot: Spot
    entry: Entry
    fate: Fate
    written: str
    before: KnownPerson | None = None
    candidates: tuple[KnownPerson, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """All or nothing: it can be frozen when no finding is an error. Names people: for no log."""

    source_sha256: str
    rows: tuple[ProposedRow, ...] = ()
    leaving: tuple[KnownPerson, ...] = ()
    findings: tuple[CellFinding, ...] = ()
    is_synthetic: bool = False

    @property
    def new(self) -> tuple[ProposedRow, ...]:
        return self._of("new")

    @property
    def unchanged(self) -> tuple[ProposedRow, ...]:
        return self._of("unchanged")

    @property
    def changed(self) -> tuple[ProposedRow, ...]:
        return self._of("changed")

    @property
    def undecided(self) -> tuple[ProposedRow, ...]:
        return self._of("undecided")

    def _of(self, fate: Fate) -> tuple[ProposedRow, ...]:
        return tuple(row for row in self.rows if row.fate == fate)

    @property
    def problems(self) -> tuple[CellFinding, ...]:
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def warnings(self) -> tuple[CellFinding, ...]:
        return tuple(finding for finding in self.findings if not finding.is_error)

    @property
    def can_be_frozen(self) -> bool:
        return bool(self.rows) and not self.problems

    @cached_property
    def seal(self) -> str:
        """Changes with the file, the people known and the decisions; who confirms sends it back."""
        return hashlib.sha256(repr((self.source_sha256, self.rows, self.leaving)).encode()).hexdigest()
