"""The figures of the public page as a file: XLSX, and CSV for whoever works on with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import xlsxwriter  # type: ignore[import-untyped]

from ..reports.xlsx import FORMULA_STARTS

Line = tuple[str | int, ...]
#: What is counted, the count or why there is none, out of how many, share, goal, a remark, and of when.
HEADS = (
    "Nhóm",
    "Nội dung",
    "Số đếm được",
    "Trên tổng số",
    "Tỷ lệ",
    "Mức chỉ tiêu",
    "Ghi chú",
    "Kỳ",
    "Số liệu ngày",
)
WIDTHS = (24, 62, 18, 14, 10, 14, 60, 30, 14)


def write_csv(lines: Sequence[Line], title: str, taken_on: date) -> bytes:
    """Returns a CSV that Excel reads as UTF-8. No text becomes a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([HEADS, *(tuple(map(_plain, line)) for line in lines)])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA_STARTS else cell


def write_xlsx(lines: Sequence[Line], title: str, taken_on: date) -> bytes:
    """Returns a workbook of one worksheet, the same bytes for the same figures."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {"title": title, "created": datetime(taken_on.year, taken_on.month, taken_on.day)}
        )
        head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Tiến độ")
        sheet.freeze_panes(1, 0)
        for at, width in enumerate(WIDTHS):
            sheet.set_column(at, at, width, body)
        for row, line in enumerate([HEADS, *lines]):
            sheet.write_row(row, 0, line, None if row else head)
    return out.getvalue()


#: What each file is called after, by its name in an address, and who writes it.
FILES: Mapping[str, tuple[str, Callable[[Sequence[Line], str, date], bytes]]] = {
    "so-lieu.xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "so-lieu.csv": ("text/csv; charset=utf-8", write_csv),
}
