"""The text of a report, section by section, from its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..targets import Period
from .appendices import name
from .assessment import assessment
from .blocks import Appendix, Block, Heading, Paragraph
from .matter import Matter
from .results import results
from .wording import day, filled, wording

NUMERALS = ("I", "II", "III", "IV", "V", "VI")


def body(matter: Matter, appendices: Mapping[str, Appendix]) -> tuple[Block, ...]:
    """The opening, sections I to VI and the closing line."""
    words = wording("report")
    refer = {kind: name(one) for kind, one in appendices.items()}
    sections = (
        _points(words["situation"]),
        results(matter, refer),
        assessment(matter, refer["method"]),
        _points(words["difficulties"]),
        _directions(matter, words["directions"]),
        (_paragraph(words["proposals"]["blank"]),),
    )
    names = ("situation", "results", "assessment", "difficulties", "directions", "proposals")
    following = _following(matter.period)
    blocks: list[Block] = [*_opening(matter, words["opening"])]
    for numeral, key, section in zip(NUMERALS, names, sections, strict=True):
        blocks.append(Heading(text=f"{numeral}. {filled(words[key]['title'], period=following)}"))
        blocks.extend(section)
    closing = words["proposals"]["closing"]
    said = filled(closing, period=matter.period, agency=matter.letterhead.agency)
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


def _opening(matter: Matter, words: Mapping[str, str]) -> Iterator[Block]:
    head, charter = matter.letterhead, matter.programme.charter
    title = charter.title[:1].lower() + charter.title[1:]
    basis = filled(
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
        filled(
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


def _plan_number(matter: Matter, words: Mapping[str, str]) -> str:
    """The plan's number, if the register has one that is complete."""
    plan = matter.programme.register.documents.get(matter.programme.charter.plan.reference)
    if plan is None or "…" in plan.number:
        return words["unknown-number"]
    return filled(words["number"], number=plan.number)


def _grounds(matter: Matter, words: Mapping[str, str]) -> str:
    documents = matter.programme.register.documents
    named = [documents[id] for id in matter.letterhead.grounds if id in documents]
    if not named:
        return ""
    spoken = (
        filled(
            words["document"],
            short=one.short,
            day=one.issued if isinstance(one.issued, str) else day(one.issued),
        )
        if one.issued
        else filled(words["undated-document"], short=one.short)
        for one in named
    )
    return filled(words["grounds"], documents=", ".join(spoken))


# --- what comes next --------------------------------------------------------------------------


def _directions(matter: Matter, words: Mapping[str, str]) -> tuple[Block, ...]:
    """What the figures themselves ask for, then what the office plans."""
    lines = [*_still_needed(matter, words), words["blank"]]
    if len(lines) == 1:
        return (_paragraph(lines[0]),)
    return tuple(_paragraph(f"{at}. {text}") for at, text in enumerate(lines, 1))


def _still_needed(matter: Matter, words: Mapping[str, str]) -> Iterator[str]:
    for one in matter.measured.values():
        gap = one.gap
        if gap:
            needed = one.pace.needed if one.pace else None
            yield filled(
                words["needed" if needed else "gap"],
                title=one.target.title,
                gap=gap,
                needed=needed or 0,
                counted=matter.by_id[f"target.{one.id}"].counted,
            )
