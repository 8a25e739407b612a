"""Where the key lies that encrypts the seeds of staff's authenticators: apart from the records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..records.access import SecondFactor, SeedKey, kept_key
from ..records.store import Store

KEY_FILE = "TAPHUAN_KEY_FILE"
#: Where the records are on a server, which has no folder of ours.
DEFAULT = Path("ho-so/ho-so.key")
SQLITE = "sqlite:///"


def key_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--key-file",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar=KEY_FILE,
        metavar="TỆP",
        show_default=f"cạnh tệp sổ, đuôi .key; PostgreSQL: {DEFAULT.as_posix()}",
        help="Tệp khóa mã hóa ứng dụng xác thực của cán bộ; chưa có thì tạo. Cất một bản ở nơi khác với bản "
        "sao lưu sổ.",
    )(command)


def key_path(database: str, chosen: Path | None) -> Path:
    """The file that was chosen; else beside the SQLite file, by the same name."""
    if chosen is not None:
        return chosen
    if database.startswith(SQLITE):
        return Path(database.removeprefix(SQLITE)).with_suffix(".key")
    return DEFAULT


def key_of(database: str, chosen: Path | None) -> SeedKey:
    """The key, made where there is none; the operator is told that once."""
    path = key_path(database, chosen)
    is_new = not path.exists()
    key = kept_key(path)
    if is_new:
        click.echo(
            f"Đã tạo tệp khóa {path}. Chép một bản cất riêng, không để chung với bản sao lưu sổ.", err=True
        )
    return key


def tell_unreadable(store: Store, key: SeedKey, path: Path) -> None:
    """How many have to bind their authenticator anew, as after records came back without their key."""
    if count := SecondFactor(store, key).unreadable():
        click.echo(
            f"{count} tài khoản gắn ứng dụng xác thực theo khóa khác với {path}. Có tệp khóa cũ thì "
            "dừng dịch vụ, đặt tệp ấy vào đúng chỗ rồi chạy lại. Không có thì những người ấy gắn lại ứng "
            "dụng ở lần đăng nhập tới; sổ và mật khẩu vẫn nguyên.",
            err=True,
        )
