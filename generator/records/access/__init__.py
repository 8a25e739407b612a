"""Who may come in: learners by a printed code, staff by a named account."""

from .accounts import Account, Role, account, accounts, deactivate, within
from .codes import Code, code
from .hashing import Hashing
from .learners import Learners
from .rights import OPERATIONS, Operation, needs_totp, require
from .sessions import Session, close, close_all, session, signed_in
from .staff import Staff
from .totp import address, is_valid, new_secret

__all__ = [
    "OPERATIONS",
    "Account",
    "Code",
    "Hashing",
    "Learners",
    "Operation",
    "Role",
    "Session",
    "Staff",
    "account",
    "accounts",
    "address",
    "close",
    "close_all",
    "code",
    "deactivate",
    "is_valid",
    "needs_totp",
    "new_secret",
    "require",
    "session",
    "signed_in",
    "within",
]
