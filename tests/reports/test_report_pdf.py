"""A report comes out of the press as a PDF."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pikepdf
import pypdfium2
from fixtures_reports import make_report
from playwright.sync_api import sync_playwright

from taphuan.render.pdf import print_sheets
from taphuan.reports import printable_report


def test_a_report_is_printed_on_a4_in_a_face_with_the_widths_of_times(
    tmp_path: Path, chromium_path: str
) -> None:
    report = make_report()
    (copy,) = print_sheets(
        [printable_report(report)], out=tmp_path, cache=tmp_path / "cache", executable=chromium_path
    )
    assert copy.path.name == "bao-cao-2026.pdf"
    assert copy.pages > len(report.appendices)
    with pikepdf.open(copy.path) as pdf:
        assert {tuple(round(float(side)) for side in page.mediabox) for page in pdf.pages} <= {
            (0, 0, 595, 842),
            (0, 0, 594, 842),
            (0, 0, 596, 842),
        }
        assert str(pdf.docinfo[pikepdf.Name.Title]) == report.subject
        faces = {
            str(item.FontName).partition("+")[2]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item
        }
    assert faces
    assert all(face.startswith(("LiberationSerif", "TimesNewRoman")) for face in faces)


def test_neither_the_first_row_nor_the_last_of_a_table_is_alone_on_a_printed_page(
    chromium_path: str,
) -> None:
    css = (resources.files("taphuan") / "templates" / "report" / "report.css").read_text("utf-8")
    rows = "".join(f"<tr><td>hàng {number}</td></tr>" for number in range(8))
    table = f"<table><thead><tr><th>Đầu</th></tr></thead><tbody>{rows}</tbody></table>"
    splits = set()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path)
        page = browser.new_page()
        for before in range(170, 250, 4):
            page.set_content(f'<style>{css}</style><div style="height:{before}mm"></div>{table}')
            with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as document:
                texts = [sheet.get_textpage().get_text_range() for sheet in document]
            splits.add(tuple(text.count("hàng") for text in texts))
        browser.close()
    assert len(splits) > 4, "the table was never split"
    assert not any(1 in split for split in splits)
