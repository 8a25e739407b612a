"""What is to be said of the machine's clock: a remark with what to do, never a fault of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection

from ..records import clocks
from ..records.clocks import PutBack
from ..records.store import Store
from ..render.templating import HERE, day

#: How many rows are told one by one.
MOST = 20
STAYS = "Những dòng đã ghi sai ngày giờ vẫn giữ nguyên như đã ghi."


def remarks(connection: Connection, now: datetime) -> Iterator[str]:
    """Yields what the rows of a ledger say of the clock: that of now, and as it was."""
    yield from filter(None, (_behind(connection, now),))
    yield from _of_rows(clocks.put_back(connection))


def caution_of_clock(store: Store) -> str:
    """Returns that the clock is behind the last row, and what to do; nothing where it is not."""
    with store.read() as connection:
        return _behind(connection, store.now())


def _behind(connection: Connection, now: datetime) -> str:
    latest = clocks.latest(connection, now)
    if latest is None:
        return ""
    return (
        f"Lưu ý về đồng hồ: máy này đang chỉ {_told(now)}, mà sổ đã có dòng ghi lúc {_told(latest)}. Xem "
        "ngày giờ của máy, sai thì chỉnh lại rồi chạy lại. Nếu ngày giờ đang đúng thì trước đây đồng hồ đã "
        f"chạy nhanh: không phải làm gì thêm. {STAYS}"
    )


def _of_rows(found: Sequence[PutBack]) -> Iterator[str]:
    for one in found[:MOST]:
        yield (
            f"Lưu ý về đồng hồ: dòng {one.seq} của sổ ghi lúc {_told(one.received_at)}, sớm hơn dòng ngay "
            f"trước nó ({_told(one.before)}): đồng hồ của máy đã bị chỉnh lùi ở đó."
        )
    if len(found) > MOST:
        yield f"Lưu ý về đồng hồ: còn {len(found) - MOST} chỗ như vậy nữa."
    if found:
        yield f"Sổ không vì thế mà sai. {STAYS}"


def _told(moment: datetime) -> str:
    return f"{moment.astimezone(HERE):%H:%M} ngày {day(moment)}"
