"""What the second reading of the content found wrong stands nowhere that a reader may see.

A mistake is looked for in its old words, and, where a passage was right but too short, in every passage that
tells of the same. E1 to E22 are the numbers under which `docs/content-review.md` tells what was found.
"""

from __future__ import annotations

import re

import pytest
from programme_texts import (
    LESSONS,
    QUESTIONS,
    REGISTER,
    TERMS,
    lessons,
    own_sentences,
    programme,
    programme_texts,
)

from taphuan.programme.model.question import Choice

XLVPHC, PCMBN, NEW = "luat-xlvphc-15-2012", "luat-pc-mua-ban-nguoi-53-2024", "nd-282-2025"

#: What a sentence may not say, and a sentence that said it.
WRONG = [
    ("E1", r"không[^.;:]{0,40}giảm nhẹ", "bị ép không phải là tình tiết giảm nhẹ."),
    (
        "E2",
        r"bước chuyển tiếp ra sao|đọc nguyên văn điều luật",
        "bước chuyển tiếp ra sao, hãy đọc nguyên văn điều luật đã sửa năm 2025.",
    ),
    (
        "E3",
        r"hành vi, thủ đoạn(?:,| và)? mục đích bóc lột|tiếp nhận người để bóc lột",
        "có ba phần: hành vi, thủ đoạn, mục đích bóc lột.",
    ),
    (
        "E3",
        r"mua bán người là[^.;]*(?:để|nhằm|mục đích) bóc lột|(?:để|nhằm) bóc lột thì",
        "bị ép, bị lừa đi để bóc lột thì có thể là nạn nhân.",
    ),
    ("E5", r"^(?!.*20 năm).*tử hình", "tù chung thân hoặc tử hình"),
    (
        "E7",
        r"cơ sở còn bị tước|thiếu trách nhiệm để xảy ra mại dâm",
        "cơ sở còn bị tước giấy chứng nhận 3-6 tháng.",
    ),
    (
        "E8",
        r"ai quyết định việc tước|cấp nào xử phạt|chưa nêu phần (?:đó|này)",
        "hỏi công an ai quyết định việc tước giấy chứng nhận.",
    ),
    ("E10", r"xem phải thông báo cho ai", "rồi hỏi công an xã xem phải thông báo cho ai."),
    ("E11", r"sắp tròn một năm", "vụ việc sắp tròn một năm, phải hỏi ngay công an."),
    (
        "E12",
        r"không phải (?:là )?người bị (?:xử )?phạt|(?:bị ép|nạn nhân)[^.;]*không bị (?:xử )?phạt",
        "người bị ép buộc là nạn nhân, không phải người bị phạt.",
    ),
    ("E12", r"không (?:xử )?phạt[^.;]*bị ép", "luật không phạt người bị ép bán dâm."),
    (
        "E12",
        r"^(?!.*mua bán).*bị ép[^.;]*không phải (?:là )?người vi phạm",
        "người bị ép không phải người vi phạm.",
    ),
    (
        "E14",
        r"^(?!.*đồng ý).*cấm[^.;]*tiết lộ thông tin về (?:họ|nạn nhân)",
        "luật cấm tiết lộ thông tin về họ.",
    ),
    ("E15", r"cam kết[^.;]*năm (?:ý|điều|điểm)", "so mẫu cam kết đang dùng với năm ý trong bài."),
    (
        "E15",
        r"cam kết (?:có|gồm|ghi)[^.;]*(?:hợp đồng|tạm trú|khám sức khỏe)",
        "bản cam kết gồm hợp đồng lao động, khám sức khỏe.",
    ),
    (
        "E16",
        r"cán bộ văn hóa|công chức văn hóa|bộ phận văn hóa|phụ trách văn hóa",
        "cán bộ văn hóa, người phụ trách văn hóa – xã hội",
    ),
    ("E17", r"trong năm 2026[^.]*trợ giúp pháp lý", "trong năm 2026 nạn nhân được trợ giúp pháp lý."),
    ("E18", r"thái độ[^.;]*tức là kỳ thị", "thái độ lạnh nhạt tức là kỳ thị."),
]


@pytest.mark.parametrize(
    ("number", "pattern", "was"), WRONG, ids=[f"{row[0]}-{n}" for n, row in enumerate(WRONG)]
)
def test_the_mistake_stands_nowhere(number: str, pattern: str, was: str) -> None:
    assert re.search(pattern, was), "the pattern does not find what it is for"
    stating = [
        (piece.file, sentence) for piece, sentence, _ in own_sentences() if re.search(pattern, sentence)
    ]
    assert stating == [], number


def test_no_wrong_answer_about_coercion_is_one_that_the_law_allows() -> None:
    """E1: who chooses that being threatened mitigates would be right."""
    for bank in programme().banks.values():
        for id, question in bank.questions.items():
            options = question.options.values() if isinstance(question, Choice) else ()
            wrong = [option.text for option in options if not option.correct and "giảm nhẹ" in option.text]
            assert wrong == [], (bank.source, id)


def test_whoever_reads_where_victims_report_reads_that_they_are_taken_to_the_commune() -> None:
    """E2: a text that names the border guard for it does not stop there."""
    pieces = [piece for piece in programme_texts() if piece.says(r"trình báo", r"biên phòng")]
    assert pieces
    assert [(piece.file, piece.words) for piece in pieces if not piece.says(r"đưa ngay")] == []


def test_that_no_means_are_needed_is_said_of_the_law_on_prevention_only() -> None:
    """E4: where the crime of article 150 is cited beside it, what that article asks for is said too."""
    none_needed = r"không (?:cần|đòi|phải)[^.;·]{0,25}thủ đoạn"
    pieces = [each for each in programme_texts(LESSONS, QUESTIONS, TERMS) if each.says(none_needed)]
    assert pieces
    for piece in pieces:
        assert piece.cites(f"{PCMBN}:2.1"), (piece.file, piece.words)
        if piece.cites("blhs-2015:150"):
            assert piece.says(r"từ đủ 16[^.;]*(?:phải có|đòi hỏi)"), (piece.file, piece.words)


def test_no_list_of_premises_leaves_out_the_boarding_house() -> None:
    """E6: a list that is too short makes the share of those inspected too high."""
    kinds = ("khách sạn", "nhà nghỉ", "karaoke", "vũ trường", "xoa bóp", "tắm hơi")
    own = (piece for piece in programme_texts() if piece.kind != REGISTER or piece.cites("nd-178-2004:3.3"))
    lists = [
        piece for piece in own if piece.says(r"nhà nghỉ") and sum(kind in piece.words for kind in kinds) > 2
    ]
    # The labour code has a list of its own, of work that is not for young people.
    lists = [
        piece
        for piece in lists
        if not (piece.cites("bo-luat-lao-dong-45-2019:147") and piece.says(r"từ đủ 15"))
    ]
    assert lists
    assert [(piece.file, piece.words) for piece in lists if not piece.says(r"nhà trọ")] == []


def test_every_row_on_neglect_names_all_that_it_covers() -> None:
    """E7: a fine of 20 to 30 million is for what is no intercourse too."""
    rows = [
        piece
        for piece in programme_texts(LESSONS)
        if piece.cites(f"{NEW}:35.1") and piece.says(r"20-30 triệu")
    ]
    assert rows
    assert [(piece.file, piece.words) for piece in rows if not piece.says(r"khiêu dâm", r"kích dục")] == []


def test_whoever_reads_that_a_certificate_is_lost_reads_when_it_is_not() -> None:
    """E7: where the law has it withdrawn, or there is none, it is not revoked."""
    pieces = [piece for piece in lessons() if piece.cites(f"{NEW}:35.3")]
    assert pieces
    assert [piece.file for piece in pieces if not piece.says(r"thu hồi", r"không tước")] == []


def test_whoever_reads_what_to_do_after_a_leak_reads_the_hours() -> None:
    """E10: wherever the head is told of it, the authority is too."""
    leak = r"(?<!\w)lộ(?!\w)|gửi nhầm|(?:lỡ|đã)[^.;·]{0,12} gửi"
    pieces = [piece for piece in programme_texts() if piece.says(leak, r"báo lãnh đạo")]
    assert pieces
    assert [(piece.file, piece.words) for piece in pieces if not piece.says(r"72 giờ")] == []


def test_an_old_file_is_judged_by_the_days_for_a_decision_too() -> None:
    """E11: a file of eleven months with a record is dead though the year is not over."""
    asked = [piece for piece in programme_texts(QUESTIONS) if piece.cites(f"{NEW}:6")]
    old = [piece for piece in asked if piece.says(r"chưa có quyết định|mở tủ")]
    assert old
    assert [
        piece.key for piece in old if not piece.cites(f"{XLVPHC}:66") and not piece.cites(f"{XLVPHC}:65")
    ] == []


def test_sensitive_data_is_cited_to_the_decree_that_lists_it() -> None:
    """E13: the law itself only says that there is a list."""
    pieces = (piece for piece in programme_texts() if piece.kind != REGISTER and piece.says(r"nhạy cảm"))
    vague = [
        piece for piece in pieces if piece.cites("luat-bvdlcn-91-2025:2") and not piece.cites("nd-356-2025")
    ]
    assert [(piece.file, piece.words) for piece in vague] == []


def test_a_person_who_may_be_of_age_is_protected_as_they_wish() -> None:
    """E20: nobody cites a power to hold an adult."""
    asked = [piece for piece in programme_texts(QUESTIONS) if piece.says(r"không giao cho chủ")]
    assert asked
    assert [piece.key for piece in asked if not piece.says(r"theo ý")] == []


def test_what_was_read_in_one_copy_says_so() -> None:
    """E21: the decree on conditions of security is cited with its caution."""
    pieces = [
        piece
        for piece in programme_texts(LESSONS)
        if any(place.startswith("nd-58-2026") for place in piece.cited)
    ]
    assert pieces
    assert [(piece.file, piece.words) for piece in pieces if not piece.says(r"đối chiếu")] == []
