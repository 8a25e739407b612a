"""The package's errors, each kind told to the one who can mend it."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing an author should put right: what, where (line and column from 1), how."""

    code: str
    severity: Severity
    message: str
    fix: str
    file: str
    line: int = 1
    column: int = 1
    width: int = 1
    excerpt: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        return (self.file, self.line, self.column, self.code, self.message)


class TaphuanError(Exception):
    """The base of every error of ours; never raised itself."""


class AuthorError(TaphuanError):
    """Raised where content cannot be used as it stands; carries its findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} finding(s)")
        self.findings = findings


class OperatorError(TaphuanError):
    """Raised for the machine or the call, told in Vietnamese with what to do.

    `exit_status` is what the command line exits with: 2 for wrong usage, 3 for a missing environment.
    """

    exit_status = 2

    def __init__(self, message: str, *, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


class NotAProgramme(OperatorError):
    """Raised where the folder is no programme."""


class MissingEnvironment(OperatorError):
    """Raised where a browser, a font or a program that the build needs is not there."""

    exit_status = 3


class MissingBrowser(MissingEnvironment):
    """Raised where no Chromium was found to print with."""


#: Reasons of the operating system, in Vietnamese; its own words are English.
REASONS = {
    errno.EACCES: "không có quyền, hoặc chương trình khác đang mở tệp",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không có thư mục hoặc tệp ấy",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EISDIR: "đó là một thư mục",
    errno.EEXIST: "đã có tệp tên ấy",
    errno.ENOTEMPTY: "thư mục còn tệp bên trong",
    errno.ENOSPC: "đĩa đầy",
    errno.EDQUOT: "hết dung lượng được cấp",
    errno.EFBIG: "tệp lớn quá",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EIO: "ổ đĩa hoặc thẻ nhớ bị lỗi",
    errno.ENAMETOOLONG: "tên dài quá",
    errno.EBUSY: "đang có chương trình khác dùng",
    errno.EMFILE: "đang mở nhiều tệp quá",
    errno.ENOMEM: "máy hết bộ nhớ",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ ấy",
    errno.EADDRINUSE: "đang bận",
}


def reason(fault: OSError) -> str:
    """Returns why the operating system refused, in Vietnamese; an unknown reason by its number."""
    number = fault.errno
    if number is None:
        return "hệ điều hành từ chối"
    return REASONS.get(number, f"hệ điều hành từ chối, mã lỗi {errno.errorcode.get(number, number)}")
