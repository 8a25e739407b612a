"""A commune's name turned into today's unit.

A former unit is never replaced in silence: several bear one name, and parts may have gone elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .gazetteer import Former, Gazetteer, PlaceNames, Seat
from .notices import Notice
from .vocabulary import Words, vocabulary


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """A seat, with what there is to say of it; or none, and the notice why; or nothing at all.

    `department` is what is written for a body that the seat stands for, kept with the post; `successor` the
    one unit of today that a former one became part of, which is no more than likely.
    """

    seat: Seat | None = None
    notices: tuple[Notice, ...] = ()
    department: str = ""
    successor: Seat | None = None

    def saying(self, *notices: Notice) -> Meaning:
        return replace(self, notices=(*self.notices, *notices))


UNKNOWN = Meaning()


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What stands around a name: a district, “cũ”, “mới”."""

    district: bool = False
    former: bool = False
    current: bool = False


def with_kind(gazetteer: Gazetteer, names: PlaceNames, kind: str, name: Words, signs: Signs) -> Meaning:
    """A name with its kind: today's unit, a former one, or the wrong kind."""
    today = [seat for seat in names.communes.get(name, ()) if seat.kind == kind]
    former = [old for old in names.former.get(name, ()) if old.kind == kind]
    if today and not signs.former:
        return _today(gazetteer, today[0], signs)
    if former:
        return _former(former, is_sure=True)
    others = names.communes.get(name, ())
    if others:
        return Meaning(notices=(Notice(code="wrong-kind", suggestion=listed(others)),))
    return _former(names.former.get(name, ())) if name in names.former else UNKNOWN


def bare(gazetteer: Gazetteer, names: PlaceNames, name: Words, signs: Signs) -> Meaning:
    """A name alone may also have been a town's, and with it a district's."""
    today, former = names.communes.get(name, ()), names.former.get(name, ())
    towns = [old for old in former if old.kind in vocabulary().towns]
    if not today or signs.former:
        return _former(former, is_sure=not towns) if former else UNKNOWN
    if len(today) > 1:
        return Meaning(notices=(Notice(code="unit-of-several", suggestion=listed(today)),))
    if signs.district and any(town.now != today[0] for town in towns):
        return Meaning(notices=(Notice(code="old-or-new-unit", values=_namesake(today[0], towns)),))
    found = _today(gazetteer, today[0], signs)
    if found.seat and towns and not signs.current:
        return found.saying(
            Notice(code="also-a-town", values={"town": towns[0].name, "now": towns[0].now.name})
        )
    return found


def _today(gazetteer: Gazetteer, seat: Seat, signs: Signs) -> Meaning:
    """Today's unit; with a word where an old one of the same name went elsewhere."""
    namesakes = gazetteer.namesakes(seat)
    if not namesakes or signs.current:
        return Meaning(seat=seat)
    values = _namesake(seat, namesakes)
    if signs.district:
        return Meaning(notices=(Notice(code="old-or-new-unit", values=values),))
    return Meaning(seat=seat, notices=(Notice(code="not-the-old-unit", values=values),))


def _namesake(seat: Seat, former: Iterable[Former]) -> dict[str, str]:
    old = list(former)
    return {
        "unit": seat.name,
        "parts": ", ".join(seat.formed_from),
        "former": " / ".join(dict.fromkeys(each.name for each in old)),
        "now": listed(each.now for each in old),
    }


def _former(found: Iterable[Former], *, is_sure: bool = False) -> Meaning:
    """A former unit; its successor where it is `is_sure` which one is meant, and that has one."""
    old = list(found)
    names = " / ".join(dict.fromkeys(each.name for each in old))
    went = {each.now.id: each.now for each in old}
    said = Notice(code="former-unit", values={"former": names}, suggestion=listed(went.values()))
    successor = next(iter(went.values())) if is_sure and len(went) == 1 else None
    return Meaning(notices=(said,), successor=successor)


def listed(seats: Iterable[Seat]) -> str:
    return " hoặc ".join(dict.fromkeys(seat.name for seat in seats))
