"""CSV as Vietnamese offices save it: four encodings, three separators."""

from __future__ import annotations

import tracemalloc
import unicodedata

import pytest
from roster_lists import ANH, HEADINGS, MAY, in_short, proposal

from taphuan.roster_import import file_reader
from taphuan.roster_import import grid as limits
from taphuan.roster_import.file_reader import decode, likely_separator, read_file
from taphuan.roster_import.grid import Grid

pytestmark = pytest.mark.slow

TEXT = "".join(";".join(row) + "\r\n" for row in (HEADINGS, ANH, MAY))


def in_windows_1258(text: str) -> bytes:
    """As Windows writes it: what has no code of its own as a letter and a tone."""
    parts = []
    for letter in text:
        try:
            parts.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in base if mark in "\u0300\u0301\u0303\u0309\u0323")
            parts.append(
                unicodedata.normalize("NFC", base.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
            )
    return b"".join(parts)


ENCODINGS = {
    "utf-8": TEXT.encode(),
    "utf-8-bom": TEXT.encode("utf-8-sig"),
    "utf-16-le-bom": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16-be-bom": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16-le": TEXT.encode("utf-16-le"),
    "utf-16-be": TEXT.encode("utf-16-be"),
    "windows-1258": in_windows_1258(TEXT),
}


def grid_of(content: bytes) -> Grid:
    (grid,) = read_file(content, "a.csv").grids
    return grid


def texts_of(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells.values()] for row in grid_of(content).rows]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_list_reads_the_same_in_every_encoding(encoding: str) -> None:
    assert texts_of(ENCODINGS[encoding]) == [list(HEADINGS), list(ANH), list(MAY)]
    proposed = proposal(ENCODINGS[encoding])
    assert proposed.can_be_frozen
    assert [row.entry.full_name for row in proposed.rows] == ["Lò Văn Ánh", "Chẻo Láo Mẩy"]


def test_only_the_old_encoding_is_pointed_out() -> None:
    said = {encoding: in_short(proposal(content).findings) for encoding, content in ENCODINGS.items()}
    assert said.pop("windows-1258") == ["(legacy-encoding)"]
    assert set(map(tuple, said.values())) == {()}


def test_decomposed_text_of_the_sender_is_pointed_out() -> None:
    content = unicodedata.normalize("NFD", TEXT).encode()
    assert "(decomposed-letters CSV!A2,A3)" in in_short(proposal(content).findings)
    assert proposal(content).rows[0].entry.full_name == "Lò Văn Ánh"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_by_the_headings(separator: str) -> None:
    text = TEXT.replace(";", separator)
    assert likely_separator(text) == separator
    assert texts_of(text.encode())[0] == list(HEADINGS)


def test_commas_within_fields_do_not_mislead() -> None:
    rows = (
        "Danh sách, năm 2026, tỉnh",
        ";".join(HEADINGS),
        "Lò Văn Ánh;Chủ tịch, Bí thư, Trưởng ban;Sở Y tế",
    )
    text = "\n".join(rows)
    assert texts_of(text.encode())[2] == ["Lò Văn Ánh", "Chủ tịch, Bí thư, Trưởng ban", "Sở Y tế"]


def test_excels_own_first_line_names_the_separator() -> None:
    content = b"sep=;\r\n" + TEXT.encode()
    assert texts_of(content)[1] == list(HEADINGS)
    assert proposal(content).can_be_frozen


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    text = 'Họ và tên,Chức vụ,Đơn vị\n\n"Lò Văn Ánh","Trưởng\nCông an",Xã Mường Tè\nChẻo Láo Mẩy,,Xã Pa Ủ\n'
    assert [row.number for row in grid_of(text.encode()).rows] == [1, 3, 4]


def test_quoted_fields_keep_separators_and_quotes() -> None:
    text = (
        'Họ và tên,Chức vụ,Đơn vị\n"Lò Văn Ánh","Phó ""phụ trách"", kiêm","Sở Văn hóa, Thể thao và Du lịch"\n'
    )
    assert texts_of(text.encode())[1] == [
        "Lò Văn Ánh",
        'Phó "phụ trách", kiêm',
        "Sở Văn hóa, Thể thao và Du lịch",
    ]
    assert proposal(text.encode()).rows[0].entry.unit == "so-vhttdl"


def test_a_cell_that_a_spreadsheet_would_compute_is_a_formula() -> None:
    text = "Họ và tên;Chức vụ;Đơn vị\n=HYPERLINK(A1);Y sĩ;Xã Pa Ủ\n"
    assert in_short(proposal(text.encode()).findings) == ["formula-cell CSV!A2"]


@pytest.mark.parametrize(
    "content",
    [
        b"\x81\x8d\x8f\xff\xfe",
        b"\xff\xfe\x00\xd8",
        b"abc\x00\x01\x02\x03",
        b"\x01\x02\x03\x04",
        bytes(range(256)),
    ],
)
def test_what_is_no_text_is_said_to_be_none(content: bytes) -> None:
    assert decode(content)[0] == ""
    assert [notice.code for notice in read_file(content, "a.csv").notices] == ["unknown-encoding"]


def test_an_open_quote_that_swallows_the_list_is_broken() -> None:
    text = 'Họ và tên,Chức vụ,Đơn vị\n"Lò Văn Ánh,Y sĩ,Xã Pa Ủ\n' + "Chẻo Láo Mẩy,Y sĩ,Xã Pa Ủ\n" * 10_000
    assert in_short(proposal(text.encode()).findings) == ["broken-csv"]


@pytest.mark.parametrize(
    "line", ['"Lò Văn Ánh,Y sĩ,Xã Pa Ủ', 'Lò Văn Ánh,"Y sĩ,Xã Pa Ủ', 'Lò Văn Ánh,Y sĩ,"Xã Pa Ủ']
)
def test_an_open_quote_in_a_short_list_is_no_silent_loss(line: str) -> None:
    text = f"Họ và tên,Chức vụ,Đơn vị\n{line}\nChẻo Láo Mẩy,Y sĩ,Xã Pa Ủ\n"
    assert in_short(proposal(text.encode()).findings) == ["broken-csv"]


def test_more_rows_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_reader, "MOST_ROWS", 2)
    assert [notice.code for notice in read_file(TEXT.encode(), "a").notices] == ["too-many-rows"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_empty_columns_at_the_end_of_every_row_change_nothing(separator: str) -> None:
    """So Excel writes a list of which a whole row was once formatted."""
    blank = separator * 16_380
    rows = (HEADINGS, ANH, ('Lò Văn "Hai"', "", "Xã Pa Ủ"), MAY)
    text = "".join(separator.join(row) + "\r\n" for row in rows)
    wide = text.replace("\r\n", f"{blank}\r\n")
    assert texts_of(wide.encode()) == texts_of(text.encode())
    assert grid_of(wide.encode()).rows == grid_of(text.encode()).rows


def test_separators_at_the_end_of_a_quoted_line_are_text() -> None:
    text = 'Họ và tên;Chức vụ;Đơn vị\nLò Văn Ánh;"Y sĩ;;\nkiêm;;\nkế toán;;";Xã Pa Ủ;;;\n'
    assert texts_of(text.encode())[1] == ["Lò Văn Ánh", "Y sĩ;;\nkiêm;;\nkế toán;;", "Xã Pa Ủ"]


@pytest.mark.parametrize(
    "row", [";" * 30_000 + "a", '"a;b";' * 30_000, '"\n";' * 30_000, f'"{";" * 30_000}"']
)
def test_a_row_of_more_separators_than_excel_has_columns_is_refused(row: str) -> None:
    assert [notice.code for notice in read_file(f"{TEXT}{row}\n".encode(), "a.csv").notices] == [
        "part-too-big"
    ]


@pytest.mark.parametrize("unit", [";", "\n", '"";', "a;", "a\n", '"\n";', '"a;b"\n'])
def test_however_a_file_is_filled_little_of_it_is_held(unit: str) -> None:
    """A million separators once came to a hundred megabytes."""
    content = (unit * (2_000_000 // len(unit))).encode()
    tracemalloc.start()
    read_file(content, "a.csv")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 40_000_000


def test_cells_of_a_csv_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 8)
    assert [notice.code for notice in read_file(TEXT.encode(), "a").notices] == ["too-many-cells"]


@pytest.mark.parametrize("content", [b"\xa0", "\u3000".encode(), b"\xff\xfe \x00"])
def test_blanks_of_any_encoding_are_an_empty_file(content: bytes) -> None:
    assert [notice.code for notice in read_file(content, "a.csv").notices] == ["empty-file"]


def test_columns_far_to_the_right_are_not_read() -> None:
    text = "Họ và tên,Đơn vị\n" + "Lò Văn Ánh,Xã Pa Ủ" + ",x" * 500
    assert max(grid_of(text.encode()).rows[1].cells) == 61
