"""Questions that somebody in office has yet to decide, and what they decided."""

from __future__ import annotations

from .base import Value
from .scalars import Day, MarkdownText, Slug, Text

#: The only file of them; a programme without it has no open question.
DECISIONS = "content/programme/decisions.yml"


class Decided(Value):
    """The paper that answers a question. Without its number nothing is decided."""

    document: Text
    issued: Day
    says: MarkdownText


class Decision(Value):
    """A question, who has to answer it, and what stands until they do."""

    question: Text
    why: MarkdownText
    who: tuple[Slug, ...]
    since: Day
    until_then: MarkdownText
    courses: tuple[Slug, ...] = ()
    """The courses in whose classes it comes up."""
    decided: Decided | None = None

    @property
    def is_open(self) -> bool:
        return self.decided is None
