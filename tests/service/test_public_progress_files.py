"""The public figures as files: what the page shows, and no number that it keeps back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime

import openpyxl
import pytest
from asgi_browser import Browser
from clocks import Clock
from test_public_progress import document, enter_helped, listed, programme, words

from taphuan.records import Store

__all__ = ["listed", "programme"]
CSV_FILE, XLSX_FILE = "/tien-do/so-lieu.csv", "/tien-do/so-lieu.xlsx"


def lines(browser: Browser) -> list[list[str]]:
    answer = browser.get(CSV_FILE)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def cells(browser: Browser) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(browser.get(XLSX_FILE).content)).active
    assert sheet is not None
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_both_files_have_what_the_page_shows(
    browser: Browser, listed: Callable[..., list[str]], store: Store
) -> None:
    for person in listed()[:6]:
        document(store, person)
    page, told = browser.get("/tien-do/").text, lines(browser)
    assert 'href="/tien-do/so-lieu.xlsx"' in page
    assert 'href="/tien-do/so-lieu.csv"' in page
    assert cells(browser) == told
    assert told[1][:6] == ["Tập huấn", "Cán bộ xã được tập huấn", "6", "10", "60,0%", "70%"]
    assert told[1][6] == "danh sách ngày 02/3/2026"
    assert ["Tập huấn, căn cứ ghi nhận", "văn bản của cơ quan", "6"] in [line[:3] for line in told]
    assert ["06 tháng đầu năm 2026", "6", "", "60,0%"] in [line[1:5] for line in told]
    said = words(page)
    for line in told[1:]:
        for cell in line[1:6]:
            assert re.search(rf"(?<![\d,]){re.escape(cell)}(?![\d,])", said, re.IGNORECASE), line
        assert line[7:] == ["06 tháng đầu năm 2026, còn đang chạy", "02/3/2026"]


@pytest.mark.parametrize("trained", [1, 4])
def test_fewer_than_five_stand_in_no_file(
    trained: int, browser: Browser, listed: Callable[..., list[str]], store: Store
) -> None:
    for person in listed()[:trained]:
        document(store, person)
    told = lines(browser)
    assert told[1][:6] == ["Tập huấn", "Cán bộ xã được tập huấn", "dưới 5", "10", "", "70%"]
    assert cells(browser) == told
    assert not any(line[0] in ("Tập huấn, căn cứ ghi nhận", "Tập huấn, tính đến hết kỳ") for line in told)
    assert str(trained) not in {cell for line in told for cell in line}


def test_a_half_year_that_would_tell_of_a_few_beside_the_next_is_kept_back(
    browser: Browser, listed: Callable[..., list[str]], store: Store, clock: Clock
) -> None:
    persons = listed()
    for person in persons[:6]:
        document(store, person)
    clock.time = datetime(2026, 9, 1, tzinfo=UTC)
    for person in persons[6:8]:
        document(store, person)
    page = browser.get("/tien-do/").text
    kept = "06 tháng đầu năm 2026 không nêu riêng 06 tháng cuối năm 2026 8 người (80,0%)"
    assert kept in words(page.replace("</t", " </t"))
    assert "06 tháng đầu năm 2026: không nêu riêng, vì kỳ ấy và kỳ sau" in words(page)
    assert len(re.findall(r'class="chart__spot[ "]', page)) == 1
    halves = [line[1:5] for line in lines(browser) if line[0] == "Tập huấn, tính đến hết kỳ"]
    assert halves == [
        ["06 tháng đầu năm 2026", "không nêu riêng", "", ""],
        ["06 tháng cuối năm 2026", "8", "", "80,0%"],
    ]


def test_of_few_persons_who_were_helped_no_file_has_the_number(
    browser: Browser, listed: Callable[..., list[str]], store: Store
) -> None:
    listed()
    enter_helped(store, 3)
    (told,) = (line for line in lines(browser) if line[1] == "Người được hỗ trợ")
    assert told[2:5] == ["dưới 5", "", ""]


def test_of_a_list_nobody_of_which_is_trained_no_file_has_a_zero(
    browser: Browser, listed: Callable[..., list[str]]
) -> None:
    listed()
    told = lines(browser)
    assert told[1][2:5] == ["chưa ghi nhận ai", "10", ""]
    assert not [line for line in told if "0" in line[1:5]]


def test_of_a_list_of_fewer_than_five_no_file_has_a_number(
    browser: Browser, listed: Callable[..., list[str]], store: Store
) -> None:
    document(store, listed(4)[0])
    assert lines(browser)[1][2:5] == ["", "dưới 5", ""]


def test_what_is_made_up_says_so_in_every_line(browser: Browser, listed: Callable[..., list[str]]) -> None:
    listed(synthetic=True)
    assert all("DỮ LIỆU MẪU" in line[6] for line in lines(browser)[1:])


def test_files_are_called_after_their_day_and_nothing_else_lies_there(
    browser: Browser, listed: Callable[..., list[str]]
) -> None:
    listed()
    named = browser.get(XLSX_FILE).headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="tien-do-2026-03-02\.xlsx"', named)
    assert browser.get(CSV_FILE).headers["content-type"] == "text/csv; charset=utf-8"
    assert browser.get("/tien-do/so-lieu.pdf").status_code == 404
    assert not browser.client.cookies
