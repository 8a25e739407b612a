"""Words to use and to avoid, and the glossary."""

from __future__ import annotations

from pydantic import Field

from .base import Document, FrozenMap, Value
from .reference import Confidence
from .scalars import Day, MarkdownText, Slug, Text


class PreferredTerm(Value):
    use: Text
    avoid: tuple[Text, ...]
    # `except` is a Python keyword; an author writes that.
    exceptions: tuple[Text, ...] = Field(default=(), alias="except")
    reason: Text
    confidence: Confidence
    sources: tuple[Text, ...] = ()


class GlossaryEntry(Value):
    term: Text
    definition: MarkdownText
    source: MarkdownText | None = None
    confidence: Confidence


class Terms(Document):
    checked: Day
    action_verbs: tuple[Text, ...]
    preferred: FrozenMap[Slug, PreferredTerm]
    glossary: FrozenMap[Slug, GlossaryEntry]
