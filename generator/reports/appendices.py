"""The appendices: tables whose every number is a row, and how each figure was counted.

It stands apart from the text, which is to be read as any report of an office is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..targets import EVIDENCE, Communication, Measured, Period, ReportedFigures, Training
from .blocks import Appendix, Block, Cell, Column, Heading, Paragraph, Table, fill, period, report_toml
from .context import ReportContext
from .target_rows import Row, how_often


def method_blocks(matter: ReportContext, words: Mapping[str, Any]) -> tuple[Block, ...]:
    """Returns its sections that have something to say, numbered."""
    parts = {
        "counting": tuple(_counting(matter, words)),
        "proof": tuple(_proof(matter, words)),
        "comparing": tuple(_comparing(matter, words)),
    }
    blocks: list[Block] = []
    for at, (key, lines) in enumerate(((key, lines) for key, lines in parts.items() if lines), 1):
        blocks.append(Heading(text=f"{at}. {words['parts'][key]}", level=2))
        blocks.extend(Paragraph(text=f"- {line}") for line in lines)
    return tuple(blocks)


def _counting(matter: ReportContext, words: Mapping[str, Any]) -> Iterator[str]:
    for training in matter.trainings:
        yield _noted(matter, training)
        if training.waived:
            yield fill(words["waived"], title=training.target.title, count=training.waived)
    for one in matter.measured.values():
        if isinstance(one, Communication) or (
            isinstance(one, ReportedFigures) and one.share and one.assumptions
        ):
            yield _noted(matter, one)
    if any(one.share and not one.is_settled for one in matter.measured.values()):
        yield words["open"]
    yield words["rounding"]


def _noted(matter: ReportContext, one: Measured) -> str:
    """Returns what the row says of how it was counted."""
    return f"{one.target.title}: {_lowered(matter.by_id[f'target.{one.id}'].note)}."


def _lowered(text: str) -> str:
    """Returns a text as the rest of a sentence; capitals that cry out stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _proof(matter: ReportContext, words: Mapping[str, Any]) -> Iterator[str]:
    if matter.trainings:
        yield from words["honest"]
        yield fill(words["apart"], evidence=evidence_meanings(matter))
        yield words["strongest"]


def _comparing(matter: ReportContext, words: Mapping[str, Any]) -> Iterator[str]:
    if matter.figures.head:
        yield fill(words["head"], head=matter.figures.head)


def evidence_meanings(matter: ReportContext) -> str:
    """Returns the classes of evidence, each with what it means."""
    letter = report_toml("report")["appendix"]["method"]["letter"]
    meanings = report_toml("words")["evidence"]
    return "; ".join(fill(letter, letter=one, words=meanings[one]) for one in matter.letters)


Blocks = tuple[Block, ...]
#: Those that say more of a single unit than the text does. The method is always among them.
OF_ONE_UNIT = frozenset({"classes", "half-years", "method"})
#: The counts of which the others are parts.
HEADLINES = frozenset({"training.sessions", "communication.activities"})


def build_appendices(matter: ReportContext) -> Mapping[str, Appendix]:
    """By kind, in order, those that have something to show."""
    words = report_toml("report")["appendix"]
    kinds = {kind: make for kind, make in _KINDS.items() if kind in OF_ONE_UNIT or not matter.figures.scope}
    found = {kind: blocks for kind, make in kinds.items() if (blocks := make(matter, words[kind]))}
    numbers = words["numbers"] if len(found) > 1 else [""]
    return {
        kind: Appendix(number=number, title=words[kind]["title"], blocks=blocks)
        for number, (kind, blocks) in zip(numbers, found.items(), strict=False)
    }


def _columns(heads: list[str], widths: list[float], first_number: int) -> tuple[Column, ...]:
    """An ordinal, then words, then numbers from the column of that index on."""
    return tuple(
        Column(head=head, width=width, align="centre" if at == 0 or at >= first_number else "left")
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )


# --- classes and activities -------------------------------------------------------------------


def _classes(matter: ReportContext, words: Mapping[str, Any]) -> Blocks:
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


def _units(matter: ReportContext, words: Mapping[str, Any]) -> Blocks:
    told = [one for one in matter.trainings if one.is_recorded]
    found = [block for at, one in enumerate(told, 1) for block in _unit_table(matter, at, one, words)]
    if not found:
        return ()
    return (
        *found,
        Paragraph(text=fill(words["evidence"], evidence=evidence_meanings(matter)), kind="note"),
        _note(words["internal"]),
    )


def _caption(at: int, one: Training) -> Paragraph:
    said = report_toml("report")["appendix"]["table"]
    return Paragraph(text=fill(said, number=at, title=one.target.title), kind="caption")


def _note(text: str) -> Paragraph:
    return Paragraph(text=text, kind="note")


def _unit_table(matter: ReportContext, at: int, one: Training, words: Mapping[str, Any]) -> Iterator[Block]:
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


def _half_years(matter: ReportContext, words: Mapping[str, Any]) -> Blocks:
    told = [one for one in matter.trainings if one.is_recorded]
    found = [block for at, one in enumerate(told, 1) for block in _half_year_table(matter, at, one, words)]
    return (*found, _note(words["note"])) if found else ()


def _half_year_table(
    matter: ReportContext, at: int, one: Training, words: Mapping[str, Any]
) -> Iterator[Block]:
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


def _half_name(matter: ReportContext, half: Period, words: Mapping[str, Any]) -> str:
    taken = matter.figures.taken_on
    if matter.figures.has_ended(half):
        return period(half)
    return fill(words["running" if half.start <= taken else "coming"], period=half, taken=taken)


# --- communes ---------------------------------------------------------------------------------


def _communes(matter: ReportContext, words: Mapping[str, Any]) -> Blocks:
    if not any(one.total for one in matter.communes):
        return ()
    halves = matter.period.half_years
    heads = [
        *words["columns"],
        *(fill(words["half"], period=half) for half in halves),
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


def _regular_head(matter: ReportContext, words: Mapping[str, Any]) -> str:
    regular = matter.programme.charter.regular
    said = "often" if matter.programme.regular_waits_for else "regular"
    return fill(words[said], often=how_often(regular))


def _commune_rows(matter: ReportContext) -> Iterator[tuple[Cell, ...]]:
    for at, one in enumerate(matter.communes, 1):
        key = f"communication.unit.{one.unit}"
        halves = (_recorded(matter, f"{key}.{half.id}") for half in matter.period.half_years)
        heads, regular = _recorded(matter, f"{key}.attendances"), matter.by_id[f"{key}.regular"].words
        yield (at, matter.names[one.unit], *halves, heads, regular)


def _recorded(matter: ReportContext, id: str) -> Cell:
    """A dash where nothing was recorded: the last column says so in words, once."""
    return matter.number(id) or "–"


def _commune_total(matter: ReportContext, words: Mapping[str, Any]) -> tuple[Cell, ...]:
    key = "communication.commune-activities"
    each = [f"{key}.{half.id}" for half in matter.period.half_years] if matter.period.half is None else [key]
    halves = (_recorded(matter, id) for id in each)
    regular = next((matter.by_id[f"target.{one.id}"].shown for one in matter.communications), "")
    return ("", words["total"], *halves, matter.number("communication.commune-attendances"), regular)


# --- plans ------------------------------------------------------------------------------------


def _plans(matter: ReportContext, words: Mapping[str, Any]) -> Blocks:
    if not any(isinstance(one, ReportedFigures) and one.issued for one in matter.measured.values()):
        return ()
    issuers = {one.unit for one in matter.figures.plans(matter.period)}
    communes = [one.unit for one in matter.communes]
    listed = [id for id in matter.names if id in issuers and id not in communes] + communes
    rows = tuple((at, matter.names[id], _documents(matter, id)) for at, id in enumerate(listed, 1))
    return (
        Table(columns=_columns(words["columns"], [10, 80, 70], 3), rows=rows),
        _note(fill(words["note"], coordinator=matter.programme.coordinator)),
    )


def _documents(matter: ReportContext, unit: str) -> str | None:
    found = [row.words for row in matter.rows if row.id.startswith(f"plans.unit.{unit}.")]
    return "; ".join(found) or None


_KINDS: Mapping[str, Callable[[ReportContext, Mapping[str, Any]], Blocks]] = {
    "classes": _classes,
    "units": _units,
    "half-years": _half_years,
    "communes": _communes,
    "plans": _plans,
    "method": method_blocks,
}


FIGURE_WIDTHS = (62, 34, 88, 28, 22, 16, 16, 18, 44, 11, 11, 11, 11, 11, 56, 96)


def figures_table(rows: Iterable[Row]) -> Table:
    """Every row, whole."""
    heads = report_toml("report")["workbook"]["columns"]
    columns = (Column(head=head, width=width) for head, width in zip(heads, FIGURE_WIDTHS, strict=True))
    return Table(columns=tuple(columns), rows=tuple(map(_figures_row, rows)))


def _figures_row(row: Row) -> tuple[Cell, ...]:
    letters = (row.evidence.get(letter, "") for letter in EVIDENCE)
    numbers = (
        _text_or_empty(row.numerator),
        _text_or_empty(row.denominator),
        row.share if row.percent else "",
        _text_or_empty(row.goal),
    )
    is_told = row.outcome or row.words
    said = None if row.is_blank and not is_told else is_told
    return (row.id, row.heading, row.label, row.counted, *numbers, said, *letters, row.source, row.note)


def _text_or_empty(number: int | None) -> Cell:
    return "" if number is None else number
