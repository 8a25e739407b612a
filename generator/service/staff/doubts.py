"""What only the office can say of a list: who a row is, and whether what was inferred is so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from ...programme.vietnamese import folded
from ...rosters.entry import KnownPerson
from ...rosters.matching import RowKey, row_key
from ...rosters.notices import Answers
from ...rosters.proposal import TOPICS, Proposal, ProposedRow

#: Findings on a row that the office may settle by saying who it is.
SETTLED = frozenset({"person-twice", "same-name-in-unit", "almost-twice", "changed-unit", "maybe-moved"})
#: A form has 2,000 fields, so that no more could be said.
MOST_DOUBTS = 1_500


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A row about which the office may say who it is."""

    field: str
    row: ProposedRow
    candidates: tuple[KnownPerson, ...]
    said: str


def decided(form: FormData) -> dict[RowKey, str | None]:
    """Returns what was said of people, by the name of a field: the cell and the sheet."""
    found: dict[RowKey, str | None] = {}
    for name, value in form.items():
        if name.startswith("who-") and isinstance(value, str) and value:
            cell, _, sheet = name.removeprefix("who-").partition("-")
            found[(sheet, cell)] = None if value == "new" else value
    return found


def answered(form: FormData) -> Answers:
    """Returns what was said of each topic, or of the rest at once; nothing of those that were left open."""
    rest = form.get("answer-rest")
    said = {topic: form.get(f"answer-{topic}") or rest for topic in TOPICS}
    return {topic: value == "yes" for topic, value in said.items() if value in ("yes", "no")}


def doubts_of(
    proposal: Proposal, persons: Sequence[KnownPerson], decisions: Mapping[RowKey, str | None]
) -> tuple[Doubt, ...]:
    marked = {
        (finding.sheet, cell)
        for finding in proposal.findings
        if finding.code in SETTLED
        for cell in finding.cells
    }
    by_name: dict[str, list[KnownPerson]] = {}
    for one in persons:
        by_name.setdefault(folded(one.full_name), []).append(one)
    found = []
    for row in proposal.rows:
        key = row_key(row)
        if row.fate == "undecided" or key in decisions or (key[0], row.spot.cell) in marked:
            alike = row.candidates or tuple(by_name.get(folded(row.entry.full_name), ()))
            said = "" if key not in decisions else decisions[key] or "new"
            found.append(Doubt(field=f"who-{key[1]}-{key[0]}", row=row, candidates=alike, said=said))
    # What is said must be sent back to stay said; then comes what hinders the freeze.
    found.sort(key=lambda one: (not one.said, one.row.fate != "undecided"))
    return tuple(found[:MOST_DOUBTS])
