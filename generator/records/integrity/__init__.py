"""Whether a database still gives what was written into it: its own check first, then every value."""

from .looking import Check, Integrity, look
from .server import require_damage

__all__ = ["Check", "Integrity", "look", "require_damage"]
