"""The command `taphuan`, in Vietnamese."""

from .commands import main

__all__ = ["main"]
