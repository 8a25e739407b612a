"""The verbs that keep a ledger: verify, rebuild, backup, restore."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..records import Malformed, heads
from ..records.heads import Head
from ..records.store import head_of, restore
from .ledgers import database_option, opened
from .vietnamese import Verb

FAULTY = 1


def noted_heads(context: click.Context, option: click.Parameter, given: Sequence[str]) -> tuple[Head, ...]:
    try:
        return tuple(map(heads.written, given))
    except Malformed:
        raise click.BadParameter(
            "một mốc gồm số dòng, dấu hai chấm và 16 ký tự, như verify, backup hay báo cáo đã in ra"
        ) from None


@click.command(
    cls=Verb,
    short_help="Kiểm chuỗi sổ và số liệu.",
    example="taphuan records verify --since 1204:5f0c2f2e6f4e4a51",
)
@database_option
@click.option(
    "--since",
    "noted",
    multiple=True,
    callback=noted_heads,
    metavar="MỐC",
    help="Mốc đã in ra lần trước (số dòng:băm): kiểm sổ còn đủ mọi dòng đến mốc ấy. Ghi được nhiều lần.",
)
def verify(database: str, noted: tuple[Head, ...]) -> int:
    """Đọc lại toàn bộ sổ: chuỗi băm từ dòng đầu, và số liệu có khớp với sổ không. In mốc cuối sổ.

    Cắt bỏ những dòng cuối thì chuỗi còn lại vẫn đúng: giữ mốc ở nơi khác, lần sau kiểm bằng --since.
    """
    with opened(database) as store:
        with store.read() as connection:
            last = heads.head(connection)
            lost = [one for one in noted if not heads.is_kept(connection, one)]
        problems = store.verify()
    for problem in problems:
        click.echo(str(problem))
    for one in lost:
        click.echo(f"Mốc {one} không còn trong sổ: đã mất dòng, hoặc đây là sổ khác.")
    click.echo(f"Mốc cuối sổ: {last}")
    click.echo("Sổ có chỗ sai." if problems or lost else "Sổ nguyên vẹn, số liệu khớp.", err=True)
    return FAULTY if problems or lost else 0


@click.command(cls=Verb, short_help="Tính lại số liệu từ sổ.", example="taphuan records rebuild")
@database_option
def rebuild(database: str) -> None:
    """Bỏ số liệu đã tính và tính lại từ sổ. Sổ không đổi."""
    with opened(database) as store:
        click.echo(f"Đã tính lại từ {store.rebuild()} dòng sổ.")


@click.command(
    cls=Verb, short_help="Sao lưu khi đang chạy.", example="taphuan records backup sao-luu.sqlite3"
)
@database_option
@click.argument("target", type=click.Path(path_type=Path), metavar="TỆP")
def backup(database: str, target: Path) -> None:
    """Chép sổ ra một tệp mới, cả khi dịch vụ đang chạy. Không ghi đè tệp đã có."""
    with opened(database) as store:
        store.backup(target)
    click.echo(f"Đã sao lưu vào {target}")
    click.echo(f"Mốc cuối của bản sao: {head_of(target)}")


@click.command(
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
