"""The appendix of method: how each figure was counted, what it proves, and how to compare it later.

It stands apart from the text, which is to be read as any report of an office is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..targets import Communication, Measured, ReportedFigures
from .blocks import Block, Heading, Paragraph
from .matter import Matter
from .wording import filled, wording


def method(matter: Matter, words: Mapping[str, Any]) -> tuple[Block, ...]:
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


def _counting(matter: Matter, words: Mapping[str, Any]) -> Iterator[str]:
    for training in matter.trainings:
        yield _noted(matter, training)
        if training.waived:
            yield filled(words["waived"], title=training.target.title, count=training.waived)
    for one in matter.measured.values():
        if isinstance(one, Communication) or (
            isinstance(one, ReportedFigures) and one.share and one.assumptions
        ):
            yield _noted(matter, one)
    if any(one.share and not one.is_settled for one in matter.measured.values()):
        yield words["open"]
    yield words["rounding"]


def _noted(matter: Matter, one: Measured) -> str:
    """Returns what the row says of how it was counted."""
    return f"{one.target.title}: {_lowered(matter.by_id[f'target.{one.id}'].note)}."


def _lowered(text: str) -> str:
    """Returns a text as the rest of a sentence; capitals that cry out stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _proof(matter: Matter, words: Mapping[str, Any]) -> Iterator[str]:
    if matter.trainings:
        yield from words["honest"]
        yield filled(words["apart"], evidence=spoken(matter))
        yield words["strongest"]


def _comparing(matter: Matter, words: Mapping[str, Any]) -> Iterator[str]:
    if matter.figures.head:
        yield filled(words["head"], head=matter.figures.head)


def spoken(matter: Matter) -> str:
    """Returns the classes of evidence, each with what it means."""
    letter = wording("report")["appendix"]["method"]["letter"]
    meanings = wording("words")["evidence"]
    return "; ".join(filled(letter, letter=one, words=meanings[one]) for one in matter.letters)
