"""E9: whether what a person tells of themselves is reported is open, and no text answers it.

No law that was read says either, so the programme says who has to answer: Sở Y tế, Công an tỉnh, Sở Tư pháp.
Harm is reported at once, whatever they answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from programme_texts import (
    LESSONS,
    REGISTER,
    ProgrammeText,
    lessons,
    own_sentences,
    programme,
    programme_texts,
    read,
)

from taphuan.programme.vietnamese import sentences

MUST = re.compile(
    r"(?<!\w)(?!không cần báo trước(?!\w))"
    r"(?:phải|buộc|bắt buộc|có trách nhiệm|có nghĩa vụ|không cần|khỏi)(?: phải| cần)?"
    r" (?:khai báo|báo(?! cáo| thức| chí)|tố giác)(?!\w)"
)
#: Why something is reported at once, whatever else is open.
REASONS = re.compile(
    r"(?<!\w)(?:trẻ (?:em|bị hại)|em (?:gái|trai|bé|ấy|sẽ|1[0-7])|(?:để|bảo vệ) em|cháu|dưới 1[68]|xâm hại"
    r"|bị ép|ép buộc|bị giữ|mua bán|trình báo|nguy hiểm|gặp nguy|cần giúp|đe dọa|tính mạng|cần an toàn"
    r"|tội phạm|môi giới|báo kết quả|gửi nhầm|lộ dữ liệu|72 giờ|báo lãnh đạo|báo ngay sở y tế)(?!\w)"
)
OF_ONESELF = re.compile(r"(?<!\w)tự (?:kể|nói|khai|nhận)(?!\w)|(?:mình|tôi|em|chị|anh) (?:có )?bán dâm")
OPEN = re.compile(
    r"(?<!\w)(?:chưa (?:có văn bản|thấy văn bản|rõ|trả lời|hứa|thống nhất|có câu trả lời)"
    r"|không trả lời|đừng trả lời|có (?:phải |cần )?báo[^.;,]*không(?!\w)"
    r"|(?:phải|cần) báo[^.;,]*hay không(?!\w))"
)
FORETOLD = re.compile(r"nói trước")
ANSWERED = re.compile(r"(?<!\w)(?:(?:không|thì|mới|vẫn) báo (?!trước|cáo)|(?:không|thì|mới|vẫn) tố giác)")
EVERYTHING = re.compile(r"phát hiện[^.;]*vi phạm|yêu cầu mọi người báo")
ALL = re.compile(r"yêu cầu mọi người báo|đều (?:phải )?báo")
#: What the programme says of it in one place, as a sentence within a text or as a cell of its table.
SHARED = sorted(
    (
        sentence.strip("“”. ")
        for _, text in programme().confidentiality.texts  # type: ignore[union-attr]
        for sentence in sentences(read(text))
    ),
    key=len,
    reverse=True,
)
#: They tell what the law and the plan say, in their words; what is open stands beside it in the register.
QUOTING = {REGISTER, "Charter", "Units", "Confidentiality"}


def is_said_of_anything(sentence: str, around: str) -> bool:
    """Whether it says that something has to be reported, and neither it nor what is beside it says what."""
    for shared in SHARED:
        sentence = sentence.replace(shared, " ")
    reason = REASONS.search(around) or OPEN.search(sentence) or FORETOLD.search(around)
    return bool(MUST.search(sentence)) and not reason


def is_said_of_oneself(sentence: str, around: str) -> bool:
    """Whether it answers what is open: that what a person tells of themselves is reported, or is not."""
    is_answer = MUST.search(sentence) or ANSWERED.search(sentence)
    return bool(is_answer and OF_ONESELF.search(sentence)) and not OPEN.search(sentence)


def is_said_of_everybody(sentence: str, paragraph: str) -> bool:
    """Whether everybody has to report every violation: then a plea for help would be a reason for a fine."""
    is_duty = EVERYTHING.search(sentence) and (MUST.search(sentence) or ALL.search(sentence))
    return bool(is_duty) and not (OPEN.search(paragraph) and OF_ONESELF.search(paragraph))


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("bạn nghe xong thì phải báo.", is_said_of_anything),
        ("cán bộ có trách nhiệm báo cơ quan có thẩm quyền.", is_said_of_anything),
        ("việc này không phải báo.", is_said_of_anything),
        ("người ấy tự kể mình bán dâm thì bạn phải báo công an.", is_said_of_oneself),
        ("chị nói mình bán dâm, bạn không phải báo.", is_said_of_oneself),
        ("người ấy tự kể thì báo công an xã.", is_said_of_oneself),
        ("người ấy tự kể thì bạn phải báo trước hết cho công an.", is_said_of_oneself),
        ("anh ấy kể mình bán dâm thì phải báo công an, không chờ.", is_said_of_oneself),
        ("nghe một người nói mình bán dâm thì không phải báo.", is_said_of_oneself),
        ("nghe “tôi bán dâm” thì tố giác ngay.", is_said_of_oneself),
        ("ai phát hiện vi phạm đều phải báo cho cơ quan có thẩm quyền.", is_said_of_everybody),
        ("ai phát hiện vi phạm cũng có trách nhiệm báo.", is_said_of_everybody),
        ("pháp lệnh yêu cầu mọi người báo khi phát hiện vi phạm.", is_said_of_everybody),
    ],
)
def test_the_rule_finds_what_it_is_for(sentence: str, rule: Callable[[str, str], bool]) -> None:
    assert rule(sentence, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "có trẻ em, có người bị ép thì tôi phải báo ngay.",
        "bị giữ ở một chỗ là dấu hiệu phải báo ngay.",
        "người tự kể mình bán dâm thì có phải báo hay không, chưa có văn bản trả lời.",
        "việc tự kể mình bán dâm thì quy định chưa rõ, tôi chưa hứa được.",
        "phải báo cáo sở y tế trước ngày 15.",
        "tôi được nghỉ ngay, không cần báo trước, khi bị ngược đãi.",
        "cha mẹ cũng phải báo khi trẻ bị hại.",
        "khi phải chuyển điều gì cho ai, hãy báo trước cho người tự kể.",
        "ubnd xã nhận trình báo thì phải báo ngay sở y tế.",
    ],
)
def test_the_rule_leaves_alone_what_is_right(sentence: str) -> None:
    for rule in (is_said_of_anything, is_said_of_oneself, is_said_of_everybody):
        assert not rule(sentence, sentence)


def test_that_something_must_be_reported_is_said_of_harm_only() -> None:
    own = (
        (piece, sentence, around) for piece, sentence, around in own_sentences() if piece.kind not in QUOTING
    )
    assert [(piece.file, text) for piece, text, around in own if is_said_of_anything(text, around)] == []


def test_nobody_reads_that_what_a_person_tells_of_themselves_is_or_is_not_reported() -> None:
    own = (
        (piece, sentence, around) for piece, sentence, around in own_sentences() if piece.kind not in QUOTING
    )
    assert [(piece.file, text) for piece, text, around in own if is_said_of_oneself(text, around)] == []


def test_no_text_has_everybody_report_every_violation() -> None:
    own = ((piece, sentence) for piece, sentence, _ in own_sentences() if piece.kind not in QUOTING)
    assert [(piece.file, text) for piece, text in own if is_said_of_everybody(text, piece.words)] == []


OFFICES = (r"sở y tế", r"công an tỉnh", r"sở tư pháp")


def where_it_is_open() -> list[ProgrammeText]:
    return [piece for piece in programme_texts(LESSONS) if piece.says(OPEN.pattern, r"bán dâm", *OFFICES)]


def test_a_lesson_says_that_it_is_open_and_who_has_to_answer() -> None:
    assert where_it_is_open()


def test_the_register_says_so_of_article_21() -> None:
    note = read(programme().register.documents["phap-lenh-10-2003"].articles["21"].note or "")
    assert all(re.search(pattern, note) for pattern in (OPEN.pattern, r"bán dâm", *OFFICES))


def test_harm_is_still_reported() -> None:
    """What is open is nothing that a child, or somebody trafficked or beaten at home, has to wait for."""
    needed = (r"dưới 16 tuổi|trẻ em", r"mua bán", r"người nhà|bạo lực gia đình", r"phải báo")
    files = {piece.file for piece in where_it_is_open()}
    assert files
    assert all(piece.says(*needed) for piece in lessons() if piece.file in files)


def test_the_lesson_promises_neither_silence_nor_impunity() -> None:
    """What nobody in office can keep stands in the column of what is not promised."""
    lesson = programme().lessons["can-bo-cap-xa/muoi-lam-phut-dau"]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", lesson.body, re.MULTILINE)
    not_promised = {row[1] for row in rows[rows.index(("✓ Hứa được", "✗ Không hứa")) + 1 :]}
    assert {"“Không ai biết.”", "“Không bị phạt.”", "“Không báo ai.”"} <= not_promised
