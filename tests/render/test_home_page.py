"""The home page on paper: its address, where the site has one."""

from __future__ import annotations

from taphuan.programme.model.programme import Programme
from taphuan.render.page_address import qr_code
from taphuan.render.site import pages


def home(programme: Programme, site_url: str) -> str:
    return next(page.body for page in pages(programme, site_url=site_url) if page.path == "index.md")


def test_where_the_site_has_an_address_the_home_page_bears_it_for_paper_with_a_qr_code(
    programme: Programme,
) -> None:
    body = home(programme, "https://nuoc.example.vn/hoc/")
    assert "Mở trang này trên điện thoại: <strong>nuoc.example.vn/hoc</strong>" in body
    assert qr_code("https://nuoc.example.vn/hoc/") in body


def test_while_the_site_has_no_address_the_home_page_says_nothing_of_one(programme: Programme) -> None:
    body = home(programme, "")
    assert "hero__online" not in body
    assert "QR" not in body
