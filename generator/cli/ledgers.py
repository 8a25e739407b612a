"""The ledger and the programme that a verb is about, by its options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..building import Options, checked
from ..programme.model.programme import Programme
from ..records import By, people
from ..records.store import Store

DATABASE = "TAPHUAN_DATABASE_URL"
DEFAULT = "sqlite:///ho-so/ho-so.sqlite3"
OPERATOR = "dòng lệnh"


def database_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--database",
        envvar=DATABASE,
        default=DEFAULT,
        metavar="ĐỊA_CHỈ",
        help=f"sqlite:///tệp hoặc postgresql://… (hoặc biến {DATABASE}; mặc định {DEFAULT}).",
    )(command)


def opened(database: str) -> Store:
    """The database, its folder made first; what its operator should know is said."""
    if database.startswith("sqlite:///"):
        Path(database.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    store = Store.open(database)
    tell_notices(store)
    return store


def tell_notices(store: Store) -> None:
    for notice in store.notices:
        click.echo(notice, err=True)


def root_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--root",
        type=click.Path(path_type=Path),
        default=Path(),
        metavar="THƯ_MỤC",
        help="Thư mục gốc của chương trình (mặc định: nơi đang đứng).",
    )(command)


def programme_of(root: Path, banks: Path | None = None) -> Programme:
    programme = checked(Options(root=root, banks=banks)).programme
    assert programme is not None
    return programme


def settle(store: Store, programme: Programme) -> None:
    """The programme's units stand in the records before anybody is expected in them."""
    by = By(actor=OPERATOR, reason="đơn vị theo chương trình")
    units = people.units_of(programme.units)
    store.write(lambda connection: people.place(connection, units, by=by, now=store.now()))
