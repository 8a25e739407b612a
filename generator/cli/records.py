"""The verbs of the records: verify, rebuild, backup, restore."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..records.store import Store, restore
from .vietnamese import Verb, Verbs

DATABASE = "TAPHUAN_DATABASE_URL"
DEFAULT = "sqlite:///ho-so/ho-so.sqlite3"
FAULTY = 1


@click.group("records", cls=Verbs, help="Sổ theo dõi: ai đã được tập huấn, kiểm được từng dòng.")
def records() -> None:
    pass


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
    for notice in store.notices:
        click.echo(notice, err=True)
    return store


@records.command(cls=Verb, short_help="Kiểm chuỗi sổ và số liệu.", example="taphuan records verify")
@database_option
def verify(database: str) -> int:
    """Đọc lại toàn bộ sổ: chuỗi băm từ dòng đầu, và số liệu có khớp với sổ không."""
    with opened(database) as store:
        problems = store.verify()
    for problem in problems:
        click.echo(str(problem))
    click.echo("Sổ có chỗ sai." if problems else "Sổ nguyên vẹn, số liệu khớp.", err=True)
    return FAULTY if problems else 0


@records.command(cls=Verb, short_help="Tính lại số liệu từ sổ.", example="taphuan records rebuild")
@database_option
def rebuild(database: str) -> None:
    """Bỏ số liệu đã tính và tính lại từ sổ. Sổ không đổi."""
    with opened(database) as store:
        click.echo(f"Đã tính lại từ {store.rebuild()} dòng sổ.")


@records.command(
    cls=Verb, short_help="Sao lưu khi đang chạy.", example="taphuan records backup sao-luu.sqlite3"
)
@database_option
@click.argument("target", type=click.Path(path_type=Path), metavar="TỆP")
def backup(database: str, target: Path) -> None:
    """Chép sổ ra một tệp mới, cả khi dịch vụ đang chạy. Không ghi đè tệp đã có."""
    with opened(database) as store:
        store.backup(target)
    click.echo(f"Đã sao lưu vào {target}")


@records.command(
    "restore",
    cls=Verb,
    short_help="Khôi phục từ bản sao lưu.",
    example="taphuan records restore sao-luu.sqlite3 --database sqlite:///moi.sqlite3",
)
@database_option
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="TỆP")
def restore_verb(database: str, source: Path) -> None:
    """Dựng lại sổ từ bản sao lưu vào một tệp chưa có. Mọi người phải đăng nhập lại."""
    identity = restore(source, database)
    click.echo(f"Đã khôi phục. Mã sổ mới: {identity}")
