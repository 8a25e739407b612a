"""A list beside the one before: what is lost is told, and takes a reason before it is frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import Connection

from ...programme.model.programme import Programme
from ...records.people import Roster, Superseded
from ...render.templating import HERE
from ...rosters.proposal import Proposal
from ...targets import Candidate, Comparison, Figures, Listed, Period, compare
from .desk import UnitScope
from .freezing import RosterDetails
from .reading import Reading

LEVELS = {"province": "cấp tỉnh", "commune": "cấp xã"}
#: What is said once, in numbers, where there is a list before.
SAID_HERE = frozenset({"many-leaving", "unit-absent"})
WHY_LESS = "Danh sách giảm nhiều: ghi lý do ở phần “Chốt”, hoặc chọn tệp khác."


def comparisons(
    connection: Connection,
    programme: Programme,
    proposal: Proposal,
    wanted: RosterDetails,
    rosters: Sequence[Roster],
    *,
    today: date,
) -> tuple[Comparison, ...]:
    """Sets each level beside the list that stands.

    What stands in for a mistaken one is set beside that one and the one before it, and beside the list that
    stands, if it pushes that one out. Shares are said only where they are those of today.
    """
    found = []
    for level in wanted.levels:
        rows = [row for row in proposal.rows if row.entry.level == level]
        now = [Candidate(row.before.id if row.before else None, row.entry.unit) for row in rows]
        measured = None if _outliving(rosters, level, wanted, today) else _standing(rosters, level, today)
        for before in _before(rosters, level, wanted, today):
            one = compare(connection, programme, before, now, today=today)
            found.append(one if before == measured else replace(one, shares=()))
    return tuple(found)


def outliving(rosters: Sequence[Roster], wanted: RosterDetails, today: date) -> tuple[Roster, ...]:
    """Returns the lists of a later day, against which this half-year would still be measured."""
    found = (_outliving(rosters, level, wanted, today) for level in wanted.levels)
    return tuple(one for one in found if one is not None)


def _outliving(rosters: Sequence[Roster], level: str, wanted: RosterDetails, today: date) -> Roster | None:
    known = rosters
    frozen_at = datetime.combine(today, time.max, HERE)
    if wanted.replaced is not None:
        instead = Superseded(by_roster="", reason="", decision_ref="", at=frozen_at)
        gone = wanted.replaced.id
        known = [replace(one, superseded=instead) if one.id == gone else one for one in rosters]
    ours = [one for one in known if one.level == level]
    if not ours:
        return None
    new = replace(ours[0], id="", as_of=wanted.as_of, frozen_at=frozen_at, superseded=None)
    found = _standing([*ours, new], level, today)
    return found if found != new else None


def _standing(rosters: Iterable[Roster], level: str, today: date) -> Roster | None:
    listed = _figures(rosters, today).roster(level, Period.of_day(today))
    return listed.roster if listed else None


def _figures(rosters: Iterable[Roster], today: date) -> Figures:
    return Figures(taken_on=today, units={}, rosters=tuple(Listed(roster=one) for one in rosters))


def _before(rosters: Sequence[Roster], level: str, wanted: RosterDetails, today: date) -> tuple[Roster, ...]:
    standing, replaced = _standing(rosters, level, today), wanted.replaced
    if replaced is None:
        return (standing,) if standing else ()
    earlier = _figures(rosters, today).roster_before(Listed(roster=replaced))
    found = [replaced, earlier.roster if earlier else None]
    if not _outliving(rosters, level, wanted, today):
        found.append(standing)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def is_loss(comparisons: Iterable[Comparison]) -> bool:
    return any(one.is_loss for one in comparisons)


def loss_reason(sent: Reading, comparisons: Sequence[Comparison], units: UnitScope) -> str:
    """Returns what goes into the trail of what is lost: from how many to how many, and why.

    Nothing where nothing is lost; where no reason was typed, that is a problem of the form.
    """
    if not is_loss(comparisons):
        return ""
    why = sent.text("loss_reason", WHY_LESS, most=300)
    document = sent.text("loss_document", most=120)
    numbers = "; ".join(_numbers(one, units) for one in comparisons if one.is_loss)
    return f"{numbers}. Lý do: {why}{f', theo {document}' if document else ''}"


def _numbers(one: Comparison, units: UnitScope) -> str:
    said = f"{LEVELS[one.before.level]} từ {one.size_before} thành {one.size} người"
    if one.lost > 0:
        said += f" (giảm {one.lost_share.text})"
    if one.gone:
        said += f", không còn {', '.join(units.name(unit.unit) for unit in one.gone)}"
    return f"{said}, so với danh sách số {one.before.number}"


def titles(programme: Programme) -> Mapping[str, str]:
    """Returns what the targets are called, by id."""
    return {id: target.title for id, target in programme.charter.targets.items()}
