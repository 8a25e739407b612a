"""A row: one figure of a period with all that must stand beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..programme.model.base import NOTHING
from ..render.templating import thousands
from ..targets import Share
from .wording import word


@dataclass(frozen=True, kw_only=True)
class Row:
    """A count, a share, or words. With none of them it is a blank that the office fills in."""

    id: str
    group: str
    label: str
    counted: str = ""
    """What is counted: persons, attendances, communes …"""
    numerator: int | None = None
    denominator: int | None = None
    goal: int | None = None
    words: str = ""
    outcome: str = ""
    evidence: Mapping[str, int] = NOTHING
    """Persons by class of evidence; together they are the numerator."""
    source: str = ""
    note: str = ""
    is_count: bool = False
    """True of so many out of so many that make no share, as nobody has settled what is counted."""
    is_public: bool = False
    """True for what anybody may see: the province's figures and the communes' communication."""

    @property
    def is_blank(self) -> bool:
        return self.numerator is None and not self.words

    @property
    def share(self) -> Share | None:
        if self.numerator is None or self.denominator is None or self.is_count:
            return None
        return Share(numerator=self.numerator, denominator=self.denominator, goal=self.goal)

    @property
    def percent(self) -> str:
        """As "92,1%"; empty where there is no share."""
        return self.share.text if self.share else ""

    @property
    def shown(self) -> str:
        """The figure as a reader sees it: "1.234", "35/38", or words."""
        if self.numerator is None:
            return self.words
        whole = "" if self.denominator is None else f"/{thousands(self.denominator)}"
        return thousands(self.numerator) + whole

    @property
    def heading(self) -> str:
        return word("groups", self.group)
