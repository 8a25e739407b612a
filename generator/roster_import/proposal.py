"""The proposal: what a list would change, who is listed, who is known, and each one's fate."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from ..programme.model.base import NOTHING
from ..programme.model.scalars import Level
from .findings import Answers, CellFinding, Spot, Topic

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


#: `undecided` is one of `candidates`, or somebody new; the office has to say.
Fate = Literal["new", "unchanged", "changed", "undecided"]
TOPICS: tuple[Topic, ...] = get_args(Topic)


@dataclass(frozen=True, kw_only=True)
class ProposedRow:
    """A person of the list. `before` is the one in the records; `written` the name as typed.

    `number` counts the people of one cell.
    """

    spot: Spot
    entry: RosterEntry
    fate: Fate
    written: str
    before: KnownPerson | None = None
    candidates: tuple[KnownPerson, ...] = ()
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """The assumptions of one topic, and whether the office agreed; None while it has not said."""

    topic: Topic
    cases: tuple[CellFinding, ...]
    is_agreed: bool | None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A list's changes: frozen whole when no finding is an error and everything inferred is agreed to.

    Unanswered assumptions stand in `rows` as they were inferred. It names people: for no log.
    """

    source_sha256: str
    rows: tuple[ProposedRow, ...] = ()
    leaving: tuple[KnownPerson, ...] = ()
    findings: tuple[CellFinding, ...] = ()
    is_synthetic: bool = False
    answers: Answers = field(default=NOTHING, hash=False)

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
    def assumptions(self) -> tuple[Assumption, ...]:
        """Assumptions by topic; the office answers each once."""
        by_topic = {
            topic: tuple(finding for finding in self.findings if finding.topic == topic) for topic in TOPICS
        }
        return tuple(
            Assumption(topic=topic, cases=cases, is_agreed=self.answers.get(topic))
            for topic, cases in by_topic.items()
            if cases
        )

    @property
    def problems(self) -> tuple[CellFinding, ...]:
        """The errors, and wrong assumptions by what the office says."""
        return tuple(
            finding
            for finding in self.findings
            if (finding.is_error if finding.topic is None else self.answers.get(finding.topic) is False)
        )

    @property
    def warnings(self) -> tuple[CellFinding, ...]:
        return tuple(finding for finding in self.findings if finding.topic is None and not finding.is_error)

    @property
    def is_answered(self) -> bool:
        return all(each.is_agreed is not None for each in self.assumptions)

    @property
    def can_be_frozen(self) -> bool:
        return bool(self.rows) and not self.problems and self.is_answered

    @cached_property
    def seal(self) -> str:
        """A digest of file, people known and decisions; the confirmation sends it back."""
        return hashlib.sha256(repr((self.source_sha256, self.rows, self.leaving)).encode()).hexdigest()
