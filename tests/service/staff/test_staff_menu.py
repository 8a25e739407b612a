"""Staff who have signed in have their own parts in the bar instead of the site's, and a way back to it."""

from __future__ import annotations

import re

import pytest
from staff_users import OURS, PROVINCE, SignedIn

NAV = re.compile(r'<nav class="site-bar__parts" aria-label="([^"]*)">(.*?)</nav>', re.DOTALL)
LINK = re.compile(r'<a href="([^"]*)"( aria-current="true")?>([^<]*)</a>')
MENU = re.compile(r'<details class="site-bar__menu site-bar__menu--staff">.*?</details>', re.DOTALL)
ALL = ["Việc hôm nay", "Lớp", "Danh sách", "Tiến độ", "Báo cáo"]


def parts(page: str) -> list[tuple[str, str, str]]:
    (found,) = NAV.findall(page)
    return [(title, address, current) for address, current, title in LINK.findall(found[1])]


@pytest.mark.parametrize(
    ("role", "unit", "titles", "more"),
    [
        ("trainer", OURS, ALL[:4], []),
        ("unit-head", OURS, ALL, ["Nhật ký"]),
        ("office", PROVINCE, ALL, ["Nhật ký", "Tài khoản"]),
    ],
)
def test_a_role_sees_what_it_may_open_and_each_opens(
    signed_in: SignedIn, role: str, unit: str, titles: list[str], more: list[str]
) -> None:
    user = signed_in(role, unit)
    user.prove()
    page = user.get("").text
    assert [title for title, _, _ in parts(page)] == titles
    (menu,) = MENU.findall(page)
    links = [(title, address) for address, _, title in LINK.findall(menu)]
    assert [title for title, _ in links] == [*titles, *more, "Mật khẩu", "Trang công khai"]
    assert links[-1][1] == "/"
    assert "Đăng xuất" in menu
    for title, address in links[:-1]:
        assert user.browser.get(address).status_code == 200, title


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("", "Việc hôm nay"),
        ("lop/", "Lớp"),
        ("doi-chieu/", "Lớp"),
        ("nguoi/", "Danh sách"),
        ("chua-tap-huan/", "Tiến độ"),
        ("bao-cao/", "Báo cáo"),
    ],
)
def test_the_part_that_a_page_is_of_is_marked(signed_in: SignedIn, path: str, title: str) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    assert [part for part, _, current in parts(user.get(path).text) if current] == [title]


def test_a_public_page_keeps_the_parts_of_the_site(signed_in: SignedIn) -> None:
    page = signed_in("office", PROVINCE).browser.get("/tien-do/").text
    assert "Khóa học" in [title for title, _, _ in parts(page)]
    assert MENU.findall(page) == []


def test_no_menu_is_offered_before_the_second_factor(by_password: SignedIn) -> None:
    user = by_password("office", PROVINCE)
    assert MENU.findall(user.get("xac-minh/").text) == []
    assert 'action="/can-bo/dang-xuat/"' in user.get("xac-minh/").text
