"""Pages drawn before, so that a live preview draws one page anew and not five hundred."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ...programme.model.base import NOTHING
from ...programme.model.programme import Programme
from ..downloads import Download
from .page import SitePage


@dataclass
class PageCache:
    """Pages by address, each with what it alone was drawn from; `around` is what all of them share."""

    around: object = None
    drawn: dict[str, tuple[object, SitePage]] = field(default_factory=dict)

    def stand_in(self, programme: Programme, downloads: tuple[Download, ...]) -> None:
        """Forgets every page when anything but a lesson, a course, a bank or another page has changed."""
        others = replace(
            programme,
            courses=NOTHING,
            lessons=NOTHING,
            banks=NOTHING,
            campaigns=NOTHING,
            pages=(),
            files=frozenset(),
        )
        if (others, downloads) != self.around:
            self.around = (others, downloads)
            self.drawn.clear()

    def page(self, address: str, sources: object, draw: Callable[[], SitePage]) -> SitePage:
        """The page as drawn before, if from equal sources, else anew."""
        known = self.drawn.get(address)
        if known is None or known[0] != sources:
            known = self.drawn[address] = (sources, draw())
        return known[1]
