"""A list beside the one before: what is lost is told, and takes a reason before it is frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from ...programme.model.programme import Programme
from ...records.people import Roster
from ...rosters.proposal import Proposal
from ...targets import Candidate, Comparison, Figures, Listed, Period, compare
from .desk import Scope
from .freezing import Wanted
from .reading import Reading

LEVELS = {"province": "cấp tỉnh", "commune": "cấp xã"}
#: What is said once, in numbers, where there is a list before.
SAID_HERE = frozenset({"many-leaving", "unit-absent"})
WHY_LESS = "Danh sách ngắn đi nhiều: ghi lý do ở phần “Chốt”, hoặc chọn tệp khác."


def comparisons(
    connection: Connection,
    programme: Programme,
    proposal: Proposal,
    wanted: Wanted,
    rosters: Sequence[Roster],
    *,
    today: date,
) -> tuple[Comparison, ...]:
    """Sets each level beside the list that stands.

    What stands in for a mistaken one is set beside that one, and beside the one before it.
    """
    found = []
    for level in wanted.levels:
        rows = [row for row in proposal.rows if row.entry.level == level]
        now = [Candidate(row.before.id if row.before else None, row.entry.unit) for row in rows]
        for before in _before(rosters, level, wanted.replaced, today):
            found.append(compare(connection, programme, before, now, today=today))
    return tuple(found)


def _before(
    rosters: Sequence[Roster], level: str, replaced: Roster | None, today: date
) -> tuple[Roster, ...]:
    figures = Figures(taken_on=today, units={}, rosters=tuple(Listed(roster=one) for one in rosters))
    if replaced is None:
        standing = figures.roster(level, Period.of_day(today))
        return (standing.roster,) if standing else ()
    earlier = figures.roster_before(Listed(roster=replaced))
    return (replaced, earlier.roster) if earlier else (replaced,)


def is_loss(comparisons: Iterable[Comparison]) -> bool:
    return any(one.is_loss for one in comparisons)


def loss_reason(sent: Reading, comparisons: Sequence[Comparison], units: Scope) -> str:
    """Returns what goes into the trail of what is lost: from how many to how many, and why.

    Nothing where nothing is lost; where no reason was typed, that is a problem of the form.
    """
    if not is_loss(comparisons):
        return ""
    why = sent.text("loss_reason", WHY_LESS, most=300)
    document = sent.text("loss_document", most=120)
    numbers = "; ".join(_numbers(one, units) for one in comparisons if one.is_loss)
    return f"{numbers}. Lý do: {why}{f', theo {document}' if document else ''}"


def _numbers(one: Comparison, units: Scope) -> str:
    said = f"{LEVELS[one.before.level]} từ {one.size_before} thành {one.size} người"
    if one.lost > 0:
        said += f" (giảm {one.lost_share.text})"
    if one.gone:
        said += f", không còn {', '.join(units.name(unit.unit) for unit in one.gone)}"
    return f"{said}, so với danh sách số {one.before.number}"


def titles(programme: Programme) -> Mapping[str, str]:
    """Returns what the targets are called, by id."""
    return {id: target.title for id, target in programme.charter.targets.items()}
