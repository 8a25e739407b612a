"""What every measure says of a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from ..programme import addresses
from ..programme.model.decision import Decided, Decision
from ..programme.model.plan import Target
from .pace import Pace
from .periods import Period
from .share import Share

Missing = Literal[
    "no-roster", "nobody-listed", "no-course", "no-commune", "no-activity", "not-entered", "none-arose"
]
M = TypeVar("M", bound="Measured")


@dataclass(frozen=True, kw_only=True)
class CountingAssumption:
    """A decision that a target's counting rests on, and the names of those who have to make it."""

    id: str
    decision: Decision
    who: tuple[str, ...]

    @property
    def address(self) -> str:
        """Returns where the question stands on the site."""
        return f"/{addresses.decision(self.id)}"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Where a target stands at the end of a period; with no share, `missing` says why.

    `pace` is there for a target that is to be reached once, by its year. While a decision that the counting
    rests on is open, there is a count, and nothing that follows from holding it against the goal.
    """

    id: str
    target: Target
    period: Period
    share: Share | None = None
    missing: Missing | None = None
    pace: Pace | None = None
    assumptions: tuple[CountingAssumption, ...] = ()

    @property
    def still_open(self) -> tuple[CountingAssumption, ...]:
        """Returns those of its assumptions that nobody has decided yet."""
        return tuple(one for one in self.assumptions if one.decision.is_open)

    @property
    def is_settled(self) -> bool:
        """Whether it may be said if the goal is reached."""
        return not self.still_open

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Returns the names of those who have yet to decide, each once."""
        return tuple(dict.fromkeys(name for one in self.still_open for name in one.who))

    @property
    def papers(self) -> tuple[Decided, ...]:
        """Returns the papers that its counting follows."""
        return tuple(one.decision.decided for one in self.assumptions if one.decision.decided is not None)

    @property
    def percent(self) -> str:
        """Returns "92,1%"; nothing while it is open what is counted, or out of what."""
        return self.share.text if self.share is not None and self.is_settled else ""

    @property
    def is_reached(self) -> bool | None:
        return self.share.is_reached if self.share is not None and self.is_settled else None

    @property
    def gap(self) -> int | None:
        return self.share.gap if self.share is not None and self.is_settled else None


def absent(kind: type[M], id: str, target: Target, period: Period, missing: Missing, **others: Any) -> M:
    """A target of which nothing can be said yet."""
    return kind(id=id, target=target, period=period, missing=missing, **others)
