"""`taphuan new`: new files from patterns, and questions into the bank that is named."""

from .drafting import draft
from .ids import HELP, KINDS, QUESTION_KINDS, NewFile, Wish

__all__ = ["HELP", "KINDS", "QUESTION_KINDS", "NewFile", "Wish", "draft"]
