"""The menu of the staff's pages: what a role may open, in the shell that every page shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...records.access.accounts import OPERATIONS, TRAINERS, Role
from ...render.shell import SitePart
from .urls import STAFF


class StaffMenu(NamedTuple):
    """The parts of the bar, and titles and addresses of what the menu of phones and the foot name besides."""

    parts: tuple[SitePart, ...]
    more: tuple[tuple[str, str], ...]


def _part(title: str, name: str, *beside: str) -> SitePart:
    """Returns a part of the staff's pages; pages `beside` it are found from it."""
    paths = tuple(f"{STAFF}{each}/".lstrip("/") for each in (name, *beside))
    return SitePart(title=title, address=paths[0], beside=paths[1:])


#: Each with the operation that it takes, in the order of the bar.
PARTS = (
    ("class.hold", _part("Lớp", "lop", "lop-sap-mo", "bai-giay", "doi-chieu", "phieu-xac-nhan")),
    ("progress.read", _part("Danh sách", "danh-sach", "nguoi", "ma")),
    ("progress.read", _part("Tiến độ", "chi-tieu", "chua-tap-huan", "so-lieu")),
    ("export", _part("Báo cáo", "bao-cao")),
)
MORE = (("trail.read", "Nhật ký", "nhat-ky"), ("account.invite", "Tài khoản", "tai-khoan"))
HOME = SitePart(title="Việc hôm nay", address=STAFF.lstrip("/"), is_single=True)
PASSWORD, PUBLIC = ("Mật khẩu", f"{STAFF}mat-khau/".lstrip("/")), ("Trang công khai", "")


def _menu(role: Role) -> StaffMenu:
    held = {operation for operation, right in OPERATIONS.items() if role in right.roles}
    parts = (part for operation, part in PARTS if operation in held)
    more = ((title, f"{STAFF}{path}/".lstrip("/")) for operation, title, path in MORE if operation in held)
    return StaffMenu(parts=(HOME, *parts), more=(*more, PASSWORD, PUBLIC))


STAFF_MENUS: Mapping[Role, StaffMenu] = {role: _menu(role) for role in sorted(TRAINERS)}
