"""Numbers to call are found however people write them; numbers that count, or number something, are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from programmes import SAMPLES

from taphuan.programme.checks import personal_data
from taphuan.programme.checks.passages import Passage
from taphuan.programme.checks.typed_numbers import numbers_to_call, telephones_in
from taphuan.programme.loader import load
from taphuan.programme.model.contact import Contact
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Markdown
from taphuan.programme.problems import Problem

DAY = date(2026, 1, 10)


def contact(number: str, *, publish: bool = True) -> Contact:
    return Contact(
        name="Nơi giúp",
        short="Nơi giúp",
        number=number,
        use_for=("Khi cần",),
        publish=publish,
        confidence="high",
        checked=DAY,
    )


CONTACTS = {
    "td-111": contact("111"),
    "cong-an-113": contact("113"),
    "cap-cuu-115": contact("115"),
    "tgpl": contact("18001233"),
    "so-y-te": contact("02133999888"),
    "cho-xac-nhan": contact("1900969680", publish=False),
}


@cache
def programme() -> Programme:
    """The sample with these contacts; none of them is the fire brigade."""
    sample = load(SAMPLES / "good").programme
    assert sample
    contacts = sample.contacts.model_copy(update={"contacts": CONTACTS})
    return replace(sample, contacts=contacts)


def found_in(text: str) -> list[Problem]:
    passage = Passage(text=Markdown(text), file="bai.md", kind="Lesson", on=DAY, path=("summary",))
    return list(personal_data.check_telephones(programme(), (passage,)))


def in_plain_field(text: str) -> list[str]:
    passage = Passage(text=text, file="bai.md", kind="Lesson", on=DAY, path=("title",))
    return [problem.code for problem in personal_data.check_telephones(programme(), (passage,))]


# --- telephones -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "0912 - 345 - 678",
        "0912\u00a0345\u00a0678",
        "09 12 34 56 78",
        "0 9 1 2 3 4 5 6 7 8",
        "091 2345 678",
        "+84912345678",
        "+84 912 345 678",
        "+84-912-345-678",
        "84.912.345.678",
        "(+84) 912 345 678",
        "(+84)0912345678",
        "0084 912 345 678",
        "0213 3876 543",
        "0213.3876.543",
        "(0213) 3876 543",
        "(0213)3876543",
        "0213 – 3876543",
        "02133 876 543",
        "01689 123 456",
        "1900 545 459",
        "1900545459",
        "1800.1567",
    ],
)
def test_a_telephone_number_is_found(number: str) -> None:
    for text in (f"Liên hệ {number} nhé.", f"Chị Dở: {number}", f"| Trạm | {number} |", f"- {number}"):
        (problem,) = found_in(text)
        assert (problem.code, problem.place.phrase) == ("typed-number", number)
    assert in_plain_field(f"Gọi {number}") == ["typed-number"]


@pytest.mark.parametrize(
    "text",
    [
        "[0912345678](tel:0912345678)",
        "[Gọi chị Dở](tel:+84912345678)",
        "<tel:0912345678>",
        "SĐT0912345678",
        "ĐT:0912345678;",
        "**0912345678**",
        "0912345678, xin cảm ơn",
        "Gọi 0912345678/máy lẻ 2",
        "Hotline 1800 1567",
        "số điện thoại 0912 345 678",
    ],
)
def test_a_number_in_any_dress_is_found_once(text: str) -> None:
    assert [problem.code for problem in found_in(text)] == ["typed-number"]


def test_two_numbers_side_by_side_are_two() -> None:
    text = "Gọi 0912 345 678 0213 3876 999 hoặc 0987654321/0987654322."
    written = [problem.place.phrase for problem in found_in(text)]
    assert written == ["0912 345 678", "0213 3876 999", "0987654321", "0987654322"]


# --- short numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Gọi 111 ngay.", ["td-111"]),
        ("gọi ngay 113!", ["cong-an-113"]),
        ("Gọi ngay đến số 113.", ["cong-an-113"]),
        ("gọi\n111 khi cần", ["td-111"]),
        ("Gọi **111** khi cần.", ["td-111"]),
        ("Gọi\u00a0111.", ["td-111"]),
        ("Số 111 trực suốt ngày đêm.", ["td-111"]),
        ("Lưu số 111 và 113 vào máy.", ["td-111", "cong-an-113"]),
        ("Tổng đài 111 nghe em.", ["td-111"]),
        ("TỔNG ĐÀI 111", ["td-111"]),
        ("đường dây nóng 111", ["td-111"]),
        ("Hotline: 111", ["td-111"]),
        ("ĐT: 115", ["cap-cuu-115"]),
        ("công an 113", ["cong-an-113"]),
        ("Công an và 111 cùng nghe.", ["td-111"]),
        ("Công an xã hoặc 113, rồi gọi 111.", ["cong-an-113", "td-111"]),
        ("cấp cứu 115", ["cap-cuu-115"]),
        ("cứu hỏa 114", [""]),
        ("Thấy cháy, 113 hoặc 114.", ["cong-an-113", ""]),
        ("111/113", ["td-111", "cong-an-113"]),
        ("111, 113, 115 đều miễn phí", ["td-111", "cong-an-113", "cap-cuu-115"]),
        ("113 - 114 - 115", ["cong-an-113", "", "cap-cuu-115"]),
        ("| Công an | 113 |", ["cong-an-113"]),
        ("| 113 | Công an |", ["cong-an-113"]),
        ("- 111\n- 113", ["td-111", "cong-an-113"]),
        ("1. 111\n2. 113", ["td-111", "cong-an-113"]),
        ("111 khi em thấy không an toàn", ["td-111"]),
        ("[Gọi 113](tel:113)", ["cong-an-113"]),
        ("[113](tel:113)", ["cong-an-113"]),
        ("báo cho 111, công an hoặc UBND xã", ["td-111"]),
        ("Báo 111 giúp em.", ["td-111"]),
        ("Bấm 112 khi lạc rừng.", [""]),
        ("lực lượng 113", ["cong-an-113"]),
        ("SOS 112", [""]),
        ("a) 113", ["cong-an-113"]),
        ("(113)", ["cong-an-113"]),
        ("113 (công an), 115 (cấp cứu)", ["cong-an-113", "cap-cuu-115"]),
        ("Hãy nhớ ba số 111, 113 và 115", ["td-111", "cong-an-113", "cap-cuu-115"]),
        ("Tổng đài 1022 của tỉnh", [""]),
        ("(gọi 111)", ["td-111"]),
        ("“Gọi 111 có mất tiền không?”", ["td-111"]),
        ("Gọi 1800 1233 để hỏi.", ["tgpl"]),
        ("Sở Y tế: (0213) 3999 888", ["so-y-te"]),
    ],
)
def test_a_number_to_call_is_found_with_its_contact(text: str, ids: list[str]) -> None:
    problems = found_in(text)
    assert [problem.suggestion for problem in problems] == ids
    assert {problem.code for problem in problems} == {"typed-number"}


@pytest.mark.parametrize(
    "text",
    [
        "111 người dự lớp.",
        "Có 113 xã báo cáo.",
        "Gọi được 113 người.",
        "Đã gọi 115 hộ.",
        "Tổng số 113 người.",
        "Điều 113 nói rõ.",
        "điều 111, 112 của quy ước",
        "trang 115, mục 111",
        "trang 113 và 114",
        "Câu 111: chọn một.",
        "phòng 113, nhà số 115",
        "Số 111 đường Trần Phú.",
        "quyết định số 113",
        "công văn số 111",
        "70 + 60 − 15 = 115 người; 115/200 là 57,5%.",
        "115/200 xã",
        "113,5 triệu đồng",
        "1.113 người",
        "113.000 đồng",
        "113% kế hoạch",
        "khoảng 115 km",
        "năm 113 trước",
        "quốc lộ 111",
        "Đội 113 xe máy",
        "mã 113-A",
        "A111 và B113",
        "từ 111 đến 113 người",
        "01/07/2025 – 31/12/2026",
        "05.12.2025 và 06.12.2025",
        "1.900.000.000 đồng",
        "1.800.123.000 đồng",
        "1 900 000 đồng",
        "2020-2025, 2026-2030",
        "300.000–500.000 đồng",
        "7 giờ 30 – 11 giờ 30",
        "08 - 09 - 10 - 11 - 12",
        "0,912345678",
        "mã 03388, 03390, 03394",
        "Gọi [contact:td-111] ngay.",
        "`Gọi 111` là ví dụ.",
        "https://tongdai111.vn/tin/0912345678",
        "Nghị định 113/2020",
        "số 282/2025, số 111/2024",
        "36/38 xã, 2 phường",
        "Số người: 111.",
        "đạt 111/115",
        "kế hoạch số 113/KH-UBND",
        "số 113-KH/TU",
        "STT 113",
        "km 113",
        "mỗi nhóm 111 tờ rơi",
        "tổng đài 2024",
        "tổng đài 300 người",
    ],
)
def test_numbers_that_count_or_number_something_are_left(text: str) -> None:
    assert found_in(text) == []


def test_where_no_pointer_can_stand_a_number_that_may_be_told_may_be_typed() -> None:
    for text in ("Biết dừng, biết gọi 111", "111 khi em cần", "1800 1233 nghe bạn", "Gọi 0213 3999888"):
        assert in_plain_field(text) == []
        assert found_in(f'!!! key "{text}"\n    Một ý.') == []
    assert in_plain_field("Gọi 114 khi cháy") == ["typed-number"]


@pytest.mark.parametrize("key", ["text", "left", "right"])
def test_an_answer_is_tapped_to_be_chosen_so_its_number_is_no_link(key: str) -> None:
    def codes_of(text: str) -> list[str]:
        passage = Passage(text=Markdown(text), file="cau.yml", kind="Bank", on=DAY, path=("questions", key))
        return [problem.code for problem in personal_data.check_telephones(programme(), (passage,))]

    assert codes_of("Gọi 111 ngay") == []
    assert codes_of("Gọi 114 ngay") == ["typed-number"]


def test_a_number_that_may_not_be_told_is_never_offered() -> None:
    assert [problem.code for problem in found_in("Gọi 1900 969 680.")] == ["contact-not-publishable"]
    assert in_plain_field("Gọi 1900969680") == ["contact-not-publishable"]


@pytest.mark.parametrize(
    "piece", ["0", "0 ", "0-", "113 ", "113, ", "số ", "gọi số ", "0912 345 678 ", "(", "+84", "](tel:"]
)
def test_a_hundred_thousand_letters_are_read_in_one_go(piece: str) -> None:
    """A search that went back over the text for every piece would not end within the suite's patience."""
    text = (piece * 100_000)[:100_000]
    assert len(telephones_in(text)) + len(numbers_to_call(text, personal_data.EMERGENCY)) <= len(text)
