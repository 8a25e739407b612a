"""The field for a file speaks the language of the page, and works by keyboard and without scripts."""

from __future__ import annotations

import pytest
from browser_thread import in_browser_thread
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from roster_uploads import CSV, signed_in_office
from staff_users import SignedIn

from taphuan.service.http.pages import STATIC

FILE = {"name": "cap-xa.csv", "mimeType": "text/csv", "buffer": CSV.encode()}


def styled(chromium: Chromium, page: str, *, has_script: bool) -> Page:
    opened = chromium.new_page(viewport={"width": 360, "height": 740})
    opened.set_content(page)
    opened.add_style_tag(content=(STATIC / "rosters.css").read_text(encoding="utf-8"))
    if has_script:
        opened.add_script_tag(content=(STATIC / "chosen-file.js").read_text(encoding="utf-8"))
    return opened


@pytest.fixture
def field(signed_in: SignedIn) -> str:
    text = signed_in_office(signed_in).get("danh-sach/").text
    start = text.index('<label for="file">')
    return f"<body>{text[start : text.index('</div></div>', start) + 12]}</body>"


@in_browser_thread
def test_the_name_of_the_file_is_told_in_the_words_of_the_page(field: str, chromium: Chromium) -> None:
    page = styled(chromium, field, has_script=True)
    box, name = page.locator(".file-pick"), page.locator("[data-file-name]")
    expect(name).to_have_text("Chưa chọn tệp nào")
    input = page.get_by_label("Tệp danh sách")
    input.focus()
    expect(input).to_be_focused()
    input.set_input_files(FILE)  # type: ignore[arg-type]
    expect(name).to_have_text("cap-xa.csv")
    input.set_input_files([FILE, {**FILE, "name": "b.csv"}])  # type: ignore[list-item]
    expect(name).to_have_text("Đã chọn 2 tệp")
    assert box.evaluate("(box) => box.clientHeight") >= 44
    page.close()


@in_browser_thread
def test_without_scripts_the_browser_s_own_field_is_seen(field: str, chromium: Chromium) -> None:
    page = styled(chromium, field, has_script=False)
    expect(page.locator("[data-file-name]")).to_be_hidden()
    assert page.get_by_label("Tệp danh sách").evaluate("(input) => getComputedStyle(input).opacity") == "1"
    page.close()
