"""What may be where a ledger is expected, and how a test sees that it stayed as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from taphuan.records import Store

FOREIGN = "CREATE TABLE invoice (id INTEGER PRIMARY KEY, paid INTEGER)"
#: What may be there, and a part of what the operator is told of it.
KINDS = {
    "absent": "không có sổ theo dõi nào ở",
    "empty": "trống, chưa có sổ theo dõi nào",
    "letter": "không phải là sổ theo dõi",
    "folder": "là một thư mục",
    "foreign": "của phần mềm khác",
    "alembic": "của phần mềm khác",
    "newer": "mới hơn",
    "older": "cũ hơn",
}


def set_version(url: str, version: str) -> None:
    """Has a ledger say that another version of the software made it."""
    with Store.open(url) as store:
        change = text("UPDATE alembic_version SET version_num = :version")
        store.write(lambda connection: connection.execute(change, {"version": version}) and None)


def make_database(path: Path, kind: str) -> None:
    """Makes what `kind` says; "older" is a ledger of today, for software of a later release."""
    if kind == "empty":
        path.touch()
    elif kind == "letter":
        path.write_text("Kính gửi Sở Y tế, " * 100, encoding="utf-8")
    elif kind == "folder":
        path.mkdir()
    elif kind in {"foreign", "alembic"}:
        with closing(sqlite3.connect(path)) as other:
            other.execute(FOREIGN if kind == "foreign" else "CREATE TABLE alembic_version (version_num TEXT)")
    elif kind != "absent":
        Store.open(f"sqlite:///{path}").close()
        if kind == "newer":
            set_version(f"sqlite:///{path}", "9999_later")


def contents(folder: Path) -> dict[str, bytes | None]:
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}
