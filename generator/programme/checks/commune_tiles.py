"""The communes' places on the map of tiles: all of them or none, and each its own."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.programme import Programme
from ..problems import Place, Problem, place_of


def check_tiles(programme: Programme) -> Iterator[Problem]:
    """Yields communes on each other's tile, and those without a tile where others have one."""
    communes = programme.units.communes
    placed = {id: (commune.row, commune.column) for id, commune in communes.items()}
    if not any(row or column for row, column in placed.values()):
        return
    taken: dict[tuple[int, int], str] = {}
    for id, (row, column) in placed.items():
        named = {"name": communes[id].name}
        if not row or not column:
            yield Problem(code="tile-missing", place=_place(programme, id), values=named)
        elif (row, column) in taken:
            values = {**named, "other": communes[taken[row, column]].name}
            yield Problem(code="tile-taken", place=_place(programme, id, "row"), values=values)
        else:
            taken[row, column] = id


def _place(programme: Programme, id: str, *key: str) -> Place:
    return place_of(programme.units, "communes", id, *key)
