"""Law typed by hand is found however people write it, with the citation to write; what is no law is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path as FilePath

import pytest
from broken_samples import BANK, LESSON
from programmes import SAMPLES, Edit, FindingsOf

from taphuan.programme.checks import typed_law
from taphuan.programme.checks.passages import Passage
from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.registers import Article, Clause, Reference
from taphuan.programme.model.values import Markdown
from taphuan.programme.problems import Path, Problem

DAY = date(2026, 1, 10)


def law(number: str, short: str, title: str = "Về một việc", *articles: str, until: str = "") -> Reference:
    clauses = {key: Clause(gist="Một ý.") for key in ("1", "2", "3.b")}
    return Reference(
        number=number,
        short=short,
        title=title,
        topic="penalties",
        issuer="Cơ quan Mẫu",
        effective_until=until or None,
        status="replaced" if until else "in-force",
        articles={key: Article(gist="Một ý.", clauses=clauses) for key in articles},
        confidence="high",
        checked="2026-01-01",
    )


LAW = {
    "nd-282-2025": law("282/2025/NĐ-CP", "Nghị định 282/2025", "Về xử phạt", "8", *map(str, range(32, 36))),
    "nd-144-2021": law("144/2021/NĐ-CP", "Nghị định 144/2021", "Về xử phạt", "24", until="2025-12-14"),
    "tt-05-2006": law("05/2006/TT-BLĐTBXH", "Thông tư 05/2006"),
    "qd-732": law("732/QĐ-TTg", "Quyết định 732/QĐ-TTg"),
    "qd-155-2007": law("155/2007/QĐ-TTg", "Quyết định 155/2007").model_copy(update={"status": "unverified"}),
    "luat-tre-em": law("102/2016/QH13", "Luật Trẻ em", "Luật Trẻ em", "51"),
    "luat-mbn": law(
        "53/2024/QH15",
        "Luật Phòng, chống mua bán người",
        "Luật Phòng, chống mua bán người",
        "2",
    ),
    "blhs": law("100/2015/QH13", "Bộ luật Hình sự", "Bộ luật Hình sự", "329"),
    "phap-lenh": law("10/2003/PL-UBTVQH11", "Pháp lệnh 10/2003", "Pháp lệnh Phòng, chống mại dâm", "4"),
}


@cache
def programme() -> Programme:
    """The sample with these laws in its register."""
    sample = load(SAMPLES / "good").programme
    assert sample
    return replace(sample, register=sample.register.model_copy(update={"documents": LAW}))


def found_in(text: str, *, kind: str = "Lesson", path: Path = ("summary",)) -> list[Problem]:
    passage = Passage(text=Markdown(text), file="bai.md", kind=kind, on=DAY, path=path)
    return list(typed_law.check_typed_law(programme(), (passage,)))


def in_plain_field(text: str) -> list[str]:
    passage = Passage(text=text, file="bai.md", kind="Lesson", on=DAY, path=("title",))
    return [problem.code for problem in typed_law.check_typed_law(programme(), (passage,))]


# --- what is typed, and the citation that belongs in its place --------------------------------


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("Theo «Điều 32 Nghị định 282/2025/NĐ-CP» thì phạt.", "[@nd-282-2025:32]"),
        ("Theo «khoản 2 Điều 34 của Nghị định số 282/2025/NĐ-CP».", "[@nd-282-2025:34.2]"),
        ("Xem «điểm b khoản 3, Điều 8 NĐ 282/2025».", "[@nd-282-2025:8.3.b]"),
        ("Theo «NĐ 282» thì phạt.", "[@nd-282-2025]"),
        ("Theo «NĐ282/2025».", "[@nd-282-2025]"),
        ("Theo «NĐ-CP 282/2025».", "[@nd-282-2025]"),
        ("«Nghị định 282 năm 2025» quy định.", "[@nd-282-2025]"),
        ("«Số 282/2025/NĐ-CP» đã có.", "[@nd-282-2025]"),
        ("Theo «282/2025/ND-CP».", "[@nd-282-2025]"),
        ("«Nghị định số: 282/2025/NĐ–CP»", "[@nd-282-2025]"),
        ("«NGHỊ ĐỊNH 282/2025/NĐ - CP»", "[@nd-282-2025]"),
        ("«nghị định 282/2025/nđ-cp»", "[@nd-282-2025]"),
        ("«Điều 34 khoản 2 Nghị định 282/2025»", "[@nd-282-2025:34.2]"),
        ("«Nghị định 282/2025, Điều 34, khoản 2»", "[@nd-282-2025:34.2]"),
        ("«Nghị định 282/2025 (Điều 33)» nói rõ.", "[@nd-282-2025:33]"),
        ("«Nghị định 282/2025: Điều 33»", "[@nd-282-2025:33]"),
        ("«Nghị định 282/2025 quy định tại Điều 33»", "[@nd-282-2025:33]"),
        (
            "các «Điều 33, 34 và 35 Nghị định 282/2025»",
            "[@nd-282-2025:33] [@nd-282-2025:34] [@nd-282-2025:35]",
        ),
        ("«Điều 33–35 Nghị định 282/2025»", "[@nd-282-2025:33] [@nd-282-2025:34] [@nd-282-2025:35]"),
        ("«khoản 1, 2 Điều 34 Nghị định 282/2025»", "[@nd-282-2025:34.1] [@nd-282-2025:34.2]"),
        ("«khoản 1 Điều 33, khoản 2 Điều 34 NĐ 282»", "[@nd-282-2025:33.1] [@nd-282-2025:34.2]"),
        ("«Đ.34 NĐ 282/2025»", "[@nd-282-2025:34]"),
        ("«K2 Đ34 NĐ282/2025/NĐ-CP»", "[@nd-282-2025:34.2]"),
        ("«Điều\u00a032\u00a0Nghị\u00a0định\u00a0282/2025»", "[@nd-282-2025:32]"),
        ("«Điều&nbsp;32 Nghị định 282/2025»", "[@nd-282-2025:32]"),
        ("«Điều 32\nNghị định 282/2025/NĐ-CP» phạt.", "[@nd-282-2025:32]"),
        ("**«Điều 32** Nghị định 282/2025/NĐ-CP» phạt.", "[@nd-282-2025:32]"),
        ("«Điều **32** Nghị định 282/2025»", "[@nd-282-2025:32]"),
        ("- «Điều 32  Nghị định  282/2025»", "[@nd-282-2025:32]"),
        ("| Mua dâm | «Điều 32 Nghị định 282/2025» |", "[@nd-282-2025:32]"),
        ("[mức phạt](x.md) ở «Điều 32 NĐ 282».", "[@nd-282-2025:32]"),
        ("«Luật Trẻ em (Điều 51)» giao việc.", "[@luat-tre-em:51]"),
        ("theo «Điều 51 Luật Trẻ em».", "[@luat-tre-em:51]"),
        ("theo «Điều 51 Luật trẻ em năm 2016».", "[@luat-tre-em:51]"),
        ("theo «Điều 51 của Luật Trẻ em số 102/2016/QH13».", "[@luat-tre-em:51]"),
        ("«Luật số 102/2016/QH13»", "[@luat-tre-em]"),
        ("«Luật 102/2016»", "[@luat-tre-em]"),
        ("«Điều 329 Bộ luật Hình sự»", "[@blhs:329]"),
        ("«Điều 329 BLHS»", "[@blhs:329]"),
        ("«Điều 329 bộ luật hình sự»", "[@blhs:329]"),
        ("«Điều 2 Luật Phòng chống mua bán người»", "[@luat-mbn:2]"),
        ("«Điều 2 Luật PCMBN»", "[@luat-mbn:2]"),
        ("«Điều 4 Pháp lệnh Phòng, chống mại dâm»", "[@phap-lenh:4]"),
        ("«Pháp lệnh số 10/2003/PL-UBTVQH11»", "[@phap-lenh]"),
        ("«Thông tư 05/2006/TT-BLĐTBXH»", "[@tt-05-2006]"),
        ("«Thông tư số 5/2006»", "[@tt-05-2006]"),
        ("«Quyết định 732/QĐ-TTg»", "[@qd-732]"),
        ("«QĐ số 732»", "[@qd-732]"),
        ("«Điểm b, Khoản 3, Điều 8, Nghị định 282/2025/NĐ-CP» ngày 30/10/2025", "[@nd-282-2025:8.3.b]"),
        ("«khoản 1 và khoản 2 Điều 34 Nghị định 282/2025»", "[@nd-282-2025:34.1] [@nd-282-2025:34.2]"),
        ("«Nghị định 282/2025/NĐ-CP ngày 30/10/2025 của Chính phủ (Điều 33)»", "[@nd-282-2025:33]"),
        ("«Điều 34.2 Nghị định 282/2025»", "[@nd-282-2025:34.2]"),
        ("«Điều 32 & 33 Nghị định 282/2025»", "[@nd-282-2025:32] [@nd-282-2025:33]"),
        ("«Điều 32 - Nghị định 282/2025»", "[@nd-282-2025:32]"),
        ("«Nghị định 282-2025»", "[@nd-282-2025]"),
        ("«282/NĐ-CP»", "[@nd-282-2025]"),
        ("«Điều 329 luật hình sự»", "[@blhs:329]"),
        ("«BLHS 2015 (Điều 329)»", "[@blhs:329]"),
    ],
)
def test_it_is_found_and_the_fix_is_the_citation(text: str, citation: str) -> None:
    before, _, rest = text.partition("«")
    phrase, _, after = rest.partition("»")
    (problem,) = found_in(before + phrase + after)
    assert (problem.code, problem.values["citation"]) == ("typed-law", citation)
    assert problem.place.phrase == phrase
    assert problem.place.nth == before.lower().count(phrase.lower())


@pytest.mark.parametrize(
    "text",
    [
        "Luật Trẻ em quy định nhiều việc.",
        "Bộ luật Hình sự xử lý người chứa mại dâm.",
        "Pháp lệnh còn dòng chữ cũ.",
        "Nghị định mới có hiệu lực từ ngày 15/12/2025.",
        "Hôm nay 24/11/2026, đợt 2025–2026.",
        "Điều quan trọng là nghe trước.",
        "Ba điều cần nhớ, hai điểm cần tránh.",
        "Điểm a lớp ta học trước.",
        "khoản 2 triệu đồng",
        "điều 5 năm qua chưa làm",
        "Tỷ lệ 36/38 xã, 115/200 người.",
        "Làm 12/2026 thì kịp.",
        "Chủ tịch quyết định 3 việc.",
        "Xã quyết định 2 mức hỗ trợ.",
        "Nghị định 15 chương, 70 điều.",
        "Luật 2016 đã sửa.",
        "Luật có 8 chương, 63 điều.",
        "tháng 5/2026, quý 1/2027",
        "Kế hoạch 12/KH-UBND của xã.",
        "Công văn 45/CV-SYT đã gửi.",
        "Báo cáo số 12/BC-UBND.",
        "Xem [@nd-282-2025:34.2].",
        "Xem [@nd-144-2021:24|cũ] để so sánh.",
        "Nghị định 282/2025 thay nghị định cũ [@nd-282-2025:33].",
        "Nghị định 144/2021 là văn bản cũ [@nd-144-2021|cũ].",
        "Điều 35 khoản 1 nêu mức của cá nhân [@nd-282-2025:35.1].",
        "Với hai hành vi ở Điều 35, cơ sở bị tước giấy [@nd-282-2025:35].",
        "Bản in ghi “Điều 24 Nghị định 144/2021/NĐ-CP”.",
        "Gõ `Nghị định 282/2025/NĐ-CP` để thử.",
        "[toàn văn](https://example.org/282/2025/NĐ-CP)",
        "Xem https://example.org/nghi-dinh-282/2025/NĐ-CP nhé.",
        "đội 178, tổ 282, nhóm 144",
        "Số 282 đường Trần Phú.",
        "ngày 282/365",
        "Điện thoại đổi 12/2 lần.",
        "Mục IV.1.c của kế hoạch.",
        "NĐ là viết tắt của nghị định.",
        "Khoản 3 chưa rõ.",
        "điểm b chưa rõ",
        "Kể cho đúng luật.",
        "bộ luật mới, luật cũ",
        "Thông tư hướng dẫn sau.",
    ],
)
def test_what_names_no_law_or_stands_beside_its_citation_is_left(text: str) -> None:
    assert found_in(text) == []


# --- what is wrong with it --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("Nghị định 999/2030/NĐ-CP", "typed-law-unknown", "[@nd-999-2030]"),
        ("QĐ 1234/QĐ-UBND", "typed-law-unknown", "[@qd-1234-ubnd]"),
        ("Điều 5 Luật Đất đai", "typed-law-unknown", "[@luat-dat-dai:5]"),
        ("Luật Hôn nhân và gia đình (Điều 5)", "typed-law-unknown", "[@luat-hon-nhan:5]"),
        ("Nghị định 282/2024/NĐ-CP", "typed-law-unknown", "[@nd-282-2024]"),
        ("Điều 99 Nghị định 282/2025/NĐ-CP", "typed-law-part", "[@nd-282-2025:99]"),
        ("khoản 7 Điều 34 Nghị định 282/2025", "typed-law-part", "[@nd-282-2025:34.7]"),
        ("Điều 24 Nghị định 144/2021/NĐ-CP", "typed-law-ended", "[@nd-144-2021:24|cũ]"),
        ("Nghị định 144/2021", "typed-law-ended", "[@nd-144-2021|cũ]"),
    ],
)
def test_what_is_wrong_with_it_is_said_first(text: str, code: str, suggestion: str) -> None:
    (problem,) = found_in(f"Theo {text} thì làm.")
    assert (problem.code, problem.suggestion) == (code, suggestion)
    assert in_plain_field(f"Theo {text} thì làm.") == [code]


@pytest.mark.parametrize(
    "text", ["Nghị định 282/2025/NĐ-CP", "Điều 32 Nghị định 282/2025", "Điều 32 nói gì?"]
)
def test_where_no_citation_can_stand_only_what_is_wrong_is_found(text: str) -> None:
    assert in_plain_field(f"Bài 2: {text}") == []
    assert found_in(f'Mở bài.\n\n!!! law "{text}"\n    Một ý [@nd-282-2025:32].') == []


def test_law_that_nobody_has_verified_is_offered_with_its_mark() -> None:
    (problem,) = found_in("Theo Quyết định 155/2007/QĐ-TTg thì làm.")
    assert (problem.code, problem.values["citation"]) == ("typed-law", "[@qd-155-2007|chưa kiểm]")


def test_an_article_whose_law_nobody_can_tell_is_found() -> None:
    (problem,) = found_in("Mức phạt ở Điều 35 khoản 1.")
    assert (problem.code, problem.values["locator"]) == ("article-without-law", "35.1")
    assert found_in("Mức phạt ở Điều 35.\n\nNghị định mới [@nd-282-2025:35].") == []


def test_a_citation_of_another_paragraph_does_not_stand_beside_the_number() -> None:
    (problem,) = found_in("Theo Nghị định 282/2025 thì phạt.\n\nMức mới [@nd-282-2025:35].")
    assert problem.code == "typed-law"


def test_the_law_the_list_of_words_and_what_was_read_elsewhere_quote() -> None:
    text = "Điều 32 Nghị định 282/2025/NĐ-CP"
    assert found_in(text, kind="Register") == found_in(text, kind="Terms") == []
    assert found_in(text, path=("evidence", 0, "source")) == []


# --- questions --------------------------------------------------------------------------------


def question(answer: str, explanation: str) -> list[Problem]:
    texts = {("options", "a", "text"): answer, ("explanation",): explanation}
    parts = [
        Passage(text=Markdown(text), file="cau.yml", kind="Bank", on=DAY, path=("questions", "mot", *path))
        for path, text in texts.items()
    ]
    return list(typed_law.check_typed_law(programme(), parts))


@pytest.mark.parametrize(
    ("answer", "citation"),
    [
        ("Nghị định 282/2025/NĐ-CP", "[@nd-282-2025]"),
        ("Điều 33 Nghị định 282/2025", "[@nd-282-2025:33]"),
        ("Nghị định 144/2021", "[@nd-144-2021|cũ]"),
    ],
)
def test_an_answer_may_name_law_that_the_question_cites(answer: str, citation: str) -> None:
    """A citation on paper is the number of a note, which answers nothing."""
    (problem,) = question(answer, "Vì thế.")
    assert (problem.code, problem.values["citation"]) == ("law-in-answer", citation)
    assert question(answer, f"Vì thế {citation}.") == []


def test_an_answer_names_no_other_article_than_the_question_cites() -> None:
    (problem,) = question("Điều 33 Nghị định 282/2025", "Vì thế [@nd-282-2025:34].")
    assert problem.code == "law-in-answer"


def test_law_that_has_to_be_typed_is_silenced_with_its_reason(
    good: FilePath, edit: Edit, findings_of: FindingsOf
) -> None:
    answer = "dun-soi: {text: Điều 8 Nghị định 2/2025, correct: true"
    edit(good, BANK, "dun-soi: {text: Nước đã đun sôi, correct: true", answer)
    assert [finding.code for finding in findings_of(good)] == ["law-in-answer"]
    silence = "# taphuan: allow law-in-answer vì câu hỏi về số của văn bản, như Điều 9 Nghị định 9/2030"
    edit(good, BANK, answer, f"{silence}\n      {answer}")
    assert findings_of(good) == []
    comment = "<!-- taphuan: allow typed-law vì Nghị định 2/2025/NĐ-MẪU là ví dụ -->\n"
    edit(good, LESSON, "Nước từ khe", f"{comment}Theo Nghị định 2/2025/NĐ-MẪU. Nước từ khe")
    assert findings_of(good) == []


def test_in_a_folded_text_it_is_shown_where_it_begins(
    good: FilePath, edit: Edit, findings_of: FindingsOf
) -> None:
    old = "summary: Bạn biết cách giữ nguồn nước của bản."
    new = "summary: >-\n  Bạn biết giữ nước theo «Điều 8 Nghị\n  định 2/2025."
    line, column = edit(good, LESSON, old, new)
    (finding,) = findings_of(good)
    assert (finding.code, finding.line, finding.column) == ("typed-law", line, column)


# --- much text --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        "Điều ",
        "Điều 5, ",
        "Điều 5 khoản 2 ",
        "Luật Đất ",
        "](",
        "282/",
        "Nghị định 282",
        "khoản 1 và 2 ",
        " \t",
        "“",
        "\n- ",
    ],
)
def test_a_hundred_thousand_letters_are_read_in_one_go(piece: str) -> None:
    """A search that went back over the text for every piece would not end within the suite's patience."""
    text = (piece * 100_000)[:100_000]
    assert {problem.code for problem in found_in(text)} <= {
        "article-without-law",
        "typed-law",
        "typed-law-unknown",
    }
