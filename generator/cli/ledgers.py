"""The ledger and the programme that a verb is about, by its options."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection

from ..errors import AuthorError, OperatorError, reason
from ..programme.loading import load
from ..programme.model.programme import Programme
from ..records import By, people
from ..records.store import Store, found_at, located, see

DATABASE = "TAPHUAN_DATABASE_URL"
DEFAULT = "sqlite:///ho-so/ho-so.sqlite3"
OPERATOR = "dòng lệnh"


def database_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--database",
        envvar=DATABASE,
        default=DEFAULT,
        metavar="ĐỊA_CHỈ",
        help="Địa chỉ của sổ: sqlite:///tệp hoặc postgresql://….",
    )(command)


def programme_of(root: Path, banks: Path | None = None) -> Programme:
    """Returns the programme. Raises AuthorError where there are errors in it."""
    loading = load(root, banks=banks)
    if loading.programme is None or loading.has_errors:
        raise AuthorError(loading.findings)
    return loading.programme


def settle(store: Store, programme: Programme) -> None:
    """The programme's units stand in the records before anybody is expected in them."""
    by = By(actor=OPERATOR, reason="đơn vị theo chương trình")
    units = people.units_of(programme.units)
    store.write(lambda connection: people.place(connection, units, by=by, now=store.now()))


@contextmanager
def opened(database: str, programme: Programme) -> Iterator[Store]:
    """Opens the programme's ledger to write in, made where there is none, its folder too; that is said.

    Raises OperatorError, before anything is written, for a ledger of another programme.
    """
    path = located(database).path
    if found_at(database) != "nothing":
        see(database, lambda within: require_same(within, programme, database), even_older=True)
    elif path is not None:
        _make_folder(path.parent)
    with told(Store.open(database)) as store:
        yield store


@contextmanager
def told(store: Store) -> Iterator[Store]:
    """Tells what opening a ledger changed, and once it is closed what is to be known of its files."""
    for notice in store.notices:
        click.echo(notice, err=True)
    try:
        yield store
    finally:
        if left := store.close():
            click.echo(left, err=True)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OperatorError(
            f"không tạo được thư mục “{folder}”: {reason(fault)}",
            fix="xem lại địa chỉ ở --database, và quyền ghi",
        ) from None


def require_same(connection: Connection, programme: Programme, database: str) -> None:
    """Raises OperatorError where the ledger's units stand below another province than the programme's.

    Names and communes may change; the province's code is what both have in common.
    """
    ours, theirs = programme.units.province, people.provinces(connection)
    if theirs and ours.code not in theirs:
        told = ", ".join(f"{name} (mã {code})" for code, name in theirs.items())
        raise OperatorError(
            f"sổ “{located(database).place}” là của {told}, còn chương trình này là của {ours.name} "
            f"(mã {ours.code})",
            fix="xem lại --root, và địa chỉ sổ ở --database hoặc biến TAPHUAN_DATABASE_URL",
        )
