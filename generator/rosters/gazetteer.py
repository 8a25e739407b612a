"""The units of a programme by every name they go by, today's and former ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from ..programme.model.unit import Units
from ..programme.vietnamese import folded
from .entry import Level
from .spelling import plain, words
from .vocabulary import Words, vocabulary

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
    """A unit of before, and the one it became part of."""

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
    kinds: Mapping[Words, str]
    districts: frozenset[Words]

    @cached_property
    def longest(self) -> int:
        """How many words the longest name of an agency has."""
        return max(map(len, self.agencies), default=0)

    def has(self, name: Words) -> bool:
        return name in self.communes or name in self.former

    def spellings(self, name: Words) -> frozenset[Words]:
        """The names with marks that this one may stand for: Nậm Cha and Nậm Chà for nam cha."""
        today = {words(seat.short) for seat in self.communes.get(name, ())}
        return frozenset(today | {words(old.short) for old in self.former.get(name, ())})


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """`seats` in the programme's order, communes first; `province` with its kind, as Tỉnh Lai Châu."""

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
        return PlaceNames(
            key=key,
            agencies={key(name): seat for name, seat in self._agency_names()},
            communes=_grouped((key(seat.short), seat) for seat in self.seats if seat.level == "commune"),
            former=_grouped((key(old.short), old) for old in self.former),
            kinds={key(written): kind for written, kind in known.kinds.items()},
            districts=frozenset(map(key, known.districts)),
        )

    def _agency_names(self) -> Iterator[tuple[str, Seat]]:
        """Each by its name; one that ends with “và các …” also by what stands before that."""
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
        wanted = vocabulary().organisations_name
        named = ((words(seat.name), seat) for seat in self.seats if seat.level == "province")
        return next((seat for found, seat in named if _within(wanted, found)), None)

    @cached_property
    def initials(self) -> Mapping[str, Seat]:
        """Agencies by the short forms of their names that belong to one alone: sogddt, tandtinh."""
        agencies = (seat for seat in self.seats if seat.level == "province")
        found = _grouped((short, seat) for seat in agencies for short in _initials(seat.name))
        return {short: seats[0] for short, seats in found.items() if len(seats) == 1}

    @cached_property
    def by_look(self) -> Mapping[str, tuple[Seat, ...]]:
        """The seats by each of their names, former ones too, without marks: to suggest from."""
        return _grouped((" ".join(words(folded(name))), seat) for name, seat in self._every_name())

    def _every_name(self) -> Iterator[tuple[str, Seat]]:
        for seat in self.seats:
            yield seat.name, seat
            if seat.short:
                yield seat.short, seat
        for old in self.former:
            yield old.name, old.now
            yield old.short, old.now

    def namesakes(self, seat: Seat) -> tuple[Former, ...]:
        """Former units of the seat's very name, none of which it was formed from: the old Mường Than."""
        found = [old for old in self.former if words(old.name) == words(seat.name)]
        return () if any(old.now == seat for old in found) else tuple(found)


def gazetteer(units: Units) -> Gazetteer:
    """Every commune and agency; an “agency” that stands for all communes together is left out."""
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
    """The kind a name starts with, `xã` of Xã Lê Lợi."""
    found = words(name)
    return next(
        (kind for kind in vocabulary().kinds.values() if found[: len(words(kind))] == words(kind)), ""
    )


def short_of(name: str) -> str:
    return " ".join(plain(name).split(" ")[len(kind_of(name).split()) :])


def _initials(name: str) -> Iterator[str]:
    """Sở GDĐT keeps its first word, TAND tỉnh its last."""
    first, *rest = words(name)
    if rest:
        letters = [folded(word)[0] for word in (first, *rest)]
        yield folded(first) + "".join(letters[1:])
        yield "".join(letters[:-1]) + folded(rest[-1])


def _within(wanted: Words, found: Words) -> bool:
    return any(found[at : at + len(wanted)] == wanted for at in range(len(found)))


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, tuple[V, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found
