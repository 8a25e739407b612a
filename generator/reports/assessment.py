"""Section III: each target with its numerator and denominator, and how they were counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..targets import Communication, Measured, Told
from .blocks import Block, Cell, Column, Heading, Paragraph, Table
from .matter import Matter
from .wording import filled, word, wording


def assessment(matter: Matter) -> tuple[Block, ...]:
    """The table of targets, the method, and in a yearly report how far it is to the year of each."""
    words = wording("report")["assessment"]
    blocks: list[Block] = [
        Heading(text=f"1. {filled(words['results'], until=matter.so_far)}", level=2),
        targets_table(matter),
    ]
    if any(None in row for row in targets_table(matter).rows):
        blocks.append(Paragraph(text=wording("report")["marks"]["blank"], kind="note"))
    blocks.append(Heading(text=f"2. {words['method']}", level=2))
    blocks.extend(Paragraph(text=text) for text in method(matter))
    if matter.period.half is None and (far := progress_table(matter)):
        blocks.append(Heading(text=f"3. {progress_title(matter)}", level=2))
        blocks.extend([far, Paragraph(text=words["progress-note"], kind="note")])
    return tuple(blocks)


def targets_table(matter: Matter) -> Table:
    words = wording("report")["assessment"]
    widths = (10, 56, 17, 17, 17, 19, 24)
    rows = []
    for at, one in enumerate(matter.measured.values(), 1):
        row = matter.by_id[f"target.{one.id}"]
        goal = filled(words["share"], goal=row.goal)
        share: Cell = "" if row.is_count or one.missing == "none-arose" else row.share
        rows.append((at, _titled(matter, one), goal, row.numerator, row.denominator, share, row.outcome))
    return Table(columns=_columns(words["columns"], widths), rows=tuple(rows))


def _columns(heads: list[str], widths: tuple[float, ...]) -> tuple[Column, ...]:
    return tuple(
        Column(head=head, width=width, align="left" if at == 1 else "centre")
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )


def _titled(matter: Matter, one: Measured) -> str:
    counted = matter.by_id[f"target.{one.id}"].counted
    return filled(wording("report")["assessment"]["target"], title=one.target.title, counted=counted)


def method(matter: Matter) -> Iterator[str]:
    """How the figures were counted, what they prove, and what was assumed."""
    words = wording("report")["assessment"]
    for training in matter.trainings:
        yield _noted(matter, training)
        if training.waived:
            yield "- " + filled(words["waived"], title=training.target.title, count=training.waived)
    for one in matter.measured.values():
        if isinstance(one, Communication) or (isinstance(one, Told) and one.share and one.assumptions):
            yield _noted(matter, one)
    if any(one.share and not one.is_settled for one in matter.measured.values()):
        yield f"- {words['open']}"
    yield f"- {words['rounding']}"
    if matter.trainings:
        yield f"- {words['honest']}"
        yield f"- {filled(words['apart'], evidence=spoken(matter, words))}"
        yield f"- {words['strongest']}"
    if matter.figures.head:
        yield f"- {filled(words['head'], head=matter.figures.head)}"


def _noted(matter: Matter, one: Measured) -> str:
    """Returns what the row says of how it was counted."""
    return f"- {one.target.title}: {_lowered(matter.by_id[f'target.{one.id}'].note)}."


def _lowered(text: str) -> str:
    """As the rest of a sentence; capitals that cry out stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def spoken(matter: Matter, words: Mapping[str, Any]) -> str:
    """The classes of evidence, each with what it means."""
    meanings = wording("words")["evidence"]
    return "; ".join(
        filled(words["letter"], letter=letter, words=meanings[letter]) for letter in matter.letters
    )


def progress_title(matter: Matter) -> str:
    year = max((one.target.year for one in matter.measured.values()), default=matter.period.year)
    return filled(wording("report")["assessment"]["until"], year=str(year))


def progress_table(matter: Matter) -> Table | None:
    """Tells of targets to be reached once, by their year, where it is settled how they are counted."""
    words = wording("report")["assessment"]
    measured = matter.measured.values()
    far = [one for one in measured if one.target.every == "period" and one.is_settled]
    rows = tuple((at, *_far(matter, one)) for at, one in enumerate(far, 1))
    columns = _columns(words["progress-columns"], (10, 66, 22, 27, 35))
    return Table(columns=columns, rows=rows) if rows else None


def _far(matter: Matter, one: Measured) -> tuple[Cell, ...]:
    key = f"target.{one.id}"
    if one.pace is None:
        return (_titled(matter, one), None, None, word("outlook", "too-few-periods"))
    gap, needed, expected = (matter.by_id[f"{key}.{name}"] for name in ("gap", "needed", "expected"))
    return (_titled(matter, one), gap.numerator, needed.words or needed.numerator, expected.words)
