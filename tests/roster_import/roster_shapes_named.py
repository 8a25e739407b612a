"""Lists as offices write them, each with who is on it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl

Person = tuple[str, str, str]
Rows = Sequence[Sequence[Any]]
HEADINGS = ("STT", "Họ và tên", "Chức vụ", "Đơn vị")
NO_UNIT = HEADINGS[:3]
QUOC_HIEU = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
AN, DE, HOA = ("Lò Văn An", "Chủ tịch UBND"), ("Ma A Dế", "Y sĩ"), ("Nguyễn Thị Hòa", "Kế toán")
THANG, SU = ("Đặng Văn Thắng", "Văn thư"), ("Chang Thị Sú", "Công an viên")
BINH_LU, TA_LENG, SIN_HO, TAN_PHONG = "Xã Bình Lư", "Xã Tả Lèng", "Xã Sìn Hồ", "Phường Tân Phong"
HEALTH, GROUP = "Sở Y tế", "Các sở, ban, ngành tỉnh có liên quan"
ORGANISATIONS = "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tỉnh"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A file and its truth; `topics` is what the office has to agree to."""

    name: str
    content: bytes
    people: tuple[Person, ...]
    topics: tuple[str, ...] = ("units",)


def book(*sheets: tuple[str, Rows], merged: Sequence[str] = ()) -> bytes:
    """A workbook of sheets, each a name and its rows; `merged` cells are in the first."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        made.worksheets[0].merge_cells(cells)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def listed(*rows: Sequence[Any], merged: Sequence[str] = ()) -> bytes:
    return book(("Danh sách", rows), merged=merged)


def at(unit: str, *people: tuple[str, str]) -> tuple[Person, ...]:
    return tuple((*person, unit) for person in people)


def _headed() -> list[Shape]:
    rows = [HEADINGS, ("I", "XÃ BÌNH LƯ"), (1, *AN), (2, *DE), ("II", "UBND xã Tả Lèng"), (1, *HOA)]
    across = [NO_UNIT, ("I. XÃ BÌNH LƯ",), (1, *AN), (2, *DE), ("II- UBND xã Tả Lèng:",), (3, *HOA)]
    counted = [
        ("Họ và tên", "Chức vụ"), ("Xã Bình Lư (2 người)",), AN, DE, ("2. Phường Tân Phong: 1 người",), HOA,
        ("3. Công an tỉnh:",), THANG,
    ]  # fmt: skip
    parts = [
        NO_UNIT, ("A. LÃNH ĐẠO",), ("I. XÃ BÌNH LƯ",), ("Khối Đảng, đoàn thể",), (1, *AN),
        (None, "Khối chính quyền"), (2, *DE), ("II. SỞ Y TẾ",), (None, "Phòng Nghiệp vụ Y"), (1, *HOA),
    ]  # fmt: skip
    two = (*at(BINH_LU, AN, DE), *at(TA_LENG, HOA))
    return [
        Shape(name="rows of units in the column of names", content=listed(*rows), people=two),
        Shape(
            name="rows of units merged across",
            content=listed(*across, merged=("A2:C2", "A5:C5")),
            people=two,
        ),
        Shape(
            name="rows of units with counts, an agency too",
            content=listed(*counted),
            people=(*at(BINH_LU, AN, DE), *at(TAN_PHONG, HOA), *at("Công an tỉnh", THANG)),
        ),
        Shape(
            name="rows of parts that are no units",
            content=listed(*parts),
            people=(*at(BINH_LU, AN, DE), *at(HEALTH, HOA)),
        ),
    ]


def _once() -> list[Shape]:
    merged = [HEADINGS, (1, *AN, BINH_LU), (2, *DE, None), (3, HOA[0], None, TA_LENG), (4, *THANG, None)]
    blank = [HEADINGS, (1, *AN, BINH_LU), (2, *DE), (3, *HOA, TA_LENG), (4, *THANG)]
    ditto = [HEADINGS, (1, *AN, BINH_LU), (2, DE[0], "nt", "nt"), (3, *HOA, '"'), (4, *THANG, "-nt-")]
    same = (DE[0], AN[1])
    several = [
        ("STT", "Cơ quan", "Họ và tên", "Chức vụ", None), (None, None, None, "Đảng", "Chính quyền"),
        (1, BINH_LU, AN[0], "Đảng ủy viên", AN[1]), (2, None, DE[0], None, DE[1]),
    ]  # fmt: skip
    return [
        Shape(
            name="posts under a heading of two rows",
            content=listed(*several, merged=("A1:A2", "B1:B2", "C1:C2", "D1:E1", "B3:B4")),
            people=at(BINH_LU, (AN[0], f"Đảng ủy viên, {AN[1]}"), DE),
        ),
        Shape(
            name="a unit and a post merged over their people",
            content=listed(*merged, merged=("D2:D3", "D4:D5", "C3:C4")),
            people=(*at(BINH_LU, AN, DE), *at(TA_LENG, (HOA[0], DE[1]), THANG)),
        ),
        Shape(
            name="a unit in the first row of each group",
            content=listed(*blank),
            people=(*at(BINH_LU, AN, DE), *at(TA_LENG, HOA, THANG)),
        ),
        Shape(name="as above", content=listed(*ditto), people=at(BINH_LU, AN, same, HOA, THANG)),
    ]


def _above() -> list[Shape]:
    letterhead = [
        ("UBND TỈNH LAI CHÂU", None, QUOC_HIEU),
        ("ỦY BAN NHÂN DÂN XÃ SÌN HỒ", None, "Độc lập - Tự do - Hạnh phúc"),
        (None, None, "Sìn Hồ, ngày 5 tháng 6 năm 2026"),
        ("DANH SÁCH CÁN BỘ THAM GIA TẬP HUẤN",),
        NO_UNIT,
        (1, *AN),
        (2, *DE),
    ]
    station = [("SỞ Y TẾ LAI CHÂU\nTRẠM Y TẾ XÃ SÌN HỒ", None, QUOC_HIEU), NO_UNIT, (1, *AN), (2, *DE)]
    title = [
        ("SỞ Y TẾ",), ("DANH SÁCH CÁN BỘ XÃ SÌN HỒ THAM DỰ TẬP HUẤN TẠI XÃ BÌNH LƯ",), NO_UNIT, (1, *AN)
    ]  # fmt: skip
    offices = [
        ("SỞ Y TẾ TỈNH LAI CHÂU",), HEADINGS, (1, *AN, "Phòng Nghiệp vụ Y"), (2, *DE, "Văn phòng Sở"),
        (3, *HOA, "Sở Y tế"),
    ]  # fmt: skip
    own = [("ỦY BAN NHÂN DÂN XÃ SÌN HỒ",), HEADINGS, (1, *AN, "UBND xã"), (2, *DE, "Trạm Y tế")]
    wins = [("ỦY BAN NHÂN DÂN XÃ SÌN HỒ",), HEADINGS, (1, *AN, BINH_LU), (2, *DE, TA_LENG)]
    sheets = [("1. Xã Bình Lư", [NO_UNIT, (1, *AN)]), ("Ta Leng", [NO_UNIT, (1, *HOA)])]
    return [
        Shape(name="a commune's letterhead", content=listed(*letterhead), people=at(SIN_HO, AN, DE)),
        Shape(name="a station's letterhead", content=listed(*station), people=at(SIN_HO, AN, DE)),
        Shape(name="a title", content=listed(*title), people=at(SIN_HO, AN)),
        Shape(
            name="a sheet for each commune",
            content=book(*sheets),
            people=(*at(BINH_LU, AN), *at(TA_LENG, HOA)),
        ),
        Shape(
            name="departments of a body",
            content=listed(*offices),
            people=at(HEALTH, (AN[0], f"{AN[1]}, Phòng Nghiệp vụ Y"), (DE[0], f"{DE[1]}, Văn phòng Sở"), HOA),
        ),
        Shape(
            name="parts of a commune",
            content=listed(*own),
            people=at(SIN_HO, AN, DE),
        ),
        Shape(
            name="a column against the letterhead",
            content=listed(*wins),
            people=(*at(BINH_LU, AN), *at(TA_LENG, DE)),
            topics=(),
        ),
    ]  # fmt: skip


def _names() -> list[Shape]:
    split = [
        ("STT", "Họ và đệm", "Tên", *HEADINGS[2:]),
        (1, "Lò Văn", "An", AN[1], BINH_LU),
        (2, "Ma A", "Dế", DE[1], TA_LENG),
    ]
    joined = [("STT", "Họ và tên", None, *HEADINGS[2:]), *split[1:]]
    below = [("STT", "Họ và tên", None, *HEADINGS[2:]), (None, "Họ đệm", "Tên"), *split[1:]]
    titles = [
        HEADINGS, (1, "Ông Lò Văn An", AN[1], BINH_LU), (2, "BSCKI. Ma A Dế", DE[1], BINH_LU),
        (3, "ThS.BS. Nguyễn Thị Hòa", HOA[1], BINH_LU), (4, "Thiếu tá Đặng Văn Thắng", THANG[1], BINH_LU),
        (5, "Đ/c CHANG THỊ SÚ", SU[1], BINH_LU), (6, "Bá Văn Dư", "Y sĩ", BINH_LU),
    ]  # fmt: skip
    family = [HEADINGS, (1, "Ông Thị Hoa", "Y sĩ", BINH_LU), (2, *DE, BINH_LU)]
    cell = [
        HEADINGS, (1, "Lò Văn An\nMa A Dế", "Chủ tịch UBND\nY sĩ", BINH_LU),
        (2, "1. Nguyễn Thị Hòa 2. Đặng Văn Thắng", "1. Kế toán 2. Văn thư", TA_LENG),
        (3, "Chang Thị Sú; Lò Thị Ón", "Công an viên", TA_LENG),
    ]  # fmt: skip
    two = (*at(BINH_LU, AN), *at(TA_LENG, DE))
    return [
        Shape(name="a name under two headings", content=listed(*split), people=two, topics=("names",)),
        Shape(
            name="a name under one merged heading",
            content=listed(*joined, merged=("B1:C1",)),
            people=two,
            topics=("names",),
        ),
        Shape(name="a name without a second heading", content=listed(*joined), people=two, topics=("names",)),
        Shape(
            name="a merged heading over two more",
            content=listed(*below, merged=("A1:A2", "B1:C1", "D1:D2", "E1:E2")),
            people=two,
            topics=("names",),
        ),
        Shape(
            name="titles before names",
            content=listed(*titles),
            people=at(BINH_LU, AN, DE, HOA, THANG, SU, ("Bá Văn Dư", "Y sĩ")),
            topics=(),
        ),
        Shape(
            name="a family called as a title",
            content=listed(*family),
            people=at(BINH_LU, ("Ông Thị Hoa", "Y sĩ"), DE),
            topics=("names",),
        ),
        Shape(
            name="two people in a cell",
            content=listed(*cell),
            people=(*at(BINH_LU, AN, DE), *at(TA_LENG, HOA, THANG, SU, ("Lò Thị Ón", "Công an viên"))),
            topics=("names",),
        ),
    ]


def _posts() -> list[Shape]:
    shared = [
        ("STT", "Họ và tên", "Chức vụ, đơn vị công tác"), (1, AN[0], "Phó Chủ tịch UBND xã Tả Lèng"),
        (2, DE[0], "Chuyên viên Sở Y tế"), (3, HOA[0], "Kế toán, UBND phường Tân Phong"),
    ]  # fmt: skip
    bodies = [
        HEADINGS, (1, *AN, "SYT"), (2, *DE, "Hội LHPN tỉnh"), (3, *HOA, "UBMTTQ VN tỉnh"),
        (4, *THANG, "Văn phòng UBND tỉnh"), (5, *SU, "CA xã Tả Lèng"),
        (6, "Lò Thị Ón", "Y sĩ", "TYT xã Bình Lư"), (7, "Lò Văn Só", "Trợ lý", "BCHQS tỉnh"),
        (8, "Lù A Tủa", "Bí thư", "Tỉnh đoàn"), (9, "Tao Thị Én", "Cán bộ", "CAT"),
    ]  # fmt: skip
    return [
        Shape(
            name="posts with their units",
            content=listed(*shared),
            people=(
                (AN[0], "Phó Chủ tịch UBND", TA_LENG),
                (DE[0], "Chuyên viên", HEALTH),
                (HOA[0], "Kế toán, UBND", TAN_PHONG),
            ),
        ),
        Shape(
            name="short names of bodies",
            content=listed(*bodies),
            people=(
                *at(HEALTH, AN),
                (DE[0], f"{DE[1]}, Hội LHPN tỉnh", ORGANISATIONS),
                *at(ORGANISATIONS, HOA),
                (THANG[0], f"{THANG[1]}, Văn phòng UBND tỉnh", GROUP),
                *at(TA_LENG, SU),
                *at(BINH_LU, ("Lò Thị Ón", "Y sĩ")),
                *at("Bộ Chỉ huy Quân sự tỉnh", ("Lò Văn Só", "Trợ lý")),
                ("Lù A Tủa", "Bí thư, Tỉnh đoàn", ORGANISATIONS),
                *at("Công an tỉnh", ("Tao Thị Én", "Cán bộ")),
            ),
        ),
    ]


def _pages() -> list[Shape]:
    pages = [
        HEADINGS, (1, *AN, BINH_LU), (None, "Cộng trang 1: 1 người"), HEADINGS, (2, *DE, BINH_LU),
        ("Tổng cộng: 2 người",), ("Nơi nhận:", None, None, "Bình Lư, ngày 5 tháng 6 năm 2026"),
        ("- Như trên;", None, None, "TM. ỦY BAN NHÂN DÂN"), ("- Lưu: VT.", None, None, "KT. CHỦ TỊCH"),
        (None, None, None, "PHÓ CHỦ TỊCH"), (None, None, None, "(đã ký)"),
        (None, None, None, "Vàng Văn Thắng"),
    ]  # fmt: skip
    stacked = [
        ("DANH SÁCH XÃ BÌNH LƯ",), NO_UNIT, (1, *AN), (2, *DE), ("NGƯỜI LẬP BIỂU",), ("Lò Thị Ón",),
        ("UBND XÃ TẢ LÈNG", None, QUOC_HIEU), ("DANH SÁCH CÁN BỘ",), ("TT", "Chức danh", "Họ tên"),
        (1, HOA[1], HOA[0]),
    ]  # fmt: skip
    vacant = [
        NO_UNIT, ("A. KHỐI ĐẢNG",), ("I. XÃ BÌNH LƯ",), (1, AN[0] + " (nữ)", AN[1]),
        (2, None, "Phó Chủ tịch UBND"), (None, "Tổng: 2"),
    ]  # fmt: skip
    beside = [
        (*HEADINGS, None, *HEADINGS),
        (1, *AN, BINH_LU, None, 3, *HOA, TA_LENG),
        (2, *DE, BINH_LU, None, 4, *THANG, TA_LENG),
    ]
    return [
        Shape(name="pages and a signature", content=listed(*pages), people=at(BINH_LU, AN, DE), topics=()),
        Shape(
            name="two lists below each other",
            content=listed(*stacked),
            people=(*at(BINH_LU, AN, DE), *at(TA_LENG, HOA)),
        ),
        Shape(
            name="a post that nobody has",
            content=listed(*vacant),
            people=at(BINH_LU, AN),
            topics=("names", "units"),
        ),
        Shape(
            name="two lists side by side",
            content=listed(*beside),
            people=(*at(BINH_LU, AN, DE), *at(TA_LENG, HOA, THANG)),
            topics=(),
        ),
    ]


KINDS: tuple[Callable[[], list[Shape]], ...] = (_headed, _once, _above, _names, _posts, _pages)


def shapes() -> list[Shape]:
    return [shape for kind in KINDS for shape in kind()]
