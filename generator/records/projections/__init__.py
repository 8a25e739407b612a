"""What follows from the ledger: attempts, completions, waivers, and how many in each roster."""

from .applying import apply
from .counting import Counted, count, count_roster, expected, recount
from .folding import Fact, Folded, fold
from .merging import remaining
from .rebuilding import differences, miscounted, rebuild

__all__ = [
    "Counted",
    "Fact",
    "Folded",
    "apply",
    "count",
    "count_roster",
    "differences",
    "expected",
    "fold",
    "miscounted",
    "rebuild",
    "recount",
    "remaining",
]
