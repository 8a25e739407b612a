"""Each row of a list: a person, or what to put right, by sheet and cell."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from roster_lists import ANH, HEADINGS, MAY, findings, in_short, places, proposal, workbook

from taphuan.roster_import import unit_lookup


def book_of(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of several sheets; `_` in a name is a space."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_clean_list_has_nothing_to_put_right() -> None:
    proposed = proposal(workbook(ANH, MAY))
    assert proposed.findings == ()
    assert proposed.can_be_frozen
    entry = proposed.rows[0].entry
    assert (entry.full_name, entry.position, entry.unit, entry.level) == (*ANH[:2], "03445", "commune")
    assert proposed.rows[0].spot.cell == "A2"


def test_an_agency_is_of_the_provinces_level() -> None:
    entry = proposal(workbook(("Lò Văn Ánh", "Chuyên viên", "Sở Y tế"))).rows[0].entry
    assert (entry.unit, entry.level) == ("so-y-te", "province")


def test_all_findings_come_at_once_in_the_order_of_the_file() -> None:
    said = findings(
        ("LÒ VĂN ÁNH", "Trưởng Công an", "Thị trấn Mường Tè"),
        (None, "Y sĩ", "Xã Pa Ủ"),
        ("Chẻo Láo Mẩy ", None, None),
        ("Sùng A 7", "0912345678", "Huyện Sìn Hồ"),
        ("=A2", date(1980, 1, 2), "Mường Than"),
    )
    assert in_short(said) == [
        "(name-in-capitals A2)",
        "former-unit-now C2",
        "missing-name A3",
        "(stray-spaces A4)",
        "(missing-position B4)",
        "unit-blank C4",
        "number-for-name A5",
        "private-number B5",
        "district-gone C5",
        "formula-cell A6",
        "date-cell B6",
        "(not-the-old-unit C6)",
    ]


def test_one_problem_is_enough_to_freeze_nothing() -> None:
    proposed = proposal(workbook(ANH, ("Chẻo Láo Mẩy", "Y sĩ", "Xã Không Có")))
    assert not proposed.can_be_frozen
    assert [row.entry.full_name for row in proposed.rows] == ["Lò Văn Ánh"]
    assert [finding.code for finding in proposed.problems] == ["unknown-unit"]


def test_warnings_alone_hinder_nothing() -> None:
    proposed = proposal(workbook(("LÒ VĂN ÁNH ", "", "UBND xã Pa Ủ")))
    assert proposed.can_be_frozen
    assert [finding.is_error for finding in proposed.findings] == [False] * 4


def test_what_is_the_same_in_a_column_is_said_once_with_all_cells() -> None:
    said = findings(*[(f"Lò Văn {name}", "Y sĩ", "Mường Than") for name in ("Ánh", "Ón", "Só")])
    assert in_short(said) == ["(not-the-old-unit C2,C3,C4)"]
    assert said[0].cell == "C2"


def test_different_units_are_said_apart() -> None:
    said = findings(
        ("Lò Văn Ánh", "Y sĩ", "Nậm Cha"), ("Lò Văn Ón", "Y sĩ", "Nậm Chà"), ("Lò Só", "Y sĩ", "Nậm Cha")
    )
    assert in_short(said) == ["former-unit-now C2,C4", "former-unit-now C3"]
    assert ["được đọc là Xã Nậm Tăm" in finding.message for finding in said] == [True, False]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("Lò Văn Ánh", "Y sĩ", date(2026, 1, 2)), "date-cell C2"),
        (("Lò Văn Ánh", "Y sĩ", "=VLOOKUP(A2,B:C,2)"), "formula-cell C2"),
        (("Lò Văn Ánh", "Y sĩ", "#REF!"), "error-cell C2"),
        (("Lò Văn Ánh", "Y sĩ", True), "not-text C2"),
        ((12, "Y sĩ", "Xã Pa Ủ"), "number-for-name A2"),
        ((date(1980, 1, 2), "Y sĩ", "Xã Pa Ủ"), "date-cell A2"),
        (("Lò Văn Ánh", 5, "Xã Pa Ủ"), "number-for-position B2"),
        (("Lò Văn Ánh", "Y sĩ", " \u00a0 "), "missing-unit C2"),
        (("Lò Văn Ánh", "Y sĩ", "x" * 1_500), "cell-too-long C2"),
    ],
)
def test_a_cell_of_the_wrong_kind_is_named(row: tuple[Any, ...], code: str) -> None:
    assert in_short(findings(row)) == [code]


def test_a_code_that_lost_its_zeros_is_understood() -> None:
    proposed = proposal(workbook(("Lò Văn Ánh", "Y sĩ", 3445)))
    assert in_short(proposed.findings) == ["(code-without-zeros C2)"]
    assert proposed.rows[0].entry.unit == "03445"


# --- merged cells -----------------------------------------------------------------------------


def test_a_unit_merged_over_its_people_is_theirs_once_the_office_agrees() -> None:
    rows = [("Lò Văn Ánh", "Y sĩ", "Xã Pa Ủ"), ("Lò Văn Ón", "Y sĩ", None), ("Lò Só", "Y sĩ", "Xã Pa Ủ")]
    proposed = proposal(workbook(*rows, shape=lambda sheet: sheet.merge_cells("C2:C3")))
    assert in_short(proposed.findings) == ["unit-merged C3"]
    assert [row.entry.unit for row in proposed.rows] == ["03442"] * 3
    assert not proposed.can_be_frozen


def test_a_name_merged_over_others_is_no_guess() -> None:
    rows = [("Lò Văn Ánh", "Y sĩ", "Xã Pa Ủ"), (None, "Kế toán", "Xã Pa Ủ")]
    proposed = proposal(workbook(*rows, shape=lambda sheet: sheet.merge_cells("A2:A3")))
    assert in_short(proposed.findings) == ["merged-cells A2,A3"]
    assert "A2:A3" in proposed.findings[0].message


def test_a_section_merged_across_the_list_is_a_unit() -> None:
    rows = [("UBND XÃ PA Ủ",), ("Lò Văn Ánh", "Y sĩ", None)]
    said = findings(*rows, shape=lambda sheet: sheet.merge_cells("A2:C2"))
    assert in_short(said) == ["unit-from-heading A3"]


def test_somebody_merged_across_the_list_is_lost_by_no_guess() -> None:
    rows = [("Lò Văn Ánh",), ("Lò Văn Ón", "Y sĩ", "Xã Pa Ủ")]
    assert in_short(findings(*rows, shape=lambda sheet: sheet.merge_cells("A2:C2"))) == ["section-row A2"]


def test_an_empty_merged_area_hides_nobody() -> None:
    rows = [(), ("Lò Văn Ánh", "Y sĩ", None), ("Lò Văn Ón", "Y sĩ", None)]
    assert in_short(findings(*rows, shape=lambda sheet: sheet.merge_cells("C2:C4"))) == ["missing-unit C3,C4"]


def test_merged_cells_outside_the_list_do_not_matter() -> None:
    def shape(sheet: Any) -> None:
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("E4:F5")

    rows = [("DANH SÁCH CÁN BỘ",), (), HEADINGS, ANH, MAY]
    assert in_short(findings(*rows, headings=(), shape=shape)) == ["(headings-not-first 3)"]


def test_many_merged_areas_are_each_found() -> None:
    def shape(sheet: Any) -> None:
        for row in range(2, 200, 4):
            sheet.merge_cells(f"C{row}:C{row + 1}")

    said = findings(*[(f"Lò Văn {'ABCDEGHK'[n % 8]}", f"Tổ {n}", "Xã Pa Ủ") for n in range(198)], shape=shape)
    merged = [finding for finding in said if finding.code == "unit-merged"]
    assert [(finding.cells[:2], len(finding.cells)) for finding in merged] == [(("C3", "C7"), 50)]


# --- rows that are nobody ---------------------------------------------------------------------


def test_totals_and_signatures_are_passed_over_with_a_word() -> None:
    said = findings(ANH, ("Tổng cộng: 1 người",), ("TỔNG SỐ", 1), ("Người lập biểu", None, None))
    assert in_short(said) == ["(footer-row A3)", "(footer-row A4)", "(signature 5)"]


def test_somebody_whose_name_begins_like_a_total_is_somebody() -> None:
    assert in_short(findings(("Tống Văn Ánh", "Y sĩ", None))) == ["missing-unit C2"]
    assert proposal(workbook(("Cồng Thị Én", "Y sĩ", "Xã Pa Ủ"))).can_be_frozen


def test_a_row_with_its_unit_goes_by_that_and_not_by_what_stands_over_it() -> None:
    proposed = proposal(workbook(("UBND xã Pa Ủ",), ("Lò Văn Ánh", "Y sĩ", "Xã Mường Tè")))
    assert proposed.findings == ()
    assert [row.entry.unit for row in proposed.rows] == ["03445"]


def test_rows_without_a_person_are_no_rows() -> None:
    proposed = proposal(workbook((1, *ANH), (2,), (3, None, "  "), headings=("STT", *HEADINGS)))
    assert in_short(proposed.findings) == []
    assert len(proposed.rows) == 1


def test_a_note_is_neither_kept_nor_quoted() -> None:
    proposed = proposal(workbook((*ANH, "mắc bệnh, 0912345678"), headings=(*HEADINGS, "Ghi chú")))
    assert proposed.findings == ()
    assert "0912345678" not in repr(proposed)


def test_private_numbers_in_a_position_are_not_quoted() -> None:
    assert "0912" not in repr(proposal(workbook(("Lò Văn Ánh", "Y sĩ 0912345678", "Xã Pa Ủ"))))


# --- sheets -----------------------------------------------------------------------------------


def test_several_lists_are_all_read_and_said_so() -> None:
    proposed = proposal(book_of(Xã_Mường_Tè=[HEADINGS, ANH], Xã_Pa_Ủ=[HEADINGS, MAY]))
    assert in_short(proposed.findings) == ["(several-sheets)"]
    assert [row.spot.worksheet for row in proposed.rows] == ["Xã Mường Tè", "Xã Pa Ủ"]


def test_a_sheet_without_a_list_is_named() -> None:
    proposed = proposal(book_of(Thống_kê=[("Tổng số", 12)], Danh_sách=[HEADINGS, ANH], Trống=[]))
    assert in_short(proposed.findings) == ["(other-sheet Thống kê)"]
    assert proposed.can_be_frozen


def test_a_hidden_list_is_not_read() -> None:
    def shape(sheet: Any) -> None:
        hidden = sheet.parent.create_sheet("Danh sách cũ")
        hidden.append(HEADINGS)
        hidden.append(MAY)
        hidden.sheet_state = "hidden"

    proposed = proposal(workbook(ANH, shape=shape))
    assert in_short(proposed.findings) == ["(hidden-sheet Danh sách cũ)"]
    assert len(proposed.rows) == 1


@pytest.mark.parametrize("column", ["A", "B"])
def test_who_is_struck_out_is_left_out_once_the_office_agrees(column: str) -> None:
    def shape(sheet: Any) -> None:
        sheet[f"{column}2"].font = Font(strike=True)

    proposed = proposal(workbook(ANH, MAY, shape=shape))
    is_name = column == "A"
    assert [each.code for each in proposed.findings if each.topic] == ["struck-out"] * is_name
    assert [row.entry.full_name for row in proposed.rows] == [ANH[0], MAY[0]][is_name:]


def test_hidden_rows_are_read_with_a_word() -> None:
    def shape(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = sheet.row_dimensions[3].hidden = True

    proposed = proposal(workbook(ANH, MAY, shape=shape))
    assert in_short(proposed.findings) == ["(hidden-row 2,3)"]
    assert len(proposed.rows) == 2


def test_findings_follow_the_order_of_the_sheets() -> None:
    bad = ("Lò Văn Ánh", "Y sĩ", None)
    proposed = proposal(book_of(Z=[HEADINGS, bad], A=[HEADINGS, bad]))
    assert [finding.worksheet for finding in proposed.findings] == ["", "Z", "A"]


def test_headings_without_people_are_an_empty_list() -> None:
    assert in_short(findings()) == ["no-people"]
    assert in_short(findings((1, 2, 3))) == ["no-people"]


def test_suggestions_end_where_the_column_is_the_wrong_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_lookup, "MOST_SUGGESTIONS", 1)
    said = findings(
        ("Lò Văn Ánh", "Y sĩ", "Pa Ú"), ("Lò Văn Ón", "Y sĩ", "Bum Nứa"), ("Lò Só", "Y sĩ", "Pa Ú")
    )
    assert in_short(said) == ["unknown-unit C2,C4", "unknown-unit C3"]
    assert said[0].fix == "có phải bạn muốn ghi Xã Pa Ủ?"
    assert "trang “Đơn vị”" in said[1].fix


@pytest.mark.parametrize("ditto", ["nt", "-nt-", "Như trên", '"', "〃", "N.T."])
def test_a_unit_written_as_above_is_read_once_the_office_agrees(ditto: str) -> None:
    content = workbook(ANH, ("Chẻo Láo Mẩy", "Y sĩ", ditto), ("Sùng A Páo", "Văn thư", ditto))
    proposed = proposal(content)
    assert [row.entry.unit for row in proposed.rows] == ["03445"] * 3
    (assumption,) = proposed.assumptions
    assert (assumption.topic, assumption.cases[0].cells, assumption.is_agreed) == (
        "units",
        ("C3", "C4"),
        None,
    )
    assert not proposed.can_be_frozen
    assert proposal(content, answers={"units": True}).can_be_frozen
    refused = proposal(content, answers={"units": False})
    assert not refused.can_be_frozen
    assert [finding.code for finding in refused.problems] == ["unit-as-above"]


def test_the_first_person_has_nobody_above() -> None:
    proposed = proposal(workbook(("Chẻo Láo Mẩy", "Y sĩ", "nt")))
    assert [finding.code for finding in proposed.problems] == ["unknown-unit"]


def test_a_former_commune_is_the_one_that_it_became_part_of_once_the_office_agrees() -> None:
    content = workbook(("Lò Văn Ánh", "Y sĩ", "Xã Nậm Cha"), ("Lò Văn Ón", "Y sĩ", "TT Mường Tè"))
    proposed = proposal(content)
    names = {seat.id: seat.name for seat in places().seats}
    assert [names[row.entry.unit] for row in proposed.rows] == ["Xã Nậm Tăm", "Xã Bum Tở"]
    assert not proposed.can_be_frozen
    assert proposal(content, answers={"units": True}).can_be_frozen
    assert proposal(content, answers={"units": False}).problems[0].fix == "ghi đơn vị hiện nay của từng người"


def test_a_name_that_may_be_of_a_district_is_no_former_commune() -> None:
    proposed = proposal(workbook(("Lò Văn Ánh", "Y sĩ", "Tam Đường")))
    assert [finding.code for finding in proposed.problems] == ["former-unit"]
