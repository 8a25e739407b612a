"""What the second reading of the content found wrong or missing stands right now, with its law.

Lessons are split and rewritten, so a fact is looked for in all of them; `test_facts_mended.py` looks for the
mistakes. E1 to E22 are the numbers under which `docs/content-review.md` tells what was found.
"""

from __future__ import annotations

import pytest
from programme_texts import LESSONS, QUESTIONS, REGISTER, TERMS, programme, programme_texts

# --- what has to stand ------------------------------------------------------------------------

XLVPHC, PCMBN, NEW = "luat-xlvphc-15-2012", "luat-pc-mua-ban-nguoi-53-2024", "nd-282-2025"
PURPOSES = (
    r"tiền",
    r"bóc lột tình dục",
    r"cưỡng bức lao động",
    r"bộ phận cơ thể",
    r"vô nhân đạo",
    r"kết hôn",
)

FACTS = [
    ("E1 coercion mitigates, so says a question", QUESTIONS, (r"ép", r"giảm nhẹ"), (f"{XLVPHC}:9.4",)),
    ("E1 coercion mitigates, so says a lesson", LESSONS, (r"ép", r"giảm nhẹ"), (f"{XLVPHC}:9.4",)),
    (
        "E2 whoever receives a victim takes them to the commune at once",
        LESSONS,
        (r"biên phòng", r"đưa ngay", r"ubnd (?:cấp )?xã", r"sở y tế"),
        (f"{PCMBN}:27",),
    ),
    (
        "E2 a question about the border post asks for it",
        QUESTIONS,
        (r"biên phòng", r"đưa ngay", r"ubnd (?:cấp )?xã"),
        (f"{PCMBN}:27",),
    ),
    ("E3 all purposes of trafficking stand in a lesson", LESSONS, PURPOSES, (f"{PCMBN}:2.1",)),
    ("E3 all purposes of trafficking stand in the glossary", TERMS, PURPOSES, (f"{PCMBN}:2.1",)),
    ("E3 all purposes of trafficking stand in the register", REGISTER, PURPOSES, (f"{PCMBN}:2.1",)),
    (
        "E4 the criminal code asks for means from 16",
        LESSONS,
        (r"thủ đoạn", r"đủ 16", r"công an|cơ quan điều tra"),
        ("blhs-2015:150",),
    ),
    ("E5 the heaviest range", LESSONS, (r"20 năm tù, tù chung thân hoặc tử hình",), ("blhs-2015:142",)),
    (
        "E6 all kinds of premises",
        LESSONS,
        (r"nhà trọ", r"nhà khách", r"nhà hàng", r"căn hộ", r"biệt thự", r"tiếp viên|nhân viên phục vụ"),
        ("nd-178-2004:3.3",),
    ),
    (
        "E6 all kinds of premises stand in the register",
        REGISTER,
        (r"nhà trọ", r"nhà khách", r"nhà hàng", r"căn hộ cho thuê", r"biệt thự", r"tắm nóng lạnh", r"cà phê"),
        ("nd-178-2004:3.3",),
    ),
    ("E7 sellers give back", LESSONS, (r"nộp lại", r"bất hợp pháp"), (f"{NEW}:33.4",)),
    ("E7 abettors give back", LESSONS, (r"nộp lại", r"bất hợp pháp"), (f"{NEW}:34.6",)),
    ("E7 premises give back", LESSONS, (r"nộp lại", r"bất hợp pháp"), (f"{NEW}:35.4",)),
    ("E7 what is confiscated of buyers", LESSONS, (r"tịch thu",), (f"{NEW}:32.3",)),
    ("E7 what is confiscated of sellers", LESSONS, (r"tịch thu",), (f"{NEW}:33.3",)),
    ("E7 foreigners may be expelled", LESSONS, (r"trục xuất",), (f"{NEW}:33.3",)),
    ("E7 neglect also covers what is no intercourse", LESSONS, (r"khiêu dâm, kích dục",), (f"{NEW}:35.1",)),
    ("E7 standing is abused too", LESSONS, (r"uy tín",), (f"{NEW}:34.5",)),
    ("E7 no certificate, nothing to revoke", LESSONS, (r"tước", r"thu hồi"), (f"{NEW}:35.3",)),
    ("E8 the commune's chairman may revoke", LESSONS, (r"tước", r"chủ tịch ubnd"), (f"{NEW}:54.1.c",)),
    ("E8 the commune's police may revoke", LESSONS, (r"tước", r"công an"), (f"{NEW}:55.4.c",)),
    ("E8 who fines above the commune", LESSONS, (r"60 triệu",), (f"{NEW}:55.5",)),
    ("E8 twice as much for organisations", LESSONS, (r"gấp (?:đôi|hai)|75 triệu",), (f"{NEW}:64.1",)),
    (
        "E10 a leak is told within 72 hours, so says a lesson",
        LESSONS,
        (r"72 giờ", r"biên bản", r"danh dự"),
        ("luat-bvdlcn-91-2025:23.1",),
    ),
    (
        "E10 a leak is told within 72 hours, so says a question",
        QUESTIONS,
        (r"72 giờ",),
        ("luat-bvdlcn-91-2025:23.1",),
    ),
    (
        "E11 the days for a decision",
        LESSONS,
        (r"0?7 ngày làm việc", r"10 ngày làm việc", r"(?:01|một|1) tháng", r"biên bản"),
        (f"{XLVPHC}:66.1",),
    ),
    ("E11 what is decided after them", LESSONS, (r"tịch thu", r"khắc phục"), (f"{XLVPHC}:65.2",)),
    (
        "E12 coercion is cleared up first",
        LESSONS,
        (r"dừng phần xử phạt", r"công an", r"giảm nhẹ"),
        (f"{XLVPHC}:9.4",),
    ),
    ("E13 what is sensitive", LESSONS, (r"nhạy cảm",), ("nd-356-2025:4",)),
    ("E13 what is basic", LESSONS, (r"cơ bản",), ("nd-356-2025:3",)),
    ("E13 a question cites the list", QUESTIONS, (r"nhạy cảm",), ("nd-356-2025:4",)),
    (
        "E14 the ban on telling has its exception",
        LESSONS,
        (r"tiết lộ thông tin", r"chưa có sự đồng ý", r"trừ trường hợp"),
        (f"{PCMBN}:3.10",),
    ),
    (
        "E15 three points of the undertaking",
        LESSONS,
        (r"cam kết", r"điều kiện kinh doanh", r"chấp hành pháp luật"),
        ("nd-178-2004:11.3",),
    ),
    (
        "E15 three points of the undertaking stand in the register",
        REGISTER,
        (r"cam kết", r"điều kiện kinh doanh", r"chấp hành pháp luật"),
        ("nd-178-2004:11.3",),
    ),
    (
        "E15 three points of the undertaking stand in the glossary",
        TERMS,
        (r"cam kết", r"điều kiện kinh doanh", r"chấp hành pháp luật"),
        ("nd-178-2004:11.3",),
    ),
    ("E15 workers undertake on their own", LESSONS, (r"cam kết",), ("nd-178-2004:11.6",)),
    ("E15 labour is registered", LESSONS, (r"đăng ký lao động",), ("phap-lenh-10-2003:15.1.a",)),
    (
        "E21 who approves an inspection without notice",
        LESSONS,
        (r"đột xuất", r"văn bản", r"công an tỉnh"),
        ("nd-58-2026:1.18",),
    ),
    ("E22 what goes on after the day", LESSONS, (r"tiếp diễn|vẫn (?:còn|đang)",), (f"{NEW}:70.2",)),
]


@pytest.mark.parametrize(("fact", "kind", "words", "law"), FACTS, ids=[row[0] for row in FACTS])
def test_the_fact_stands_with_its_law(
    fact: str, kind: str, words: tuple[str, ...], law: tuple[str, ...]
) -> None:
    assert [piece for piece in programme_texts(kind) if piece.cites(*law) and piece.says(*words)], fact


def test_the_commune_is_told_to_prepare_for_the_night() -> None:
    """E2: somebody is brought to the commune's office: there has to be a room, a person, an interpreter."""
    needed = (r"phiên dịch", r"trực", r"đêm|ngoài giờ")
    assert [piece for piece in programme_texts(LESSONS) if piece.says(*needed)]


def test_posts_are_called_as_they_are_since_2025() -> None:
    """E16: in lessons and in questions."""
    for kind in (LESSONS, QUESTIONS):
        assert [piece for piece in programme_texts(kind) if piece.says(r"phòng văn hóa - xã hội")], kind


# --- the register ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    [
        *(f"nd-356-2025:{article}" for article in "345"),
        *(f"{XLVPHC}:{clause}" for clause in ("9.4", "65.2", "66.1")),
        *(f"{PCMBN}:{clause}" for clause in ("3.10", "27.1")),
        *(f"{NEW}:{clause}" for clause in ("54.1.c", "55.4.c", "55.5")),
        *("luat-bvdlcn-91-2025:23.1", "blhs-2015:142.3", "nd-178-2004:11.6", "phap-lenh-10-2003:15.3"),
    ],
)
def test_the_register_has_what_the_reading_found_missing(place: str) -> None:
    id, _, locator = place.partition(":")
    article, _, clause = locator.partition(".")
    entry = programme().register.documents[id].articles[article]
    assert not clause or clause in entry.clauses


def test_loans_that_nobody_confirmed_are_offered_nowhere() -> None:
    """A question to the bank may name the decision; whoever needs a loan does not read of it."""
    loans = programme().register.documents["qd-29-2014-ttg"]
    assert (loans.status, loans.confidence) == ("unverified", "low")
    pieces = (piece for piece in programme_texts() if piece.kind not in {REGISTER, "Decision"})
    assert [
        piece.file for piece in pieces if "qd-29-2014-ttg" in piece.cited or "29/2014" in piece.words
    ] == []
