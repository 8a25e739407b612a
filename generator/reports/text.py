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


def results_section(matter: ReportContext, refer: Mapping[str, str]) -> tuple[Block, ...]:
    """Under each part of each group what the records know, then a blank for the rest."""
    words = report_toml("report")["results"]
    groups = matter.programme.charter.plan.tasks
    told = _sentences_by_point(matter, refer, words)
    blocks = [block for at, group in enumerate(groups, 1) for block in _group(at, group, told, words)]
    left = [text for texts in told.values() for text in texts]
    if left:
        blocks.append(Heading(text=f"{len(groups) + 1}. {words['others']}", level=2))
        blocks.extend(Paragraph(text=text) for text in left)
    return tuple(blocks)


def _group(at: int, group: TaskGroup, told: SentencesByPoint, words: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(text=f"{at}. {group.title}", level=2)
    for number, part in enumerate(group.parts, 1):
        yield from _part(f"{at}.{number}. {part.title}", part, told, words)


def _part(title: str, part: TaskPart, told: SentencesByPoint, words: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(text=title, level=3)
    for text in told.pop(part.point, []):
        yield Paragraph(text=text)
    yield Paragraph(text=words["blank"])


def _sentences_by_point(
    matter: ReportContext, refer: Mapping[str, str], words: Mapping[str, Any]
) -> SentencesByPoint:
    """The sentences by task point."""
    found: SentencesByPoint = defaultdict(list)
    under = words["under"]
    see = _see_appendix(refer, "communes", words)
    found[under["communication"]].extend(_communication(matter, see, words["communication"]))
    found[under["training"]].extend(_classes(matter, words["training"]))
    for one in matter.measured.values():
        if matter.figures.scope and one.missing == "no-activity":
            continue  # said above of the one unit; there is nothing out of which to fill in a share
        assumptions = assumptions_note(one)
        said = _sentence(matter, one, words)
        found[under[one.target.measure]].append(f"{said} {assumptions}." if assumptions else said)
    found[under["plans"]].extend(_plans(matter, refer, words))
    return found


def _plans(matter: ReportContext, refer: Mapping[str, str], words: Mapping[str, str]) -> Iterator[str]:
    """The documents that are known one by one: a unit's own by their numbers."""
    if matter.figures.scope:
        for row in matter.rows:
            if row.id.startswith("plans.unit."):
                yield fill(words["own-plan"], document=row.words)
    elif "plans.issued" in matter.by_id:
        communes = matter.by_id["plans.communes"].shown.lower()
        see = _see_appendix(refer, "plans", words)
        yield fill(words["issued"], count=matter.number("plans.issued"), communes=communes, see=see)


def _see_appendix(refer: Mapping[str, str], kind: str, words: Mapping[str, str]) -> str:
    return fill(words["see"], appendix=refer[kind]) if kind in refer else ""


# --- what happened ----------------------------------------------------------------------------


def _communication(matter: ReportContext, see: str, words: Mapping[str, str]) -> Iterator[str]:
    if not matter.number("communication.activities"):
        yield words["none"]
        return
    names = ("activities", "attendances", "commune-activities", "commune-attendances")
    counts = {name.replace("-", "_"): matter.number(f"communication.{name}") for name in names}
    active = matter.by_id["communication.active-communes"].shown
    here = "some" if counts["commune_activities"] else "elsewhere"
    yield fill(words["own" if matter.figures.scope else here], active=active, see=see, **counts)


def _classes(matter: ReportContext, words: Mapping[str, str]) -> Iterator[str]:
    sessions, nameless = matter.number("training.sessions"), matter.number("training.anonymous-sessions")
    if not sessions:
        yield words["none"]
        return
    aside = {"sessions": nameless, "attendances": matter.number("training.anonymous-attendances")}
    yield fill(
        words["some"],
        sessions=sessions,
        attendances=matter.number("training.attendances"),
        nameless=fill(words["nameless"], **aside) if nameless else "",
    )


# --- where the targets stand ------------------------------------------------------------------


def _sentence(matter: ReportContext, one: Measured, words: Mapping[str, Any]) -> str:
    row = matter.by_id[f"target.{one.id}"]
    values: dict[str, Any] = {
        "title": one.target.title,
        "goal": one.target.share,
        "year": str(one.target.year),
        "counted": row.counted,
        "source": row.source,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "share": row.percent,
    }
    if isinstance(one, Training):
        return _training(matter, one, words["training"], values)
    if one.missing == "none-arose":
        return fill(words["none"], **values)
    if one.share is None:
        return fill(words["unknown"], **values)
    if isinstance(one, Communication):
        return _regular(matter, one, words["communication"], values)
    return fill(words["counted" if row.is_count else "known"], **values)


def _regular(
    matter: ReportContext, one: Communication, words: Mapping[str, str], values: Mapping[str, Any]
) -> str:
    own = matter.by_id.get(f"communication.unit.{matter.figures.scope}.regular")
    said = "regular" if one.is_settled else "often"
    if own:
        return fill(words[f"own-{said}"], said=own.words.lower(), often=how_often(one.regular))
    return fill(words[said], **values, often=how_often(one.regular))


def _training(
    matter: ReportContext, one: Training, words: Mapping[str, str], values: Mapping[str, Any]
) -> str:
    if one.roster is None or one.share is None:
        reason = missing_words(one, matter.figures)
        return fill(words["unknown"], **values, reason=reason[:1].lower() + reason[1:])
    evidence = "; ".join(
        words_for("notes", "evidence", said=words_for("recorded", letter), count=one.evidence[letter])
        for letter in matter.letters
        if one.evidence[letter]
    )
    return fill(
        words["share" if one.is_recorded else "unrecorded"],
        **values,
        until=matter.until,
        as_of=one.roster.as_of,
        decision=one.roster.decision_ref,
        frozen=_frozen_words(one, one.roster, words),
        evidence=evidence,
    )


def _frozen_words(one: Training, roster: Roster, words: Mapping[str, str]) -> str:
    """Says when the roster was frozen, and which one it stands in for."""
    frozen = fill(words["frozen-late" if one.is_late else "frozen"], day=roster.frozen_on)
    return frozen + (fill(words["instead"], number=roster.instead_of) if roster.instead_of else "")


def assessment_section(matter: ReportContext, method: str) -> tuple[Block, ...]:
    """Returns the table of targets, and in a yearly report how far it is to the year of each.

    `method` is the appendix that says how they were counted.
    """
    words, results = report_toml("report")["assessment"], targets_table(matter)
    far = progress_table(matter) if matter.period.half is None else None
    first, second = ("1. ", "2. ") if far else ("", "")
    blocks: list[Block] = [
        Heading(text=f"{first}{fill(words['results'], until=matter.so_far)}", level=2),
        results,
    ]
    if any(None in row for row in results.rows):
        blocks.append(Paragraph(text=report_toml("report")["marks"]["blank"], kind="note"))
    blocks.append(Paragraph(text=fill(words["method"], appendix=method)))
    if far:
        blocks.append(Heading(text=f"{second}{progress_title(matter)}", level=2))
        blocks.extend([far, Paragraph(text=words["progress-note"], kind="note")])
    return tuple(blocks)


def targets_table(matter: ReportContext) -> Table:
    words = report_toml("report")["assessment"]
    widths = (10, 56, 17, 17, 17, 19, 24)
    rows = []
    for at, one in enumerate(matter.measured.values(), 1):
        row = matter.by_id[f"target.{one.id}"]
        goal = fill(words["share"], goal=row.goal)
        share: Cell = "" if row.is_count or one.missing == "none-arose" else row.share
        rows.append((at, _titled(matter, one), goal, row.numerator, row.denominator, share, row.outcome))
    return Table(columns=_columns(words["columns"], widths), rows=tuple(rows))


def _columns(heads: list[str], widths: tuple[float, ...]) -> tuple[Column, ...]:
    return tuple(
        Column(head=head, width=width, align="left" if at == 1 else "centre")
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )


def _titled(matter: ReportContext, one: Measured) -> str:
    counted = matter.by_id[f"target.{one.id}"].counted
    return fill(report_toml("report")["assessment"]["target"], title=one.target.title, counted=counted)


def progress_title(matter: ReportContext) -> str:
    year = max((one.target.year for one in matter.measured.values()), default=matter.period.year)
    return fill(report_toml("report")["assessment"]["until"], year=str(year))


def progress_table(matter: ReportContext) -> Table | None:
    """Tells of targets to be reached once, by their year, where it is settled how they are counted."""
    words = report_toml("report")["assessment"]
    measured = matter.measured.values()
    far = [one for one in measured if one.target.every == "period" and one.is_settled]
    rows = tuple((at, *_far(matter, one)) for at, one in enumerate(far, 1))
    columns = _columns(words["progress-columns"], (10, 66, 22, 27, 35))
    return Table(columns=columns, rows=rows) if rows else None


def _far(matter: ReportContext, one: Measured) -> tuple[Cell, ...]:
    key = f"target.{one.id}"
    if one.pace is None:
        return (_titled(matter, one), None, None, words_for("outlook", "too-few-periods"))
    gap, needed, expected = (matter.by_id[f"{key}.{name}"] for name in ("gap", "needed", "expected"))
    return (_titled(matter, one), gap.numerator, needed.words or needed.numerator, expected.words)


NUMERALS = ("I", "II", "III", "IV", "V", "VI")


def report_text(matter: ReportContext, appendices: Mapping[str, Appendix]) -> tuple[Block, ...]:
    """The opening, sections I to VI and the closing line."""
    words = report_toml("report")
    refer = {kind: appendix_name(one) for kind, one in appendices.items()}
    sections = (
        _points(words["situation"]),
        results_section(matter, refer),
        assessment_section(matter, refer["method"]),
        _points(words["difficulties"]),
        _directions(matter, words["directions"]),
        (_paragraph(words["proposals"]["blank"]),),
    )
    names = ("situation", "results", "assessment", "difficulties", "directions", "proposals")
    following = _following(matter.period)
    blocks: list[Block] = [*_opening(matter, words["opening"])]
    for numeral, key, section in zip(NUMERALS, names, sections, strict=True):
        blocks.append(Heading(text=f"{numeral}. {fill(words[key]['title'], period=following)}"))
        blocks.extend(section)
    closing = words["proposals"]["closing"]
    said = fill(closing, period=matter.period, agency=matter.letterhead.agency)
    blocks.append(Paragraph(text=said, kind="closing"))
    return tuple(blocks)


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text=text)


def _points(words: Mapping[str, Any]) -> tuple[Block, ...]:
    points = tuple(_paragraph(f"{at}. {text}") for at, text in enumerate(words["points"], 1))
    return (*points, Paragraph(text=words["caution"], kind="note")) if "caution" in words else points


def _following(period: Period) -> Period:
    """The next period of the same length."""
    return Period.numbered(period.number + 1) if period.half else Period(year=period.year + 1)


# --- the opening ------------------------------------------------------------------------------


def _opening(matter: ReportContext, words: Mapping[str, str]) -> Iterator[Block]:
    head, charter = matter.letterhead, matter.programme.charter
    title = charter.title[:1].lower() + charter.title[1:]
    basis = fill(
        words["basis"],
        number=_plan_number(matter, words),
        owner=charter.owner,
        title=title,
        grounds=_grounds(matter, words),
        agency=head.agency,
        period=matter.period,
    )
    yield _paragraph(basis)
    has_ended = matter.figures.has_ended(matter.period)
    yield _paragraph(
        fill(
            words["span" if has_ended else "running-span"],
            start=matter.period.start,
            end=matter.period.end,
            taken=matter.figures.taken_on,
            cut_off=head.cut_off or words["unknown-day"],
            due=head.due or words["unknown-day"],
        )
    )
    if not has_ended:
        yield _paragraph(words["unfinished"])


def _plan_number(matter: ReportContext, words: Mapping[str, str]) -> str:
    """The plan's number, if the register has one that is complete."""
    plan = matter.programme.register.documents.get(matter.programme.charter.plan.reference)
    if plan is None or "…" in plan.number:
        return words["unknown-number"]
    return fill(words["number"], number=plan.number)


def _grounds(matter: ReportContext, words: Mapping[str, str]) -> str:
    documents = matter.programme.register.documents
    named = [documents[id] for id in matter.letterhead.grounds if id in documents]
    if not named:
        return ""
    spoken = (
        fill(
            words["document"],
            short=one.short,
            day=one.issued if isinstance(one.issued, str) else short_day(one.issued),
        )
        if one.issued
        else fill(words["undated-document"], short=one.short)
        for one in named
    )
    return fill(words["grounds"], documents=", ".join(spoken))


# --- what comes next --------------------------------------------------------------------------


def _directions(matter: ReportContext, words: Mapping[str, str]) -> tuple[Block, ...]:
    """What the figures themselves ask for, then what the office plans."""
    lines = [*_still_needed(matter, words), words["blank"]]
    if len(lines) == 1:
        return (_paragraph(lines[0]),)
    return tuple(_paragraph(f"{at}. {text}") for at, text in enumerate(lines, 1))


def _still_needed(matter: ReportContext, words: Mapping[str, str]) -> Iterator[str]:
    for one in matter.measured.values():
        gap = one.gap
        if gap:
            needed = one.pace.needed if one.pace else None
            yield fill(
                words["needed" if needed else "gap"],
                title=one.target.title,
                gap=gap,
                needed=needed or 0,
                counted=matter.by_id[f"target.{one.id}"].counted,
            )
