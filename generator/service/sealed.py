"""Files fetched once they are made, kept in memory so that only the page that asked can read them."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .rates import Stopwatch

#: How long a file can be fetched, in seconds, and how many are kept at a time.
KEPT, MOST_KEPT = 15 * 60, 8
NONCE = 12


@dataclass(frozen=True)
class SealedFile:
    """Encrypted under a key that is not kept, until a moment of the stopwatch."""

    nonce: bytes
    hidden: bytes
    until: float


class SealedFiles:
    """The last files that were made, each of an owner. Only the `key`, which a page holds, opens one."""

    def __init__(self, stopwatch: Stopwatch, random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._stopwatch, self._random = stopwatch, random
        self._files: OrderedDict[tuple[str, str], SealedFile] = OrderedDict()

    def put(self, owner: str, key: str, data: bytes) -> None:
        nonce = self._random(NONCE)
        hidden = AESGCM(_stretched(key)).encrypt(nonce, data, owner.encode())
        self._files[owner, _name(key)] = SealedFile(nonce, hidden, self._stopwatch() + KEPT)
        self._sweep()

    def open(self, owner: str, key: str) -> bytes | None:
        """Nothing once its time is over, or with another key."""
        self._sweep()
        found = self._files.get((owner, _name(key)))
        if found is None:
            return None
        try:
            return AESGCM(_stretched(key)).decrypt(found.nonce, found.hidden, owner.encode())
        except InvalidTag:
            return None

    def _sweep(self) -> None:
        over = [name for name, one in self._files.items() if one.until <= self._stopwatch()]
        for name in over:
            del self._files[name]
        while len(self._files) > MOST_KEPT:
            self._files.popitem(last=False)


def _stretched(key: str) -> bytes:
    """Stretches a random id into a key: there is nothing to guess."""
    return hashlib.sha256(key.encode()).digest()


def _name(key: str) -> str:
    """Finds a file and opens none."""
    return hashlib.sha256(f"name of {key}".encode()).hexdigest()
