"""What a written unit means, with the traps of a real province."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_lists import places, small_units, units

from taphuan.roster_import.gazetteer import build_gazetteer
from taphuan.roster_import.unit_lookup import LONGEST_UNIT, find_unit, suggest_units

#: Written, the unit it is, and the codes of what is said of it.
UNDERSTOOD = [
    ("Xã Mường Tè", "Xã Mường Tè", []),
    ("xã mường tè", "Xã Mường Tè", []),
    ("XÃ MƯỜNG TÈ", "Xã Mường Tè", []),
    ("Xã Mường Tè, tỉnh Lai Châu", "Xã Mường Tè", []),
    ("X. Mường Tè", "Xã Mường Tè", []),
    ("P. Đoàn Kết", "Phường Đoàn Kết", []),
    ("Phường Tân Phong - tỉnh Lai Châu", "Phường Tân Phong", []),
    ("Hua Bum", "Xã Hua Bum", []),
    ("Bum Tở", "Xã Bum Tở", []),
    ("Bum Nưa", "Xã Bum Nưa", []),
    ("Pa Ủ", "Xã Pa Ủ", []),
    ("pa ủ", "Xã Pa Ủ", []),
    ("Lê Lợi", "Xã Lê Lợi", []),
    ("Đoàn Kết", "Phường Đoàn Kết", []),
    # a name that a town bore too
    ("Mường Tè", "Xã Mường Tè", ["also-a-town"]),
    ("Than Uyên", "Xã Than Uyên", ["also-a-town"]),
    ("Phong Thổ", "Xã Phong Thổ", ["also-a-town"]),
    ("Sìn Hồ", "Xã Sìn Hồ", ["also-a-town"]),
    ("Tân Uyên", "Xã Tân Uyên", ["also-a-town"]),
    ("Xã Than Uyên", "Xã Than Uyên", []),
    # the new Mường Than is not the old one
    ("Xã Mường Than", "Xã Mường Than", ["not-the-old-unit"]),
    ("Mường Than", "Xã Mường Than", ["not-the-old-unit"]),
    ("Xã Mường Than (mới)", "Xã Mường Than", []),
    ("Xã Mường Than mới", "Xã Mường Than", []),
    # bodies within a unit
    ("UBND xã Pa Ủ", "Xã Pa Ủ", ["unit-within"]),
    ("Công an xã Lê Lợi", "Xã Lê Lợi", ["unit-within"]),
    ("Trạm Y tế xã Hua Bum", "Xã Hua Bum", ["unit-within"]),
    ("Trường THCS Lê Lợi", "Xã Lê Lợi", ["unit-within"]),
    ("Truong THCS Pa U", "Xã Pa Ủ", ["unit-within", "unit-without-marks"]),
    ("Đồn Biên phòng Pa Ủ", "Xã Pa Ủ", ["body-in-commune"]),
    ("Công ty cao su Lê Lợi", "Xã Lê Lợi", ["body-in-commune"]),
    ("Phòng PC02 - Công an tỉnh", "Công an tỉnh", ["unit-within"]),
    ("Phòng PC02, Công an tỉnh Lai Châu", "Công an tỉnh", ["unit-within"]),
    ("UBND xã Mường Tè, huyện Mường Tè, tỉnh Lai Châu", "Xã Mường Tè", ["unit-within", "district-mentioned"]),
    ("Xã Bình Lư huyện Tam Đường", "Xã Bình Lư", ["district-mentioned"]),
    # agencies
    ("Sở Y tế", "Sở Y tế", []),
    ("Sở Y tế tỉnh Lai Châu", "Sở Y tế", []),
    ("Sở Y tế Lai Châu", "Sở Y tế", []),
    ("Công an tỉnh Lai Châu", "Công an tỉnh", []),
    ("CA tỉnh", "Công an tỉnh", []),
    ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo", []),
    ("Sở Giáo dục & Đào tạo", "Sở Giáo dục và Đào tạo", []),
    ("Sở VH,TT&DL", "Sở Văn hóa, Thể thao và Du lịch", []),
    ("SYT", "Sở Y tế", []),
    ("Báo và PTTH tỉnh", "Báo và phát thanh, truyền hình tỉnh", []),
    ("SNV", "Sở Nội vụ", []),
    ("CAT", "Công an tỉnh", []),
    ("Bộ CHQS tỉnh", "Bộ Chỉ huy Quân sự tỉnh", []),
    ("BCHQS tỉnh", "Bộ Chỉ huy Quân sự tỉnh", []),
    ("UBMTTQ tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tỉnh", []),
    ("TYT xã Pa Ủ", "Xã Pa Ủ", ["unit-within"]),
    ("CA xã Pa Ủ", "Xã Pa Ủ", ["unit-within"]),
    ("BCHQS xã Pa Ủ", "Xã Pa Ủ", ["unit-within"]),
    ("TAND tỉnh", "Tòa án nhân dân tỉnh", []),
    ("VKSND tỉnh Lai Châu", "Viện kiểm sát nhân dân tỉnh", []),
    ("Các sở, ban, ngành tỉnh có liên quan", "Các sở, ban, ngành tỉnh có liên quan", ["open-group"]),
    # ids, and numbers that lost their zeros
    ("03445", "Xã Mường Tè", []),
    ("3445", "Xã Mường Tè", ["code-without-zeros"]),
    ("so-y-te", "Sở Y tế", []),
    # typed without marks
    ("Pa U", "Xã Pa Ủ", ["unit-without-marks"]),
    ("Bum Nua", "Xã Bum Nưa", ["unit-without-marks"]),
    ("xa Ta Tong", "Xã Tà Tổng", ["unit-without-marks"]),
    ("So Y te", "Sở Y tế", ["unit-without-marks"]),
]

#: Written, the code of what is wrong, and where to look instead.
REFUSED = [
    ("Thị trấn Mường Tè", "former-unit", "Xã Bum Tở"),
    ("TT. Sìn Hồ", "former-unit", "Xã Sìn Hồ"),
    ("Tam Đường", "former-unit", "Xã Bình Lư"),
    ("Nậm Nhùn", "former-unit", "Xã Nậm Hàng"),
    ("Sùng Phài", "former-unit", "Phường Đoàn Kết"),
    ("Phường Quyết Thắng", "former-unit", "Phường Đoàn Kết"),
    ("Nậm Cha", "former-unit", "Xã Nậm Tăm"),
    ("Nậm Chà", "former-unit", "Xã Mường Mô"),
    ("Pa Vệ Sử", "former-unit", "Xã Bum Nưa"),
    ("Pa Vây Sử", "former-unit", "Xã Sì Lở Lầu"),
    ("Hua Bun", "former-unit", "Xã Hua Bum"),
    ("Xã Pa Khóa", "former-unit", "Xã Pu Sam Cáp"),
    ("Công an xã Huổi Luông", "former-unit", "Xã Phong Thổ"),
    ("Xã Mường Than (cũ)", "former-unit", "Xã Than Uyên"),
    ("Xã Mường Than cũ", "former-unit", "Xã Than Uyên"),
    ("xã Mường Than, huyện Than Uyên", "old-or-new-unit", ""),
    ("xã Mường Than huyện Than Uyên tỉnh Lai Châu", "old-or-new-unit", ""),
    ("Phường Mường Tè", "wrong-kind", "Xã Mường Tè"),
    ("Xã Tân Phong", "wrong-kind", "Phường Tân Phong"),
    ("Huyện Mường Tè", "district-gone", ""),
    ("H. Sìn Hồ", "district-gone", ""),
    ("Công an huyện Mường Tè", "district-gone", ""),
    ("UBND huyện Phong Thổ", "district-gone", ""),
    ("Thành phố Lai Châu", "district-gone", ""),
    ("TP Lai Châu", "district-gone", ""),
    ("UBND các xã, phường", "unit-is-a-group", ""),
    ("các xã", "unit-is-a-group", ""),
    ("Nam Cha", "unknown-unit", "Xã Mường Mô hoặc Xã Nậm Tăm"),
    ("Pa Ú", "unknown-unit", "Xã Pa Ủ"),
    ("Pa Ư", "unknown-unit", "Xã Pa Ủ"),
    ("Bum Nứa", "unknown-unit", "Xã Bum Nưa"),
    ("Hua Bùm", "unknown-unit", "Xã Hua Bum"),
    ("Xã Mường Te", "unknown-unit", "Xã Mường Tè"),
    ("Sở Công Thương", "unknown-unit", ""),
    ("Sở Lao động - TB&XH", "agency-gone", ""),
    ("TT YT Tam Đường", "body-of-several", ""),
    ("Trung tâm Y tế Sìn Hồ", "body-of-several", ""),
    ("Tỉnh Lai Châu", "unknown-unit", ""),
    ("Lai Châu", "unknown-unit", ""),
    ("xã", "unit-unnamed", ""),
    ("-", "unknown-unit", ""),
    ("x" * (LONGEST_UNIT + 1), "unit-too-long", ""),
]


@pytest.mark.parametrize(("written", "name", "codes"), UNDERSTOOD)
def test_a_unit_is_understood_as_people_write_it(written: str, name: str, codes: list[str]) -> None:
    meaning = find_unit(places(), written)
    assert meaning.seat is not None
    assert (meaning.seat.name, [notice.code for notice in meaning.notices]) == (name, codes)


@pytest.mark.parametrize(("written", "code", "instead"), REFUSED)
def test_what_is_no_unit_today_is_refused_with_what_to_write(written: str, code: str, instead: str) -> None:
    meaning = find_unit(places(), written)
    assert meaning.seat is None
    assert [notice.code for notice in meaning.notices] == [code]
    offered = suggest_units(places(), written) if code == "unknown-unit" else meaning.notices[0].suggestion
    assert offered == instead


def test_every_unit_is_understood_by_its_own_name_and_id() -> None:
    for seat in places().seats:
        for written in (seat.name, seat.id, seat.name.upper()):
            meaning = find_unit(places(), written)
            assert meaning.seat == seat, written


def test_every_former_unit_leads_to_the_one_it_became_part_of() -> None:
    assert any(find_unit(places(), old.name).seat is None for old in places().former)
    for old in places().former:
        meaning = find_unit(places(), old.name)
        if meaning.seat is None:
            assert meaning.notices[0].code == "former-unit"
            assert old.now.name in meaning.notices[0].suggestion
        else:
            assert meaning.seat.name == old.name


def test_the_units_are_all_communes_and_the_agencies_that_are_one_place() -> None:
    seats = places().seats
    assert [seat.level for seat in seats].count("commune") == 38
    assert {seat.id for seat in seats if seat.level == "province"} == set(units().agencies) - {
        "ubnd-xa-phuong"
    }


def test_a_row_with_a_district_may_speak_of_the_old_unit() -> None:
    assert [n.code for n in find_unit(places(), "Mường Than", is_old=True).notices] == ["old-or-new-unit"]
    assert [n.code for n in find_unit(places(), "Mường Tè", is_old=True).notices] == ["old-or-new-unit"]
    assert find_unit(places(), "Xã Mường Tè", is_old=True).seat is not None
    assert find_unit(places(), "Bình Lư", is_old=True).seat is not None


def test_the_trap_is_explained_with_both_units() -> None:
    (notice,) = find_unit(places(), "Xã Mường Than").notices
    assert dict(notice.values) == {
        "written": "Xã Mường Than",
        "unit": "Xã Mường Than",
        "parts": "Xã Phúc Than, Xã Mường Mít",
        "former": "Xã Mường Than",
        "now": "Xã Than Uyên",
    }


def test_two_units_of_one_name_need_their_kind() -> None:
    gazetteer = build_gazetteer(small_units({"Xã An Bình": (), "Phường An Bình": ()}))
    assert [n.code for n in find_unit(gazetteer, "An Bình").notices] == ["unit-of-several"]
    assert find_unit(gazetteer, "An Bình").notices[0].suggestion == "Xã An Bình hoặc Phường An Bình"
    seat = find_unit(gazetteer, "Phường An Bình").seat
    assert seat is not None
    assert seat.kind == "phường"


def test_a_former_name_may_lead_to_several_units() -> None:
    gazetteer = build_gazetteer(small_units({"Xã Một": ("Xã Cũ Kỹ",), "Xã Hai": ("Thị trấn Cũ Kỹ",)}))
    assert find_unit(gazetteer, "Cũ Kỹ").notices[0].suggestion == "Xã Một hoặc Xã Hai"
    assert find_unit(gazetteer, "Xã Cũ Kỹ").notices[0].suggestion == "Xã Một"
    assert find_unit(gazetteer, "Phường Cũ Kỹ").notices[0].code == "former-unit"


def test_initials_that_two_agencies_share_mean_neither() -> None:
    gazetteer = build_gazetteer(small_units({}, ("Sở Tư pháp", "Sở Tài phú")))
    assert find_unit(gazetteer, "Sở TP").seat is None
    assert find_unit(gazetteer, "Sở Tư pháp").seat is not None


def test_a_province_without_former_units_reads_its_names_too() -> None:
    gazetteer = build_gazetteer(small_units({"Xã Suối Trong": (), "Đặc khu Hòn Xa": ()}))
    for written in ("Suối Trong", "xã Suối Trong", "Đặc khu Hòn Xa", "Hòn Xa"):
        assert find_unit(gazetteer, written).seat is not None


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_a_meaning_or_a_notice(text: str) -> None:
    meaning = find_unit(places(), text)
    assert meaning.seat is not None or meaning.notices


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "xã",
                "phường",
                "huyện",
                "tỉnh",
                "thị",
                "trấn",
                "cũ",
                "mới",
                "Mường",
                "Tè",
                "Than",
                ",",
                "-",
                "(",
            ]
        ),
        max_size=9,
    )
)
def test_any_mix_of_its_own_words_has_a_meaning_or_a_notice(parts: list[str]) -> None:
    meaning = find_unit(places(), " ".join(parts))
    assert meaning.seat is not None or meaning.notices
