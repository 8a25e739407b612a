"""Numbers in texts that present a whole; what counts a part of it is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from programmes import Edit, FindingsOf

from taphuan.programme.checks.totals import (
    NUMBER_IN_WORDS,
    number_in_digits,
    number_in_words,
    stated_course_totals,
    stated_minutes,
    stated_totals,
)


@pytest.mark.parametrize("number", range(1, 100))
def test_a_number_is_read_as_it_is_said(number: int) -> None:
    said = number_in_words(number)
    assert re.fullmatch(NUMBER_IN_WORDS, said)
    assert number_in_digits(said) == number_in_digits(str(number)) == number


@pytest.mark.parametrize(
    ("number", "said"),
    [(5, "năm"), (10, "mười"), (15, "mười lăm"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (100, "100")],
)
def test_a_number_is_said_as_people_say_it(number: int, said: str) -> None:
    assert number_in_words(number) == said


@pytest.mark.parametrize(("said", "number"), [("hai mươi bốn", 24), ("bảy mươi nhăm", 75), ("bẩy", 7)])
def test_other_ways_to_say_it_are_read_too(said: str, number: int) -> None:
    assert number_in_digits(said) == number


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ("Mười hai bài ngắn theo công việc hằng tuần.", [("lessons", 12)]),
        ("Mười một bài, trong đó bốn bài riêng về việc của cơ quan.", [("lessons", 11), ("own", 4)]),
        ("Mười một bài về giám sát. Bảy bài học chung với cấp xã.", [("lessons", 11), ("shared", 7)]),
        ("Khóa học gồm 12 bài học trong bốn phần.", [("lessons", 12)]),
        (
            "Khóa học gồm 12 bài, bốn phần và hai mươi câu kiểm tra.",
            [("lessons", 12), ("modules", 4), ("asked", 20)],
        ),
        ("Có tất cả mười hai bài", [("lessons", 12)]),
        (
            "Học trên điện thoại: hai mươi mốt bài và sáu mươi câu tự kiểm tra",
            [("lessons", 21), ("self_checks", 60)],
        ),
        ("Hai tờ gấp và ba áp phích", [("leaflet", 2), ("poster", 3)]),
        ("Hai khóa học cho cán bộ", [("courses", 2)]),
    ],
)
def test_a_total_is_read(text: str, totals: list[tuple[str, int]]) -> None:
    assert [(count.kind, count.number) for count in stated_totals(text)] == totals


@pytest.mark.parametrize(
    "text",
    [
        "Ba bài đầu về pháp luật.",
        "Một bài mở đầu và nhiều bài khác.",
        "Mỗi bài hai mươi phút.",
        "Mỗi phần có ba bài.",
        "Từng phần gồm ba bài ngắn",
        "Học xong ba bài là làm được kiểm tra.",
        "Sau hai bài, bạn viết được kế hoạch.",
        "Hơn mười bài cho xã.",
        "Ít nhất ba bài mỗi tuần.",
        "Ba bài về pháp luật, chín bài về việc của xã.",
        "Hai phần ba số bài là tình huống.",
        "Ba phần tư thời gian là thực hành.",
        "Hai bài tập và ba bài hát.",
        "Trả lời đúng 16 câu kiểm tra.",
        "Bài 12 về báo cáo, bài 3.2 bài",
        "Trong ba bài này có tình huống.",
        "Mười năm bài bản.",
        "Một trăm hai mươi bài báo",
        "Đọc khoảng 5 phút",
        "In trên giấy A4 · dùng ngay trong lớp",
        "Bài về nói không kỳ thị. Khóa riêng chưa có.",
    ],
)
def test_what_is_no_total_is_left_alone(text: str) -> None:
    assert stated_totals(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Khóa học này gồm mười hai bài, học lúc nào cũng được.", [12]),
        ("Cả khóa có bốn phần.", [4]),
        ("Khóa này có ba bài đầu dễ.", []),
        ("Hội nghị khóa XV có mười hai điểm.", []),
        ("Hỏi ba câu, viết bốn phần, đọc hai bài.", []),
        ("Hãy chọn ba bài của khóa.", []),
    ],
)
def test_a_longer_text_has_to_name_the_course(text: str, number: list[int]) -> None:
    assert [count.number for count in stated_course_totals(text)] == number


@pytest.mark.parametrize(
    ("effort", "minutes"),
    [
        ("Khoảng 9 giờ · tự học", 540),
        ("Tự học, khoảng tám giờ rưỡi", 510),
        ("1 giờ 30 phút", 90),
        ("Học trong hai mươi phút", 20),
        ("Gần 3 tiếng", 180),
        ("Tự học · học tại lớp 8 giờ 40 phút", 520),
        ("Tại lớp: 2 giờ", 120),
    ],
)
def test_a_time_is_read(effort: str, minutes: int) -> None:
    stated = stated_minutes(effort)
    assert stated is not None
    assert stated[0] == minutes


@pytest.mark.parametrize(
    "effort",
    [
        "Mỗi bài 45 phút",
        "30 phút mỗi bài",
        "2 giờ một tuần",
        "45 phút/bài",
        "8,5 giờ",
        "Không cần đăng ký",
        "In trên giấy A4",
    ],
)
def test_what_is_no_time_of_the_whole_is_left_alone(effort: str) -> None:
    assert stated_minutes(effort) is None


def test_a_door_of_two_courses_counts_both_though_one_has_a_test(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    second = (good / "curricula/nuoc-sach.yml").read_text(encoding="utf-8").partition("test:")[0]
    second = second.replace("id: nuoc-sach", "id: nuoc-mua").replace(
        "counts_toward: can-bo-duoc-tap-huan\n", ""
    )
    second = second.replace(
        "[giu-nguon-nuoc, bao-nuoc-ban]", "[nuoc-sach/giu-nguon-nuoc, nuoc-sach/bao-nuoc-ban]"
    )
    (good / "curricula/nuoc-mua.yml").write_text(second + "review: {status: draft}\n", encoding="utf-8")
    edit(good, "content/programme/audiences.yml", "gets: Những bài ngắn", "gets: Ba bài ngắn")
    said = [finding.message for finding in findings_of(good) if finding.code == "wrong-total"]
    assert said == ["viết “Ba bài”, nhưng đối tượng này có bốn hoặc hai bài"]
