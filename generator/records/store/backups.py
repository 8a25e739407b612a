"""Backup of a ledger, and restoring one. Both verify what they have written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, Connection, delete

from ...errors import OperatorError
from .. import schema
from ..attribution import Clock, NewId, new_id, now
from ..verification import Verification, verified
from .copying import beside, copy, require_free
from .engines import located
from .migrating import Found, found
from .reading import found_at, see
from .store import Store, identify


class Restored(NamedTuple):
    """The new id of a restored ledger, what it was before it was brought up, and how sound it is."""

    identity: str
    before: Found
    verification: Verification


def backup(url: str, target: Path) -> Verification:
    """Copies a ledger to a new file while it is in use, and verifies the copy; it stays only if it is sound.

    Raises OperatorError on PostgreSQL, where there is no ledger of ours, or where `target` cannot be written.
    """
    source = _file(url, "sao lưu")
    see(url, found, even_older=True)
    verifications: list[Verification] = []

    def is_sound(part: Path) -> bool:
        verifications.append(_verified(part))
        return verifications[-1].is_sound

    copy(source, target, is_sound)
    return verifications[-1]


def _verified(part: Path) -> Verification:
    """Reads a copy again; one of earlier software as it will be once brought up, which a second copy is."""
    if found_at(_address(part)) == "older":
        part = Path(shutil.copy(part, part.with_name("newer")))
        Store.open(_address(part)).close()
    return see(_address(part), verified)


def restore(source: Path, url: str, *, clock: Clock = now, new_id: NewId = new_id) -> Restored:
    """Makes a ledger of a backup, with a new id, and verifies it. Nobody stays signed in.

    It stays even if it is not sound, since it may be all that is left. Raises OperatorError where the
    database exists, or the backup is none.
    """
    target = _file(url, "khôi phục")
    require_free(target)
    before = see(_address(source), found, even_older=True)
    copy(source, target, lambda part: True)
    with _whole_or_gone(target):
        with Store.open(url, clock=clock) as store:
            identity = store.write(lambda connection: _renewed(connection, new_id, clock))
        return Restored(identity, before, see(url, verified))


def _renewed(connection: Connection, new_id: NewId, clock: Clock) -> str:
    connection.execute(delete(schema.session))
    return identify(connection, new_id(), clock())


@contextmanager
def _whole_or_gone(target: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for one in (target, *beside(target), target.with_name(target.name + ".turn")):
            one.unlink(missing_ok=True)
        raise


def _file(url: str, doing: str) -> Path:
    path = located(url).path
    if path is None:
        raise OperatorError(
            f"lệnh này chỉ {doing} được SQLite", fix="dùng pg_dump và pg_restore của PostgreSQL"
        )
    return path


def _address(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))
