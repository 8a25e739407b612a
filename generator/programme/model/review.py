"""Who approved a text, and until when that holds."""

from __future__ import annotations

from datetime import date
from typing import Literal

from .base import Value
from .scalars import Day, Text


class Review(Value):
    status: Literal["draft", "reviewed", "approved"] = "draft"
    by: Text | None = None
    decision: Text | None = None
    checked: Day | None = None
    approved: Day | None = None
    valid_until: Day | None = None

    @property
    def is_draft(self) -> bool:
        return self.status != "approved"

    def is_over(self, day: date) -> bool:
        """Tells whether an approval has run out by that day."""
        return not self.is_draft and self.valid_until is not None and self.valid_until < day

    def imprint(self, owner: str) -> str:
        """Returns whose text it is: the owner's once approved; a draft only follows the owner's plan."""
        return f"Soạn theo kế hoạch của {owner}" if self.is_draft else owner

    def content_date(self, as_of: date) -> date:
        """The day on which the law cited must have been in force."""
        return self.checked or as_of


DRAFT = Review()
