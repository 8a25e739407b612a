"""The appendices: tables whose every number is a row, and how each figure was counted.

They stand apart from the text, which reads like any report of an office.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..render.templates import environment
from ..render.tile_map import LEGEND
from ..targets import EVIDENCE, Communication, ReportedFigures, Training, commune_map
from .blocks import (
    Appendix,
    Block,
    Cell,
    Chart,
    Paragraph,
    Table,
    columns,
    fill,
    filled_blocks,
    report_toml,
)
from .context import ReportContext
from .target_rows import Row, how_often

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


def _classes(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    """Returns what was recorded of classes and activities; one line for a kind of which nothing was."""
    ours = [
        row
        for row in context.rows
        if row.group == "classes"
        or (row.group == "communication" and row.denominator is None and ".unit." not in row.id)
        if row.numerator or row.id in HEADLINES
    ]
    if not any(row.numerator for row in ours):
        return ()
    rows = tuple((at, row.label, row.counted, row.numerator or row.words) for at, row in enumerate(ours, 1))
    return (Table(columns=columns(words["columns"]), rows=rows),)


def _units(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    blocks: list[Block] = []
    for at, training in enumerate(context.recorded_trainings, 1):
        total = context.by_id[f"target.{training.id}"]
        blocks.append(_caption(at, training))
        blocks.append(_unit_table(context, total, words))
        blocks.append(Paragraph(text=f"{total.note}.", kind="note"))
        blocks.extend(_map(context, training, words))
    if blocks:
        evidence = fill(words["evidence"], evidence=evidence_meanings(context))
        blocks.extend(Paragraph(text=text, kind="note") for text in (evidence, words["internal"]))
    return tuple(blocks)


def _map(context: ReportContext, training: Training, words: Mapping[str, Any]) -> Iterator[Block]:
    """Yields the communes as tiles with what has to be known of them, where they are placed."""
    tiles = commune_map(training, context.programme)
    if tiles is None or training.share is None:
        return
    whole = {"part": training.share.numerator, "whole": training.share.denominator}
    sentence = fill(words["map-sentence"], title=training.target.title, share=training.share.text, **whole)
    drawn: Any = environment().get_template("charts.html.j2").module
    yield Paragraph(text=fill(words["map"], title=training.target.title), kind="caption")
    yield Chart(
        svg=drawn.tile_picture(tiles, f"o-{training.id}", sentence, words=True),
        alt=sentence,
        height=(tiles.height + LEGEND) / tiles.width,
        absent=words["map-absent"],
    )
    yield Paragraph(text=f"{sentence} {words['map-note']}", kind="note")


def _caption(at: int, training: Training) -> Paragraph:
    template = report_toml("report")["appendix"]["table"]
    return Paragraph(text=fill(template, number=at, title=training.target.title), kind="caption")


def _unit_table(context: ReportContext, total: Row, words: Mapping[str, Any]) -> Table:
    key, letters = f"{total.id}.unit.", context.letters
    ours = [row for row in context.rows if row.id.startswith(key)]
    labelled: list[tuple[int | str, str, Row]] = [
        (at, context.names[row.id.removeprefix(key)], row) for at, row in enumerate(ours, 1)
    ]
    labelled.append(("", words["total"], total))
    rows = tuple(
        (
            at,
            name,
            row.denominator,
            row.numerator,
            *(row.evidence.get(letter, 0) for letter in letters),
            row.share,
        )
        for at, name, row in labelled
    )
    ordinal, (unit, width, align), *counts = words["columns"]
    heads = [ordinal, (unit, width - 10 * len(letters), align), *counts]
    heads += [*((letter, 10) for letter in letters), words["share"]]
    return Table(columns=columns(heads), rows=rows, has_total=True)


def _half_years(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    blocks: list[Block] = []
    heads = [list(spec) for spec in words["columns"]]
    if context.so_far:
        heads[3][0] = words["running-total"]
    for number, training in enumerate(context.recorded_trainings, 1):
        rows = []
        for at, half in enumerate(training.half_years, 1):
            new, total = (
                context.by_id[f"target.{training.id}.{kind}.{half.period.id}"] for kind in ("new", "total")
            )
            has_begun = half.period.start <= context.figures.taken_on
            key = "ended" if context.figures.has_ended(half.period) else "running" if has_begun else "coming"
            name = fill(words[key], period=half.period, taken=context.figures.taken_on)
            rows.append((at, name, new.numerator, total.numerator, total.denominator, total.share))
        blocks.append(_caption(number, training))
        blocks.append(Table(columns=columns(heads), rows=tuple(rows)))
    return (*blocks, Paragraph(text=words["note"], kind="note")) if blocks else ()


def _communes(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    if not any(commune.total for commune in context.communes):
        return ()
    halves, programme = context.period.half_years, context.programme
    ordinal, (unit, width, align) = words["columns"]
    often = words["often" if programme.regular_waits_for else "regular"]
    heads = [
        ordinal,
        (unit, width - 28 * len(halves), align),
        *((fill(words["half"], period=half), 28) for half in halves),
        (words["heads"], 26),
        (fill(often, often=how_often(programme.charter.regular)), 28),
    ]
    targets = [
        context.by_id[f"target.{measured.id}"]
        for measured in context.measured.values()
        if isinstance(measured, Communication)
    ]
    key = "communication.commune-activities"
    each = [f"{key}.{half.id}" for half in halves] if context.period.half is None else [key]
    total: tuple[Cell, ...] = (
        "",
        words["total"],
        *(context.number(id) or "–" for id in each),
        context.number("communication.commune-attendances"),
        targets[0].shown if targets else "",
    )
    rows = (*_commune_rows(context), total)
    table = Table(columns=columns(heads), rows=rows, has_total=True)
    return (table, *(Paragraph(text=f"{row.note}.", kind="note") for row in targets))


def _commune_rows(context: ReportContext) -> Iterator[tuple[Cell, ...]]:
    """Yields rows with a dash where nothing was recorded: the last column says so in words, once."""
    for at, commune in enumerate(context.communes, 1):
        key = f"communication.unit.{commune.unit}"
        counted = [*(half.id for half in context.period.half_years), "attendances"]
        counts = (context.number(f"{key}.{name}") or "–" for name in counted)
        yield (at, context.names[commune.unit], *counts, context.by_id[f"{key}.regular"].words)


def _plans(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    if not any(
        isinstance(measured, ReportedFigures) and measured.issued for measured in context.measured.values()
    ):
        return ()
    documents: defaultdict[str, list[str]] = defaultdict(list)
    for row in context.rows:
        if row.id.startswith("plans.unit."):
            documents[row.id.split(".")[2]].append(row.words)
    communes = [commune.unit for commune in context.communes]
    listed = [id for id in context.names if id in documents and id not in communes] + communes
    rows = tuple((at, context.names[id], "; ".join(documents[id]) or None) for at, id in enumerate(listed, 1))
    note = fill(words["note"], coordinator=context.programme.coordinator)
    return (Table(columns=columns(words["columns"]), rows=rows), Paragraph(text=note, kind="note"))


def _method(context: ReportContext, words: Mapping[str, Any]) -> Blocks:
    """Returns the sections on method that have something to say, numbered.

    A note is on each training and communication, and on any other figure whose counting rests on a decision.
    """
    measured_targets = context.measured.values()
    others = [
        measured
        for measured in measured_targets
        if isinstance(measured, Communication)
        or (isinstance(measured, ReportedFigures) and measured.share and measured.assumptions)
    ]
    return filled_blocks(
        "method",
        {},
        measured_targets=measured_targets,
        noted=[*context.trainings, *others],
        trainings=context.trainings,
        by_id=context.by_id,
        figures=context.figures,
        evidence=evidence_meanings(context),
    )


def evidence_meanings(context: ReportContext) -> str:
    """Returns the classes of evidence, each with what it means."""
    template = report_toml("report")["appendix"]["method"]["letter"]
    meanings = report_toml("words")["evidence"]
    return "; ".join(fill(template, letter=letter, words=meanings[letter]) for letter in context.letters)


_KINDS: Mapping[str, Callable[[ReportContext, Mapping[str, Any]], Blocks]] = {
    "classes": _classes,
    "units": _units,
    "half-years": _half_years,
    "communes": _communes,
    "plans": _plans,
    "method": _method,
}


def figures_table(rows: Iterable[Row]) -> Table:
    """Returns a table of every row, whole."""
    specs = report_toml("report")["workbook"]["columns"]
    return Table(columns=columns(specs), rows=tuple(map(_figures_row, rows)))


def _figures_row(row: Row) -> tuple[Cell, ...]:
    numbers: list[Cell] = [row.numerator, row.denominator, row.share if row.percent else None, row.goal]
    outcome = row.outcome or row.words
    return (
        row.id,
        row.heading,
        row.label,
        row.counted,
        *("" if number is None else number for number in numbers),
        None if row.is_blank and not outcome else outcome,
        *(row.evidence.get(letter, "") for letter in EVIDENCE),
        row.source,
        row.note,
    )
