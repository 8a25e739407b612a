"""Pages written by hand."""

from __future__ import annotations

from typing import ClassVar

from .values import ReviewedDocument, Text


class HandPage(ReviewedDocument):
    """A page written by hand. `id` is its path below `content/pages`."""

    given: ClassVar[frozenset[str]] = frozenset({"source", "id", "body", "body_line"})
    id: str = ""
    body: str = ""
    body_line: int = 1
    summary: Text | None = None
