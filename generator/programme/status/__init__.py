"""How a programme stands on a day, as plain values: what there is, what waits, and what is due."""

from .overview import Overview, overview

__all__ = ["Overview", "overview"]
