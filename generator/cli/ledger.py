"""The ledger that a verb uses: opened for its programme, and what to report of the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import Connection

from ..errors import AuthorError, OperatorError, reason
from ..programme.loader import load_kept
from ..programme.model.programme import Programme
from ..programme.vietnamese import written_moment
from ..records import By, audit_trail, people
from ..records.audit_trail import PutBack
from ..records.store import Store, locate, read_ledger, state_at

OPERATOR = "dòng lệnh"


def programme_of(root: Path, banks: Path | None = None) -> Programme:
    """Returns the programme. Raises AuthorError where there are errors in it."""
    loading = load_kept(root, banks=banks)
    if loading.programme is None or loading.has_errors:
        raise AuthorError(loading.findings)
    return loading.programme


def place_units(store: Store, programme: Programme) -> None:
    """Puts the programme's units into the records before anybody is expected in them."""
    by = By(actor=OPERATOR, reason="đơn vị theo chương trình")
    units = people.programme_units(programme.units)
    store.write(lambda connection: people.place_units(connection, units, by=by, now=store.now()))


@contextmanager
def open_ledger(database: str, programme: Programme) -> Iterator[Store]:
    """Opens the programme's ledger to write; makes it and its folder where there are none, and says so.

    Raises OperatorError, before anything is written, for a ledger of another programme.
    """
    path = locate(database).path
    if state_at(database) != "nothing":
        read_ledger(
            database, lambda within: require_same_province(within, programme, database), even_older=True
        )
    elif path is not None:
        _make_folder(path.parent)
    with tell_notices(Store.open(database)) as store:
        yield store


@contextmanager
def tell_notices(store: Store) -> Iterator[Store]:
    """Prints what opening a ledger changed, and once it is closed what is to be known of its files."""
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


def require_same_province(connection: Connection, programme: Programme, database: str) -> None:
    """Raises OperatorError where the ledger's units stand below another province than the programme's.

    Names and communes may change; the province's code is what both have in common.
    """
    ours, province_names = programme.units.province, people.province_names(connection)
    if province_names and ours.code not in province_names:
        listed = ", ".join(f"{name} (mã {code})" for code, name in province_names.items())
        raise OperatorError(
            f"sổ “{locate(database).place}” là của {listed}, còn chương trình này là của {ours.name} "
            f"(mã {ours.code})",
            fix="xem lại --root, và địa chỉ sổ ở --database hoặc biến TAPHUAN_DATABASE_URL",
        )


#: How many rows are reported one by one.
MOST_ROWS = 20
ROWS_STAY = "Những dòng đã ghi sai ngày giờ vẫn giữ nguyên như đã ghi."


def clock_remarks(connection: Connection, now: datetime) -> Iterator[str]:
    """Yields what a ledger's rows say of the clock: that of now, and that of their time."""
    yield from filter(None, (_clock_behind(connection, now),))
    yield from _row_remarks(audit_trail.clock_put_back(connection))


def clock_caution(store: Store) -> str:
    """Returns a warning that the clock is behind the last row, and what to do; else ""."""
    with store.read() as connection:
        return _clock_behind(connection, store.now())


def _clock_behind(connection: Connection, now: datetime) -> str:
    latest = audit_trail.latest_moment(connection, now)
    if latest is None:
        return ""
    return (
        f"Lưu ý về đồng hồ: máy này đang chỉ {written_moment(now)}, "
        f"mà sổ đã có dòng ghi lúc {written_moment(latest)}. Xem ngày giờ của máy, "
        "sai thì chỉnh lại rồi chạy lại. Nếu ngày giờ đang đúng thì trước đây đồng hồ đã chạy nhanh: "
        f"không phải làm gì thêm. {ROWS_STAY}"
    )


def _row_remarks(rows: Sequence[PutBack]) -> Iterator[str]:
    for row in rows[:MOST_ROWS]:
        yield (
            f"Lưu ý về đồng hồ: dòng {row.seq} của sổ ghi lúc {written_moment(row.received_at)}, "
            f"sớm hơn dòng ngay trước nó ({written_moment(row.before)}): "
            "đồng hồ của máy đã bị chỉnh lùi ở đó."
        )
    if len(rows) > MOST_ROWS:
        yield f"Lưu ý về đồng hồ: còn {len(rows) - MOST_ROWS} chỗ như vậy nữa."
    if rows:
        yield f"Sổ không vì thế mà sai. {ROWS_STAY}"
