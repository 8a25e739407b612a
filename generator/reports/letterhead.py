"""Who reports to whom: the settings of an office, each blank until somebody says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..programme.model.programme import Programme
from ..programme.model.unit import Units
from .wording import filled, wording


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """What the report's head and foot say. What is nothing stays a blank on the page.

    `superior` is empty for an office that names none above it. `grounds` are ids of the programme's
    register that the opening names beside the plan.
    """

    agency: str
    superior: str | None = ""
    symbol: str | None = None
    place: str | None = None
    recipient: str = ""
    number: str | None = None
    dated: date | None = None
    cut_off: date | None = None
    due: date | None = None
    grounds: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


def letterhead(programme: Programme, unit: str | None = None) -> Letterhead:
    """The coordinator's, or that of another unit, as far as the programme knows it.

    Anybody but the coordinator reports through the coordinator.
    """
    charter = programme.charter
    who = unit or charter.coordinator
    words = wording("report")["head"]
    recipient = filled(words["recipient"], province=_lowered(programme.units.province.name))
    names = unit_names(programme.units)
    if who == charter.coordinator:
        name = names.get(who, words["unknown-agency"])
        place = _bare(programme.units.province.name)
        return Letterhead(agency=name, superior=charter.owner, place=place, recipient=recipient)
    through = filled(words["through"], recipient=recipient, coordinator=programme.coordinator)
    if who in programme.units.communes:
        return _of_commune(names[who], words, through)
    return Letterhead(agency=names.get(who, words["unknown-agency"]), superior=None, recipient=through)


def unit_names(units: Units) -> dict[str, str]:
    """By id: the province, agencies, then communes, in the programme's order."""
    return {
        units.province.code: units.province.name,
        **{id: agency.name for id, agency in units.agencies.items()},
        **{code: commune.name for code, commune in units.communes.items()},
    }


def _of_commune(name: str, words: dict[str, str], recipient: str) -> Letterhead:
    return Letterhead(
        agency=f"{words['committee']} {_lowered(name)}",
        symbol=words["committee-symbol"],
        place=_bare(name),
        recipient=recipient,
    )


def _lowered(name: str) -> str:
    """With its kind in lower case, as inside a sentence: "tỉnh Mẫu"."""
    return name[:1].lower() + name[1:]


def _bare(name: str) -> str:
    """Without its kind: "Mẫu"."""
    return name.partition(" ")[2] or name
