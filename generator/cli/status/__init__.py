"""`taphuan status`: how the programme stands, on one page or as JSON."""

from .verb import status

__all__ = ["status"]
