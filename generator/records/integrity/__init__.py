"""Whether a database still gives what was written into it: its own check first, then every value."""

from .faults import require_damage
from .looking import DAMAGE, Check, Integrity, look

__all__ = ["DAMAGE", "Check", "Integrity", "look", "require_damage"]
