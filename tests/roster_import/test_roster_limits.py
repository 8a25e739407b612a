"""How much of a workbook is read, and what of its strings and formats."""

from __future__ import annotations

import random

import pytest
from roster_lists import parts_of, with_part, workbook

from taphuan.roster_import import grid
from taphuan.roster_import.file_reader import read_file

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#: So that what is repeated beside it is not packed too tightly.
NOISE = f"<!--{random.Random(1).randbytes(60_000).hex()}-->"


def sheet(rows: str, after: str = "") -> bytes:
    data = f"<sheetData>{rows}</sheetData>" if rows else ""
    return with_part(
        workbook(), SHEET, f'<worksheet xmlns="{MAIN}">{NOISE}{data}{after}</worksheet>'.encode()
    )


def shared(strings: str, rows: str = "") -> bytes:
    """A workbook with these shared strings."""
    content = with_part(sheet(rows), STRINGS, f'<sst xmlns="{MAIN}">{NOISE}{strings}</sst>'.encode())
    types = parts_of(content)["[Content_Types].xml"].decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    place = f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'
    if kind not in types:
        types = types.replace("</Types>", place)
    return with_part(content, "[Content_Types].xml", types.encode())


def codes(content: bytes) -> list[str]:
    return [notice.code for notice in read_file(content, "a.xlsx").notices]


def test_cells_and_text_are_counted_over_all_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    row = '<row><c t="str"><v>aaaa</v></c><c t="str"><v>aaaa</v></c></row>'
    monkeypatch.setattr(grid, "MOST_CELLS", 10)
    assert codes(sheet(row * 5)) == []
    assert codes(sheet(row * 6)) == ["too-many-cells"]
    monkeypatch.setattr(grid, "MOST_TEXT", 39)
    assert codes(sheet(row * 5)) == ["too-much-text"]


def test_one_long_string_shared_by_many_cells_is_counted_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each cell keeps the start of it anew."""
    monkeypatch.setattr(grid, "MOST_TEXT", 50_000)
    cells = '<row><c t="s"><v>0</v></c></row>'
    content = shared(f"<si><t>{'a' * 30_000}</t></si>", cells * 60)
    assert codes(content) == ["too-much-text"]


def test_shared_strings_are_joined_of_their_runs_and_not_of_how_they_sound() -> None:
    name = "<r><t>Lò </t></r><r><t>Văn Ánh</t></r><rPh sb='0' eb='2'><t>lo</t></rPh>"
    strings = f"<si>{name}</si><si><t>Y sĩ</t></si><si/>"
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(3))
    (grid,) = read_file(shared(strings, f"<row>{cells}</row>"), "a.xlsx").grids
    assert [cell.text for cell in grid.rows[0].cells.values()] == ["Lò Văn Ánh", "Y sĩ"]


def test_a_format_of_its_own_makes_a_number_a_day() -> None:
    formats = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="46"/></cellXfs></styleSheet>'
    )
    cells = "".join(f'<c s="{style}"><v>31000</v></c>' for style in range(3))
    content = with_part(sheet(f"<row>{cells}</row>"), STYLES, formats.encode())
    (grid,) = read_file(content, "a.xlsx").grids
    assert [(cell.kind, cell.text) for cell in grid.rows[0].cells.values()] == [
        ("number", "31000"),
        ("date", "1984-11-14"),
        ("date", "31000 days, 0:00:00"),
    ]
