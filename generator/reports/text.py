"""The text of a report, section by section, from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from ..programme.model.plan import TaskGroup, TaskPart
from ..records.people import Roster
from ..targets import Communication, Measured, Period, Training
from .blocks import (
    Appendix,
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Table,
    appendix_name,
    fill,
    report_toml,
    short_day,
    words_for,
)
from .context import ReportContext
from .target_rows import assumptions_note, how_often, missing_words

SentencesByPoint = defaultdict[str, list[str]]


def results_section(context: ReportContext, refer: Mapping[str, str]) -> tuple[Block, ...]:
    """Returns each part of each group with what the records know, then a blank for the rest."""
    words = report_toml("report")["results"]
    groups = context.programme.charter.plan.tasks
    sentences = _sentences_by_point(context, refer, words)
    blocks = [block for at, group in enumerate(groups, 1) for block in _group(at, group, sentences, words)]
    left = [text for texts in sentences.values() for text in texts]
    if left:
        blocks.append(Heading(text=f"{len(groups) + 1}. {words['others']}", level=2))
        blocks.extend(Paragraph(text=text) for text in left)
    return tuple(blocks)


def _group(
    at: int, group: TaskGroup, sentences: SentencesByPoint, words: Mapping[str, Any]
) -> Iterator[Block]:
    yield Heading(text=f"{at}. {group.title}", level=2)
    for number, part in enumerate(group.parts, 1):
        yield from _part(f"{at}.{number}. {part.title}", part, sentences, words)


def _part(
    title: str, part: TaskPart, sentences: SentencesByPoint, words: Mapping[str, Any]
) -> Iterator[Block]:
    yield Heading(text=title, level=3)
    for text in sentences.pop(part.point, []):
        yield Paragraph(text=text)
    yield Paragraph(text=words["blank"])


def _sentences_by_point(
    context: ReportContext, refer: Mapping[str, str], words: Mapping[str, Any]
) -> SentencesByPoint:
    """Returns the sentences by task point."""
    sentences: SentencesByPoint = defaultdict(list)
    targets = tuple(context.programme.charter.targets.values())
    # What no target is about is told where the first target of its measure is; without one, after all tasks.
    under = {target.measure: target.task or "" for target in reversed(targets)}
    see = _see_appendix(refer, "communes", words)
    sentences[under.get("communication", "")].extend(_communication(context, see, words["communication"]))
    sentences[under.get("training", "")].extend(_classes(context, words["training"]))
    for measured in context.measured.values():
        if context.figures.scope and measured.missing == "no-activity":
            continue  # above it is said that this one unit had no activity
        assumptions = assumptions_note(measured)
        sentence = _sentence(context, measured, words)
        sentences[measured.target.task or ""].append(
            f"{sentence} {assumptions}." if assumptions else sentence
        )
    sentences[under.get("plans", "")].extend(_plans(context, refer, words))
    return sentences


def _plans(context: ReportContext, refer: Mapping[str, str], words: Mapping[str, str]) -> Iterator[str]:
    """Yields the documents that are known one by one: a unit's own by their numbers."""
    if context.figures.scope:
        for row in context.rows:
            if row.id.startswith("plans.unit."):
                yield fill(words["own-plan"], document=row.words)
    elif "plans.issued" in context.by_id:
        communes = context.by_id["plans.communes"].shown.lower()
        see = _see_appendix(refer, "plans", words)
        yield fill(words["issued"], count=context.number("plans.issued"), communes=communes, see=see)


def _see_appendix(refer: Mapping[str, str], kind: str, words: Mapping[str, str]) -> str:
    return fill(words["see"], appendix=refer[kind]) if kind in refer else ""


# --- activities --------------------------------------------------------------------------------


def _communication(context: ReportContext, see: str, words: Mapping[str, str]) -> Iterator[str]:
    if not context.number("communication.activities"):
        yield words["none"]
        return
    names = ("activities", "attendances", "commune-activities", "commune-attendances")
    counts = {name.replace("-", "_"): context.number(f"communication.{name}") for name in names}
    active = context.by_id["communication.active-communes"].shown
    key = "some" if counts["commune_activities"] else "elsewhere"
    yield fill(words["own" if context.figures.scope else key], active=active, see=see, **counts)


def _classes(context: ReportContext, words: Mapping[str, str]) -> Iterator[str]:
    sessions, nameless = context.number("training.sessions"), context.number("training.anonymous-sessions")
    if not sessions:
        yield words["none"]
        return
    aside = {"sessions": nameless, "attendances": context.number("training.anonymous-attendances")}
    yield fill(
        words["some"],
        sessions=sessions,
        attendances=context.number("training.attendances"),
        nameless=fill(words["nameless"], **aside) if nameless else "",
    )


# --- the targets ------------------------------------------------------------------------------


def _sentence(context: ReportContext, measured: Measured, words: Mapping[str, Any]) -> str:
    row = context.by_id[f"target.{measured.id}"]
    values: dict[str, Any] = {
        "title": measured.target.title,
        "goal": measured.target.share,
        "year": str(measured.target.year),
        "counted": row.counted,
        "source": row.source,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "share": row.percent,
    }
    if isinstance(measured, Training):
        return _training(context, measured, words["training"], values)
    if measured.missing == "none-arose":
        return fill(words["none"], **values)
    if measured.share is None:
        return fill(words["unknown"], **values)
    if isinstance(measured, Communication):
        return _regular(context, measured, words["communication"], values)
    return fill(words["counted" if row.is_count else "known"], **values)


def _regular(
    context: ReportContext, communication: Communication, words: Mapping[str, str], values: Mapping[str, Any]
) -> str:
    own = context.by_id.get(f"communication.unit.{context.figures.scope}.regular")
    key = "regular" if communication.is_settled else "often"
    if own:
        return fill(words[f"own-{key}"], said=own.words.lower(), often=how_often(communication.regular))
    return fill(words[key], **values, often=how_often(communication.regular))


def _training(
    context: ReportContext, training: Training, words: Mapping[str, str], values: Mapping[str, Any]
) -> str:
    if training.roster is None or training.share is None:
        reason = missing_words(training, context.figures)
        return fill(words["unknown"], **values, reason=reason[:1].lower() + reason[1:])
    evidence = "; ".join(
        words_for("notes", "evidence", said=words_for("recorded", letter), count=training.evidence[letter])
        for letter in context.letters
        if training.evidence[letter]
    )
    return fill(
        words["share" if training.is_recorded else "unrecorded"],
        **values,
        until=context.until,
        as_of=training.roster.as_of,
        decision=training.roster.decision_ref,
        frozen=_frozen_words(training, training.roster, words),
        evidence=evidence,
    )


def _frozen_words(training: Training, roster: Roster, words: Mapping[str, str]) -> str:
    """Says when the roster was frozen, and which one it stands in for."""
    frozen = fill(words["frozen-late" if training.is_late else "frozen"], day=roster.frozen_on)
    return frozen + (fill(words["instead"], number=roster.instead_of) if roster.instead_of else "")


def assessment_section(context: ReportContext, method: str) -> tuple[Block, ...]:
    """Returns the table of targets, and in a yearly report how far it is to the year of each.

    `method` is the appendix that says how they were counted.
    """
    words, results = report_toml("report")["assessment"], targets_table(context)
    far = progress_table(context) if context.period.half is None else None
    first, second = ("1. ", "2. ") if far else ("", "")
    blocks: list[Block] = [
        Heading(text=f"{first}{fill(words['results'], until=context.so_far)}", level=2),
        results,
    ]
    if any(None in row for row in results.rows):
        blocks.append(Paragraph(text=report_toml("report")["marks"]["blank"], kind="note"))
    blocks.append(Paragraph(text=fill(words["method"], appendix=method)))
    if far:
        blocks.append(Heading(text=f"{second}{progress_title(context)}", level=2))
        blocks.extend([far, Paragraph(text=words["progress-note"], kind="note")])
    return tuple(blocks)


def targets_table(context: ReportContext) -> Table:
    words = report_toml("report")["assessment"]
    widths = (10, 56, 17, 17, 17, 19, 24)
    rows = []
    for at, measured in enumerate(context.measured.values(), 1):
        row = context.by_id[f"target.{measured.id}"]
        goal = fill(words["share"], goal=row.goal)
        share: Cell = "" if row.is_count or measured.missing == "none-arose" else row.share
        rows.append(
            (at, _titled(context, measured), goal, row.numerator, row.denominator, share, row.outcome)
        )
    return Table(columns=_columns(words["columns"], widths), rows=tuple(rows))


def _columns(heads: list[str], widths: tuple[float, ...]) -> tuple[Column, ...]:
    return tuple(
        Column(head=head, width=width, align="left" if at == 1 else "centre")
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )


def _titled(context: ReportContext, measured: Measured) -> str:
    counted = context.by_id[f"target.{measured.id}"].counted
    return fill(report_toml("report")["assessment"]["target"], title=measured.target.title, counted=counted)


def progress_title(context: ReportContext) -> str:
    year = max((measured.target.year for measured in context.measured.values()), default=context.period.year)
    return fill(report_toml("report")["assessment"]["until"], year=str(year))


def progress_table(context: ReportContext) -> Table | None:
    """Returns the table of targets with a year to be reached by, where their counting is settled."""
    words = report_toml("report")["assessment"]
    measured_targets = context.measured.values()
    far = [
        measured for measured in measured_targets if measured.target.every == "period" and measured.is_settled
    ]
    rows = tuple((at, *_far(context, measured)) for at, measured in enumerate(far, 1))
    columns = _columns(words["progress-columns"], (10, 66, 22, 27, 35))
    return Table(columns=columns, rows=rows) if rows else None


def _far(context: ReportContext, measured: Measured) -> tuple[Cell, ...]:
    key = f"target.{measured.id}"
    if measured.pace is None:
        return (_titled(context, measured), None, None, words_for("outlook", "too-few-periods"))
    gap, needed, expected = (context.by_id[f"{key}.{name}"] for name in ("gap", "needed", "expected"))
    return (_titled(context, measured), gap.numerator, needed.words or needed.numerator, expected.words)


NUMERALS = ("I", "II", "III", "IV", "V", "VI")


def report_text(context: ReportContext, appendices: Mapping[str, Appendix]) -> tuple[Block, ...]:
    """Returns the opening, sections I to VI and the closing line."""
    words = report_toml("report")
    refer = {kind: appendix_name(appendix) for kind, appendix in appendices.items()}
    sections = (
        _points(words["situation"]),
        results_section(context, refer),
        assessment_section(context, refer["method"]),
        _points(words["difficulties"]),
        _directions(context, words["directions"]),
        (_paragraph(words["proposals"]["blank"]),),
    )
    names = ("situation", "results", "assessment", "difficulties", "directions", "proposals")
    following = _following(context.period)
    blocks: list[Block] = [*_opening(context, words["opening"])]
    for numeral, key, section in zip(NUMERALS, names, sections, strict=True):
        blocks.append(Heading(text=f"{numeral}. {fill(words[key]['title'], period=following)}"))
        blocks.extend(section)
    closing = words["proposals"]["closing"]
    sentence = fill(closing, period=context.period, agency=context.letterhead.agency)
    blocks.append(Paragraph(text=sentence, kind="closing"))
    return tuple(blocks)


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text=text)


def _points(words: Mapping[str, Any]) -> tuple[Block, ...]:
    points = tuple(_paragraph(f"{at}. {text}") for at, text in enumerate(words["points"], 1))
    return (*points, Paragraph(text=words["caution"], kind="note")) if "caution" in words else points


def _following(period: Period) -> Period:
    """Returns the next period of the same length."""
    return Period.numbered(period.number + 1) if period.half else Period(year=period.year + 1)


# --- the opening ------------------------------------------------------------------------------


def _opening(context: ReportContext, words: Mapping[str, str]) -> Iterator[Block]:
    head, charter = context.letterhead, context.programme.charter
    title = charter.title[:1].lower() + charter.title[1:]
    basis = fill(
        words["basis"],
        number=_plan_number(context, words),
        owner=charter.owner,
        title=title,
        grounds=_grounds(context, words),
        agency=head.agency,
        period=context.period,
    )
    yield _paragraph(basis)
    has_ended = context.figures.has_ended(context.period)
    yield _paragraph(
        fill(
            words["span" if has_ended else "running-span"],
            start=context.period.start,
            end=context.period.end,
            taken=context.figures.taken_on,
            cut_off=head.cut_off or words["unknown-day"],
            due=head.due or words["unknown-day"],
        )
    )
    if not has_ended:
        yield _paragraph(words["unfinished"])


def _plan_number(context: ReportContext, words: Mapping[str, str]) -> str:
    """Returns the plan's number, if the register has a complete one; else words for an unknown number."""
    plan = context.programme.register.documents.get(context.programme.charter.plan.reference)
    if plan is None or "…" in plan.number:
        return words["unknown-number"]
    return fill(words["number"], number=plan.number)


def _grounds(context: ReportContext, words: Mapping[str, str]) -> str:
    documents = context.programme.register.documents
    named = [documents[id] for id in context.letterhead.grounds if id in documents]
    if not named:
        return ""
    spoken = (
        fill(
            words["document"],
            short=document.short,
            day=document.issued if isinstance(document.issued, str) else short_day(document.issued),
        )
        if document.issued
        else fill(words["undated-document"], short=document.short)
        for document in named
    )
    return fill(words["grounds"], documents=", ".join(spoken))


# --- next steps -------------------------------------------------------------------------------


def _directions(context: ReportContext, words: Mapping[str, str]) -> tuple[Block, ...]:
    """Returns what the figures themselves ask for, then what the office plans."""
    lines = [*_still_needed(context, words), words["blank"]]
    if len(lines) == 1:
        return (_paragraph(lines[0]),)
    return tuple(_paragraph(f"{at}. {text}") for at, text in enumerate(lines, 1))


def _still_needed(context: ReportContext, words: Mapping[str, str]) -> Iterator[str]:
    for measured in context.measured.values():
        gap = measured.gap
        if gap:
            needed = measured.pace.needed if measured.pace else None
            yield fill(
                words["needed" if needed else "gap"],
                title=measured.target.title,
                gap=gap,
                needed=needed or 0,
                counted=context.by_id[f"target.{measured.id}"].counted,
            )
