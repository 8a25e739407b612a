"""Whoever is recognisable in a text is found; names of law, places and offices are nobody."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from broken_samples import CAMPAIGN, CONTACTS, LESSON, PAGE
from programmes import SAMPLES, Edit, FindingsOf

from taphuan.programme.checks import personal_data
from taphuan.programme.checks.passages import Passage
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Markdown
from taphuan.programme.problems import Problem

DAY = date(2026, 1, 10)


@cache
def programme() -> Programme:
    sample = load(SAMPLES / "good").programme
    assert sample
    return sample


def found_in(text: str, kind: str = "Lesson") -> list[Problem]:
    passage = Passage(text=Markdown(text), file="bai.md", kind=kind, on=DAY, line=1)
    return list(personal_data.check_personal_data(programme(), (passage,)))


# --- people -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Gặp «Lò Thị M., sinh năm 1990» ở bản.",
        "ông «Nguyễn Văn A (SN 1985») đã khai.",
        "ông «Nguyễn Văn A (sinh năm 1985»)",
        "«Giàng A Páo - 1979»",
        "«Giàng A Páo – 1979», bản X",
        "chị «Mùa Thị Dở, 34 tuổi», bản X",
        "Chị «Mùa Thị Dở 34 tuổi» kể.",
        "«Lò Văn An, sinh ngày 01/02/1990»",
        "«Lò Văn An, sinh 1990»",
        "«Lò Văn An, SN 90»",
        "«Lò Văn An, sn: 1990»",
        "«Lò Văn An (01/02/1990»)",
        "«Lò Văn An; năm sinh: 1990»",
        "«LÒ VĂN AN, SINH NĂM 1990»",
        "«Lò Văn An (1990»)",
        "em «Sùng Thị Mỷ, 15 tuổi»",
        "cháu «Vàng A Sử (12 tuổi»)",
        "«Vàng A Sử: 12 tuổi»",
        "Bị cáo «Trần Văn Bình, 41 tuổi», cùng đồng bọn.",
        "Theo «Trần Văn Bình, 41 tuổi», thì khác.",
        "nạn nhân «Hà Mai, 19 tuổi»",
        "| 1 | «Lò Văn An | 1979» | bản X |",
        "| «Lò Văn An | 01/02/1979» |",
        "1\t«Lò Văn An\t1979»\tNậm Tăm",
        "- «Tẩn Mẩy Phẩy, 1988»",
        "**«Tẩn Mẩy Phẩy**, 1988»",
        "«Phàn\u00a0Văn\u00a0Lìn, 1988»",
        "«Phàn Văn Lìn,\nsinh năm 1988»",
        "“Chị «Phàn Thị Lìn, 30 tuổi», xin giấu tên”",
        "«Pờ Go Xừ, 1991»",
        "«Lý Lò Mé, 22 tuổi»",
        "«Chảo Duần Sơn (1995»)",
        "«Quàng Văn T., 28 tuổi»",
        "đồng chí «Điêu Chính Hồng, 1980»",
        "anh «Tùng Dương, 1980»",
        "chủ quán tên «Mạnh Hùng, 45 tuổi»",
        "bà «Đỗ Thị Hoa - 02.03.1960»",
        "«Hoàng Thị Thu Hà, sinh tháng 01/02/1990»",
        "«Nguyễn Thị Minh Khai Linh, 20 tuổi»",
        "Con «Lầu A Chu, 7 tuổi», học lớp hai.",
        "Cháu «L.T.M. sinh năm 2010»",
        "| «Lò Văn An | 2012» | lớp 6 |",
    ],
)
def test_a_name_with_an_age_or_a_birthday_is_found(text: str) -> None:
    before, _, rest = text.partition("«")
    phrase, _, after = rest.partition("»")
    (problem,) = found_in(before + phrase + after)
    assert (problem.code, problem.place.phrase) == ("named-person", phrase)
    assert problem.place.line == before.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "Luật Trẻ em 2016",
        "Luật Trẻ em năm 2016 quy định",
        "Nghị định 144/2021",
        "Luật An ninh mạng 2018",
        "Bộ luật Hình sự (2015)",
        "UBND tỉnh Lai Châu (2026)",
        "Công an tỉnh Lai Châu, 2019",
        "Điện Biên Phủ 1954",
        "Thành phố Hồ Chí Minh, 2010",
        "Hồ Chí Minh (1969)",
        "đường Trần Hưng Đạo, 2012",
        "Trường Nguyễn Tất Thành, 1998",
        "xã Lê Lợi, 2015",
        "Huyện Hoàng Su Phì 2010",
        "Mường Tè 2015",
        "Sìn Hồ, 2012",
        "Hà Giang 2015",
        "Hà Nội, 2010",
        "Mai Châu (2010)",
        "Người đủ 18 tuổi mua dâm là phạm tội.",
        "Từ đủ 15 tuổi tự nguyện xét nghiệm.",
        "Mốc 16 tuổi và 18 tuổi.",
        "Một chị, 34 tuổi, ở bản X.",
        "Chị H., 26 tuổi, kể lại.",
        "một người đàn ông 24 tuổi",
        "Con 7 tuổi, mẹ 30 tuổi.",
        "Em gái, sinh năm 2010.",
        "Người sinh năm 1990 trở đi.",
        "Một cô gái Hà Nhì 17 tuổi bị lừa.",
        "Người La Hủ, 20 tuổi, người Lô Lô 15 tuổi",
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh, 16 tuổi trở lên",
        "Bác Hồ tên thật là Hồ Chí Minh, sinh năm 1890",
        "Chị Võ Thị Sáu sinh năm 1933, hy sinh năm 1952",
        "Ở Hoàng Su Phì, 16 tuổi đã lấy chồng. Tại Mường Mẫu, 16 tuổi",
        "Hội Liên hiệp Phụ nữ Việt Nam, 1930",
        "Đoàn Thanh niên, 35 tuổi",
        "Đảng Cộng sản Việt Nam 1930",
        "Quốc hội khóa XV, 2021",
        "Hiến pháp 2013",
        "Sở Y tế (2019)",
        "Tháng Ba 2019",
        "Nhà xuất bản Chính trị, 2016",
        "Nguyễn Văn Trỗi (1940–1964)",
        "Lò Văn An, bản Nà Củng",
        "ông Nguyễn Văn A ký năm 2016",
        "Giai đoạn 2016–2020",
        "Windows 1990, Microsoft Word 2010",
        "Việt Nam Dân Chủ 1945",
        "Tin của Báo Tiền Phong, 2019",
        "Lý Thường Kiệt (2019)",
        "Trần Quốc Vượng, 2015",
        "Mã Pì Lèng 2019",
    ],
)
def test_what_is_nobody_is_left(text: str) -> None:
    assert found_in(text) == []


# --- papers, accounts, addresses, pages --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("CCCD 012345678901", "012345678901"),
        ("số căn cước: 012 345 678 901", "012 345 678 901"),
        ("CMND số 045123456", "045123456"),
        ("căn cước công dân của chị là 012090001234", "012090001234"),
        ("Số 012090001234 ghi ở mẫu.", "012090001234"),
        ("Hộ chiếu: C1234567", "C1234567"),
        ("STK 0011001234567", "0011001234567"),
        ("số tài khoản: 19036 1234 56789", "19036 1234 56789"),
        ("Chuyển vào Agribank 8012345678901", "8012345678901"),
        ("Thẻ BHYT 4012345678", "4012345678"),
        ("0011 0012 3456 7 (Vietcombank)", "0011 0012 3456 7"),
    ],
)
def test_the_number_of_a_paper_or_an_account_is_found(text: str, number: str) -> None:
    (problem,) = found_in(text)
    assert (problem.code, problem.place.phrase) == ("private-number", number)


@pytest.mark.parametrize(
    ("text", "code", "phrase"),
    [
        ("Gửi về lo.an@gmail.com nhé.", "mail-address", "lo.an@gmail.com"),
        ("[lo.an@gmail.com](mailto:lo.an@gmail.com)", "mail-address", "lo.an@gmail.com"),
        ("[gửi thư](mailto:soyte@laichau.gov.vn)", "mail-address", "soyte@laichau.gov.vn"),
        ("<lo.an@gmail.com>", "mail-address", "lo.an@gmail.com"),
        ("https://www.facebook.com/lo.an.1990", "social-page", "https://www.facebook.com/lo.an.1990"),
        ("[chị An](https://facebook.com/lo.an)", "social-page", "https://facebook.com/lo.an"),
        ("fb.com/loan", "social-page", "fb.com/loan"),
        ("zalo.me/0912345678", "social-page", "zalo.me/0912345678"),
        ("[Zalo](https://zalo.me/0912345678)", "social-page", "https://zalo.me/0912345678"),
    ],
)
def test_an_address_or_a_page_of_somebody_is_found_once(text: str, code: str, phrase: str) -> None:
    (problem,) = found_in(text)
    assert (problem.code, problem.place.phrase) == (code, phrase)


@pytest.mark.parametrize(
    "text",
    [
        "Không đòi căn cước khi chỉ tư vấn.",
        "Cần tài khoản định danh, không ẩn danh.",
        "Gửi vào nhóm Zalo 60 người của bản.",
        "Facebook và Zalo là hai nơi hay gặp.",
        "Tài khoản có 1.500.000.000 đồng.",
        "Ngân hàng cho vay 150.000.000 đồng.",
        "Số hồ sơ 1234567890123",
        "Bảo hiểm y tế giai đoạn 2026-2030",
        "Hộ chiếu hết hạn ngày 31-12-2026, thẻ BHYT từ 01.01.2026",
        "Xem [@nd-moi:3] và [contact:to-cap-nuoc].",
        "Ngân hàng câu hỏi năm 2026.",
        "laichau.gov.vn và tongdai111.vn",
        "Định danh cấp xã gồm 36 xã.",
    ],
)
def test_words_about_papers_and_networks_are_left(text: str) -> None:
    assert found_in(text) == []


def test_the_channels_of_offices_stand_among_the_contacts() -> None:
    assert found_in("Hộp thư congan@example.org, trang facebook.com/congan", kind="Contacts") == []
    assert [problem.code for problem in found_in("Chị Lò Thị An, 34 tuổi", kind="Contacts")] == [
        "named-person"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (LESSON, "title: Đi thăm nguồn nước", "title: Nghe chị Lò Thị An 34 tuổi", "named-person"),
        (LESSON, "  Nhắc mang ủng.", "  Hỏi a@b.vn.", "mail-address"),
        (CAMPAIGN, "title: Tờ gấp giữ nước", "title: zalo.me/0912345678", "social-page"),
        (CAMPAIGN, "title: Tờ gấp giữ nước", "title: a@b.vn", "mail-address"),
        (CAMPAIGN, "title: Tờ gấp giữ nước", 'title: "0912345678"', "typed-number"),
        (CAMPAIGN, "title: Tờ gấp giữ nước", "title: 0912.345.678", "typed-number"),
        (CONTACTS, "hours: Suốt ngày đêm", "hours: Gọi 0912345678", "typed-number"),
        (PAGE, "title: ", "title: Lò Văn An, 34 tuổi, ", "named-person"),
    ],
)
def test_it_is_found_in_every_kind_of_field(
    good: Path, edit: Edit, findings_of: FindingsOf, file: str, old: str, new: str, code: str
) -> None:
    edit(good, file, old, new)
    (finding,) = findings_of(good)
    assert (finding.code, finding.file) == (code, file)


def test_it_may_not_be_silenced(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    silence = "<!-- taphuan: allow named-person vì chị đồng ý -->\n"
    edit(good, LESSON, "Nước từ khe", f"{silence}Chị Lò Thị An, 34 tuổi. Nước từ khe")
    assert {finding.code for finding in findings_of(good)} == {"unknown-silence", "named-person"}


@pytest.mark.parametrize(
    "piece",
    [
        "Lò Văn An, 1990 ",
        "Lò ",
        "34 tuổi ",
        "a@",
        "a.",
        "@",
        "STK ",
        "căn cước ",
        "0",
        "facebook.com/",
        "1990 ",
    ],
)
def test_a_hundred_thousand_letters_are_read_in_one_go(piece: str) -> None:
    """A search that went back over the text for every piece would not end within the suite's patience."""
    found_in((piece * 100_000)[:100_000])
