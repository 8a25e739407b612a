"""What every measure says of a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from ..programme.model.plan import Target
from .pace import Pace
from .periods import Period
from .share import Share

Missing = Literal["no-roster", "nobody-listed", "no-course", "no-commune", "not-entered", "none-arose"]
M = TypeVar("M", bound="Measured")


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Where a target stands at the end of a period; with no share, `missing` says why.

    `pace` is there for a target that is to be reached once, by its year.
    """

    id: str
    target: Target
    period: Period
    share: Share | None = None
    missing: Missing | None = None
    pace: Pace | None = None


def absent(kind: type[M], id: str, target: Target, period: Period, missing: Missing, **others: Any) -> M:
    """A target of which nothing can be said yet."""
    return kind(id=id, target=target, period=period, missing=missing, **others)
