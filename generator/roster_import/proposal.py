"""The proposal: what a list would change, who is listed, who is known, and each one's fate.

A name, a position and a unit are all there is to tell people by. A wrong match would give somebody another
one's completions, a missed one is mended by a merge; so doubtful rows are left to the office.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from typing import Any, Literal, TypeVar, get_args

from ..errors import Severity
from ..programme.model.values import NOTHING, Level
from ..programme.vietnamese import folded
from .grid import FILE, Answers, Notice, Spot, Topic, cell_ranges, column_letters
from .vocabulary import comparable, quoted, toml_table


@dataclass(frozen=True, kw_only=True)
class CellFinding:
    """A finding for the sender of a list. `cells` are all cells of a worksheet that share it.

    With a topic it says what was inferred: right when the office agrees, else to be put right as well.
    """

    code: str
    severity: Severity
    message: str
    fix: str
    worksheet: str = ""
    cells: tuple[str, ...] = ()
    topic: Topic | None = None

    @property
    def cell(self) -> str:
        return self.cells[0] if self.cells else ""

    @property
    def places(self) -> tuple[str, ...]:
        """The cells, those below each other as one range: D2:D4."""
        return cell_ranges(self.cells)

    @property
    def is_error(self) -> bool:
        return self.severity == "error"


@cache
def messages() -> Mapping[str, Mapping[str, Any]]:
    """Returns the catalogue: severity, text and fix of every code; the topic of what is inferred."""
    return toml_table("messages.toml")


def findings_of(notices: Iterable[Notice], worksheets: tuple[str, ...] = ()) -> tuple[CellFinding, ...]:
    """Returns findings in the order of the file: first those on all of it, then by worksheet and row."""
    places = {name: number for number, name in enumerate(worksheets, 1)}
    groups: dict[Hashable, list[Notice]] = {}
    for notice in sorted(set(notices), key=lambda notice: _notice_order(notice, places)):
        groups.setdefault(_notice_group(notice), []).append(notice)
    return tuple(map(_finding, groups.values()))


def _notice_order(notice: Notice, places: Mapping[str, int]) -> tuple[int, int, int, str, tuple[str, ...]]:
    spot = notice.spot
    return (places.get(spot.worksheet, 0), spot.row, spot.column, notice.code, tuple(notice.values.values()))


def _notice_group(notice: Notice) -> Hashable:
    """Returns the key of notices that become one finding; `together` in the catalogue ignores values."""
    shared = () if messages()[notice.code].get("together") else _shared_values(notice)
    return notice.code, notice.spot.worksheet, notice.spot.column, shared, bool(notice.spot.row)


def _shared_values(notice: Notice) -> tuple[tuple[str, str], ...]:
    """Returns the values that are the same for several people; not the number of a person in a cell."""
    return tuple((name, value) for name, value in notice.values.items() if name != "number")


def _finding(notices: list[Notice]) -> CellFinding:
    first = notices[0]
    message = messages()[first.code]
    fix = message["fix"] if first.suggestion or "otherwise" not in message else message["otherwise"]
    values = {
        "understood": "",
        **first.values,
        "suggestion": first.suggestion,
        "column": column_letters(first.spot.column),
        "people": str(len(notices)),
    }
    return CellFinding(
        code=first.code,
        severity=message.get("severity", "error"),
        message=message["text"].format(**values),
        fix=fix.format(**values),
        worksheet=first.spot.worksheet,
        cells=tuple(notice.spot.cell for notice in notices if notice.spot.cell),
        topic=message.get("topic"),
    )


PersonId = str
RowKey = tuple[str, str]
#: The office's decision on a row: the person it is, or None for somebody new.
Decisions = Mapping[RowKey, PersonId | None]


@dataclass(frozen=True, kw_only=True)
class RosterEntry:
    """One person as a list names them. `unit` is a commune's code or an agency's id."""

    full_name: str
    position: str
    unit: str
    level: Level


@dataclass(frozen=True, kw_only=True)
class KnownPerson:
    """One person of the records, given by the caller; the erased and the merged are left out."""

    id: PersonId
    full_name: str
    position: str
    unit: str
    is_active: bool = True


#: `undecided` is one of `candidates`, or somebody new; the office has to say.
Fate = Literal["new", "unchanged", "changed", "undecided"]
TOPICS: tuple[Topic, ...] = get_args(Topic)


@dataclass(frozen=True, kw_only=True)
class ProposedRow:
    """A person of the list. `before` is the one in the records; `written` the name as typed.

    `number` counts the people of one cell.
    """

    spot: Spot
    entry: RosterEntry
    fate: Fate
    written: str
    before: KnownPerson | None = None
    candidates: tuple[KnownPerson, ...] = ()
    number: int = 1

    @property
    def key(self) -> RowKey:
        """The sheet's name and the cell: A2, and A2.2 for the second person in it."""
        cell = self.spot.cell
        return self.spot.worksheet, cell if self.number == 1 else f"{cell}.{self.number}"


@dataclass(frozen=True, kw_only=True)
class Assumption:
    """The assumptions of one topic, and whether the office agreed; None while it has not said."""

    topic: Topic
    cases: tuple[CellFinding, ...]
    is_agreed: bool | None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A list's changes: frozen whole when no finding is an error and everything inferred is agreed to.

    Unanswered assumptions stand in `rows` as they were inferred. It names people: for no log.
    """

    source_sha256: str
    rows: tuple[ProposedRow, ...] = ()
    leaving: tuple[KnownPerson, ...] = ()
    findings: tuple[CellFinding, ...] = ()
    is_synthetic: bool = False
    answers: Answers = field(default=NOTHING, hash=False)

    def rows_of(self, fate: Fate) -> tuple[ProposedRow, ...]:
        return tuple(row for row in self.rows if row.fate == fate)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Assumptions by topic; the office answers each once."""
        by_topic = {
            topic: tuple(finding for finding in self.findings if finding.topic == topic) for topic in TOPICS
        }
        return tuple(
            Assumption(topic=topic, cases=cases, is_agreed=self.answers.get(topic))
            for topic, cases in by_topic.items()
            if cases
        )

    @property
    def problems(self) -> tuple[CellFinding, ...]:
        """The errors, and wrong assumptions by what the office says."""
        return tuple(
            finding
            for finding in self.findings
            if (finding.is_error if finding.topic is None else self.answers.get(finding.topic) is False)
        )

    @property
    def can_be_frozen(self) -> bool:
        is_answered = all(each.is_agreed is not None for each in self.assumptions)
        return bool(self.rows) and not self.problems and is_answered

    @cached_property
    def seal(self) -> str:
        """A digest of file, people known and decisions; the confirmation sends it back."""
        return hashlib.sha256(repr((self.source_sha256, self.rows, self.leaving)).encode()).hexdigest()


Person = RosterEntry | KnownPerson
Key = Callable[[Person], Hashable]


def likeness(person: Person, *, unit: bool = True, post: bool = False, marks: bool = True) -> Hashable:
    """Returns the key that people who may be the same share: the name, the unit, the post, marks or none.

    Without a unit, somebody who has no post is like nobody.
    """
    if not unit and not person.position:
        return id(person)
    spelt = comparable if marks else folded
    return spelt(person.full_name), person.unit if unit else "", spelt(person.position) if post else ""


SAME_POST, SAME_POSITION = partial(likeness, post=True), partial(likeness, unit=False, post=True)
SAME_LETTERS, SAME_WITHOUT_MARKS = partial(likeness, marks=False), partial(likeness, marks=False, post=True)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def group_by_key(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    grouped: dict[K, list[V]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return grouped


@dataclass(frozen=True, kw_only=True)
class Matches:
    """Every row with its fate, in the order given; and the known persons that are on none."""

    rows: tuple[ProposedRow, ...]
    leaving: tuple[KnownPerson, ...]
    notices: tuple[Notice, ...]


@dataclass(kw_only=True)
class _Open:
    """The rows and the known persons not matched yet, and what was found so far."""

    rows: dict[RowKey, ProposedRow]
    known: dict[PersonId, KnownPerson]
    unit_names: Mapping[str, str]
    settled: dict[RowKey, ProposedRow] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


def match_rows(
    rows: Iterable[ProposedRow],
    known: Iterable[KnownPerson],
    decisions: Decisions,
    unit_names: Mapping[str, str],
) -> Matches:
    """Returns each row's person, and who is on no row.

    Decisions come first, then the same post, the same unit, the same position elsewhere; last, a name that
    differs by its marks only.
    """
    given = {row.key: row for row in rows}
    left = _Open(rows=dict(given), known={person.id: person for person in known}, unit_names=unit_names)
    for key, id in decisions.items():
        if key not in left.rows or (id is not None and id not in left.known):
            values = {"sheet": quoted(key[0]), "row": quoted(key[1])}
            left.notices.append(Notice(code="outdated-decision", spot=FILE, values=values))
        else:
            _set_fate(left, left.rows[key], left.known.pop(id) if id is not None else None)
    _match(left, SAME_POST)
    _match(left, likeness)
    _match(left, likeness, "ambiguous-person", is_doubt=True)
    _match(left, SAME_POSITION, "changed-unit")
    _match(left, SAME_LETTERS, "almost-known-person", is_doubt=True)
    names = group_by_key((comparable(person.full_name), person) for person in left.known.values())
    for row in list(left.rows.values()):  # new, though a namesake may leave another unit
        if persons := names.get(comparable(row.entry.full_name)):
            left.notices.append(_match_notice(left, "maybe-moved", row, persons))
        _set_fate(left, row)
    return Matches(
        rows=tuple(left.settled[key] for key in given),
        leaving=tuple(person for person in left.known.values() if person.is_active),
        notices=tuple(left.notices),
    )


def _match(left: _Open, key: Key, code: str = "", *, is_doubt: bool = False) -> None:
    """Matches a row and a person where each is the only one with the key.

    Doubts are left to the office: rows that may be one of several, and those persons do not leave.
    """
    by_key = group_by_key((key(person), person) for person in left.known.values())
    rows_by_key = group_by_key((key(row.entry), row) for row in left.rows.values())
    for shared, rows in rows_by_key.items():
        persons = by_key.get(shared, [])
        if not persons or not (is_doubt or len(rows) == len(persons) == 1):
            continue
        for row in rows:
            if code:
                left.notices.append(_match_notice(left, code, row, persons))
            doubtful = replace(row, fate="undecided", candidates=tuple(persons)) if is_doubt else row
            _set_fate(left, doubtful, None if is_doubt else persons[0])
        for person in persons:
            del left.known[person.id]


def _set_fate(left: _Open, row: ProposedRow, before: KnownPerson | None = None) -> None:
    entry, fate = row.entry, row.fate
    if before:
        known, listed = ((each.full_name, each.position, each.unit) for each in (before, entry))
        fate = "unchanged" if known == listed and before.is_active else "changed"
    del left.rows[row.key]
    left.settled[row.key] = replace(row, fate=fate, before=before)


def _match_notice(left: _Open, code: str, row: ProposedRow, persons: Iterable[KnownPerson]) -> Notice:
    known = "; ".join(
        ", ".join(filter(None, (each.full_name, each.position, left.unit_names.get(each.unit, each.unit))))
        for each in persons
    )
    return Notice(code=code, spot=row.spot, values={"name": row.entry.full_name, "known": known})
