"""Fines of a table as bars on one scale, cut at what a commune may decide.

Nothing is drawn that `acts.yml` does not say: a row has a bar where its last cell cites the clause of an act,
and the bar is that act's fine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ...programme.model.penal_act import FineLimit, FineRange, LookUp
from ...programme.model.programme import Programme
from ..templates import render
from ..text.citations import in_print, short_name, short_place
from ..text.tree import CITES, HTML, made

#: Rows with a bar from which a table has a column of them.
FEWEST = 3
#: In tenths of a millimetre: a scale, a bar, the shortest bar, and from stroke to stroke of a hatched one.
WIDE, HIGH, SHORTEST, STROKES = 440.0, 34.0, 9.0, 13.0


@dataclass(frozen=True, kw_only=True)
class FineBar:
    """A fine on the scale; `strokes` are those of one that goes beyond what a commune may decide."""

    x: float
    width: float
    strokes: str

    @property
    def is_beyond(self) -> bool:
        return bool(self.strokes)


@dataclass(frozen=True, kw_only=True)
class FineScale:
    """The fines of a decree by what cites them, as `CITES` has it, and what they are drawn against."""

    decree: str
    fines: Mapping[str, FineRange]
    commune: FineLimit
    places: str
    highest: int

    def x(self, thousands: int) -> float:
        return round(thousands / self.highest * WIDE, 1)

    def bar(self, fine: FineRange) -> FineBar:
        x, end = self.x(fine.low), self.x(fine.high)
        width = round(max(end - x, SHORTEST), 1)
        is_beyond = fine.high > self.commune.amount
        return FineBar(x=x, width=width, strokes=" ".join(_strokes(x, x + width)) if is_beyond else "")


def fine_scale(programme: Programme) -> FineScale | None:
    """Returns the scale of what is fined, None where nothing is looked up or no commune decides."""
    look_up = programme.look_up
    commune = next((limit for limit in look_up.limits if limit.commune), None) if look_up else None
    if look_up is None or commune is None:
        return None
    reference = programme.register.documents[look_up.decree]
    return FineScale(
        decree=short_name(reference.short),
        fines={f"{look_up.decree}:{locator}": fine for locator, fine in _fines(look_up).items()},
        commune=commune,
        places=", ".join(in_print(short_place(reference, clause)) for clause in commune.clauses),
        highest=look_up.highest_limit,
    )


def _fines(look_up: LookUp) -> dict[str, FineRange]:
    """Returns the fine of each clause; one whose points are fined differently has none as a whole."""
    by_clause: dict[str, set[FineRange]] = {}
    for number, _, _, act in look_up.acts():
        for locator in {f"{number}.{act.clause}", f"{number}.{act.clause.partition('.')[0]}"}:
            by_clause.setdefault(locator, set()).add(act.fine)
    return {locator: fines.pop() for locator, fines in by_clause.items() if len(fines) == 1}


def draw_fine_bars(root: Element, scale: FineScale) -> None:
    """Gives tables of fines a column of bars before the law, and says below how to read it.

    A table in which fewer rows have one than are compared stays as it is.
    """
    for parent in list(root.iter()):
        for table in parent.findall("table"):
            rows = [row for row in table.iter("tr") if len(row)]
            fines = [scale.fines.get(row[-1].get(CITES, "")) for row in rows]
            if sum(fine is not None for fine in fines) < FEWEST:
                continue
            for row, fine in zip(rows, fines, strict=True):
                bar = render(
                    "paper/fine-bar.html.j2",
                    scale=scale,
                    is_head=row[-1].tag == "th",
                    bar=fine and scale.bar(fine),
                )
                row.insert(len(row) - 1, made(HTML, [bar]))
            table.set("class", "fined wide")
            legend = render("paper/fine-legend.html.j2", scale=scale)
            parent.insert(list(parent).index(table) + 1, made(HTML, [legend]))


def _strokes(start: float, end: float) -> Iterator[str]:
    """Yields strokes that lean to the right, each cut off where the bar begins or ends."""
    foot = start - HIGH + STROKES / 2
    while foot < end:
        left, right = max(foot, start), min(foot + HIGH, end)
        yield f"M{left:g} {HIGH - left + foot:g}L{right:g} {HIGH - right + foot:g}"
        foot += STROKES
