"""Time-based one-time passwords (RFC 6238): six digits, 30 seconds, SHA-1."""

from __future__ import annotations

import hmac
import struct
from base64 import b32decode, b32encode
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote, urlencode

STEP = 30
DIGITS = 6
#: Steps that a phone's clock may be off, either way.
DRIFT = 1


def new_secret(random: Callable[[int], bytes]) -> str:
    """160 bits in base 32, as authenticator apps take it."""
    return b32encode(random(20)).decode()


def address(secret: str, *, account: str, issuer: str) -> str:
    """What the QR code of an enrolment says."""
    label = quote(f"{issuer}:{account}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"


def password(secret: str, step: int) -> str:
    """The digits of a step."""
    digest = hmac.digest(b32decode(secret), struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[offset : offset + 4])
    return f"{(number & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}d}"


def step_at(moment: datetime) -> int:
    return int(moment.timestamp()) // STEP


def step(secret: str, typed: str, *, now: datetime, after: int | None = None) -> int | None:
    """The step whose digits were typed, if it is about now and later than the last one used."""
    current = step_at(now)
    typed = "".join(typed.split())
    for candidate in range(current - DRIFT, current + DRIFT + 1):
        is_right = hmac.compare_digest(password(secret, candidate).encode(), typed.encode())
        if is_right and (after is None or candidate > after):
            return candidate
    return None


def is_valid(secret: str, typed: str, *, now: datetime) -> bool:
    return step(secret, typed, now=now) is not None
