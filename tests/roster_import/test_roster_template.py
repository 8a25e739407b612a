"""The workbook that offices fill in asks for nothing private, and comes back without a finding."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from roster_lists import ANH, MAY, in_short, places, proposal, small_units, units

from taphuan.roster_import.proposal import RosterEntry
from taphuan.roster_import.tables import is_private
from taphuan.roster_import.template import (
    build_template,
    own_worksheets,
    synthetic_roster,
    synthetic_template,
)
from taphuan.roster_import.unit_lookup import find_unit
from taphuan.roster_import.vocabulary import toml_table

LONGEST_PROMPT, LONGEST_TITLE = 255, 32


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def filled(*rows: tuple[str, ...]) -> bytes:
    """The template with people typed in."""
    book = opened(build_template(units()))
    for number, row in enumerate(rows, 2):
        for column, text in enumerate(row, 1):
            book["Danh sách"].cell(number, column).value = text
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_it_asks_for_a_name_a_position_a_unit_and_a_note() -> None:
    book = opened(build_template(units()))
    assert book.sheetnames == ["Danh sách", "Đơn vị", "Hướng dẫn"]
    assert [cell.value for cell in book["Danh sách"][1]] == ["Họ và tên", "Chức vụ", "Đơn vị", "Ghi chú"]
    assert not any(is_private(cell.value) for cell in book["Danh sách"][1])


def test_all_units_are_offered_and_understood() -> None:
    sheet = opened(build_template(units()))["Đơn vị"]
    offered = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert offered[:6] == [
        *("Phường Đoàn Kết", "Phường Tân Phong"),
        *("Xã Bản Bo", "Xã Bình Lư", "Xã Bum Nưa", "Xã Bum Tở"),
    ]
    assert len(offered) == 38 + 13
    read = {find_unit(places(), name).seat for name in offered}
    assert read == set(places().seats)


def test_a_unit_is_chosen_from_the_second_sheet() -> None:
    sheet = opened(build_template(units()))["Danh sách"]
    (choice,) = (each for each in sheet.data_validations.dataValidation if each.type == "list")
    assert choice.formula1 == "'Đơn vị'!$A$2:$A$52"
    assert str(choice.sqref) == "C2:C5001"
    assert choice.errorStyle in {None, "stop"}


def test_prompts_fit_into_what_excel_shows() -> None:
    for each in opened(build_template(units()))["Danh sách"].data_validations.dataValidation:
        assert len(each.prompt) <= LONGEST_PROMPT
        assert len(each.promptTitle) <= LONGEST_TITLE


def test_cells_are_text_so_that_nothing_is_turned_into_a_number() -> None:
    sheet = opened(build_template(units()))["Danh sách"]
    assert {sheet.column_dimensions[letter].width > 20 for letter in "ABCD"} == {True}
    content = synthetic_template(units(), synthetic_roster(units(), 1).entries[:3])
    assert {cell.number_format for row in opened(content)["Danh sách"].iter_rows() for cell in row} <= {
        "@",
        "General",
    }
    assert opened(content)["Danh sách"]["A2"].number_format == "@"


def test_it_prints_on_a4_with_its_headings_on_each_page() -> None:
    sheet = opened(build_template(units()))["Danh sách"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "A2")


def test_every_sheet_is_one_page_wide() -> None:
    for sheet in opened(build_template(units())):
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in {(1, 0), (None, 0)}
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_trap_of_mường_than_is_explained_beside_it() -> None:
    remarks = {
        row[0]: row[4]
        for row in opened(build_template(units()))["Đơn vị"].iter_rows(min_row=2, values_only=True)
    }
    assert remarks["Xã Mường Than"] == "Xã Mường Than cũ không thuộc đơn vị này mà thuộc Xã Than Uyên."
    assert remarks["Xã Mường Tè"] == "Thị trấn Mường Tè cũ nay thuộc Xã Bum Tở."
    assert "Nhóm mở" in remarks["Các sở, ban, ngành tỉnh có liên quan"]
    assert not remarks["Xã Mù Cả"]


def test_what_a_unit_was_formed_from_stands_beside_it() -> None:
    rows = {
        row[0]: row
        for row in opened(build_template(units()))["Đơn vị"].iter_rows(min_row=2, values_only=True)
    }
    assert rows["Xã Pa Ủ"][:4] == ("Xã Pa Ủ", "03442", "xã", "Xã Tá Bạ, Xã Pa Ủ")
    assert rows["Sở Y tế"][:3] == ("Sở Y tế", "so-y-te", "tỉnh")


def test_the_guide_says_what_not_to_write() -> None:
    text = "\n".join(
        str(row[0] or "") for row in opened(build_template(units()))["Hướng dẫn"].iter_rows(values_only=True)
    )
    for word in ("ngày sinh", "căn cước", "điện thoại", "dân tộc", "giới tính", "Đồng đẳng viên"):
        assert word in text


def test_the_empty_template_is_an_empty_list() -> None:
    assert in_short(proposal(build_template(units())).findings) == ["no-people"]


def test_the_filled_template_comes_back_without_a_finding() -> None:
    proposed = proposal(filled(ANH, MAY))
    assert proposed.findings == ()
    assert [row.entry.unit for row in proposed.rows] == ["03445", "03442"]


def test_its_explaining_sheets_are_passed_over_in_silence() -> None:
    assert own_worksheets() == {"Đơn vị", "Hướng dẫn"}


def test_the_same_units_make_the_same_bytes() -> None:
    assert build_template(units()) == build_template(units())


def test_people_known_can_stand_in_it_already() -> None:
    entry = RosterEntry(full_name="Lò Văn Ánh", position="Trưởng Công an", unit="03445", level="commune")
    proposed = proposal(build_template(units(), [entry]))
    assert [row.entry for row in proposed.rows] == [entry]
    assert proposed.findings == ()


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "{=A1}", "https://vi.du"])
def test_nothing_written_into_it_becomes_a_formula_or_a_link(name: str) -> None:
    entry = RosterEntry(full_name=name, position="=2+2", unit="03445", level="commune")
    cell = opened(build_template(units(), [entry]))["Danh sách"]["A2"]
    assert (cell.value, cell.data_type in {"s", "f"}, cell.hyperlink) == (name, True, None)
    with_values = openpyxl.load_workbook(io.BytesIO(build_template(units(), [entry])), data_only=True)
    assert with_values["Danh sách"]["A2"].value == name


def test_another_provinces_units_make_a_template_too() -> None:
    content = build_template(small_units({"Xã Suối Trong": ("Xã Suối Cũ",)}, ("Sở Mẫu",)))
    assert [row[0] for row in opened(content)["Đơn vị"].iter_rows(min_row=2, values_only=True)] == [
        "Xã Suối Trong",
        "Sở Mẫu",
    ]


def test_its_columns_are_those_that_are_read() -> None:
    roles = [column["role"] for column in toml_table("template.toml")["list"]["columns"]]
    assert roles == ["name", "position", "unit", "note"]
