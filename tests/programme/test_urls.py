"""Everything has one address, and a link between two leads there from any folder."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taphuan.programme import urls


@pytest.mark.parametrize(
    ("address", "is_"),
    [
        (urls.course("can-bo"), "khoa-hoc/can-bo/"),
        (urls.lesson("can-bo/khai-niem"), "khoa-hoc/can-bo/khai-niem/"),
        (urls.campaign("nha-truong"), "truyen-thong/nha-truong/"),
        (urls.reference("nd-1"), "phap-luat/nd-1/"),
        (urls.reference("nd-1", "34"), "phap-luat/nd-1/#dieu-34"),
        (urls.reference("nd-1", "34.5"), "phap-luat/nd-1/#dieu-34"),
        (urls.reference("nd-1", "phu-luc-1"), "phap-luat/nd-1/#phu-luc-1"),
        (urls.plan_point("II.2.1.c"), "ke-hoach/#muc-ii-2-1-c"),
        (urls.term("chuyen-gui"), "thuat-ngu/#chuyen-gui"),
        (urls.contact("td-111"), "ho-tro/#td-111"),
        (urls.page("content/pages/index.md"), ""),
        (urls.page("content/pages/gioi-thieu.md"), "gioi-thieu/"),
        (urls.page("content/pages/a/index.md"), "a/"),
        (urls.page("content/pages/a/b.md"), "a/b/"),
    ],
)
def test_everything_has_its_address(address: str, is_: str) -> None:
    assert address == is_


def test_points_d_and_dd_are_two_places() -> None:
    assert urls.point_anchor("II.1.d") == "muc-ii-1-d"
    assert urls.point_anchor("II.1.đ") == "muc-ii-1-dd"


@pytest.mark.parametrize(
    ("target", "start", "link"),
    [
        ("", "", "./"),
        ("", "khoa-hoc/", "../"),
        ("khoa-hoc/", "", "khoa-hoc/"),
        ("khoa-hoc/a/", "khoa-hoc/b/", "../a/"),
        ("khoa-hoc/a/", "khoa-hoc/a/bai/", "../"),
        ("khoa-hoc/a/bai/", "khoa-hoc/a/", "bai/"),
        ("khoa-hoc/a/", "khoa-hoc/a/", "./"),
        ("ho-tro/#td-111", "ho-tro/", "#td-111"),
        ("ho-tro/#td-111", "khoa-hoc/a/", "../../ho-tro/#td-111"),
        ("tai-lieu/a.pdf", "tai-lieu/", "a.pdf"),
        ("tai-lieu/a.pdf", "khoa-hoc/", "../tai-lieu/a.pdf"),
        ("tai-lieu/a.pdf", "", "tai-lieu/a.pdf"),
        ("tai-lieu/a.pdf#page=2", "tai-lieu/", "a.pdf#page=2"),
    ],
)
def test_a_link_is_told_from_where_it_stands(target: str, start: str, link: str) -> None:
    assert urls.relative(target, start) == link


NAMES = st.lists(st.text(alphabet="abc", min_size=1, max_size=2), max_size=4)
FOLDERS = NAMES.map(lambda names: "".join(f"{name}/" for name in names))


@pytest.mark.slow
@settings(derandomize=True, max_examples=300, deadline=None)
@given(FOLDERS, FOLDERS, st.sampled_from(["", "x.pdf"]), st.sampled_from(["", "#a"]))
def test_following_a_link_leads_to_its_target(target: str, start: str, file: str, anchor: str) -> None:
    link = urls.relative(target + file + anchor, start)
    path, _, fragment = link.partition("#")
    reached = posixpath.normpath(posixpath.join("/", start, path))
    assert reached == posixpath.normpath("/" + target + file)
    assert fragment == anchor.removeprefix("#")
    assert file or not path or path.endswith("/")
