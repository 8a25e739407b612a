"""Words to use and to avoid, and the glossary."""

from __future__ import annotations

from pydantic import Field

from .base import NOTHING, Document, FrozenMap, Value
from .reference import Confidence
from .scalars import Day, MarkdownText, Slug, Text


class ChosenName(Value):
    """The one name of an act, an office or a thing, and the names that it does not go by."""

    use: Text
    avoid: tuple[Text, ...]
    # `except` is a Python keyword; an author writes that.
    exceptions: tuple[Text, ...] = Field(default=(), alias="except")
    reason: Text


class PreferredTerm(ChosenName):
    """A word that respects people, and those that do not; readers see the list."""

    confidence: Confidence
    sources: tuple[Text, ...] = ()


class GlossaryEntry(Value):
    term: Text
    definition: MarkdownText
    source: MarkdownText | None = None
    confidence: Confidence
    valid_until: Day | None = None


class Terms(Document):
    checked: Day
    action_verbs: tuple[Text, ...]
    preferred: FrozenMap[Slug, PreferredTerm]
    names: FrozenMap[Slug, ChosenName] = NOTHING
    glossary: FrozenMap[Slug, GlossaryEntry]
