"""Lists that the office uploads."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

from httpx import Response
from staff_users import PROVINCE, SignedIn, StaffUser

from taphuan.records import Store, people

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
WANTED = {"levels": "commune", "as_of": "2026-03-01", "decision": "15/QĐ-SYT"}
CSV = (
    "Họ và tên,Chức vụ,Đơn vị\n"
    "Lò Thị Hoa,Công chức,Xã Suối Trong\n"
    "Sùng A Mới,Trưởng công an,Phường Giếng Làng\n"
)


#: Why a list that is much shorter than the one before is right.
LESS = {"loss_reason": "Năm xã đã hợp nhất", "loss_document": "7/NQ-HĐND"}


def upload(
    user: StaffUser, *contents: bytes, names: Sequence[str] = ("danh-sach",), **fields: str
) -> Response:
    """Sends up one file, or several with a name each, and returns what the page shows of them."""
    token = user.browser.token("/can-bo/danh-sach/")
    files = [("file", file) for file in zip(names, contents, strict=True)]
    answer: Response = user.browser.post(
        "/can-bo/danh-sach/thu/", data={"token": token, **WANTED, **fields}, files=files
    )
    return answer


def hidden_fields(page: Response) -> dict[str, Any]:
    """Returns the hidden fields of a page; of those that share a name, all."""
    found: dict[str, Any] = {}
    for name, value in HIDDEN.findall(page.text):
        found.setdefault(name, []).append(html.unescape(value))
    shared = ("packed", "file_name")
    return {name: values if name in shared else values[-1] for name, values in found.items()}


def signed_in_office(signed_in: SignedIn) -> StaffUser:
    user = signed_in("office", PROVINCE)
    user.prove()
    return user


def roster_count(store: Store) -> int:
    with store.read() as connection:
        return len(people.all_rosters(connection))
