"""Lists as other programs write them, and as forms for other purposes look."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
from docx.oxml import parse_xml
from raw_workbooks import Formula, Sheet, packed
from roster_files_sent import Sent
from roster_shapes_named import AN, BINH_LU, DE, HEADINGS, HEALTH, HOA, SU, TA_LENG, THANG, at, listed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOUR = (*at(BINH_LU, AN, DE), *at(TA_LENG, HOA, THANG))


def _filtered() -> Sent:
    """A sheet of Google's, filtered by unit: two people do not show, and a column is hidden."""
    rows = [(*HEADINGS, "Ghi chú nội bộ"), *((n, *who, "chờ duyệt") for n, who in enumerate(FOUR, 1))]
    shut = ' hidden="1"'
    sheet = Sheet(
        name="Trang tính1",
        rows=rows,
        about={4: shut, 5: shut},
        head='<sheetPr filterMode="1"/><cols><col min="5" max="5" hidden="1"/></cols>',
        tail='<autoFilter ref="A1:E5"><filterColumn colId="3"><filters><filter val="Xã Bình Lư"/></filters>'
        "</filterColumn></autoFilter>",
    )
    return Sent(name="Danh sách tập huấn.xlsx", content=packed(sheet), people=FOUR)


def _computed() -> Sent:
    """LibreOffice keeps what a formula gave; one gave an error, another was never computed."""
    headings = ("STT", "Họ", "Tên", "Họ và tên", "Chức vụ", "Đơn vị")
    rows = [
        headings,
        (1, "Lò Văn", "An", Formula('B2&" "&C2', AN[0]), AN[1], Formula("VLOOKUP(1,X,2)", BINH_LU)),
        (2, "Ma A", "Dế", Formula('B3&" "&C3', DE[0]), DE[1], Formula("D2", "#N/A", "e")),
        (3, "Nguyễn Thị", "Hòa", Formula("B4&C4"), HOA[1], TA_LENG),
    ]
    return Sent(
        name="bang-luong.xlsx", content=packed(Sheet(name="Sheet1", rows=rows)), people=at(BINH_LU, AN)
    )


def _broken_names() -> Sent:
    """WPS: Alt+Enter within names and posts to make them fit."""
    rows = [
        HEADINGS,
        (1, "Lò Văn\nAn", "Chủ tịch\nUBND", "Xã\nBình Lư"),
        (2, "Ma A\r\nDế", "Y sĩ", BINH_LU),
        (3, "Nguyễn\nThị\nHòa", "Kế toán\n", "UBND xã\nTả Lèng"),
    ]
    return Sent(
        name="Sheet1(1).xlsx",
        content=packed(
            Sheet(name="Sheet1", rows=rows),
            workbook='<fileVersion appName="xl" lastEdited="3" rupBuild="9302"/>',
        ),
        people=(*at(BINH_LU, AN, DE), *at(TA_LENG, HOA)),
    )


def _civil_status() -> Sent:
    """A form of the personnel office: half of it is nobody's business, and some of it looks like a unit."""
    headings = (
        "TT", "Họ, chữ đệm và tên khai sinh", "Ngày, tháng, năm sinh", "Giới tính", "Dân tộc", "Quê quán",
        "Nơi ở hiện nay", "Số CCCD", "Ngày cấp", "Nơi cấp", "Chức vụ hiện tại", "Đơn vị công tác",
        "Điện thoại liên hệ", "Tài khoản ngân hàng", "Ghi chú",
    )  # fmt: skip
    first = (
        1, AN[0], "03/02/1980", "Nam", "Thái", "Xã Sìn Hồ", "Xã Tả Lèng", "012080001234", "05/6/2021",
        "Công an tỉnh", AN[1], BINH_LU, "0912 345 678", "3600 1234 5678 Agribank", None,
    )  # fmt: skip
    second = (
        2, HOA[0], "1990", "Nữ", "Kinh", "Tỉnh Thái Bình", "Phường Tân Phong", "034190005678", "01/01/2022",
        "Cục CS QLHC về TTXH", HOA[1], TA_LENG, "0987.654.321", None, "ĐT cơ quan",
    )  # fmt: skip
    return Sent(
        name="trich-ngang.xlsx",
        content=listed(headings, first, second),
        people=(*at(BINH_LU, AN), *at(TA_LENG, HOA)),
    )


def _moved() -> Sent:
    """Remarks of who went where; only some of them have left."""
    headings = (*HEADINGS, "Ghi chú")
    rows = [
        (1, *AN, BINH_LU, "Chuyển công tác từ 01/7/2026"),
        (2, *DE, BINH_LU, "Mới chuyển về"),
        (3, *HOA, TA_LENG, "Luân chuyển sang Sở Y tế"),
        (4, *THANG, TA_LENG, "Thay đ/c Lò Văn Só đã nghỉ"),
        (5, *SU, TA_LENG, "Nghỉ thai sản đến 12/2026"),
    ]
    return Sent(
        name="ra-soat.xlsx",
        content=listed(headings, *rows),
        people=(*FOUR, *at(TA_LENG, SU)),
        asked=("names",),
    )


def _two_rows_of_headings() -> Sent:
    """A title merged across, two rows of headings, then numbers of columns."""
    rows = [
        ("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU",),
        ("DANH SÁCH TRÍCH NGANG CÁN BỘ, CÔNG CHỨC",),
        ("(Kèm theo Công văn số 123/SNV-CCVC ngày 05/6/2026)",),
        (),
        (
            "Số TT",
            "Họ và tên",
            "Năm sinh",
            None,
            "Chức vụ, chức danh",
            "Cơ quan, đơn vị",
            "Trình độ",
            None,
            None,
        ),
        (None, None, "Nam", "Nữ", None, None, "Chuyên môn", "LLCT", "Tin học"),
        (1, 2, 3, 4, 5, 6, 7, 8, 9),
        (1, AN[0], 1980, None, AN[1], BINH_LU, "ĐH Luật", "TC", "B"),
        (2, HOA[0], None, 1990, HOA[1], TA_LENG, "CĐ", None, "A"),
    ]
    merged = ("A1:I1", "A2:I2", "A3:I3", "A5:A6", "B5:B6", "C5:D5", "E5:E6", "F5:F6", "G5:I5")
    return Sent(
        name="phu-luc-1.xlsx",
        content=listed(*rows, merged=merged),
        people=(*at(BINH_LU, AN), *at(TA_LENG, HOA)),
    )


def _given_name_first() -> Sent:
    """The columns of a register sorted by given names: unit first, the given name before the family."""
    headings = ("Cơ quan", "Ghi chú", "Chức danh", "Tên", "Họ và chữ đệm", "Số TT")
    rows = [
        (BINH_LU, None, AN[1], "An", "Lò Văn", 1),
        (BINH_LU, None, DE[1], "Dế", "Ma A", 2),
        (TA_LENG, None, HOA[1], "Hòa", "Nguyễn Thị", 3),
    ]
    return Sent(
        name="xep-theo-ten.xlsx",
        content=listed(headings, *rows),
        people=(*at(BINH_LU, AN, DE), *at(TA_LENG, HOA)),
        asked=("names",),
    )


def _numbers_as_text() -> Sent:
    """Numbers, codes and telephones kept as text, each row with the code of its unit."""
    headings = ("Số TT", "Mã CB", "Họ và tên", "SĐT", "Mã ĐV", "Tên đơn vị", "Chức vụ")
    rows = [
        ("'01", "00123", AN[0], "0912345678", "03388", BINH_LU, AN[1]),
        ("02", "00124", DE[0], "+84 912 345 679", "03388", BINH_LU, DE[1]),
        ("3.", "00125", HOA[0], "84912345680", "03391", TA_LENG, HOA[1]),
    ]
    return Sent(
        name="xuat-tu-phan-mem.xlsx",
        content=packed(
            Sheet(name="Export", rows=[headings, *rows], head='<dimension ref="A1"/>'), is_inline=True
        ),
        people=(*at(BINH_LU, AN, DE), *at(TA_LENG, HOA)),
    )


def _protected() -> Sent:
    """A protected sheet with last year's list beside it, hidden so that no menu shows it."""
    lock = (
        '<sheetProtection algorithmName="SHA-512" hashValue="eA==" saltValue="eA==" spinCount="1" sheet="1"/>'
    )
    now = Sheet(name="Danh sách", rows=[HEADINGS, (1, *AN, BINH_LU), (2, *HOA, TA_LENG)], tail=lock)
    before = Sheet(name="2025", rows=[HEADINGS, (1, *DE, BINH_LU), (2, *THANG, TA_LENG)], state="veryHidden")
    return Sent(
        name="mau-khoa.xlsx",
        content=packed(now, before, workbook='<workbookProtection lockStructure="1"/>'),
        people=(*at(BINH_LU, AN), *at(TA_LENG, HOA)),
    )


def _without_addresses() -> Sent:
    """A report writer names neither rows nor cells, and puts the unit over its people."""
    rows = [
        ("STT", "Họ và tên", None, "Chức vụ"),
        (None, "Xã Bình Lư", None, None),
        (1, AN[0], None, AN[1]),
        (None, "Sở Y tế", None, None),
        (1, HOA[0], None, HOA[1]),
    ]
    return Sent(
        name="bao-cao.xlsx",
        content=packed(Sheet(name="Report", rows=rows, has_addresses=False), is_inline=True),
        people=(*at(BINH_LU, AN), *at(HEALTH, HOA)),
        asked=("units",),
    )


def _two_posts() -> Sent:
    """A post in the Party and one in the government, a total that counts itself."""
    headings = ("STT", "Họ và tên", "Chức vụ Đảng", "Chức vụ chính quyền", "Đơn vị", "Thời gian giữ chức vụ")
    rows = [
        (1, AN[0], "Phó Bí thư Đảng ủy", AN[1], BINH_LU, "7/2025"),
        (2, HOA[0], None, HOA[1], TA_LENG, "01/2026"),
        (None, Formula("SUBTOTAL(103,B2:B3)", "2", "n"), None, None, None, None),
    ]
    return Sent(
        name="bang-excel.xlsx",
        content=packed(Sheet(name="Table1", rows=[headings, *rows])),
        people=(*at(BINH_LU, (AN[0], f"Phó Bí thư Đảng ủy, {AN[1]}")), *at(TA_LENG, HOA)),
        asked=("units",),
    )


def _separated() -> Sent:
    """Excel's own first line for separators, and a name with a line of its own in quotes."""
    text = (
        'sep=;\r\n"STT";"Họ và tên";"Chức vụ";"Đơn vị";;\r\n1;"Lò Văn An";"Chủ tịch UBND";"Xã Bình Lư";;\r\n'
    )
    text += '2;"Nguyễn Thị Hòa";"Kế toán; thủ quỹ";"Xã Tả Lèng";;\r\n;;;;;\r\n'
    return Sent(
        name="ket-xuat.csv",
        content=text.encode("utf-8-sig"),
        people=(*at(BINH_LU, AN), *at(TA_LENG, (HOA[0], "Kế toán; thủ quỹ"))),
    )


def _form_in_word() -> Sent:
    """A form of Word's with fields to fill in: a row, a cell and a text each in a content control."""
    document = docx.Document()
    table = document.add_table(rows=4, cols=4)
    for row, texts in zip(
        table.rows, (HEADINGS, ("1", *AN, BINH_LU), ("2", *DE, BINH_LU), ("3", *HOA, TA_LENG)), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    run = table.rows[3].cells[3].paragraphs[0].runs[0]
    for element in (run._r, table.rows[1].cells[1]._tc, table.rows[2]._tr):
        _in_control(element)
    buffer = io.BytesIO()
    document.save(buffer)
    return Sent(
        name="bieu-mau.docx", content=buffer.getvalue(), people=(*at(BINH_LU, AN, DE), *at(TA_LENG, HOA))
    )


def _in_control(element: object) -> None:
    control = parse_xml(f'<w:sdt xmlns:w="{W}"><w:sdtPr/><w:sdtContent/></w:sdt>')
    element.addprevious(control)  # type: ignore[attr-defined]
    control[1].append(element)  # type: ignore[arg-type]


def _marked_by_x() -> Sent:
    """No column of posts: a cross under the group that somebody belongs to."""
    headings = ("STT", "Họ và tên", "Đơn vị", "Lãnh đạo", "Công chức", "Y tế")
    rows = [(1, AN[0], BINH_LU, "x", None, None), (2, HOA[0], TA_LENG, None, "X", None)]
    return Sent(
        name="danh-dau.xlsx",
        content=listed(headings, *rows),
        people=((AN[0], "", BINH_LU), (HOA[0], "", TA_LENG)),
    )


#: What is said of each file, by its name.
SAID: dict[str, dict[str, str]] = {
    "Danh sách tập huấn.xlsx": {
        "(ignored-column Trang tính1!E1)": "cột “Ghi chú nội bộ” không dùng đến",
        "(hidden-row Trang tính1!4,5)": "hàng đang ẩn (do lọc hoặc do người soạn) vẫn được đọc",
    },
    "bang-luong.xlsx": {
        "(computed-cell Sheet1!D2,D3)": "đọc theo kết quả đã tính khi lưu tệp, ví dụ “Lò Văn An”",
        "(computed-cell Sheet1!F2)": "đọc theo kết quả đã tính khi lưu tệp, ví dụ “Xã Bình Lư”",
        "error-cell Sheet1!F3": "ô báo lỗi #N/A",
        "formula-cell Sheet1!D4": "ô chứa công thức chưa có kết quả: =B4&C4",
    },
    "Sheet1(1).xlsx": {
        "(stray-spaces Sheet1!B2,B3,B4)": "xuống dòng; được đọc là “Lò Văn An”",
        "(stray-spaces Sheet1!C2,C4)": "xuống dòng; được đọc là “Chủ tịch UBND”",
        "(unit-within Sheet1!D4)": "“UBND xã Tả Lèng” được hiểu là thuộc Xã Tả Lèng",
    },
    "trich-ngang.xlsx": {
        f"(private-column {cell})": f"cột “{heading}” là thông tin riêng không được thu thập"
        for cell, heading in (
            ("C1", "Ngày, tháng, năm sinh"),
            ("D1", "Giới tính"),
            ("E1", "Dân tộc"),
            ("F1", "Quê quán"),
            ("G1", "Nơi ở hiện nay"),
            ("H1", "Số CCCD"),
            ("I1", "Ngày cấp"),
            ("J1", "Nơi cấp"),
            ("M1", "Điện thoại liên hệ"),
            ("N1", "Tài khoản ngân hàng"),
        )
    },
    "ra-soat.xlsx": {
        "gone-away B2": "1 người có ghi “Chuyển công tác từ 01/7/2026” vẫn được đọc là người của danh sách",
        "gone-away B4": "1 người có ghi “Luân chuyển sang Sở Y tế” vẫn được đọc",
        "gone-away B6": "1 người có ghi “Nghỉ thai sản đến 12/2026” vẫn được đọc",
    },
    "phu-luc-1.xlsx": {
        "(headings-not-first 5)": "hàng tiêu đề ở hàng 5",
        "(private-column C5)": "cột “Năm sinh” là thông tin riêng không được thu thập",
        "(ignored-column G5)": "cột “Trình độ” không dùng đến",
    },
    "xep-theo-ten.xlsx": {"name-joined D2,D3,D4": "được ghép lại cho 3 người, ví dụ “Lò Văn An”"},
    "xuat-tu-phan-mem.xlsx": {
        "(ignored-column Export!B1)": "cột “Mã CB” không dùng đến",
        "(private-column Export!D1)": "cột “SĐT” là thông tin riêng không được thu thập",
        "(ignored-column Export!E1)": "cột “Mã ĐV” không dùng đến",
    },
    "mau-khoa.xlsx": {"(hidden-sheet 2025)": "trang tính “2025” đang ẩn nên không được đọc"},
    "bao-cao.xlsx": {
        "unit-from-heading Report!B3": "1 người dưới hàng “Xã Bình Lư” được đọc là Xã Bình Lư",
        "unit-from-heading Report!B5": "1 người dưới hàng “Sở Y tế” được đọc là Sở Y tế",
    },
    "bang-excel.xlsx": {
        "(ignored-column Table1!F1)": "cột “Thời gian giữ chức vụ” không dùng đến",
        "posts-joined Table1!C2": "ghép lại cho 1 người, ví dụ “Phó Bí thư Đảng ủy, Chủ tịch UBND”",
    },
    "ket-xuat.csv": {"(headings-not-first CSV!2)": "hàng tiêu đề ở hàng 2"},
    "danh-dau.xlsx": {
        "(no-position-column 1)": "không có cột “Chức vụ” nên chức vụ để trống",
        "(ignored-column D1)": "cột “Lãnh đạo” không dùng đến",
        "(ignored-column E1)": "cột “Công chức” không dùng đến",
        "(ignored-column F1)": "cột “Y tế” không dùng đến",
    },
}


def of_programs() -> list[Sent]:
    kinds = (
        _filtered, _computed, _broken_names, _civil_status, _moved, _two_rows_of_headings, _given_name_first,
        _numbers_as_text, _protected, _without_addresses, _two_posts, _separated, _form_in_word, _marked_by_x,
    )  # fmt: skip
    files = [kind() for kind in kinds]
    return [replace(file, said=SAID.get(file.name, {})) for file in files]
