"""The pictures of a training target: its bar, its way to the goal's day, and its communes as tiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import compress
from typing import NamedTuple

from ..programme.model.programme import Programme
from ..programme.vietnamese import thousands
from ..render.share_bar import Bar, draw_bar
from ..render.tile_map import Tile, TileMap, place_tiles
from ..render.timeline import Reading, SetMark, Timeline, draw_timeline
from .figures import Figures
from .shares import Measured, Share, is_small, shown_totals
from .training import Training


def share_bar(share: Share, evidence: Mapping[str, int]) -> Bar:
    """Returns one piece for each class of evidence, or classes joined; without any there is one piece."""
    counts = {letters: count for letters, count in evidence.items() if count}
    parts = counts or {"": share.numerator}
    return draw_bar(parts, share.denominator, goal=share.goal, text=share.text)


class FlagWords(NamedTuple):
    """Words at the goal of a bar, "chỉ tiêu 2030: 179 người (80%)"; a narrow bar leaves the year out."""

    goal: str
    year: str
    number: str

    def __str__(self) -> str:
        return "".join(self)


def flag_words(measured: Measured) -> FlagWords:
    """Returns the words at the goal that a target sets."""
    counted = "người" if isinstance(measured, Training) else "xã, phường"
    needed = measured.share.needed if measured.share else None
    number = "" if needed is None else f" {thousands(needed)} {counted}"
    year = f" {measured.due.year}{':' if number else ''}"
    return FlagWords("chỉ tiêu", year, f"{number} ({measured.target.share}%)")


def goal_lines(training: Training) -> tuple[str, str]:
    """Returns the two lines at the goal of the years: the share, and how many persons by which day."""
    needed = training.share.needed if training.share else None
    persons = "" if needed is None else f"{thousands(needed)} người, "
    return f"Chỉ tiêu {training.target.share}%", f"{persons}{training.due:%d/%m/%Y}"


def years_of(
    training: Training, programme: Programme, figures: Figures, *, is_public: bool = False
) -> Timeline | None:
    """Returns the years of the plan with each half-year's share; None for a goal of every year.

    In public a reading of few persons is left out, and one that differs from the next by few.
    """
    target, charter = training.target, programme.charter
    if target.every != "period" or training.share is None:
        return None
    plan = programme.register.documents.get(charter.plan.reference)
    first = charter.plan.first_year
    issued = plan.issued if plan and isinstance(plan.issued, date) else date(first, 1, 1)
    halves = [half for half in training.half_years if half.period.start <= figures.taken_on]
    if is_public:
        shown = shown_totals([half.share.numerator for half in halves])
        halves = [half for half in compress(halves, shown) if not is_small(half.share.numerator)]
    readings = [
        Reading(
            day=min(half.period.end, figures.taken_on),
            part=half.share.numerator,
            whole=half.share.denominator,
            text=half.share.text,
            is_closed=figures.has_ended(half.period),
        )
        for half in halves
        if half.share.numerator
    ]
    change, roster = training.change, training.roster
    return draw_timeline(
        readings,
        begin=issued,
        first_year=first,
        goal=target.share,
        year=target.year,
        relisted=[roster.as_of] if change and roster else [],
        milestones=[
            SetMark(day=mark.day, share=mark.share, document=mark.document) for mark in target.milestones
        ],
    )


def commune_map(
    training: Training,
    programme: Programme,
    *,
    address: Callable[[str], str] = lambda unit: "",
    chosen: str = "",
) -> TileMap | None:
    """Returns the communes as tiles, for signed-in roles only: most communes have fewer than ten persons.

    None where the target counts no communes, or where the programme does not place each of them.
    """
    communes = programme.units.communes
    if training.target.level != "commune" or training.share is None or not communes:
        return None
    shares = {unit.unit: unit.share for unit in training.units}
    tiles = [
        Tile(
            id=id,
            name=commune.name,
            row=commune.row,
            column=commune.column,
            part=shares[id].numerator if id in shares else 0,
            whole=shares[id].denominator if id in shares else 0,
            address=address(id),
        )
        for id, commune in communes.items()
        if commune.row and commune.column
    ]
    return place_tiles(tiles, chosen) if len(tiles) == len(communes) else None
