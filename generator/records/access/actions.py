"""What the trail calls signing in and out, and all about it; none of it changes a figure."""

from __future__ import annotations

from ..attribution import By

ACCEPTED = "account.accepted"
SIGNED_IN = "account.signed-in"
SIGNED_OUT = "account.signed-out"
REFUSED = "account.refused"
#: A name that nobody has. What was typed is not kept: it may be somebody's password.
UNKNOWN = "sign-in.unknown"
NOBODY = "-"
PASSWORD_CHANGED = "account.password-changed"
OTHERS_ENDED = "account.other-sessions-ended"
PROVED = "account.proved"
TOTP_REFUSED = "account.totp-refused"
TOTP_BOUND = "account.totp-bound"
TOTP_RENEWED = "account.totp-renewed"
WAIVED = "second-factor.waived"
REQUIRED = "second-factor.required"
ALL = frozenset(
    {
        *(ACCEPTED, SIGNED_IN, SIGNED_OUT, REFUSED, UNKNOWN, PASSWORD_CHANGED, OTHERS_ENDED),
        *(PROVED, TOTP_REFUSED, TOTP_BOUND, TOTP_RENEWED, WAIVED, REQUIRED),
    }
)

BY_PASSWORD = "by password alone"
CODE_TO_COME = "by password, code still to be given"
BY_LINK = "by the one-time link"
WRONG_PASSWORD = "wrong password"
NO_SUCH_NAME = "nobody has the name"
WHILE_LOCKED = "while locked"
SWITCHED_OFF = "the account is switched off"
WRONG_DIGITS = "wrong digits"
ITSELF = "did so"


def themselves(account: str, reason: str = ITSELF) -> By:
    """Whoever holds the account, about themselves."""
    return By(actor=account, reason=reason)


def somebody(reason: str) -> By:
    """Nobody knows who."""
    return By(actor="system", reason=reason)
