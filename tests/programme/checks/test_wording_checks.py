"""Words that hurt and sentences that tire are found; what is quoted, excepted or silenced is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_samples import BANK, CAMPAIGN, LAW, LESSON, SECOND, TERMS
from programmes import Edit, FindingsOf

from taphuan.programme.checks.wording import _too_long as too_long

LINE = "Nước có mùi lạ"


def words(count: int, start: str = "Nước") -> str:
    return " ".join([start, *["chảy"] * (count - 1)])


# --- phrases to avoid --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "«kẻ dùng nước",
        "«Kẻ dùng nước",
        "«KẺ DÙNG NƯỚC",
        "(«kẻ dùng nước)",
        "**«kẻ dùng nước**",
        "“quen” «kẻ dùng nước",
        '"«kẻ dùng nước"',
        "İİİ «kẻ dùng nước",
        "«con buôn nước",
    ],
)
def test_a_phrase_to_avoid_is_found_in_any_case_and_dress(
    good: Path, edit: Edit, findings_of: FindingsOf, text: str
) -> None:
    line, column = edit(good, SECOND, LINE, f"Đừng nói {text} nhé. {LINE}")
    (finding,) = findings_of(good)
    assert (finding.code, finding.file, finding.line, finding.column) == (
        "avoided-phrase",
        SECOND,
        line,
        column,
    )


def test_a_phrase_that_runs_over_the_end_of_a_line_is_found_on_its_first(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    line, column = edit(good, SECOND, LINE, f"Đừng nói «kẻ dùng\nnước nhé. {LINE}")
    (finding,) = findings_of(good)
    assert (finding.code, finding.line, finding.column) == ("avoided-phrase", line, column)
    assert "nên tránh “kẻ dùng nước”" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "“kẻ dùng nước”",
        "“gọi là Kẻ dùng nước thì sai”",
        "kẻ dùng nướcs",
        "con buôn nước mắm",
        "Con buôn nước  mắm",
        "kẻ dùng nườc",
        "kẻ-dùng-nước",
    ],
)
def test_what_is_quoted_excepted_or_another_word_is_left_alone(
    good: Path, edit: Edit, findings_of: FindingsOf, text: str
) -> None:
    edit(good, SECOND, LINE, f"Có người nói {text} ở chợ. {LINE}")
    assert findings_of(good) == []


def test_a_quotation_exempts_what_is_in_it_and_nothing_behind_it(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    line, column = edit(good, SECOND, LINE, f"“Kẻ dùng nước” không phải là «kẻ dùng nước. {LINE}")
    (finding,) = findings_of(good)
    assert (finding.line, finding.column) == (line, column)


def test_the_title_of_a_law_may_say_what_a_text_may_not(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, LAW, "title: Nghị định cũ về giếng làng", "title: Nghị định về kẻ dùng nước")
    edit(good, SECOND, LINE, f"Trước đây có Nghị định về kẻ dùng nước. {LINE}")
    assert findings_of(good) == []


def test_the_law_the_plan_and_the_list_of_words_speak_in_their_own_voice(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, LAW, "gist: Giữ giếng sạch.", "gist: Phạt kẻ dùng nước.")
    edit(good, TERMS, "reason: Cách gọi kia", "reason: Gọi kẻ dùng nước")
    edit(good, "content/programme/programme.yml", "a: Mở lớp cho cán bộ xã.", "a: Phạt kẻ dùng nước.")
    assert findings_of(good) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (LESSON, "  Nhắc mang ủng.", "  Nhắc «kẻ dùng nước."),
        (LESSON, "title: Đi thăm nguồn nước", "title: Đi thăm «kẻ dùng nước"),
        (BANK, "right: Tổ cấp nước", "right: Tổ «kẻ dùng nước"),
        (CAMPAIGN, "- Không nêu tên nhà làm bẩn nước.", "- Không nêu tên «kẻ dùng nước."),
        ("content/pictures/pictures.yml", "alt: Một giọt nước", "alt: Một «kẻ dùng nước"),
        ("content/programme/contacts.yml", "use_for: [Báo mất nước]", "use_for: [Báo «kẻ dùng nước]"),
    ],
)
def test_a_phrase_is_found_in_every_field_a_reader_may_see(
    good: Path, edit: Edit, findings_of: FindingsOf, file: str, old: str, new: str
) -> None:
    line, column = edit(good, file, old, new)
    (finding,) = findings_of(good)
    assert (finding.code, finding.line, finding.column) == ("avoided-phrase", line, column)


def test_without_a_word_to_avoid_none_is_found(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(good, TERMS, "avoid: [con buôn nước, kẻ dùng nước]", "avoid: []")
    edit(good, SECOND, LINE, f"Kẻ dùng nước. {LINE}")
    assert findings_of(good) == []


# --- silence -----------------------------------------------------------------------------------

ALLOWED = "taphuan: allow avoided-phrase vì trích tên tài liệu cũ"


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- {ALLOWED} -->\nKẻ dùng nước. {LINE}",
        f"<!--{ALLOWED}-->\nKẻ dùng nước. {LINE}",
        f"Kẻ dùng nước. <!-- {ALLOWED} --> {LINE}",
        f"<!-- taphuan:  allow  avoided-phrase  vì  a -->\nKẻ dùng nước. {LINE}",
    ],
)
def test_a_silence_with_a_reason_holds_for_its_line_and_the_next(
    good: Path, edit: Edit, findings_of: FindingsOf, text: str
) -> None:
    edit(good, SECOND, LINE, text)
    assert findings_of(good) == []


@pytest.mark.parametrize("place", ["# {}\nsummary: Kẻ dùng nước.", "summary: Kẻ dùng nước. # {}"])
def test_in_yaml_a_comment_silences(good: Path, edit: Edit, findings_of: FindingsOf, place: str) -> None:
    edit(good, CAMPAIGN, "summary: Giúp mỗi nhà giữ nước sạch.", place.format(ALLOWED))
    assert findings_of(good) == []


def test_a_silence_holds_no_further_than_the_next_line(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, SECOND, LINE, f"<!-- {ALLOWED} -->\n\nKẻ dùng nước. {LINE}")
    assert [finding.code for finding in findings_of(good)] == ["avoided-phrase"]


def test_a_silence_holds_for_its_code_alone(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(good, SECOND, LINE, f"<!-- {ALLOWED} -->\nKẻ dùng nước. {words(36)}. {LINE}")
    assert [finding.code for finding in findings_of(good)] == ["long-sentence"]


@pytest.mark.parametrize(
    "said",
    [
        "taphuan: allow avoided-phrase",
        "taphuan: allow avoided-phrase vì",
        "taphuan: allow avoided-phrase vì ",
        "taphuan: allow avoided-phrase trích tên",
        "taphuan: allow",
        "taphuan:",
        "taphuan: bỏ qua",
    ],
)
def test_a_silence_without_a_reason_silences_nothing_and_is_told(
    good: Path, edit: Edit, findings_of: FindingsOf, said: str
) -> None:
    edit(good, SECOND, LINE, f"<!-- {said} -->\nKẻ dùng nước. {LINE}")
    places = [(finding.code, finding.line) for finding in findings_of(good)]
    assert places == [("silence-without-reason", 11), ("avoided-phrase", 12)]


def test_a_mistake_that_harms_cannot_be_silenced(good: Path, edit: Edit, findings_of: FindingsOf) -> None:
    edit(good, SECOND, LINE, f"<!-- taphuan: allow raw-html vì cần đậm -->\n<b>{LINE}")
    assert [finding.code for finding in findings_of(good)] == ["unknown-silence", "raw-html"]


# --- long sentences ----------------------------------------------------------------------------


def test_a_sentence_may_have_thirty_five_words_and_no_more() -> None:
    assert too_long(words(35) + ".") == ()
    assert [count for _, count in too_long(words(36) + ".")] == [36]


@pytest.mark.parametrize(
    "text",
    [
        f"{words(20)}. {words(20, 'Gió')}.",
        f"{words(20)}? {words(20, 'Gió')}!",
        f"{words(20)}\n\n{words(20)}",
        f"- {words(20)}\n- {words(20)}",
        f"1. {words(20)}\n2. {words(20)}",
        f"| {words(20)} | {words(20)} |",
        f"| {words(20)} |\n|---|\n| {words(20)} |",
        f"## {words(20)}\n{words(20)}",
        f'!!! case "{words(20)}"\n    {words(20)}',
        f'??? discussion "{words(20)}"\n    {words(20)}',
        f"!! Case “{words(20)}”\n    {words(20)}",
        f"{words(20)}.” {words(20, 'Gió')}",
        f"{words(20)};\n{words(20)}",
        f"{words(30)} `{words(20)}` {words(3)}",
        f"{words(34)} [@nd-moi:3] [@nd-moi:8.2]",
        f"{words(20)} [chữ](https://example.org/{'a b ' * 3})",
    ],
)
def test_a_list_a_table_a_heading_or_a_title_of_a_block_ends_a_sentence(text: str) -> None:
    assert too_long(text) == ()


@pytest.mark.parametrize(
    "marks", ["* *", "– –", "• •", "-Ai -Ai", "1) 2)", "1/ 2/", "a) b)", "đ) e)", "1.1. 1.2.", "👉 👉"]
)
def test_an_item_of_a_pasted_list_ends_a_sentence_and_its_sign_is_no_word(marks: str) -> None:
    first, second = marks.split()
    text = f"Ghi vào sổ:\n{first} {words(33)}\n{second} {{}}"
    assert too_long(text.format(words(33))) == ()
    assert [count for _, count in too_long(text.format(words(36)))] == [37 if "Ai" in marks else 36]


@pytest.mark.parametrize(
    "text", [words(20) + "\n" + words(20), words(20) + " TP. " + words(20), "\n".join(words(40).split())]
)
def test_the_end_of_a_line_or_a_short_form_does_not_end_a_sentence(text: str) -> None:
    assert len(too_long(text)) == 1


def test_a_long_sentence_is_pointed_at_where_it_begins(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    line, column = edit(good, SECOND, LINE, f"Một hai.\n\n- Ba.\n- «{words(36)}.\n\n{LINE}")
    (finding,) = findings_of(good)
    assert (finding.code, finding.severity, finding.line, finding.column) == (
        "long-sentence",
        "warning",
        line,
        column,
    )


def test_a_long_sentence_that_begins_in_bold_is_pointed_at_on_its_line(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    line, _ = edit(good, SECOND, LINE, f"Một hai.\n\n«**Đoạn** {words(36)}.\n\n{LINE}")
    (finding,) = findings_of(good)
    assert (finding.code, finding.line) == ("long-sentence", line)
