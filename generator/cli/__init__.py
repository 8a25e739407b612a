"""The door that a person opens: `taphuan`, in Vietnamese."""

from .commands import main

__all__ = ["main"]
