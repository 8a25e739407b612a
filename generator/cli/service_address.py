"""Addresses that a service is reached by, as they are given on the command line."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..errors import OperatorError
from ..service import Settings

ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?")


def settings_of(
    address: str,
    staff_address: str = "",
    *,
    is_secure: bool,
    trainers_by_password: bool = False,
    listening: tuple[str, ...] = (),
) -> Settings:
    """Returns what was asked for on the command line. Raises OperatorError for an address that is none."""
    for one in filter(None, (address, staff_address)):
        require_address(one)
    public, staff = map(_plain_address, (address, staff_address))
    if staff:
        _require_apart(public, staff)
    return Settings(
        is_secure=is_secure or public.startswith("https://"),
        address=public,
        staff_address=staff,
        listening=listening,
        trainers_by_password=trainers_by_password,
    )


def caution_of(settings: Settings) -> str:
    """Returns what to tell an operator who did not say under which name readers come; else nothing."""
    if settings.address or not settings.is_secure:
        return ""
    return (
        "Lưu ý: chưa ghi --address nên dịch vụ chỉ trả lời ở địa chỉ IP và tên trong mạng nội bộ. Người đọc "
        "vào bằng tên khác, như tap-huan.example.vn, thì ghi thêm: --address https://tap-huan.example.vn"
    )


def require_address(written: str) -> None:
    if ADDRESS.fullmatch(written) is None:
        raise OperatorError(
            f"“{written}” không phải là địa chỉ của dịch vụ",
            fix="ghi như https://tap-huan.example.vn, không kèm tên trang",
        )


def _plain_address(written: str) -> str:
    """Returns an address as browsers write it: without a last slash, and without the port of its scheme."""
    bare = written.rstrip("/").lower()
    return bare.removesuffix(":443" if bare.startswith("https:") else ":80")


def _require_apart(public: str, staff: str) -> None:
    """Raises OperatorError where two addresses would keep nothing apart."""
    if urlsplit(public).netloc in ("", urlsplit(staff).netloc):
        raise OperatorError(
            "trang của cán bộ cần một tên máy chủ riêng, khác với --address",
            fix="ghi cả hai, như --address https://tap-huan.example.vn "
            "--staff-address https://can-bo.example.vn",
        )
    if urlsplit(public).scheme != urlsplit(staff).scheme:
        raise OperatorError("hai địa chỉ phải cùng là https, hoặc cùng là http", fix="sửa một trong hai")
