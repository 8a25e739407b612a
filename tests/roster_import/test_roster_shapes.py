"""Lists as offices write them are read, and the office is asked once what was inferred."""

from __future__ import annotations

from dataclasses import replace

import pytest
from roster_lists import in_short, proposal, units
from roster_shapes_named import AN, BINH_LU, DE, HEADINGS, HOA, NO_UNIT, Shape, book, listed, shapes

from taphuan.roster_import.file_reader import read_file
from taphuan.roster_import.gazetteer import build_gazetteer
from taphuan.roster_import.grid import Book
from taphuan.roster_import.importer import propose
from taphuan.roster_import.proposal import TOPICS, Proposal

SHAPES = shapes()
YES, NO = dict.fromkeys(TOPICS, True), dict.fromkeys(TOPICS, False)
NAMES = {seat.id: seat.name for seat in build_gazetteer(units()).seats}


def people(proposed: Proposal) -> list[tuple[str, str, str]]:
    return [(row.entry.full_name, row.entry.position, NAMES[row.entry.unit]) for row in proposed.rows]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_people_are_those_of_the_list_once_the_office_agrees(shape: Shape) -> None:
    proposed = proposal(shape.content, answers=YES)
    assert people(proposed) == list(shape.people)
    assert [finding.message for finding in proposed.problems] == []
    assert proposed.can_be_frozen


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_no_more_is_asked_than_has_to_be(shape: Shape) -> None:
    assert tuple(each.topic for each in proposal(shape.content).assumptions) == shape.topics


@pytest.mark.parametrize("shape", [each for each in SHAPES if each.topics], ids=lambda shape: shape.name)
def test_what_was_inferred_is_frozen_neither_unanswered_nor_refused(shape: Shape) -> None:
    assert not proposal(shape.content).can_be_frozen
    refused = proposal(shape.content, answers=NO)
    assert not refused.can_be_frozen
    assert all(finding.fix for finding in refused.problems)


def read_rows(*rows: tuple[object, ...]) -> Proposal:
    return proposal(listed(*rows), answers=YES)


def codes(proposed: Proposal) -> list[str]:
    return [finding.code for finding in proposed.problems]


@pytest.mark.parametrize(
    ("above", "code"),
    [
        (("UBND XÃ BÌNH LƯ", "DANH SÁCH CÁN BỘ XÃ TẢ LÈNG"), "units-disagree"),
        (("DANH SÁCH CÁN BỘ XÃ BÌNH LƯ, XÃ TẢ LÈNG",), "units-disagree"),
        (("UBND XÃ BÌNH LƯ", "DANH SÁCH CỦA SỞ Y TẾ"), "units-disagree"),
        (("DANH SÁCH CÁN BỘ CÁC XÃ BÌNH LƯ, TẢ LÈNG",), "no-unit-column"),
        (("HUYỆN SÌN HỒ", "UBND XÃ TẢ PHÌN"), "former-unit"),
        (("TRUNG TÂM Y TẾ SÌN HỒ",), "no-unit-column"),
        (("Kính gửi: Sở Y tế", "Danh sách dự tập huấn tại xã Bình Lư"), "no-unit-column"),
        (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bình Lư, ngày 5 tháng 6 năm 2026"), "no-unit-column"),
    ],
)
def test_a_unit_above_the_list_is_no_guess(above: tuple[str, ...], code: str) -> None:
    proposed = read_rows(*((line,) for line in above), NO_UNIT, (1, *AN))
    assert codes(proposed) == [code]
    assert proposed.rows == ()


def test_a_sheet_and_its_letterhead_may_contradict_each_other() -> None:
    content = book(("Xã Tả Lèng", [("UBND XÃ BÌNH LƯ",), NO_UNIT, (1, *AN)]))
    assert codes(proposal(content, answers=YES)) == ["units-disagree"]


def test_an_empty_unit_is_missing_where_every_row_has_its_own() -> None:
    proposed = read_rows(HEADINGS, (1, *AN, BINH_LU), (2, *DE, BINH_LU), (3, *HOA))
    assert codes(proposed) == ["missing-unit"]


def test_a_misspelt_unit_over_people_is_said_once_and_gives_them_none() -> None:
    proposed = read_rows(NO_UNIT, ("I. XÃ BÌNH LU",), (1, *AN), (2, *DE))
    assert codes(proposed) == ["unknown-unit"]
    assert proposed.problems[0].fix == "có phải bạn muốn ghi Xã Bình Lư?"
    assert proposed.rows == ()


def test_a_lone_name_is_asked_back_where_it_may_be_somebodys() -> None:
    assert codes(read_rows(("Họ và tên", "Chức vụ"), ("Xã Bình Lư",), ("Lê Lợi",), AN)) == ["section-row"]
    assert codes(read_rows(HEADINGS, (1, *AN, BINH_LU), (None, "Vàng Văn Thắng"))) == ["section-row"]
    plain = read_rows(("UBND XÃ BÌNH LƯ",), ("Họ và tên", "Chức vụ"), AN, ("Thành viên",), ("Lò Thị Ón",))
    assert codes(plain) == ["section-row"]
    assert [row.entry.full_name for row in plain.rows] == [AN[0], "Lò Thị Ón"]


@pytest.mark.parametrize(
    "name", ["Đoàn Văn Hậu", "II. Vàng A Bình", "PHÒNG THỊ MAI", "A. Lò Văn Hậu", "Cộng Thị Hoa"]
)
def test_nobody_is_passed_over_as_a_part_or_a_sum_without_a_question(name: str) -> None:
    proposed = read_rows(HEADINGS, (1, *AN, BINH_LU), (None, name), (2, *DE, BINH_LU))
    assert [each.code for each in proposed.findings if each.topic] == ["part-or-person"]


@pytest.mark.parametrize(
    "text",
    [
        "Lò Văn Tỉnh - PCT UBND xã Pa Ủ",
        "Vàng Dế - Y sĩ, Trạm Y tế xã Pa Ủ",
        "Xã Pa Ủ: Lò Văn Tỉnh",
        "Chủ tịch UBND xã Pa Ủ",
    ],
)
def test_somebody_with_post_and_unit_in_one_cell_is_not_over_those_below(text: str) -> None:
    proposed = read_rows(("UBND XÃ BÌNH LƯ",), NO_UNIT, (1, *AN), (2, text), (3, *DE))
    assert codes(proposed) == ["section-row"]
    assert len({row.entry.unit for row in proposed.rows}) == 1


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("Xã Bình Lư và xã Pa Ủ", ["units-in-cell"]),
        ("Pa Ủ, Nậm Tăm", ["units-in-cell"]),
        ("Bản Lê Lợi, xã Pa Ủ", []),
        ("Pa Ủ, Mường Tè", []),
    ],
)
def test_two_units_of_one_person_are_asked_back(unit: str, expected: list[str]) -> None:
    assert codes(read_rows(HEADINGS, (1, *AN, unit))) == expected


def test_a_village_that_bears_a_communes_name_is_in_the_commune_beside_it() -> None:
    proposed = read_rows(HEADINGS, (1, *AN, "Bản Lê Lợi, xã Pa Ủ"))
    assert [each[2] for each in people(proposed)] == ["Xã Pa Ủ"]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("II. Nậm Tam", ["unknown-unit"]),
        ("II. Bệnh viện đa khoa tỉnh", ["unknown-unit"]),
        ("II. Trạm Y tế", []),
        ("A. Lãnh đạo", []),
    ],
)
def test_what_is_numbered_like_a_unit_is_no_part_of_the_one_above(second: str, expected: list[str]) -> None:
    proposed = read_rows(NO_UNIT, ("I. Xã Bình Lư",), (1, *AN), (second,), (2, *DE))
    assert codes(proposed) == expected
    assert len(proposed.rows) == 2 - len(expected)


def test_people_above_the_headings_are_asked_about_and_bodies_are_not() -> None:
    proposed = read_rows(("SỞ VĂN HÓA", "PHÒNG VĂN HÓA"), ("Lò Văn Ba", "Y tá"), HEADINGS, (1, *AN, BINH_LU))
    assert [each.code for each in proposed.findings if each.topic] == ["name-above"]


def test_a_remark_that_somebody_is_gone_is_asked_about() -> None:
    headings = (*HEADINGS, "Ghi chú")
    proposed = read_rows(headings, (1, *AN, BINH_LU, "Đã nghỉ hưu"), (2, *DE, BINH_LU, "Nghiệp vụ"))
    assert [(each.code, each.topic) for each in proposed.findings if each.topic] == [("gone-away", "names")]


def test_a_sum_is_nobody_whatever_columns_it_is_in() -> None:
    proposed = read_rows(HEADINGS, (1, *AN, BINH_LU), (None, "Tổng cộng", None, "1 người"))
    assert in_short(proposed.findings) == ["(footer-row B3)"]


def test_a_name_broken_into_two_lines_is_not_two_people() -> None:
    assert codes(read_rows(HEADINGS, (1, "Nguyễn Thị\nÁnh Tuyết", "Y sĩ", BINH_LU))) == ["several-names"]


@pytest.mark.parametrize("name", ["Giàng A Và", "Sùng Và Páo", "Bá Văn Dư", "Đại Thị Úy"])
def test_a_name_with_a_word_of_another_kind_keeps_it(name: str) -> None:
    proposed = read_rows(HEADINGS, (1, name, "Y sĩ", BINH_LU))
    assert [row.entry.full_name for row in proposed.rows] == [name]
    assert proposed.findings == ()


def test_two_people_of_a_cell_are_shown_with_their_posts() -> None:
    proposed = read_rows(HEADINGS, (1, "Lò Văn An\nMa Thị Dế", "Chủ tịch\nY sĩ", BINH_LU))
    assert [row.entry.position for row in proposed.rows] == ["Chủ tịch", "Y sĩ"]
    assert proposed.findings[0].message.endswith("2 người: Lò Văn An – Chủ tịch; Ma Thị Dế – Y sĩ")


@pytest.mark.parametrize(
    ("written", "posts", "said"),
    [
        ("Lò Văn An (Chủ tịch); Ma A Dế (Y sĩ)", ["Chủ tịch", "Y sĩ"], "names-split"),
        ("Lò Văn An (nữ); Ma A Dế (0912345678)", ["", ""], "name-cut"),
    ],
)
def test_brackets_after_one_of_two_people_are_a_post_or_asked_about(
    written: str, posts: list[str], said: str
) -> None:
    proposed = read_rows(HEADINGS, (1, written, None, BINH_LU))
    assert [row.entry.full_name for row in proposed.rows] == ["Lò Văn An", "Ma A Dế"]
    assert [row.entry.position for row in proposed.rows] == posts
    assert said in [finding.code for finding in proposed.findings]


def test_brackets_are_not_lost_in_silence_where_there_is_no_column_of_posts() -> None:
    proposed = read_rows(("STT", "Họ và tên", "Đơn vị"), (1, "Lò Văn An (Chủ tịch); Ma A Dế (Y sĩ)", BINH_LU))
    assert "name-cut" in [finding.code for finding in proposed.findings]


def test_each_of_several_files_has_the_unit_of_its_name() -> None:
    (grid,) = read_file(listed(NO_UNIT, (1, *AN)), "a.xlsx").grids
    names = ("Danh sach xa Sin Ho.xlsx", "DS phuong Tan Phong (1).xlsx")
    grids = tuple(replace(grid, file=name) for name in names)
    proposed = propose(Book(name="", sha256="", grids=grids), units(), answers=YES)
    assert [each[2] for each in people(proposed)] == ["Xã Sìn Hồ", "Phường Tân Phong"]


def test_a_column_of_names_written_twice_is_no_second_list() -> None:
    headings = ("STT", "Họ và tên", "Họ và tên", "Đơn vị")
    assert codes(read_rows(headings, (1, "Lò Văn An", "Lò Văn An", BINH_LU))) == ["column-twice"]


def test_people_after_a_signature_are_read() -> None:
    proposed = read_rows(HEADINGS, (1, *AN, BINH_LU), ("Nơi nhận:",), ("- Như trên",), (2, *DE, BINH_LU))
    assert in_short(proposed.findings) == ["(signature 3)"]
    assert len(proposed.rows) == 2


def test_people_without_numbers_are_not_taken_for_a_signature_in_silence() -> None:
    letterhead, headings = ("UBND XÃ BÌNH LƯ",), ("Họ và tên", "Chức vụ", "Ghi chú")
    noted = (*AN, "bổ nhiệm ngày 5 tháng 6 năm 2026")
    assert len(read_rows(letterhead, headings, noted, DE, HOA).rows) == 3
    signed = (("Nơi nhận:", "CHỦ TỊCH"), ("- Như trên", "(đã ký)"), ("Lò Thị Ón", "Vàng Văn Thắng"))
    assert [row.entry.full_name for row in read_rows(letterhead, headings, AN, DE, *signed).rows] == [
        AN[0],
        DE[0],
    ]
    assert codes(read_rows(letterhead, headings, AN, ("Nơi nhận:",), DE, HOA)) == ["signature-or-people"]
    below = (("Người lập",), (AN[0],), ("Lò Thị Cúc",))
    assert codes(read_rows(letterhead, headings, DE, *below)) == ["signature-or-people"]


def test_two_people_of_a_cell_are_told_apart_in_the_records() -> None:
    rows = read_rows(HEADINGS, (1, "Lò Văn An; Lò Văn An", "Y sĩ; Kế toán", BINH_LU))
    assert codes(rows) == ["same-name-in-unit"]
    content = listed(HEADINGS, (1, "Lò Văn An; Lò Văn An", "Y sĩ; Kế toán", BINH_LU))
    said = {("Danh sách", "B2.2"): None}
    assert proposal(content, answers=YES, decisions=said).can_be_frozen


def test_cells_below_each_other_are_one_place() -> None:
    proposed = read_rows(
        HEADINGS, (1, *AN, BINH_LU), (2, *DE, "nt"), (3, *HOA, "nt"), (4, "Lò Thị Ón", "Y sĩ", "nt")
    )
    (finding,) = proposed.findings
    assert finding.places == ("D3:D5",)
    assert finding.message.startswith("3 người")
