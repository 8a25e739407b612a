"""`taphuan approve`: fills `review` after an approval, or lists where approvals stand."""

from .verb import approve

__all__ = ["approve"]
