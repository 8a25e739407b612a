"""A pointer is found wherever it stands in a text, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_samples import BANK, CAMPAIGN, LAW, LESSON, PAGE, SECOND, TERMS
from hypothesis import given, settings
from hypothesis import strategies as st
from programmes import Edit, FindingsOf

from taphuan.programme.model.pointer import expand_pointers, malformed_pointers, pointers_in, without_code


@pytest.mark.parametrize(
    ("written", "kind", "id", "locator", "words"),
    [
        ("[@nd-moi]", "reference", "nd-moi", "", ""),
        ("[@nd-moi:32]", "reference", "nd-moi", "32", ""),
        ("[@nd-moi:34.5]", "reference", "nd-moi", "34.5", ""),
        ("[@nd-moi:8.3.d]", "reference", "nd-moi", "8.3.d", ""),
        ("[@nd-moi:3.đ]", "reference", "nd-moi", "3.đ", ""),
        ("[@nd-moi:phu-luc-1]", "reference", "nd-moi", "phu-luc-1", ""),
        ("[@nd-cu:24|cũ]", "reference", "nd-cu", "24", "cũ"),
        ("[@nd-moi:8.6|chưa kiểm]", "reference", "nd-moi", "8.6", "chưa kiểm"),
        ("[@ke-hoach:II.2.1.c]", "reference", "ke-hoach", "II.2.1.c", ""),
        ("[contact:td-111]", "contact", "td-111", "", ""),
        ("[term:chuyen-gui]", "term", "chuyen-gui", "", ""),
        ("[term:chuyen-gui|được chuyển gửi]", "term", "chuyen-gui", "", "được chuyển gửi"),
        (r"[term:chuyen-gui\|được chuyển gửi]", "term", "chuyen-gui", "", "được chuyển gửi"),
        ("[target:can-bo]", "target", "can-bo", "", ""),
    ],
)
def test_a_pointer_says_its_kind_its_id_and_where_in_it(
    written: str, kind: str, id: str, locator: str, words: str
) -> None:
    (pointer,) = pointers_in(f"Xem {written}.")
    assert (pointer.kind, pointer.id, pointer.locator, pointer.words) == (kind, id, locator, words)
    assert (pointer.written, pointer.start) == (written, 4)
    assert malformed_pointers(written) == ()


def test_pointers_come_in_the_order_of_the_text_side_by_side_or_not() -> None:
    text = "[@a:1][@b:2|cũ] rồi\n[contact:c]| [term:d|e]"
    assert [pointer.id for pointer in pointers_in(text)] == ["a", "b", "c", "d"]
    assert [text[pointer.start :].startswith(pointer.written) for pointer in pointers_in(text)] == [True] * 4


@pytest.mark.parametrize(
    "text", ["[chữ](bai.md)", "[ ] việc", "[x]", "a@b.vn", "[term](x)", "[term:a](x.md)", "@a"]
)
def test_a_link_a_box_or_an_address_is_no_pointer(text: str) -> None:
    assert pointers_in(text) == ()
    assert malformed_pointers(text) == ()


@pytest.mark.parametrize(
    "written",
    [
        "[@nd-moi: 32]",
        "[@nd-moi:32 ]",
        "[@nd-moi 32]",
        "[@nd-moi:32.]",
        "[@nd-moi:.5]",
        "[@ nd-moi]",
        "[@nd_moi]",
        "[@nghị-định]",
        "[contact: td-111]",
        "[contact :td-111]",
        "[Contact:td-111]",
        "[term:]",
        "[term:a|]",
        "[target:một]",
        "[@nd-moi:32",
        "[@nd-moi:32\n]",
    ],
)
def test_what_was_meant_as_a_pointer_and_cannot_be_read_as_one_is_found(written: str) -> None:
    assert pointers_in(f"Xem {written}") == ()
    ((start, malformed),) = malformed_pointers(f"Xem {written}")
    assert (start, malformed) == (4, written.split("\n")[0])


@pytest.mark.parametrize(
    "code",
    [
        "`[@a:1]`",
        "`` [@a:1] ` ``",
        "```\n[@a:1]\n```",
        "```yaml\n[@a:1]\n```",
        "~~~\n[@a:1]\n```\n~~~",
        "````\n```\n[@a:1]\n```\n````",
    ],
)
def test_a_pointer_in_code_is_left_as_it_is(code: str) -> None:
    text = f"Viết như sau.\n\n{code}\n\nRồi [@b:2]."
    assert [pointer.id for pointer in pointers_in(text)] == ["b"]
    assert expand_pointers(text, lambda _: "X") == text.replace("[@b:2]", "X")


@pytest.mark.parametrize(
    "text",
    [
        r"\`[@a:1]\`",
        "Giá 5` và [@a:1] giá 6\n\nGiá 7`",
        "```\n[@a:1]\n",
        "~~~\n[@a:1]\n```",
        "`` a ` [@a:1] ` b",
        "- giá `\n- [@a:1] `",
        "`a\nb` [@a:1] `c`",
        "``` không phải một tên [@a:1]\n```\n",
    ],
)
def test_what_one_reader_takes_for_code_and_another_does_not_hides_nothing(text: str) -> None:
    assert [pointer.id for pointer in pointers_in(text)] == ["a"]


def test_code_is_blanked_letter_by_letter_so_that_places_stay() -> None:
    text = "a `<b>`\n```\nx\n```\nz"
    assert without_code(text) == "a      \n   \n \n   \nz"
    assert len(without_code(text)) == len(text)


def test_expanding_replaces_pointers_and_nothing_else() -> None:
    text = "Từ [@a:1] tới [contact:b], `[term:c]` và [chữ](d.md)."
    assert (
        expand_pointers(text, lambda pointer: f"<{pointer.id}>")
        == "Từ <a> tới <b>, `[term:c]` và [chữ](d.md)."
    )


PIECES = st.sampled_from(
    ["[@a:1]", "[contact:b]", "[term:c|d]", "`[@e]`", "\n\n", "[", "]", "`", "```\n", "|", "\\"]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join)


@pytest.mark.slow
@settings(derandomize=True, max_examples=300, deadline=None)
@given(TEXTS)
def test_whatever_the_text_expanding_to_what_is_written_changes_nothing(text: str) -> None:
    assert expand_pointers(text, lambda pointer: pointer.written) == text


@settings(derandomize=True, max_examples=300, deadline=None)
@given(TEXTS)
def test_whatever_the_text_only_the_pointers_are_replaced(text: str) -> None:
    pointers = pointers_in(text)
    kept = len(text) - sum(len(each.written) for each in pointers)
    expanded = expand_pointers(text, lambda _: "\0")
    assert len(expanded) == kept + len(pointers)
    for pointer in reversed(pointers):
        text = text[: pointer.start] + "\0" + text[pointer.start + len(pointer.written) :]
    assert expanded == text


# --- in the files of a programme --------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (SECOND, "Nước có mùi lạ", "Nước «[@zzz:1] có mùi lạ"),
        (SECOND, "  - Báo ngay trong ngày.", "  - Báo ngay «[@zzz:1] trong ngày."),
        (BANK, "explanation: Rào là việc", "explanation: Rào «[@zzz:1] là việc"),
        (BANK, "feedback: Tổ có dụng cụ.", 'feedback: "Tổ «[@zzz:1] có dụng cụ."'),
        (CAMPAIGN, "Nước đục thì **ngừng dùng**.", "Nước đục «[@zzz:1] thì ngừng."),
        (CAMPAIGN, 'source: "[@nd-moi:3]"', 'source: "«[@zzz:1]"'),
        (PAGE, "Trang này giúp", "Trang «[@zzz:1] này giúp"),
        (LAW, "gist: Giữ giếng sạch.", 'gist: "Giữ giếng «[@zzz:1] sạch."'),
        ("content/programme/terms.yml", 'source: "[@nd-moi:8.2]"', 'source: "«[@zzz:1]"'),
    ],
)
def test_a_pointer_is_followed_in_every_kind_of_text_in_which_it_counts(
    good: Path, edit: Edit, findings_of: FindingsOf, file: str, old: str, new: str
) -> None:
    line, column = edit(good, file, old, new)
    places = [(finding.code, finding.file, finding.line, finding.column) for finding in findings_of(good)]
    assert places == [("unknown-reference", file, line, column)]


def test_a_pointer_in_code_is_not_followed(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(good, SECOND, "Nước có mùi lạ", "Viết `[@zzz:1]` hay `[contact:zzz]`. Nước có mùi lạ")
    assert findings_of(good) == []


def test_the_day_of_a_text_decides_what_law_was_in_force(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    """A text checked while the old law held may cite it, and not yet the new one."""
    edit(good, LESSON, "review: {status: draft}", "review: {status: reviewed, checked: 30/06/2025}")
    edit(good, LESSON, "[@nd-cu:4|cũ]", "[@nd-cu:4]")
    places = [(finding.code, finding.message[:10]) for finding in findings_of(good)]
    assert places == [("law-not-in-force", "2/2025/NĐ-")] * 2


def test_a_law_holds_on_its_first_and_on_its_last_day(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, SECOND, "Nước có mùi lạ", "Theo [@nd-moi:3], nước có mùi lạ")
    edit(good, SECOND, "review: {status: draft}", "review: {status: reviewed, checked: 01/07/2025}")
    edit(
        good,
        PAGE,
        "---\nTrang này",
        "review: {status: reviewed, checked: 30/06/2025}\n---\nTheo [@nd-cu:4], trang này",
    )
    assert findings_of(good) == []


def test_an_article_may_have_days_of_its_own(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(
        good, LAW, '"3": {title: Giữ nguồn nước,', '"3": {title: Giữ nguồn nước, effective_until: 31/12/2025,'
    )
    places = {(finding.code, finding.file) for finding in findings_of(good)}
    assert {file for code, file in places if code == "law-not-in-force"} >= {LESSON, BANK, CAMPAIGN}


def test_where_no_clause_is_listed_any_may_be_cited(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(
        good, SECOND, "Nước có mùi lạ", "Theo [@nd-moi:3.7] và [@nd-moi:8.3], [@nd-moi:8.2.a], nước có mùi lạ"
    )
    assert findings_of(good) == []


def test_the_whole_document_may_be_cited(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(good, SECOND, "Nước có mùi lạ", "Theo [@nd-moi], [@ke-hoach-mau] và [@nd-cu|cũ], nước có mùi lạ")
    assert findings_of(good) == []


# --- what the register does not vouch for --------------------------------------------------------

UNVERIFIED = """  tt-mau:
    number: 4/2026/TT-MẪU
    short: Thông tư 4/2026
    title: Thông tư chưa ai đọc
    topic: health
    issuer: Bộ Nước
    status: unverified
    confidence: medium
    checked: 10/01/2026
  nd-cu:
"""


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (SECOND, "Nước có mùi lạ", "Theo «{}, nước có mùi lạ"),
        (BANK, "feedback: Tổ có dụng cụ.", 'feedback: "Tổ «{} có dụng cụ."'),
        (CAMPAIGN, "Nước đục thì **ngừng dùng**.", "Nước đục «{} thì ngừng."),
        (TERMS, 'source: "[@nd-moi:8.2]"', 'source: "«{}"'),
        (PAGE, "Trang này giúp", "Trang «{} này giúp"),
    ],
)
def test_what_nobody_has_verified_is_cited_as_law_in_no_text(
    good: Path, edit: Edit, findings_of: FindingsOf, file: str, old: str, new: str
) -> None:
    edit(good, LAW, "  nd-cu:\n", UNVERIFIED)
    line, column = edit(good, file, old, new.format("[@tt-mau]"))
    places = [(finding.code, finding.file, finding.line, finding.column) for finding in findings_of(good)]
    assert places == [("law-unverified", file, line, column)]


def test_marked_it_may_be_named_anywhere(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(good, LAW, "  nd-cu:\n", UNVERIFIED)
    edit(
        good, SECOND, "Nước có mùi lạ", "Theo [@tt-mau|chưa kiểm] và [@nd-moi:8.6|chưa kiểm], nước có mùi lạ"
    )
    assert findings_of(good) == []


def test_the_register_itself_may_speak_of_it(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(good, LAW, "  nd-cu:\n", UNVERIFIED)
    edit(good, LAW, "gist: Giữ giếng sạch.", 'gist: "Giữ giếng sạch, xem [@tt-mau]."')
    assert findings_of(good) == []


def test_a_clause_is_as_sure_as_it_says_itself_else_as_its_article_is_then_as_the_document(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, LAW, '"4": {title: Giữ giếng,', '"4": {title: Giữ giếng, confidence: low,')
    edit(
        good,
        LAW,
        '"8":\n        title: Mức phạt\n',
        '"8":\n        title: Mức phạt\n        confidence: medium\n',
    )
    edit(good, SECOND, "Nước có mùi lạ", "Theo [@nd-moi:8.2] và [@nd-moi:8.6], nước có mùi lạ")
    assert [finding.code for finding in findings_of(good)] == ["law-unverified"]


def test_a_former_text_is_marked_once_for_it_is_no_law_anyway(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, LAW, '"4": {title: Giữ giếng,', '"4": {title: Giữ giếng, confidence: low,')
    assert findings_of(good) == []
