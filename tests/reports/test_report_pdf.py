"""A report comes out of the press as a PDF."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from fixtures_reports import make_report

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
