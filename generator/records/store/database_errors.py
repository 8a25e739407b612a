"""Database errors: what a driver says, shown in Vietnamese with what the operator can do."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError

from ...errors import OperatorError, reason


class DatabaseFault(NamedTuple):
    """A fault of a database in words, and what the operator can do."""

    what: str
    fix: str


CANTOPEN = DatabaseFault(
    "hệ điều hành không cho mở tệp",
    "xem đường dẫn và quyền; cạnh tệp sổ có tệp đuôi -wal mà thư mục không ghi được thì chép cả hai vào một "
    "thư mục ghi được rồi mở ở đó",
)
#: Faults by the primary code of SQLite.
SQLITE_FAULTS: Mapping[int, DatabaseFault] = {
    sqlite3.SQLITE_CORRUPT: DatabaseFault(
        "tệp bị hỏng, không đọc được hết",
        "giữ nguyên tệp này; khôi phục từ bản sao lưu gần nhất bằng taphuan records restore",
    ),
    sqlite3.SQLITE_CANTOPEN: CANTOPEN,
    sqlite3.SQLITE_PERM: CANTOPEN,
    **dict.fromkeys(
        (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL),
        DatabaseFault("chương trình khác đang giữ tệp", "chờ hoặc đóng chương trình ấy, rồi chạy lại"),
    ),
    sqlite3.SQLITE_READONLY: DatabaseFault(
        "tệp hoặc thư mục chỉ cho đọc", "xem quyền ghi của tệp và của thư mục chứa tệp"
    ),
    sqlite3.SQLITE_FULL: DatabaseFault("đĩa đầy", "dọn bớt để đĩa còn chỗ, rồi chạy lại"),
    sqlite3.SQLITE_IOERR: DatabaseFault(
        "ổ đĩa không đọc hoặc ghi được", "xem đĩa còn chỗ và còn tốt không; đừng để sổ trên thư mục mạng"
    ),
    sqlite3.SQLITE_NOMEM: DatabaseFault("máy hết bộ nhớ", "đóng bớt chương trình khác, rồi chạy lại"),
}
PASSWORD = DatabaseFault(
    "máy chủ không nhận tên hoặc mật khẩu này", "xem tên và mật khẩu trong địa chỉ của sổ"
)
NO_DATABASE = DatabaseFault(
    "máy chủ không có cơ sở dữ liệu mang tên ấy",
    "xem lại tên ở cuối địa chỉ, hoặc tạo cơ sở dữ liệu trước (createdb)",
)
NOT_RUNNING = DatabaseFault(
    "máy chủ không nhận kết nối", "xem máy chủ PostgreSQL có đang chạy không, và tên máy, cổng trong địa chỉ"
)
NO_HOST = DatabaseFault("không tìm thấy máy chủ có tên ấy", "xem tên máy trong địa chỉ, và mạng")
TOO_SLOW = DatabaseFault("máy chủ không trả lời", "xem tên máy, cổng, mạng và tường lửa")
NO_RIGHT = DatabaseFault(
    "tài khoản này chưa có đủ quyền", "cấp cho tài khoản quyền trên cơ sở dữ liệu ấy (GRANT)"
)
LOST = DatabaseFault("máy chủ vừa ngắt kết nối", "xem máy chủ PostgreSQL còn chạy không, rồi chạy lại")
#: Faults by the state that PostgreSQL gives, or by how that begins.
STATES: Mapping[str, DatabaseFault] = {
    "28": PASSWORD,
    "3D": NO_DATABASE,
    "42501": NO_RIGHT,
    "25006": DatabaseFault("máy chủ chỉ cho đọc", "ghi địa chỉ của máy chủ chính"),
    "53100": DatabaseFault("đĩa của máy chủ đầy", "dọn bớt để đĩa còn chỗ, rồi chạy lại"),
    "53300": DatabaseFault("máy chủ có quá nhiều kết nối", "đóng bớt chương trình khác đang dùng máy chủ ấy"),
    "55P03": DatabaseFault("sổ đang bị giữ", "chờ việc khác xong, rồi chạy lại"),
    "57": LOST,
    "08": LOST,
}
#: Faults by what a driver says before a server gives it any state.
PHRASES: Mapping[str, DatabaseFault] = {
    "password authentication failed": PASSWORD,
    "no password supplied": PASSWORD,
    "no pg_hba.conf entry": PASSWORD,
    "authentication failed": PASSWORD,
    "connection refused": NOT_RUNNING,
    "no such file or directory": NOT_RUNNING,
    "failed to resolve host": NO_HOST,
    "could not translate host name": NO_HOST,
    "timeout": TOO_SLOW,
    "network is unreachable": TOO_SLOW,
    "no route to host": TOO_SLOW,
    "permission denied": NO_RIGHT,
    "server closed the connection": LOST,
}


def explain_fault(fault: BaseException | None) -> DatabaseFault:
    """Returns what a driver's fault means; an unknown fault is named as the driver names it."""
    code = getattr(fault, "sqlite_errorcode", None)
    if isinstance(fault, sqlite3.Error):
        explained = SQLITE_FAULTS.get(code & 0xFF) if code is not None else None
        name = getattr(fault, "sqlite_errorname", "không rõ")
        return explained or DatabaseFault(
            f"SQLite báo mã {name}", "giữ nguyên tệp; gửi mã này cho người phụ trách"
        )
    return _explain_server(str(fault).strip(), getattr(fault, "sqlstate", None) or "")


def _explain_server(message: str, state: str) -> DatabaseFault:
    for prefix in (state, state[:2]):
        if prefix and prefix in STATES:
            return STATES[prefix]
    if 'database "' in message and "does not exist" in message:
        return NO_DATABASE
    if 'role "' in message and "does not exist" in message:
        return PASSWORD
    for phrase, fault in PHRASES.items():
        if phrase in message.lower():
            return fault
    first = message.partition("\n")[0]
    return DatabaseFault(
        f"máy chủ báo “{first}”", "xem địa chỉ, mật khẩu, quyền, và máy chủ có đang chạy không"
    )


#: The first letters of states in which a server, its machine or another transaction stands in the way.
OUT_OF_REACH_STATES = ("08", "28", "3D", "40", "53", "57", "58", "25006", "42501", "55P03")


def is_out_of_reach(fault: BaseException | None) -> bool:
    """Returns whether a driver's fault says that a database cannot be had now; others are our bugs."""
    # By its code: SQLAlchemy's OperationalError is also a table that is missing, which is ours.
    if isinstance(fault, sqlite3.Error):
        code = getattr(fault, "sqlite_errorcode", None)
        return code is not None and (code & 0xFF) in {*SQLITE_FAULTS, sqlite3.SQLITE_NOTADB}
    state = getattr(fault, "sqlstate", None)
    if state:
        return bool(state.startswith(OUT_OF_REACH_STATES))
    # A server that is not there, or went in the middle of an answer, gives no state.
    return type(fault).__name__ in {"OperationalError", "ConnectionTimeout"}


class OutOfReach(OperatorError):
    """A database that the machine or its server does not give."""

    exit_status = 3


ELSEWHERE = "xem lại thư mục hiện tại, và địa chỉ ở --database hoặc biến TAPHUAN_DATABASE_URL"


def missing_database(place: str, *, is_there: bool) -> OperatorError:
    """Returns the refusal of a database that is not there, or has no table."""
    what = (
        f"“{place}” trống, chưa có sổ theo dõi nào" if is_there else f"không có sổ theo dõi nào ở “{place}”"
    )
    return OperatorError(
        what, fix=f"{ELSEWHERE}; lệnh này không tạo sổ mới, chỉ serve, invite và restore mới tạo"
    )


def foreign_database(place: str) -> OperatorError:
    return OperatorError(
        f"“{place}” là cơ sở dữ liệu của phần mềm khác, không phải là sổ theo dõi; không có gì bị thay đổi",
        fix=ELSEWHERE,
    )


def older_database(place: str) -> OperatorError:
    return OperatorError(
        f"sổ “{place}” do một bản phần mềm cũ hơn ghi, cần nâng cấp trước",
        fix="sao lưu bằng taphuan records backup, rồi chạy taphuan records serve: sổ được nâng cấp khi mở; "
        "nếu đây là bản sao lưu thì khôi phục ra tệp mới bằng taphuan records restore",
    )


def newer_database(place: str) -> OperatorError:
    return OperatorError(
        f"cơ sở dữ liệu “{place}” do một bản phần mềm mới hơn tạo ra",
        fix="cài bản phần mềm mới nhất, rồi mở lại",
    )


def unopened_database(place: str, fault: DBAPIError, *, is_file: bool) -> OperatorError:
    """Returns what the driver's fault means: another kind of file, a damaged one, or one out of reach."""
    code = getattr(fault.orig, "sqlite_errorcode", None) if is_file else None
    if code == sqlite3.SQLITE_NOTADB and _begins_with_nothing(place):
        what, fix = SQLITE_FAULTS[sqlite3.SQLITE_CORRUPT]
        return OutOfReach(f"không mở được “{place}”: {what}; phần đầu tệp toàn byte 0", fix=fix)
    if code == sqlite3.SQLITE_NOTADB:
        return OperatorError(f"“{place}” không phải là sổ theo dõi", fix=ELSEWHERE)
    what, fix = explain_fault(fault.orig)
    return OutOfReach(f"không mở được “{place}”: {what}", fix=fix)


def _begins_with_nothing(place: str) -> bool:
    """Returns whether a file has zeros where every database has its name, which a failed disk leaves."""
    with suppress(OSError), open(place, "rb") as file:
        return file.read(16) == bytes(16)
    return False


def unreadable_file(place: str, fault: OSError) -> OperatorError:
    return OutOfReach(
        f"không đọc được “{place}”: {reason(fault)}", fix="xem quyền đọc của tệp và của các thư mục chứa tệp"
    )
