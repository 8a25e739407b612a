"""Who may come in: learners by a printed code, staff by a named account."""

from .accounts import Account, Role, account, accounts, deactivate, within
from .codes import Code, code
from .hashing import Hashing
from .learners import Learners
from .passwords import WeakPassword
from .rights import OPERATIONS, Operation, needs_second_factor, needs_totp, require
from .second_factor import PasswordNeeded, SecondFactor, note_second_factor
from .seeds import SeedKey, kept_key, new_key
from .sessions import Session, close, close_all, opened, renew, session, signed_in, touch
from .staff import Staff
from .totp import address, is_valid, new_secret

__all__ = [
    "OPERATIONS",
    "Account",
    "Code",
    "Hashing",
    "Learners",
    "Operation",
    "PasswordNeeded",
    "Role",
    "SecondFactor",
    "SeedKey",
    "Session",
    "Staff",
    "WeakPassword",
    "account",
    "accounts",
    "address",
    "close",
    "close_all",
    "code",
    "deactivate",
    "is_valid",
    "kept_key",
    "needs_second_factor",
    "needs_totp",
    "new_key",
    "new_secret",
    "note_second_factor",
    "opened",
    "renew",
    "require",
    "session",
    "signed_in",
    "touch",
    "within",
]
