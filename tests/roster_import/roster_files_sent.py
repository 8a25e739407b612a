"""The 23 files that a newcomer sent to the service, made again from what was written about them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from pathlib import Path

import docx
from old_font_texts import tcvn3, vni, windows_1258
from roster_lists import ANH, HEADINGS, MAY, workbook
from roster_shapes_named import GROUP, HEALTH, ORGANISATIONS, Person


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file and what comes of it: who is read and what is asked, once the office agrees to it all.

    `said` has each finding as `told` writes it, with words of its sentence, then its fix after “; ”.
    """

    name: str
    content: bytes
    people: tuple[Person, ...] = ()
    asked: tuple[str, ...] = ()
    said: dict[str, str] = field(default_factory=dict)


#: What other programs wrote.
AS_SENT = Path(__file__).parent / "as_sent"
FOUR = (
    ("Lò Văn An", "Chủ tịch UBND", "Xã Bình Lư"),
    ("Vàng Thị Mẩy", "Công chức văn hóa", "Xã Bình Lư"),
    ("Nguyễn Thị Hòa", "Y sĩ", "Xã Tả Lèng"),
    ("Đặng Văn Thắng", "Kế toán", "Phường Đoàn Kết"),
)


def _separated(separator: str = ",") -> str:
    return "".join(separator.join(row) + "\r\n" for row in (HEADINGS, *FOUR))


def compound(stream: str) -> bytes:
    """A compound file (OLE2) as Excel 97 and Office's passwords have it: one sector of streams, by name."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0"
    names = "".join(name.ljust(32, "\0") + "\0" * 32 for name in ("Root Entry", stream))
    return header.ljust(512, b"\0") + names.encode("utf-16-le").ljust(1024, b"\0")


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph("DANH SÁCH CÁN BỘ THAM GIA TẬP HUẤN")
    table = document.add_table(rows=5, cols=3)
    for row, texts in zip(table.rows, (HEADINGS, *FOUR), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in (HEADINGS, *FOUR))
    return f"<html><body><table>{rows}</table></body></html>".encode()


def _tables() -> list[Sent]:
    split = [(*name.rsplit(" ", 1), *rest) for name, *rest in FOUR]
    formulas = [("=A3", *FOUR[0][1:]), (FOUR[1][0], "=VLOOKUP(1,A1:B2,2)", FOUR[1][2])]
    return [
        Sent(
            name="ho-ten-tach.xlsx",
            content=workbook(*split, headings=("Họ", "Tên", *HEADINGS[1:])),
            people=FOUR,
            asked=("names",),
            said={"name-joined B2,B3,B4,B5": "được ghép lại cho 4 người, ví dụ “Lò Văn An”"},
        ),
        _doubles(),
        _other_names(),
        Sent(name="chi-tieu-de.xlsx", content=workbook(), said={"no-people": "dưới hàng tiêu đề chưa có ai"}),
        Sent(
            name="cong-thuc.xlsx",
            content=workbook(*formulas),
            said={
                "formula-cell A2": "công thức chưa có kết quả: =A3",
                "formula-cell B3": "mở bằng Excel hoặc LibreOffice rồi lưu lại để công thức được tính",
            },
        ),
        Sent(name="sach.docx", content=workbook(*FOUR), people=FOUR),
        Sent(name="danh-sach.docx", content=_word(), people=FOUR),
    ]


def _doubles() -> Sent:
    twice = ("lò văn an", "Trưởng Công an", "Xã Bình Lư")
    return Sent(
        name="trung.xlsx",
        content=workbook(*FOUR, FOUR[0], twice),
        people=(*FOUR, FOUR[0], ("Lò Văn An", *twice[1:])),
        said={
            "person-twice A6": "Lò Văn An (Chủ tịch UBND, Xã Bình Lư) đã có ở Danh sách!A2",
            "(name-in-small-letters A7)": "“lò văn an” được đọc là “Lò Văn An”",
            "same-name-in-unit A7": "cùng Xã Bình Lư: một người hai việc hay hai người?",
        },
    )


def _other_names() -> Sent:
    """A name of a body in each row, of today and of before; the reviewer's own answer has the cells."""
    units = (
        "UBND xã", "TT YT", "Xã Bình Lu", "Huyện Tam Đường", "xã Sơn Bình", "UBND xã Bình Lư", "TX. Lai Châu",
        "CA tỉnh", "SYT", "Sở Lao động - TB&XH", "Tỉnh đoàn", "Văn phòng UBND tỉnh",
    )  # fmt: skip
    names = (
        "Lò Văn An", "Vàng Thị Mẩy", "Nguyễn Thị Hòa", "Đặng Văn Thắng", "Lù A Tủa", "Chang Thị Sú",
        "Lò Thị Ón", "Ma A Dế", "Tao Thị Én", "Lò Văn Só", "Giàng A Páo", "Sùng Thị Dua",
    )  # fmt: skip
    return Sent(
        name="bidanh.xlsx",
        content=workbook(*((name, "CC", unit) for name, unit in zip(names, units, strict=True))),
        people=(
            ("Lù A Tủa", "CC", "Xã Bình Lư"),
            ("Chang Thị Sú", "CC", "Xã Bình Lư"),
            ("Ma A Dế", "CC", "Công an tỉnh"),
            ("Tao Thị Én", "CC", HEALTH),
            ("Giàng A Páo", "CC, Tỉnh đoàn", ORGANISATIONS),
            ("Sùng Thị Dua", "CC, Văn phòng UBND tỉnh", GROUP),
        ),
        asked=("units",),
        said={
            "unit-unnamed C2": "thiếu tên đơn vị; ghi đủ tên xã, phường",
            "unknown-unit C3": "không có đơn vị nào là “TT YT” (Trung tâm Y tế)",
            "unknown-unit C4": "có phải bạn muốn ghi Xã Bình Lư?",
            "district-gone C5": "từ 01/7/2025 không còn cấp này",
            "former-unit-now C6": "“xã Sơn Bình” là tên cũ (Xã Sơn Bình): 1 người được đọc là Xã Bình Lư",
            "(unit-within C7)": "được hiểu là thuộc Xã Bình Lư",
            "district-gone C8": "“TX. Lai Châu” là cấp huyện",
            "agency-gone C11": "việc làm, người có công nay thuộc Sở Nội vụ",
            "agency-in-group C12": "được đọc là Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
            "agency-in-group C13": "chương trình không có riêng “Văn phòng UBND tỉnh”",
        },
    )


def _texts() -> list[Sent]:
    legacy = {"(legacy-encoding)": "được đọc theo bảng mã Windows-1258; xem lại dấu trong họ tên"}
    tcvn3_said = {
        "old-font CSV": "TCVN3 (.VnTime) ở 15 ô (A1:A5, B1:B5, C1:C5): “Hä vµ tªn” đọc là “Họ và tên”"
    }
    vni_said = {
        "old-font CSV": "VNI (VNI-Times) ở 15 ô (A1:A5, B1:B5, C1:C5): “Hoï vaø teân” đọc là “Họ và tên”"
    }
    texts = [
        Sent(name="utf8.csv", content=_separated().encode()),
        Sent(name="utf8bom-champhay.csv", content=_separated(";").encode("utf-8-sig")),
        Sent(name="utf16.csv", content=_separated().encode("utf-16")),
        Sent(name="utf16le-nobom.csv", content=_separated().encode("utf-16-le")),
        Sent(name="utf16-tab.txt", content=_separated("\t").encode("utf-16")),
        Sent(name="cp1258.csv", content=windows_1258(_separated()), said=legacy),
        Sent(
            name="tcvn3.csv", content=tcvn3(_separated()).encode("cp1252"), asked=("font",), said=tcvn3_said
        ),
        Sent(name="vni.csv", content=vni(_separated()).encode("cp1252"), asked=("font",), said=vni_said),
    ]
    return [replace(text, people=FOUR) for text in texts]


def _fonts() -> list[Sent]:
    in_tcvn3 = [tuple(map(tcvn3, row)) for row in FOUR]
    in_vni = [tuple(map(vni, row)) for row in FOUR]
    return [
        Sent(
            name="tcvn3-trong-xlsx.xlsx",
            content=workbook(*in_tcvn3),
            people=FOUR,
            asked=("font",),
            said={"old-font Danh sách": "“Chñ tÞch UBND” đọc là “Chủ tịch UBND”"},
        ),
        Sent(
            name="vni-trong-xlsx.xlsx",
            content=workbook(*in_vni),
            people=FOUR,
            asked=("font",),
            said={"old-font Danh sách": "“Loø Vaên An” đọc là “Lò Văn An”"},
        ),
    ]


def _others() -> list[Sent]:
    empty = {"empty-file": "tệp trống, không có chữ nào"}
    html = {
        "not-a-list": "tệp không phải sổ tính (.xlsx, .xls, .ods), văn bản Word (.docx) hay CSV, dù tên tệp"
    }
    looks = {"(looks-unknown)": "không cho biết ô nào bị gạch ngang"}
    locked = {"locked-workbook": "tệp có mật khẩu nên không đọc được; mở tệp, bỏ mật khẩu"}
    return [
        Sent(name="rong.xlsx", content=b"", said=empty),
        Sent(name="rong.csv", content=b"", said=empty),
        Sent(name="that-ra-html.xls", content=_html(), said=html),
        *(
            Sent(name=name, content=(AS_SENT / name).read_bytes(), people=(ANH, MAY), said=looks)
            for name in ("old-excel.xls", "calc.ods")
        ),
        Sent(name="co-mat-khau.xlsx", content=compound("EncryptedPackage"), said=locked),
    ]


def sent() -> list[Sent]:
    return [*_tables(), *_texts(), *_fonts(), *_others()]
