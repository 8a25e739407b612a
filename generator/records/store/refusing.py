"""The words for the operator where a database cannot be used: which one it is, and what to do."""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from sqlalchemy.exc import DBAPIError

from ...errors import OperatorError, reason
from .faults import SQLITE, meaning


class OutOfReach(OperatorError):
    """A database that the machine or its server does not give."""

    exit_status = 3


ELSEWHERE = "xem lại thư mục hiện tại, và địa chỉ ở --database hoặc biến TAPHUAN_DATABASE_URL"


def missing(place: str, *, is_there: bool) -> OperatorError:
    """Returns the refusal of a database that is not there, or has no table."""
    told = (
        f"“{place}” trống, chưa có sổ theo dõi nào" if is_there else f"không có sổ theo dõi nào ở “{place}”"
    )
    return OperatorError(
        told, fix=f"{ELSEWHERE}; lệnh này không tạo sổ mới, chỉ serve, invite và restore mới tạo"
    )


def foreign(place: str) -> OperatorError:
    return OperatorError(
        f"“{place}” là cơ sở dữ liệu của phần mềm khác, không phải là sổ theo dõi; không có gì bị thay đổi",
        fix=ELSEWHERE,
    )


def older(place: str) -> OperatorError:
    return OperatorError(
        f"sổ “{place}” do một bản phần mềm cũ hơn ghi, cần nâng cấp trước",
        fix="sao lưu bằng taphuan records backup, rồi chạy taphuan records serve: sổ được nâng cấp khi mở; "
        "nếu đây là bản sao lưu thì khôi phục ra tệp mới bằng taphuan records restore",
    )


def newer(place: str) -> OperatorError:
    return OperatorError(
        f"cơ sở dữ liệu “{place}” do một bản phần mềm mới hơn tạo ra",
        fix="cài bản phần mềm mới nhất, rồi mở lại",
    )


def unopened(place: str, fault: DBAPIError, *, is_file: bool) -> OperatorError:
    """Returns what the driver's fault means: another kind of file, a damaged one, or one out of reach."""
    code = getattr(fault.orig, "sqlite_errorcode", None) if is_file else None
    if code == sqlite3.SQLITE_NOTADB and _begins_with_nothing(place):
        what, fix = SQLITE[sqlite3.SQLITE_CORRUPT]
        return OutOfReach(f"không mở được “{place}”: {what}; phần đầu tệp toàn byte 0", fix=fix)
    if code == sqlite3.SQLITE_NOTADB:
        return OperatorError(f"“{place}” không phải là sổ theo dõi", fix=ELSEWHERE)
    what, fix = meaning(fault.orig)
    return OutOfReach(f"không mở được “{place}”: {what}", fix=fix)


def _begins_with_nothing(place: str) -> bool:
    """Whether a file has zeros where every database has its name, as a disk leaves it."""
    with suppress(OSError), open(place, "rb") as file:
        return file.read(16) == bytes(16)
    return False


def unreadable(place: str, fault: OSError) -> OperatorError:
    return OutOfReach(
        f"không đọc được “{place}”: {reason(fault)}", fix="xem quyền đọc của tệp và của các thư mục chứa tệp"
    )
