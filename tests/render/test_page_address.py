"""The address of a page on paper: on sheets and on the home page, where the site has one."""

from __future__ import annotations

from paper_sheets import CAMPAIGN, HANDOUT, LEAFLET, LESSON, on_paper, words

from taphuan.programme.model.programme import Programme
from taphuan.render.page_address import qr_code
from taphuan.render.printable import Sheet
from taphuan.render.site import pages


def test_prints_an_address_and_a_qr_code_only_where_the_site_has_an_address(
    programme: Programme, online: dict[str, Sheet]
) -> None:
    paper = on_paper(programme)
    for id, path in ((HANDOUT, f"khoa-hoc/{LESSON}"), (LEAFLET, f"truyen-thong/{CAMPAIGN}")):
        assert f"taphuan.example/{path}" in words(online[id].html)
        assert "Mã QR" in online[id].html
        assert "Mã QR" not in paper[id].html
        assert "trên điện thoại:" not in words(paper[id].html)


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
