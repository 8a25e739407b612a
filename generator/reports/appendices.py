"""The appendices: tables whose every number is a row, and how each figure was counted.

They stand apart from the text, which reads like any report of an office.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..targets import EVIDENCE, Communication, Measured, Period, ReportedFigures, Training
from .blocks import Appendix, Block, Cell, Column, Heading, Paragraph, Table, fill, period, report_toml
from .context import ReportContext
from .target_rows import Row, how_often


def method_blocks(context: ReportContext, words: Mapping[str, Any]) -> tuple[Block, ...]:
    """Returns the sections on method that have something to say, numbered."""
    parts = {
        "counting": tuple(_counting(context, words)),
        "proof": tuple(_proof(context, words)),
        "comparing": tuple(_comparing(context, words)),
    }
    blocks: list[Block] = []
    for at, (key, lines) in enumerate(((key, lines) for key, lines in parts.items() if lines), 1):
        blocks.append(Heading(text=f"{at}. {words['parts'][key]}", level=2))
        blocks.extend(Paragraph(text=f"- {line}") for line in lines)
    return tuple(blocks)


def _counting(context: ReportContext, words: Mapping[str, Any]) -> Iterator[str]:
    for training in context.trainings:
        yield _noted(context, training)
        if training.waived:
            yield fill(words["waived"], title=training.target.title, count=training.waived)
    for measured in context.measured.values():
        if isinstance(measured, Communication) or (
            isinstance(measured, ReportedFigures) and measured.share and measured.assumptions
        ):
            yield _noted(context, measured)
    if any(measured.share and not measured.is_settled for measured in context.measured.values()):
        yield words["open"]
    yield words["rounding"]


def _noted(context: ReportContext, measured: Measured) -> str:
    """Returns the row's words on how it was counted."""
    return f"{measured.target.title}: {_lowered(context.by_id[f'target.{measured.id}'].note)}."


def _lowered(text: str) -> str:
    """Returns a text as the rest of a sentence; words in capitals stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _proof(context: ReportContext, words: Mapping[str, Any]) -> Iterator[str]:
    if context.trainings:
        yield from words["honest"]
        yield fill(words["apart"], evidence=evidence_meanings(context))
        yield words["strongest"]


def _comparing(context: ReportContext, words: Mapping[str, Any]) -> Iterator[str]:
    if context.figures.head:
        yield fill(words["head"], head=context.figures.head)


def evidence_meanings(context: ReportContext) -> str:
    """Returns the classes of evidence, each with what it means."""
    template = report_toml("report")["appendix"]["method"]["letter"]
    meanings = report_toml("words")["evidence"]
    return "; ".join(fill(template, letter=letter, words=meanings[letter]) for letter in context.letters)


Blocks = tuple[Block, ...]
#: Appendices that say more of a single unit than the text does. The method is always among them.
OF_ONE_UNIT = frozenset({"classes", "half-years", "method"})
#: The counts that the others are parts of.
HEADLINES = frozenset({"training.sessions", "communication.activities"})


def build_appendices(context: ReportContext) -> Mapping[str, Appendix]:
    """Returns the appendices that have something to show, by kind, in order."""
    words = report_toml("report")["appendix"]
    kinds = {kind: make for kind, make in _KINDS.items() if kind in OF_ONE_UNIT or not context.figures.scope}
    blocks_by_kind = {kind: blocks for kind, make in kinds.items() if (blocks := make(context, words[kind]))}
    numbers = words["numbers"] if len(blocks_by_kind) > 1 else [""]
    return {
        kind: Appendix(number=number, title=words[kind]["title"], blocks=blocks)
        for number, (kind, blocks) in zip(numbers, blocks_by_kind.items(), strict=False)
    }


def _columns(heads: list[str], widths: list[float], first_number: int) -> tuple[Column, ...]:
    """Returns an ordinal, then words, then numbers from the column of that index on."""
    return tuple(
        Column(head=head, width=width, align="centre" if at == 0 or at >= first_number else "left")
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )


# --- classes and activities -------------------------------------------------------------------


def _classes(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    """Returns what was recorded; one line for a kind of which nothing was."""
    candidates = [row for row in context.rows if row.group == "classes" or _is_summary(row)]
    ours = [row for row in candidates if row.numerator or row.id in HEADLINES]
    if not any(row.numerator for row in ours):
        return ()
    rows = tuple((at, row.label, row.counted, row.numerator or row.words) for at, row in enumerate(ours, 1))
    return (Table(columns=_columns(words["columns"], [10, 96, 28, 26], 2), rows=rows),)


def _is_summary(row: Row) -> bool:
    return row.group == "communication" and row.denominator is None and ".unit." not in row.id


# --- units ------------------------------------------------------------------------------------


def _units(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    recorded = [training for training in context.trainings if training.is_recorded]
    blocks = [
        block
        for at, training in enumerate(recorded, 1)
        for block in _unit_table(context, at, training, words)
    ]
    if not blocks:
        return ()
    return (
        *blocks,
        Paragraph(text=fill(words["evidence"], evidence=evidence_meanings(context)), kind="note"),
        _note(words["internal"]),
    )


def _caption(at: int, training: Training) -> Paragraph:
    template = report_toml("report")["appendix"]["table"]
    return Paragraph(text=fill(template, number=at, title=training.target.title), kind="caption")


def _note(text: str) -> Paragraph:
    return Paragraph(text=text, kind="note")


def _unit_table(
    context: ReportContext, at: int, training: Training, words: Mapping[str, Any]
) -> Iterator[Block]:
    letters = context.letters
    key = f"target.{training.id}.unit."
    rows = [row for row in context.rows if row.id.startswith(key)]
    total = context.by_id[f"target.{training.id}"]
    heads = [*words["columns"], *letters, words["share"]]
    widths = [10.0, 87.0 - 10 * len(letters), 22, 22, *[10.0] * len(letters), 19]
    yield _caption(at, training)
    yield Table(
        columns=_columns(heads, widths, 2),
        rows=(
            *(
                _unit_row(at, context.names[row.id.removeprefix(key)], row, letters)
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


def _half_years(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    recorded = [training for training in context.trainings if training.is_recorded]
    blocks = [
        block
        for at, training in enumerate(recorded, 1)
        for block in _half_year_table(context, at, training, words)
    ]
    return (*blocks, _note(words["note"])) if blocks else ()


def _half_year_table(
    context: ReportContext, at: int, training: Training, words: Mapping[str, Any]
) -> Iterator[Block]:
    yield _caption(at, training)
    rows, heads = [], list(words["columns"])
    if context.so_far:
        heads[3] = words["running-total"]
    for at, half in enumerate(training.half_years, 1):
        new, total = (
            context.by_id[f"target.{training.id}.{kind}.{half.period.id}"] for kind in ("new", "total")
        )
        name = _half_name(context, half.period, words)
        rows.append(
            (at, name[:1].upper() + name[1:], new.numerator, total.numerator, total.denominator, total.share)
        )
    yield Table(columns=_columns(heads, [10, 50, 26, 30, 25, 19], 2), rows=tuple(rows))


def _half_name(context: ReportContext, half: Period, words: Mapping[str, Any]) -> str:
    taken = context.figures.taken_on
    if context.figures.has_ended(half):
        return period(half)
    return fill(words["running" if half.start <= taken else "coming"], period=half, taken=taken)


# --- communes ---------------------------------------------------------------------------------


def _communes(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    if not any(commune.total for commune in context.communes):
        return ()
    halves = context.period.half_years
    heads = [
        *words["columns"],
        *(fill(words["half"], period=half) for half in halves),
        words["heads"],
        _regular_head(context, words),
    ]
    widths = [10.0, 96.0 - 28 * len(halves), *[28.0] * len(halves), 26, 28]
    table = Table(
        columns=_columns(heads, widths, 2),
        rows=(*_commune_rows(context), _commune_total(context, words)),
        has_total=True,
    )
    return (
        table,
        *(
            _note(f"{context.by_id[f'target.{communication.id}'].note}.")
            for communication in context.communications
        ),
    )


def _regular_head(context: ReportContext, words: Mapping[str, Any]) -> str:
    regular = context.programme.charter.regular
    key = "often" if context.programme.regular_waits_for else "regular"
    return fill(words[key], often=how_often(regular))


def _commune_rows(context: ReportContext) -> Iterator[tuple[Cell, ...]]:
    for at, commune in enumerate(context.communes, 1):
        key = f"communication.unit.{commune.unit}"
        halves = (_recorded(context, f"{key}.{half.id}") for half in context.period.half_years)
        heads, regular = _recorded(context, f"{key}.attendances"), context.by_id[f"{key}.regular"].words
        yield (at, context.names[commune.unit], *halves, heads, regular)


def _recorded(context: ReportContext, id: str) -> Cell:
    """Returns a dash where nothing was recorded: the last column says so in words, once."""
    return context.number(id) or "–"


def _commune_total(context: ReportContext, words: Mapping[str, Any]) -> tuple[Cell, ...]:
    key = "communication.commune-activities"
    each = (
        [f"{key}.{half.id}" for half in context.period.half_years] if context.period.half is None else [key]
    )
    halves = (_recorded(context, id) for id in each)
    regular = next(
        (context.by_id[f"target.{communication.id}"].shown for communication in context.communications), ""
    )
    return ("", words["total"], *halves, context.number("communication.commune-attendances"), regular)


# --- plans ------------------------------------------------------------------------------------


def _plans(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    if not any(
        isinstance(measured, ReportedFigures) and measured.issued for measured in context.measured.values()
    ):
        return ()
    issuers = {plan.unit for plan in context.figures.plans(context.period)}
    communes = [commune.unit for commune in context.communes]
    listed = [id for id in context.names if id in issuers and id not in communes] + communes
    rows = tuple((at, context.names[id], _documents(context, id)) for at, id in enumerate(listed, 1))
    return (
        Table(columns=_columns(words["columns"], [10, 80, 70], 3), rows=rows),
        _note(fill(words["note"], coordinator=context.programme.coordinator)),
    )


def _documents(context: ReportContext, unit: str) -> str | None:
    documents = [row.words for row in context.rows if row.id.startswith(f"plans.unit.{unit}.")]
    return "; ".join(documents) or None


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
    """Returns a table of every row, whole."""
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
    outcome = row.outcome or row.words
    shown = None if row.is_blank and not outcome else outcome
    return (row.id, row.heading, row.label, row.counted, *numbers, shown, *letters, row.source, row.note)


def _text_or_empty(number: int | None) -> Cell:
    return "" if number is None else number
