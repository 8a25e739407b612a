"""The units of a programme by every name they go by: short forms, today's communes and former ones.

A former unit is never replaced in silence: several bear one name, and parts may have gone elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import TypeVar

from ..programme.model.registers import Units
from ..programme.model.values import Level
from ..programme.vietnamese import folded, lowered
from .grid import Notice
from .vocabulary import WORD, Words, contains, plain, quoted, vocabulary, words

#: What may stand between the parts of a short form: TB&XH, TT. YT.
BETWEEN = r"[\s.,&/-]*"


@lru_cache(maxsize=1_000)
def expand_abbreviations(text: str) -> str:
    """Returns the text with short forms written out; without marks where it was typed without."""
    text = plain(text)
    if whole := vocabulary().alone.get(lowered(text).strip(". ")):
        return whole
    return _pattern().sub(lambda match: _long_form()[_abbreviation_key(match[0])], text)


@cache
def _long_form() -> dict[str, str]:
    given = vocabulary().abbreviations.items()
    return {_abbreviation_key(folded(short)): whole for short, whole in given} | {
        _abbreviation_key(short): whole for short, whole in given
    }


@cache
def _pattern() -> re.Pattern[str]:
    shorts = {tuple(WORD.findall(short)) for short in vocabulary().abbreviations}
    shorts |= {tuple(map(folded, short)) for short in shorts}
    longest = sorted(shorts, key=lambda short: -len("".join(short)))
    forms = "|".join(BETWEEN.join(map(re.escape, short)) for short in longest)
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)


def _abbreviation_key(short: str) -> str:
    return "".join(WORD.findall(lowered(short)))


K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A unit people can belong to. `id` is a commune's code or an agency's id; `short` has no kind."""

    id: str
    name: str
    level: Level
    kind: str = ""
    short: str = ""
    formed_from: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, kw_only=True)
class Former:
    """A former unit, and the one it became part of."""

    name: str
    kind: str
    short: str
    now: Seat


@dataclass(frozen=True, kw_only=True)
class PlaceNames:
    """Seats and former units by the words of their names, with marks or without."""

    key: Callable[[str], Words]
    agencies: Mapping[Words, Seat]
    communes: Mapping[Words, tuple[Seat, ...]]
    former: Mapping[Words, tuple[Former, ...]]
    #: The names of communes, each with those with marks that it may stand for: Nậm Cha, Nậm Chà for nam cha.
    spellings: Mapping[Words, frozenset[Words]]
    kinds: Mapping[Words, str]
    districts: frozenset[Words]
    #: The bodies that are no more, each with the one that now has its work.
    gone: Mapping[Words, str]
    #: The number of words in the longest name of an agency.
    longest: int


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """`seats` in the programme's order, communes first; `province` with its kind, as Tỉnh Điện Biên."""

    seats: tuple[Seat, ...]
    province: str

    @cached_property
    def by_id(self) -> Mapping[str, Seat]:
        return {seat.id: seat for seat in self.seats}

    @cached_property
    def former(self) -> tuple[Former, ...]:
        return tuple(
            Former(name=name, kind=kind_of(name), short=short_of(name), now=seat)
            for seat in self.seats
            for name in seat.formed_from
        )

    @cached_property
    def marked(self) -> PlaceNames:
        return self._names(words)

    @cached_property
    def unmarked(self) -> PlaceNames:
        return self._names(lambda text: words(folded(text)))

    def _names(self, key: Callable[[str], Words]) -> PlaceNames:
        known = vocabulary()
        agencies = {key(name): seat for name, seat in self._agency_names()}
        communes = _group_by_key((key(seat.short), seat) for seat in self.seats if seat.level == "commune")
        former = _group_by_key((key(old.short), old) for old in self.former)
        short_names = (
            *(seat.short for seat in self.seats if seat.level == "commune"),
            *(old.short for old in self.former),
        )
        spellings = _group_by_key((key(short), words(short)) for short in short_names)
        return PlaceNames(
            key=key,
            agencies=agencies,
            communes=communes,
            former=former,
            spellings={name: frozenset(spelt) for name, spelt in spellings.items()},
            kinds={key(written): kind for written, kind in known.kinds.items()},
            districts=frozenset(map(key, known.districts)),
            gone={key(name): now for name, now in known.gone.items()},
            longest=max(map(len, agencies), default=0),
        )

    def _agency_names(self) -> Iterator[tuple[str, Seat]]:
        """Yields each agency with its name; one that ends with “và các …” also with the part before that."""
        agencies = [seat for seat in self.seats if seat.level == "province"]
        for seat in agencies:
            first, joined, _ = seat.name.partition(vocabulary().and_all)
            if joined:
                yield first, seat
                yield first.replace(vocabulary().country, " "), seat
        for seat in agencies:
            yield seat.name, seat

    @cached_property
    def open_group(self) -> Seat | None:
        """The agency that stands for all that are not listed."""
        return next((seat for seat in self.seats if seat.is_open), None)

    @cached_property
    def organisations(self) -> Seat | None:
        """The agency that stands for the mass organisations of the province."""
        named = ((words(seat.name), seat) for seat in self.seats if seat.level == "province")
        wanted = [vocabulary().organisations_name]
        return next((seat for name_words, seat in named if contains(name_words, wanted)), None)

    @cached_property
    def initials(self) -> Mapping[str, Seat]:
        """Agencies by the short forms of their names that belong to one alone: sogddt, tandtinh."""
        agencies = (seat for seat in self.seats if seat.level == "province")
        by_initials = _group_by_key((short, seat) for seat in agencies for short in _initials(seat.name))
        return {short: seats[0] for short, seats in by_initials.items() if len(seats) == 1}

    @cached_property
    def by_look(self) -> Mapping[str, tuple[Seat, ...]]:
        """The seats by each of their names, former ones too, without marks: to suggest from."""
        return _group_by_key((" ".join(words(folded(name))), seat) for name, seat in self._every_name())

    def _every_name(self) -> Iterator[tuple[str, Seat]]:
        for seat in self.seats:
            yield seat.name, seat
            if seat.short:
                yield seat.short, seat
        for old in self.former:
            yield old.name, old.now
            yield old.short, old.now

    @cached_property
    def namesakes(self) -> Mapping[str, tuple[Former, ...]]:
        """Former units by the id of a seat of their name that none of them became: the old Mường Than."""
        by_name = _group_by_key((words(old.name), old) for old in self.former)
        same_name = {seat.id: by_name.get(words(seat.name), ()) for seat in self.seats}
        return {id: old for id, old in same_name.items() if all(each.now.id != id for each in old)}


@lru_cache(maxsize=4)
def build_gazetteer(units: Units) -> Gazetteer:
    """Returns the names of every commune and agency; not of an “agency” that is all communes."""
    communes = (
        Seat(
            id=code,
            name=commune.name,
            level="commune",
            kind=commune.kind,
            short=short_of(commune.name),
            formed_from=commune.formed_from,
        )
        for code, commune in units.communes.items()
    )
    agencies = (
        Seat(id=id, name=agency.name, level="province", is_open=agency.open_group)
        for id, agency in units.agencies.items()
        if not vocabulary().group.search(agency.name)
    )
    return Gazetteer(seats=(*communes, *agencies), province=units.province.name)


def kind_of(name: str) -> str:
    """Returns the kind a name starts with, `xã` of Xã Lê Lợi."""
    name_words = words(name)
    return next(
        (kind for kind in vocabulary().kinds.values() if name_words[: len(words(kind))] == words(kind)), ""
    )


def short_of(name: str) -> str:
    return " ".join(plain(name).split(" ")[len(kind_of(name).split()) :])


def _initials(name: str) -> Iterator[str]:
    """Yields short forms: Sở GDĐT keeps its first word, TAND tỉnh its last."""
    first, *rest = words(name)
    if rest:
        letters = [folded(word)[0] for word in (first, *rest)]
        yield folded(first) + "".join(letters[1:])
        yield "".join(letters[:-1]) + folded(rest[-1])


def _group_by_key(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    grouped: dict[K, tuple[V, ...]] = {}
    for key, value in pairs:
        grouped[key] = (*grouped.get(key, ()), value)
    return grouped


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """A seat, with notices about it; or none, and the notice why; or nothing at all.

    `department` is the text for a body that the seat stands for, kept with the post; `successor` is the unit
    of today that a former one became part of, which is no more than likely.
    """

    seat: Seat | None = None
    notices: tuple[Notice, ...] = ()
    department: str = ""
    successor: Seat | None = None

    def saying(self, *notices: Notice) -> Meaning:
        return replace(self, notices=(*self.notices, *notices))

    def of_text(self, text: str) -> Meaning:
        """Returns the meaning, each notice with the text as written and the unit found."""
        values = {"written": quoted(text), "unit": self.seat.name if self.seat else ""}
        notices = (replace(notice, values={**values, **notice.values}) for notice in self.notices)
        return replace(self, notices=tuple(notices)) if self.notices else self


UNKNOWN = Meaning()


@dataclass(frozen=True, kw_only=True)
class Signs:
    """The signs around a name: a district, “cũ”, “mới”."""

    district: bool = False
    former: bool = False
    current: bool = False


def commune_with_kind(
    gazetteer: Gazetteer, names: PlaceNames, kind: str, name: Words, signs: Signs
) -> Meaning:
    """Returns what a name with its kind means: today's unit, a former one, or the wrong kind."""
    today = [seat for seat in names.communes.get(name, ()) if seat.kind == kind]
    former = [old for old in names.former.get(name, ()) if old.kind == kind]
    if today and not signs.former:
        return _commune_of_today(gazetteer, today[0], signs)
    if former:
        return _former_commune(former, is_sure=True)
    others = names.communes.get(name, ())
    if others:
        return Meaning(notices=(Notice(code="wrong-kind", suggestion=listed_names(others)),))
    return _former_commune(names.former.get(name, ())) if name in names.former else UNKNOWN


def commune_by_name(gazetteer: Gazetteer, names: PlaceNames, name: Words, signs: Signs) -> Meaning:
    """Returns what a name alone means; it may also have been a town's, and so a district's."""
    today, former = names.communes.get(name, ()), names.former.get(name, ())
    towns = [old for old in former if old.kind in vocabulary().towns]
    if not today or signs.former:
        return _former_commune(former, is_sure=not towns) if former else UNKNOWN
    if len(today) > 1:
        return Meaning(notices=(Notice(code="unit-of-several", suggestion=listed_names(today)),))
    if signs.district and any(town.now != today[0] for town in towns):
        return Meaning(notices=(Notice(code="old-or-new-unit", values=_namesake_notice(today[0], towns)),))
    meaning = _commune_of_today(gazetteer, today[0], signs)
    if meaning.seat and towns and not signs.current:
        return meaning.saying(
            Notice(code="also-a-town", values={"town": towns[0].name, "now": towns[0].now.name})
        )
    return meaning


def _commune_of_today(gazetteer: Gazetteer, seat: Seat, signs: Signs) -> Meaning:
    """Returns today's unit; with a notice where an old one of the same name went elsewhere."""
    namesakes = gazetteer.namesakes.get(seat.id, ())
    if not namesakes or signs.current:
        return Meaning(seat=seat)
    values = _namesake_notice(seat, namesakes)
    if signs.district:
        return Meaning(notices=(Notice(code="old-or-new-unit", values=values),))
    return Meaning(seat=seat, notices=(Notice(code="not-the-old-unit", values=values),))


def _namesake_notice(seat: Seat, former: Iterable[Former]) -> dict[str, str]:
    old = list(former)
    return {
        "unit": seat.name,
        "parts": ", ".join(seat.formed_from),
        "former": " / ".join(dict.fromkeys(each.name for each in old)),
        "now": listed_names(each.now for each in old),
    }


def _former_commune(former: Iterable[Former], *, is_sure: bool = False) -> Meaning:
    """Returns a former unit; its successor where it is `is_sure` which one is meant, and that has one."""
    old = list(former)
    names = " / ".join(dict.fromkeys(each.name for each in old))
    went = {each.now.id: each.now for each in old}
    notice = Notice(code="former-unit", values={"former": names}, suggestion=listed_names(went.values()))
    successor = next(iter(went.values())) if is_sure and len(went) == 1 else None
    return Meaning(notices=(notice,), successor=successor)


def listed_names(seats: Iterable[Seat]) -> str:
    return " hoặc ".join(dict.fromkeys(seat.name for seat in seats))


def is_above(above: Seat | None, below: Seat | None) -> bool:
    return bool(above and below and above.level == "province" and below.level == "commune")


def are_ranked(seats: list[Seat]) -> bool:
    return len(seats) == 2 and is_above(seats[0], seats[1])
