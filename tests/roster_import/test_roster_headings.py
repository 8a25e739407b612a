"""Where a list begins, what its columns say, and which of them are never read."""

from __future__ import annotations

from typing import Any

import pytest
from roster_lists import ANH, HEADINGS, MAY, findings, in_short, proposal, workbook

from taphuan.roster_import.file_reader import read_file
from taphuan.roster_import.tables import Headings, find_headings, is_district, is_private


def headings_of(content: bytes) -> Headings | None:
    (grid,) = read_file(content, "a").grids
    return find_headings(grid)


@pytest.mark.parametrize(
    "written",
    [
        ("Họ và tên", "Chức vụ", "Đơn vị"),
        ("HỌ VÀ TÊN", "CHỨC VỤ", "ĐƠN VỊ"),
        ("Họ tên", "Chức danh", "Đơn vị công tác"),
        ("Họ và\ntên (*)", "Chức vụ/chức danh", "Cơ quan, đơn vị"),
        ("Ho va ten", "Chuc vu", "Don vi"),
        (" Họ và tên cán bộ: ", "Vị trí việc làm", "Xã, phường"),
        ("Họ và tên [bắt buộc]", "Chức vụ hiện nay", "Nơi công tác"),
    ],
)
def test_headings_are_known_however_they_are_worded(written: tuple[str, ...]) -> None:
    proposed = proposal(workbook(ANH, headings=written))
    assert in_short(proposed.findings) == []
    assert proposed.rows[0].entry.position == "Trưởng Công an"


def test_columns_may_stand_in_any_order() -> None:
    proposed = proposal(
        workbook(
            ("Xã Pa Ủ", 1, "Chẻo Láo Mẩy", "", "Y sĩ"),
            headings=("Đơn vị", "STT", "Họ và tên", "Ghi chú", "Chức vụ"),
        )
    )
    entry = proposed.rows[0].entry
    assert (entry.full_name, entry.position, entry.unit) == ("Chẻo Láo Mẩy", "Y sĩ", "03442")


def test_a_title_above_the_headings_is_passed_over() -> None:
    rows = [
        ("UBND TỈNH", None, "CỘNG HÒA"),
        (),
        ("DANH SÁCH HỌ VÀ TÊN CÁN BỘ",),
        ("STT", *HEADINGS),
        (1, *ANH),
    ]
    proposed = proposal(workbook(*rows, headings=()))
    assert in_short(proposed.findings) == ["(headings-not-first 4)"]
    assert proposed.can_be_frozen


def test_without_headings_nothing_is_guessed() -> None:
    assert in_short(findings(ANH, MAY, headings=())) == ["no-headings"]
    assert in_short(findings(("Lò Văn Ánh",), headings=("Họ và tên",))) == ["no-headings"]


def test_a_list_needs_a_column_of_units() -> None:
    assert in_short(findings(ANH[:2], headings=HEADINGS[:2])) == ["no-unit-column 1"]


def test_a_list_without_positions_is_read_with_a_word() -> None:
    proposed = proposal(workbook(("Lò Văn Ánh", "Xã Pa Ủ"), headings=("Họ và tên", "Đơn vị")))
    assert in_short(proposed.findings) == ["(no-position-column 1)"]
    assert proposed.rows[0].entry.position == ""


def test_a_better_row_further_down_is_the_one_with_the_headings() -> None:
    rows = [("Họ và tên", "Ghi chú"), ("…", "…"), HEADINGS, ANH]
    assert headings_of(workbook(*rows, headings=())).row == 3  # type: ignore[union-attr]


def test_names_in_two_columns_are_joined() -> None:
    row = ("Lò Văn", "Ánh", "Y sĩ", "Xã Pa Ủ")
    for written in (("Họ và đệm", "Tên"), ("Họ và tên đệm", "Tên"), ("Họ", "Tên")):
        assert in_short(findings(row, headings=(*written, *HEADINGS[1:]))) == ["name-joined B2"]


@pytest.mark.parametrize("second", [("Nữ", "Nam"), ("Thái", "Thái"), ("Xã Pa Ủ", "Tổ 5")])
def test_a_column_beside_names_that_holds_no_names_is_not_joined(second: tuple[str, str]) -> None:
    rows = [("Lò Văn Ánh", second[0], "Y sĩ", "Xã Pa Ủ"), ("Lò Thị Ón", second[1], "Y sĩ", "Xã Pa Ủ")]
    assert in_short(findings(*rows, headings=("Họ và tên", None, *HEADINGS[1:]))) == ["(nameless-column B)"]


def test_a_person_under_headings_that_are_all_merged_is_no_heading() -> None:
    def shape(sheet: Any) -> None:
        for cells in ("A1:B1", "C1:D1", "E1:F1"):
            sheet.merge_cells(cells)

    rows = [
        ("Họ và tên", None, "Chức vụ", None, "Đơn vị"),
        ("Lò Văn Ánh", None, "Y sĩ", None, "Xã Pa Ủ"),
        ("Lò Thị Ón", None, "Kế toán", None, "Xã Pa Ủ"),
    ]
    assert len(proposal(workbook(*rows, headings=(), shape=shape)).rows) == 2


def test_a_given_name_that_stands_at_the_end_already_is_not_added() -> None:
    proposed = proposal(
        workbook(("Lò Văn Ánh", "Ánh", "Y sĩ", "Xã Pa Ủ"), headings=("Họ và tên", "Tên", *HEADINGS[1:]))
    )
    assert [row.entry.full_name for row in proposed.rows] == ["Lò Văn Ánh"]


def test_two_columns_of_one_meaning_are_refused() -> None:
    said = findings((*ANH, "Sở Y tế"), headings=(*HEADINGS, "Cơ quan công tác"))
    assert in_short(said) == ["column-twice D1"]
    assert "“Cơ quan công tác” và cột “Đơn vị”" in said[0].message


PRIVATE = [
    "Ngày sinh", "Ngày, tháng, năm sinh", "Năm sinh", "NTNS", "Tuổi", "Số CCCD", "CMND/CCCD",
    "Số định danh cá nhân",
    "Số điện thoại", "SĐT", "Điện thoại di động", "Email", "E-mail", "Thư điện tử", "Zalo", "Dân tộc",
    "Tôn giáo",
    "Giới tính", "Nam", "Nữ", "Nam/Nữ", "Quê quán", "Địa chỉ", "Nơi ở hiện nay", "Hộ khẩu thường trú",
    "Đảng viên",
    "Mã số thuế", "Số tài khoản", "Tình trạng sức khỏe", "Mã số BHXH", "Ảnh", "dan toc", "so dien thoai",
]  # fmt: skip


@pytest.mark.parametrize("heading", PRIVATE)
def test_a_private_column_is_never_read(heading: str) -> None:
    proposed = proposal(workbook((*ANH, "BÍ MẬT 012345678901"), headings=(*HEADINGS, heading)))
    assert in_short(proposed.findings) == ["(private-column D1)"]
    assert "BÍ MẬT" not in repr(proposed)
    assert "không lưu" in proposed.findings[0].message


@pytest.mark.parametrize(
    "heading", ["Họ và tên", "Số lượng", "Giới thiệu tham gia", "Lĩnh vực", "Nămm", "Cơ quan"]
)
def test_other_headings_are_not_private(heading: str) -> None:
    assert is_private(heading) == (heading == "Giới thiệu tham gia")


def test_another_column_is_passed_over_with_a_word() -> None:
    assert in_short(findings((*ANH, "Khá"), headings=(*HEADINGS, "Xếp loại"))) == ["(ignored-column D1)"]


@pytest.mark.parametrize(
    "heading", ["Huyện", "Quận/Huyện", "Huyện, thành phố", "Quận", "Thị xã", "Đơn vị cấp huyện"]
)
def test_a_column_of_districts_is_of_an_old_form(heading: str) -> None:
    assert is_district(heading)
    assert in_short(findings((*ANH, ""), headings=(*HEADINGS, heading))) == ["(district-column D1)"]


@pytest.mark.parametrize("heading", ["Quân hàm", "Quan hệ", "Xã", "Đơn vị", "Chức quan"])
def test_other_words_that_look_like_districts_are_none(heading: str) -> None:
    assert not is_district(heading)


def test_a_district_makes_an_ambiguous_name_a_question() -> None:
    rows = [("Lò Văn Ánh", "Y sĩ", "Mường Than", "Than Uyên"), ("Lò Văn Ón", "Y sĩ", "Mường Than", "")]
    said = in_short(findings(*rows, headings=(*HEADINGS, "Huyện")))
    assert said == ["(district-column D1)", "old-or-new-unit C2", "(not-the-old-unit C3)"]


def test_a_column_without_a_heading_is_not_read() -> None:
    assert in_short(findings((*ANH, "gì đó"))) == ["(nameless-column D)"]


def test_columns_far_to_the_right_are_not_read() -> None:
    row = (*ANH, *[None] * 60, "xa")
    assert in_short(findings(row)) == []
    row = (*ANH, *[None] * 57, "xa")
    assert in_short(findings(row)) == ["(too-many-columns BI)"]


def test_a_second_column_of_posts_is_joined_with_the_first() -> None:
    for heading in ("Chức danh", "Chức vụ Đảng", "Kiêm nhiệm"):
        proposed = proposal(workbook((*ANH, "Đảng ủy viên"), headings=(*HEADINGS, heading)))
        assert in_short(proposed.findings) == ["posts-joined B2"]
        assert proposed.rows[0].entry.position == f"{ANH[1]}, Đảng ủy viên"


def test_headings_over_two_rows_are_one() -> None:
    def shape(sheet: Any) -> None:
        for cells in ("A1:A2", "B1:C1", "D1:D2", "E1:E2"):
            sheet.merge_cells(cells)

    rows = [
        ("Họ và tên", "Năm sinh", None, "Chức vụ", "Đơn vị"),
        (None, "Nam", "Nữ"),
        (ANH[0], 1980, None, *ANH[1:]),
    ]
    proposed = proposal(workbook(*rows, headings=(), shape=shape))
    assert in_short(proposed.findings) == ["(private-column B1)"]
    assert proposed.can_be_frozen


def test_a_merged_heading_over_two_columns_does_not_hide_the_second() -> None:
    rows = [("Họ và tên", None, "Chức vụ", "Đơn vị"), ("Lò Văn", "Ánh", "Y sĩ", "Xã Pa Ủ")]
    said = in_short(findings(*rows, headings=(), shape=lambda sheet: sheet.merge_cells("A1:B1")))
    assert said == ["name-joined B2"]


def test_a_heading_merged_over_the_list_does_not_hide_people() -> None:
    rows = [("Lò Văn Ánh", "Y sĩ", "Xã Pa Ủ")] * 1 + [(None, "Y sĩ", "Xã Pa Ủ")] * 5
    said = in_short(findings(*rows, shape=lambda sheet: sheet.merge_cells("A1:A7")))
    assert any(code.startswith("merged-cells") for code in said)


def test_the_row_of_column_numbers_is_nobody() -> None:
    for numbers in ((1, 2, 3), ("(1)", "(2)", "(3)"), ("A", "B", "C")):
        proposed = proposal(workbook(numbers, ANH))
        assert in_short(proposed.findings) == []
        assert len(proposed.rows) == 1
