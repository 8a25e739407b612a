"""Seeds of authenticators at rest: AES-256-GCM under a key that is neither in the database nor its backup."""

from __future__ import annotations

import hashlib
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ...errors import OperatorError, reason

SIZE, NONCE = 32, 12


@dataclass(frozen=True)
class SeedKey:
    """Encrypts seeds; its id says under which key one was encrypted, and gives nothing of the key away."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        return hashlib.sha256(self.secret).hexdigest()[:8]

    def encrypt(self, seed: str, account: str, random: Callable[[int], bytes] = secrets.token_bytes) -> str:
        """Bound to the account, so that it cannot be moved to another one."""
        nonce = random(NONCE)
        hidden = AESGCM(self.secret).encrypt(nonce, seed.encode(), account.encode())
        return b64encode(nonce + hidden).decode()

    def decrypt(self, written: str, account: str) -> str | None:
        """Nothing where it was encrypted under another key, or for another account."""
        found = b64decode(written)
        try:
            return AESGCM(self.secret).decrypt(found[:NONCE], found[NONCE:], account.encode()).decode()
        except InvalidTag:
            return None


def new_key() -> SeedKey:
    return SeedKey(secrets.token_bytes(SIZE))


def kept_key(path: Path) -> SeedKey:
    """The key in a file, which is made where there is none and which only its owner may read.

    Raises OperatorError where the file cannot be written or read, or holds something else.
    """
    try:
        if not path.exists():
            _write(path, new_key())
        text = path.read_text(encoding="ascii").strip()
        found = SeedKey(bytes.fromhex(text))
    except OSError as fault:
        raise OperatorError(
            f"không ghi hoặc không đọc được tệp khóa “{path}”: {reason(fault)}",
            fix="xem lại thư mục và quyền truy cập, hoặc chọn tệp khác bằng --key-file",
        ) from None
    except ValueError:
        raise _no_key(path) from None
    if len(found.secret) != SIZE:
        raise _no_key(path)
    return found


def _write(path: Path, key: SeedKey) -> None:
    """Whole or not at all; of two that make it at once, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{key.secret.hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        _publish(part, path)
    finally:
        part.unlink(missing_ok=True)


def _publish(part: Path, path: Path) -> None:
    """Gives a file its name, unless the name is taken."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except OSError:  # a stick with FAT has no links
        if not path.exists():
            part.replace(path)


def _no_key(path: Path) -> OperatorError:
    return OperatorError(
        f"tệp “{path}” không phải là tệp khóa của phần mềm này",
        fix="lấy lại bản tệp khóa đã cất riêng, hoặc chuyển tệp ấy đi nơi khác để phần mềm tạo khóa mới",
    )
