"""The appendices: tables whose every number is a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..targets import Period, ReportedFigures, Training
from .blocks import Appendix, Block, Cell, Column, Paragraph, Table
from .matter import Matter
from .method import method, spoken
from .row import Row
from .targets import how_often
from .wording import filled, period, wording

Blocks = tuple[Block, ...]
#: Those that say more of a single unit than the text does. The method is always among them.
OF_ONE_UNIT = frozenset({"classes", "half-years", "method"})
#: The counts of which the others are parts.
HEADLINES = frozenset({"training.sessions", "communication.activities"})


def appendices(matter: Matter) -> Mapping[str, Appendix]:
    """By kind, in order, those that have something to show."""
    words = wording("report")["appendix"]
    kinds = {kind: make for kind, make in _KINDS.items() if kind in OF_ONE_UNIT or not matter.figures.scope}
    found = {kind: blocks for kind, make in kinds.items() if (blocks := make(matter, words[kind]))}
    numbers = words["numbers"] if len(found) > 1 else [""]
    return {
        kind: Appendix(number=number, title=words[kind]["title"], blocks=blocks)
        for number, (kind, blocks) in zip(numbers, found.items(), strict=False)
    }


def name(appendix: Appendix) -> str:
    """As the text refers to it: "Phụ lục II"."""
    words = wording("report")["appendix"]
    return filled(words["number"], number=appendix.number) if appendix.number else str(words["only"])


def _columns(heads: list[str], widths: list[float], first_number: int) -> tuple[Column, ...]:
    """An ordinal, then words, then numbers from the column of that index on."""
    return tuple(
        Column(head=head, width=width, align="centre" if at == 0 or at >= first_number else "left")
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )


# --- classes and activities -------------------------------------------------------------------


def _classes(matter: Matter, words: Mapping[str, Any]) -> Blocks:
    """Of what was recorded; of a kind of which nothing was, one line that says so."""
    found = [row for row in matter.rows if row.group == "classes" or _is_summary(row)]
    ours = [row for row in found if row.numerator or row.id in HEADLINES]
    if not any(row.numerator for row in ours):
        return ()
    rows = tuple((at, row.label, row.counted, row.numerator or row.words) for at, row in enumerate(ours, 1))
    return (Table(columns=_columns(words["columns"], [10, 96, 28, 26], 2), rows=rows),)


def _is_summary(row: Row) -> bool:
    return row.group == "communication" and row.denominator is None and ".unit." not in row.id


# --- units ------------------------------------------------------------------------------------


def _units(matter: Matter, words: Mapping[str, Any]) -> Blocks:
    told = [one for one in matter.trainings if one.is_recorded]
    found = [block for at, one in enumerate(told, 1) for block in _unit_table(matter, at, one, words)]
    if not found:
        return ()
    return (
        *found,
        Paragraph(text=filled(words["evidence"], evidence=spoken(matter)), kind="note"),
        _note(words["internal"]),
    )


def _caption(at: int, one: Training) -> Paragraph:
    said = wording("report")["appendix"]["table"]
    return Paragraph(text=filled(said, number=at, title=one.target.title), kind="caption")


def _note(text: str) -> Paragraph:
    return Paragraph(text=text, kind="note")


def _unit_table(matter: Matter, at: int, one: Training, words: Mapping[str, Any]) -> Iterator[Block]:
    letters = matter.letters
    key = f"target.{one.id}.unit."
    rows = [row for row in matter.rows if row.id.startswith(key)]
    total = matter.by_id[f"target.{one.id}"]
    heads = [*words["columns"], *letters, words["share"]]
    widths = [10.0, 87.0 - 10 * len(letters), 22, 22, *[10.0] * len(letters), 19]
    yield _caption(at, one)
    yield Table(
        columns=_columns(heads, widths, 2),
        rows=(
            *(
                _unit_row(at, matter.names[row.id.removeprefix(key)], row, letters)
                for at, row in enumerate(rows, 1)
            ),
            _unit_row("", words["total"], total, letters),
        ),
        has_total=True,
    )
    yield _note(f"{total.note}.")


def _unit_row(at: int | str, unit: str, row: Row, letters: tuple[str, ...]) -> tuple[Cell, ...]:
    counts = (row.evidence.get(letter, 0) for letter in letters)
    return (at, unit, row.denominator, row.numerator, *counts, row.share)


# --- half-years -------------------------------------------------------------------------------


def _half_years(matter: Matter, words: Mapping[str, Any]) -> Blocks:
    told = [one for one in matter.trainings if one.is_recorded]
    found = [block for at, one in enumerate(told, 1) for block in _half_year_table(matter, at, one, words)]
    return (*found, _note(words["note"])) if found else ()


def _half_year_table(matter: Matter, at: int, one: Training, words: Mapping[str, Any]) -> Iterator[Block]:
    yield _caption(at, one)
    rows, heads = [], list(words["columns"])
    if matter.so_far:
        heads[3] = words["running-total"]
    for at, half in enumerate(one.half_years, 1):
        new, total = (matter.by_id[f"target.{one.id}.{kind}.{half.period.id}"] for kind in ("new", "total"))
        said = _half_name(matter, half.period, words)
        rows.append(
            (at, said[:1].upper() + said[1:], new.numerator, total.numerator, total.denominator, total.share)
        )
    yield Table(columns=_columns(heads, [10, 50, 26, 30, 25, 19], 2), rows=tuple(rows))


def _half_name(matter: Matter, half: Period, words: Mapping[str, Any]) -> str:
    taken = matter.figures.taken_on
    if matter.figures.has_ended(half):
        return period(half)
    return filled(words["running" if half.start <= taken else "coming"], period=half, taken=taken)


# --- communes ---------------------------------------------------------------------------------


def _communes(matter: Matter, words: Mapping[str, Any]) -> Blocks:
    if not any(one.total for one in matter.communes):
        return ()
    halves = matter.period.half_years
    heads = [
        *words["columns"],
        *(filled(words["half"], period=half) for half in halves),
        words["heads"],
        _regular_head(matter, words),
    ]
    widths = [10.0, 96.0 - 28 * len(halves), *[28.0] * len(halves), 26, 28]
    table = Table(
        columns=_columns(heads, widths, 2),
        rows=(*_commune_rows(matter), _commune_total(matter, words)),
        has_total=True,
    )
    return (table, *(_note(f"{matter.by_id[f'target.{one.id}'].note}.") for one in matter.communications))


def _regular_head(matter: Matter, words: Mapping[str, Any]) -> str:
    regular = matter.programme.charter.regular
    said = "often" if matter.programme.regular_waits_for else "regular"
    return filled(words[said], often=how_often(regular))


def _commune_rows(matter: Matter) -> Iterator[tuple[Cell, ...]]:
    for at, one in enumerate(matter.communes, 1):
        key = f"communication.unit.{one.unit}"
        halves = (_recorded(matter, f"{key}.{half.id}") for half in matter.period.half_years)
        heads, regular = _recorded(matter, f"{key}.attendances"), matter.by_id[f"{key}.regular"].words
        yield (at, matter.names[one.unit], *halves, heads, regular)


def _recorded(matter: Matter, id: str) -> Cell:
    """A dash where nothing was recorded: the last column says so in words, once."""
    return matter.number(id) or "–"


def _commune_total(matter: Matter, words: Mapping[str, Any]) -> tuple[Cell, ...]:
    key = "communication.commune-activities"
    each = [f"{key}.{half.id}" for half in matter.period.half_years] if matter.period.half is None else [key]
    halves = (_recorded(matter, id) for id in each)
    regular = next((matter.by_id[f"target.{one.id}"].shown for one in matter.communications), "")
    return ("", words["total"], *halves, matter.number("communication.commune-attendances"), regular)


# --- plans ------------------------------------------------------------------------------------


def _plans(matter: Matter, words: Mapping[str, Any]) -> Blocks:
    if not any(isinstance(one, ReportedFigures) and one.issued for one in matter.measured.values()):
        return ()
    issuers = {one.unit for one in matter.figures.plans(matter.period)}
    communes = [one.unit for one in matter.communes]
    listed = [id for id in matter.names if id in issuers and id not in communes] + communes
    rows = tuple((at, matter.names[id], _documents(matter, id)) for at, id in enumerate(listed, 1))
    return (
        Table(columns=_columns(words["columns"], [10, 80, 70], 3), rows=rows),
        _note(filled(words["note"], coordinator=matter.programme.coordinator)),
    )


def _documents(matter: Matter, unit: str) -> str | None:
    found = [row.words for row in matter.rows if row.id.startswith(f"plans.unit.{unit}.")]
    return "; ".join(found) or None


_KINDS: Mapping[str, Callable[[Matter, Mapping[str, Any]], Blocks]] = {
    "classes": _classes,
    "units": _units,
    "half-years": _half_years,
    "communes": _communes,
    "plans": _plans,
    "method": method,
}
