"""Every finding has a sentence whose words are all filled in, and every sentence has a finding."""

from __future__ import annotations

import io
import re
import string
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from raw_workbooks import Formula, Sheet, packed
from roster_files_sent import AS_SENT
from roster_lists import ANH, HEADINGS, MAY, person, proposal, small_units, units, with_part, workbook

from taphuan.roster_import import file_kinds, file_reader, grid, office_file
from taphuan.roster_import import spreadsheet_file as xlsx
from taphuan.roster_import.file_reader import read_files
from taphuan.roster_import.grid import Notice, Spot
from taphuan.roster_import.importer import propose
from taphuan.roster_import.proposal import CellFinding, findings_of, messages
from taphuan.roster_import.vocabulary import vocabulary

SOURCES = sorted(Path(file_reader.__file__).parent.glob("*.py"))
SHEET = "xl/worksheets/sheet1.xml"
Found = tuple[CellFinding, ...]
TWO = [person("p1", "Lò Văn Ánh", "Trưởng Công an", "Xã Pa Ủ"), person("p2", "Lò Văn Ánh", "Y sĩ", "Xã Pa Ủ")]


def said(*rows: Any, known: Any = (), **options: Any) -> Found:
    return proposal(workbook(*rows, **options), known).findings


def name(text: Any) -> Found:
    return said((text, "Y sĩ", "Xã Pa Ủ"))


def post(text: Any) -> Found:
    return said(("Lò Văn Ánh", text, "Xã Pa Ủ"))


def unit(text: Any) -> Found:
    return said(("Lò Văn Ánh", "Y sĩ", text))


def column(heading: str | None) -> Found:
    return said((*ANH, "x"), headings=(*HEADINGS, heading))


def file(content: bytes) -> Found:
    return proposal(content).findings


def part(text: bytes, name: str = SHEET) -> Found:
    return file(with_part(workbook(ANH), name, text))


def added(sheet: Any) -> None:
    sheet.parent.create_sheet("Bổ sung").append(("Lò Văn Ba", "Y tá"))


def struck(sheet: Any) -> None:
    sheet["A2"].font = Font(strike=True)


def hidden(sheet: Any) -> None:
    sheet.row_dimensions[2].hidden = True
    other = sheet.parent.create_sheet("Cũ")
    other.append(HEADINGS)
    other.sheet_state = "hidden"


def several(*lists: Any) -> Found:
    book = openpyxl.Workbook()
    for rows in lists:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return file(buffer.getvalue())


def encrypted() -> bytes:
    content = bytearray(workbook(ANH))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def computed() -> bytes:
    rows = (HEADINGS, (Formula("B9", ANH[0]), *ANH[1:]))
    return packed(Sheet(name="a", rows=rows))


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def compound(entry: str) -> bytes:
    return b"\xd0\xcf\x11\xe0" + f"\0{entry}\0".encode("utf-16-le")


def typed(kind: str, main: str) -> bytes:
    """A workbook that says it is something else."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    content = with_part(workbook(ANH), "[Content_Types].xml", types.encode())
    return with_part(content, "word/document.xml", main.encode())


def above(line: str, *unit: str) -> Found:
    """What is said of a list with a line above it, with a column of units or without."""
    return said((line,), HEADINGS[: 2 + len(unit)], (*MAY[:2], *unit), headings=())


def named(sheet: str) -> Found:
    def shape(made: Any) -> None:
        made.title = sheet

    return said(MAY[:2], headings=HEADINGS[:2], shape=shape)


NOTED = (*HEADINGS, "Ghi chú")

#: How to come by each finding.
EXAMPLES: dict[str, Callable[[], Found]] = {
    "file-too-big": lambda: file(b"a" * (file_reader.MOST_BYTES + 1)),
    "empty-file": lambda: file(b""),
    "not-a-list": lambda: file(b"<html>"),
    "no-table": lambda: file(typed(f"{WORD}.document.main+xml", "<w/>")),
    "old-word-file": lambda: file(compound("WordDocument")),
    "old-office-file": lambda: file(compound("Other")),
    "binary-workbook": lambda: file(typed("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "")),
    "open-document": lambda: part(b"application/vnd.oasis.opendocument.text", "mimetype"),
    "rich-text-file": lambda: file(b"{\\rtf1}"),
    "old-font": lambda: said(("Lß V¨n ¸nh", "Y sÜ", "Xã Pa Ủ")),
    "picture-file": lambda: file(b"%PDF"),
    "locked-workbook": lambda: file(encrypted()),
    "broken-workbook": lambda: file(b"PK\x03\x04"),
    "archive-too-big": lambda: part(b" " * (file_kinds.MOST_UNPACKED + 1)),
    "part-too-big": lambda: file(f"Họ và tên{';' * 30_000}Đơn vị\n".encode()),
    "file-too-heavy": lambda: findings_of(office_file.refused("file-too-heavy")[1]),
    "looks-unknown": lambda: file((AS_SENT / "old-excel.xls").read_bytes()),
    "unknown-encoding": lambda: file(b"\x01\x02"),
    "legacy-encoding": lambda: file("Họ".encode("cp1258", "ignore") + b"\xd0\r\n"),
    "broken-csv": lambda: file('Họ và tên,Đơn vị\n"Lò'.encode()),
    "no-headings": lambda: said(ANH, headings=()),
    "no-people": said,
    "same-file": lambda: propose(read_files([("a", b"x"), ("b", b"x")]), units()).findings,
    "several-sheets": lambda: several((HEADINGS, ANH), (HEADINGS, MAY)),
    "other-sheet": lambda: several((HEADINGS, ANH), (MAY,)),
    "hidden-sheet": lambda: said(ANH, shape=hidden),
    "hidden-row": lambda: said(ANH, shape=hidden),
    "name-above": lambda: said(("Lò Văn Ba", "Y tá"), HEADINGS, ANH, headings=()),
    "headings-not-first": lambda: said((), HEADINGS, ANH, headings=()),
    "no-unit-column": lambda: said(ANH[:2], headings=HEADINGS[:2]),
    "no-position-column": lambda: said(ANH[::2], headings=HEADINGS[::2]),
    "name-joined": lambda: said(("Lò", "Ánh", "Xã Pa Ủ"), headings=("Họ", "Tên", "Đơn vị")),
    "repeated-headings": lambda: said(ANH, HEADINGS, MAY),
    "column-twice": lambda: column("Cơ quan"),
    "private-column": lambda: column("Ngày sinh"),
    "district-column": lambda: column("Huyện"),
    "ignored-column": lambda: column("Xếp loại"),
    "nameless-column": lambda: column(None),
    "too-many-columns": lambda: said((*ANH, *[None] * 57, "x")),
    "merged-cells": lambda: said(ANH, MAY, shape=lambda sheet: sheet.merge_cells("A2:A3")),
    "unit-merged": lambda: said(ANH, MAY[:2], shape=lambda sheet: sheet.merge_cells("C2:C3")),
    "unit-blank": lambda: said(ANH, MAY[:2]),
    "position-as-above": lambda: said(ANH, (MAY[0], "nt", MAY[2])),
    "formula-cell": lambda: name("=A1"),
    "computed-cell": lambda: file(computed()),
    "error-cell": lambda: name("#REF!"),
    "date-cell": lambda: name(date(2026, 1, 2)),
    "not-text": lambda: name(True),
    "cell-too-long": lambda: name("a" * 2_000),
    "stray-spaces": lambda: name("Lò Ánh "),
    "unseen-characters": lambda: name("Lò\u200b Ánh"),
    "decomposed-letters": lambda: name("Lo\u0300 Ánh"),
    "missing-name": lambda: name(None),
    "headings-before": lambda: several((("STT", *HEADINGS), (1, *ANH)), ((2, *MAY),)),
    "numbered-name": lambda: name("1. Lò Văn Ánh"),
    "name-cut": lambda: name("Lò Văn Ánh - 0912345678"),
    "posts-joined": lambda: said(
        (*ANH[:2], "Y sĩ", ANH[2]),
        headings=(*HEADINGS[:2], None, HEADINGS[2]),
        shape=lambda sheet: sheet.merge_cells("B1:C1"),
    ),
    "missing-unit": lambda: unit(None),
    "missing-position": lambda: post(None),
    "name-in-capitals": lambda: name("LÒ ÁNH"),
    "name-in-small-letters": lambda: name("lò ánh"),
    "honorific": lambda: name("Ông Lò Văn Ánh"),
    "honorific-or-family": lambda: name("Ông Thị Ánh"),
    "names-split": lambda: name("Lò Văn Ánh; Lò Thị Ón"),
    "one-word-name": lambda: name("Ánh"),
    "several-names": lambda: name("Lò Ánh\nLò Ón"),
    "number-for-name": lambda: name("Lò 1"),
    "no-name": lambda: name("- -"),
    "name-too-long": lambda: name("Lò " * 30),
    "odd-letters": lambda: name("Lò @nh"),
    "private-number": lambda: post("0912345678"),
    "number-for-position": lambda: post("12"),
    "position-too-long": lambda: post("y sĩ " * 40),
    "footer-row": lambda: said(ANH, ("Tổng cộng",)),
    "signature-or-people": lambda: said(
        ANH[:2], ("Nơi nhận:",), MAY[:2], ("Lò Thị Ón", "Văn thư"), headings=HEADINGS[:2]
    ),
    "signature": lambda: said(ANH, ("Nơi nhận:",)),
    "part-row": lambda: said(("Khối Đảng",), ANH),
    "gone-away": lambda: said((*ANH, "Đã nghỉ hưu"), headings=(*HEADINGS, "Ghi chú")),
    "other-sheet-with-names": lambda: said(ANH, shape=added),
    "struck-out": lambda: said(ANH, MAY, shape=struck),
    "part-or-person": lambda: said((1, *ANH), ("Đoàn Văn Ón",), headings=("STT", *HEADINGS)),
    "section-row": lambda: said((1, *ANH), (None, "Vàng Dế"), headings=("STT", *HEADINGS)),
    "unit-from-heading": lambda: said(("UBND xã Pa Ủ",), MAY[:2]),
    "unit-from-letterhead": lambda: above("UBND XÃ PA Ủ"),
    "unit-from-title": lambda: above("DANH SÁCH XÃ PA Ủ"),
    "unit-from-sheet": lambda: named("Pa Ủ"),
    "unit-from-file": lambda: (
        proposal(workbook(MAY[:2], headings=HEADINGS[:2]), name="DS xa Pa U.xlsx").findings
    ),
    "unit-from-post": lambda: said(("Lò Ánh", "Y sĩ, xã Pa Ủ"), headings=("Họ tên", "Chức vụ, đơn vị")),
    "units-in-post": lambda: said(("Lò Ánh", "xã Pa Ủ, xã Mù Cả"), headings=("Họ tên", "Chức vụ, đơn vị")),
    "units-disagree": lambda: above("DANH SÁCH XÃ PA Ủ, XÃ MÙ CẢ"),
    "unit-department": lambda: above("SỞ Y TẾ", "Phòng Nghiệp vụ Y"),
    "unit-itself": lambda: above("UBND XÃ PA Ủ", "UBND xã"),
    "unknown-unit": lambda: unit("Xã Nào Đó"),
    "unit-unnamed": lambda: unit("UBND xã"),
    "agency-in-group": lambda: unit("Sở Công Thương"),
    "agency-gone": lambda: unit("Sở Lao động - TB&XH"),
    "body-in-commune": lambda: unit("Đồn Biên phòng Pa Ủ"),
    "units-in-cell": lambda: unit("Xã Pa Ủ, xã Mù Cả"),
    "body-of-several": lambda: unit("TT YT Tam Đường"),
    "unit-as-above": lambda: said(ANH, (*MAY[:2], "nt")),
    "unit-too-long": lambda: unit("xã " * 80),
    "former-unit": lambda: unit("Tam Đường"),
    "former-unit-now": lambda: unit("Sùng Phài"),
    "old-or-new-unit": lambda: unit("Mường Than, huyện Than Uyên"),
    "not-the-old-unit": lambda: unit("Mường Than"),
    "also-a-town": lambda: unit("Mường Tè"),
    "district-gone": lambda: unit("Huyện Mường Tè"),
    "district-mentioned": lambda: unit("Xã Pa Ủ, huyện Mường Tè"),
    "wrong-kind": lambda: unit("Phường Pa Ủ"),
    "unit-of-several": lambda: (
        proposal(
            workbook(("Lò Văn Ánh", "Y sĩ", "Một")), units=small_units({"Xã Một": (), "Phường Một": ()})
        ).findings
    ),
    "unit-is-a-group": lambda: unit("các xã"),
    "unit-without-marks": lambda: unit("Pa U"),
    "unit-within": lambda: unit("Công an xã Pa Ủ"),
    "code-without-zeros": lambda: unit(3445),
    "open-group": lambda: unit("Các sở, ban, ngành tỉnh có liên quan"),
    "out-of-scope": lambda: proposal(workbook(ANH), scope=()).findings,
    "person-twice": lambda: said(ANH, ANH),
    "almost-twice": lambda: said(("Lò Hoa", "Y sĩ", "Xã Pa Ủ"), ("Lò Hóa", "Y sĩ", "Xã Pa Ủ")),
    "same-name-in-unit": lambda: said(ANH, (ANH[0], "Y sĩ", ANH[2])),
    "ambiguous-person": lambda: said(("Lò Văn Ánh", "Kế toán", "Xã Pa Ủ"), known=TWO),
    "almost-known-person": lambda: said(("Lò Văn Anh", "Y sĩ", "Xã Pa Ủ"), known=TWO[1:]),
    "changed-unit": lambda: said(("Lò Văn Ánh", "Y sĩ", "Sở Y tế"), known=TWO),
    "maybe-moved": lambda: said(("Lò Văn Ánh", "Kế toán", "Sở Y tế"), known=TWO),
    "outdated-decision": lambda: proposal(workbook(ANH), decisions={("Danh sách", "A9"): None}).findings,
    "many-leaving": lambda: said(ANH, known=[person(str(n), f"Lò {n}", "", "Xã Pa Ủ") for n in range(10)]),
    "unit-absent": lambda: said(ANH, known=TWO),
    "synthetic-list": lambda: said((*ANH, vocabulary().synthetic), headings=NOTED),
    "synthetic-among-real": lambda: said((*ANH, vocabulary().synthetic), MAY, headings=NOTED),
}
#: These need a limit lowered first.
LIMITS = {
    "too-many-sheets": (xlsx, "MOST_WORKSHEETS"),
    "too-many-rows": (xlsx, "MOST_ROWS"),
    "too-many-cells": (grid, "MOST_CELLS"),
    "too-much-text": (grid, "MOST_TEXT"),
}


def the(code: str, findings: Found) -> CellFinding:
    finding = next((each for each in findings if each.code == code), None)
    assert finding, [each.code for each in findings]
    return finding


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_finding_can_be_come_by_and_is_worded_whole(code: str) -> None:
    finding = the(code, EXAMPLES[code]())
    assert finding.severity == messages()[code].get("severity", "error")
    for text in (finding.message, finding.fix):
        assert not re.search(r"[{}]|None|“”|\(\)|\s\s", text), text


@pytest.mark.parametrize("code", LIMITS)
def test_each_limit_is_worded_whole(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*LIMITS[code], 0)
    assert " 0 " in the(code, file(workbook(ANH))).message


def test_a_csv_over_its_limit_is_worded_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_reader, "MOST_ROWS", 0)
    assert the("too-many-rows", file("Họ và tên,Đơn vị\n".encode())).worksheet == "CSV"


def test_the_catalogue_has_each_finding_once_and_no_other() -> None:
    source = "".join(path.read_text("utf-8") for path in SOURCES)
    assert set(messages()) == set(EXAMPLES) | set(LIMITS)
    assert [code for code in messages() if f'"{code}"' not in source] == []


@pytest.mark.parametrize("code", sorted(messages()))
def test_sentences_are_short_plain_and_without_a_full_stop(code: str) -> None:
    message = messages()[code]
    assert set(message) <= {"severity", "topic", "together", "text", "fix", "otherwise"}
    assert message.get("severity", "warning") == "warning"
    for text in (message["text"], message["fix"], message.get("otherwise", "a")):
        assert text == text.strip()
        assert not text.endswith(".")
        assert not text[0].isupper()
        assert [name for _, name, _, _ in string.Formatter().parse(text) if name == ""] == []


def test_a_message_with_otherwise_has_a_suggestion_to_make() -> None:
    with_otherwise = [message for message in messages().values() if "otherwise" in message]
    assert with_otherwise
    for message in with_otherwise:
        assert "{suggestion}" in message["fix"]
        assert "{suggestion}" not in message["otherwise"]


def test_braces_in_a_cell_are_no_placeholders() -> None:
    assert "Lò {name}" in the("odd-letters", name("Lò {name}")).message
    assert "{written}" in the("unknown-unit", unit("{written}")).message


def test_what_concerns_the_file_comes_first_then_sheets_rows_and_columns() -> None:
    def notice(sheet: str, row: int, column: int) -> Notice:
        return Notice(code="missing-unit", spot=Spot(worksheet=sheet, row=row, column=column))

    notices = [notice("B", 2, 3), notice("A", 9, 1), notice("B", 2, 1), notice("", 0, 0), notice("A", 10, 1)]
    findings = findings_of(notices, ("B", "A"))
    assert [(each.worksheet, each.cells) for each in findings] == [
        ("", ()),
        ("B", ("A2",)),
        ("B", ("C2",)),
        ("A", ("A9", "A10")),
    ]


def test_the_same_notice_twice_is_said_once() -> None:
    notice = Notice(code="missing-unit", spot=Spot(worksheet="A", row=2, column=3))
    assert findings_of([notice, notice])[0].cells == ("C2",)
