"""Lists as offices, Word and Zalo write them come out as lists; what is no list is left alone."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taphuan.programme.markdown_repair import repair_markdown
from taphuan.programme.markdown_repair.list_items import read_lists
from taphuan.programme.markdown_repair.text_lines import without_bullet
from taphuan.render.text.tree import EXTENSION_CONFIGS, EXTENSIONS

CONFIGS = {name: dict(options) for name, options in EXTENSION_CONFIGS.items() if name in EXTENSIONS}
CONVERTER = markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=CONFIGS)


def html(text: str) -> str:
    """Returns what a reader gets, without line breaks."""
    return CONVERTER.reset().convert(repair_markdown(text)).replace("\n", "")


# --- a list is one without a blank line, and with signs that Markdown does not know ------------

TWO = "<ul><li>Gặp ai</li><li>Nói gì</li></ul>"


@pytest.mark.parametrize(
    "sign",
    [
        *("- ", "-", "-\t", "-\N{NO-BREAK SPACE}", "* ", "+ ", "+", "– ", "–", "— ", "−", "‑"),
        *(
            "•\t",
            "• ",
            "•",
            "·  ",
            "▪",
            "■ ",
            "● ",
            "○\t",
            "‣ ",
            "➢ ",
            "➤",
            "★ ",
            "§ ",
            "o\t",
            "o   ",
            "Ø ",
            "v\t",
        ),
        *("\uf0b7\t", "\uf0a7 ", "\uf0d8", "\uf076 ", "\uf0ad "),
        *("👉 ", "👉", "🔹", "➡️ ", "👉🏻 ", "📌\ufe0f", "⭐⭐ "),
    ],
)
@pytest.mark.parametrize("before", ["", "Ghi vào sổ:\n", "Ghi vào sổ.\n\n", "## Việc\n"])
def test_a_sign_that_begins_lines_makes_a_list(before: str, sign: str) -> None:
    assert html(f"{before}{sign}Gặp ai\n{sign}Nói gì").endswith(TWO)
    assert html(f"{before}{sign}Gặp ai\n{sign}Nói gì").count("<li>") == 2


@pytest.mark.parametrize(
    "sign", ["{}. ", "{}.", "{}) ", "{})", "{}/ ", "({}) ", "{}- ", "{} – ", "{}\ufe0f\u20e3 "]
)
@pytest.mark.parametrize("first", [1, 3])
def test_numbers_in_a_row_make_a_list_that_begins_where_it_was_typed(sign: str, first: int) -> None:
    shown = html(f"Các bước:\n{sign.format(first)}Gặp ai\n{sign.format(first + 1)}Nói gì")
    start = "<ol>" if first == 1 else '<ol start="3">'
    assert shown == f"<p>Các bước:</p>{start}<li>Gặp ai</li><li>Nói gì</li></ol>"


@pytest.mark.parametrize(
    "marks",
    [
        *(
            "a) b) c) d) đ) e) g)",
            "a. b. c. d. e. f.",
            "a/ b/ c/",
            "(a) (b) (c)",
            "a- b- c-",
            "đ) e) g) h) i) k)",
        ),
        *(
            "i) ii) iii) iv) v)",
            "h) i) k)",
            "I. II. III. IV. V.",
            "A. B. C. D. Đ.",
            "1.1. 1.2. 1.3.",
            "2.1 2.2",
        ),
        *("1) 2) 4)", "1. 2. 4.", "1. 2. 2.", "□ □", "☐ ☑"),
    ],
)
def test_letters_and_numbers_that_do_not_count_on_show_as_they_were_typed(marks: str) -> None:
    shown = html("Các việc:\n" + "\n".join(f"{mark} Việc" for mark in marks.split()))
    items = "".join(f'<li><span class="typed-mark">{mark}</span> Việc</li>' for mark in marks.split())
    assert shown == f'<p>Các việc:</p><ul class="typed-marks" role="list">{items}</ul>'


def test_a_sign_of_yes_or_no_is_kept_in_black_and_white() -> None:
    shown = html("✅ Hỏi\n❌ Ép\n\uf0fc Ghi")
    assert re.findall(r"typed-mark\">(.)</span> (\w+)", shown) == [("✓", "Hỏi"), ("✗", "Ép"), ("✓", "Ghi")]


def test_a_bullet_on_a_line_of_its_own_takes_the_next_one() -> None:
    assert html("•\nGặp ai\n•\nNói gì") == TWO


# --- levels -------------------------------------------------------------------------------------


def depths(text: str) -> str:
    """Returns the words of all items, each after as many dots as lists hold its own."""
    items, depth = [], 0
    for tag, words in re.findall(r"<(/?(?:ul|ol|li))[^>]*>(?:<p>)?(?:<span[^>]*>)?([^<]*)", html(text)):
        depth += {"ul": 1, "ol": 1, "/ul": -1, "/ol": -1}.get(tag, 0)
        if tag == "li":
            items.append("." * (depth - 1) + words.strip())
    return " ".join(items)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1) A\n- b\n+ c\n+ d\n- e\n2) F", "A .b ..c ..d .e F"),
        ("I. A\n1. b\na) c\nb) d\n2. e\nII. F", "I. .b ..a) ..b) .e II."),
        ("•\tA\no\tb\n▪\tc\no\td\n•\tE", "A .b ..c .d E"),
        ("- A\n– B\n— C", "A B C"),
        ("- A\n-- b\n--c\n- D", "A .b .c D"),
        ("1.A\n1.1.b\n1.2.c\n2.D", "A .1.1. .1.2. D"),
        ("- A\n  - b\n    - c\n- D", "A .b ..c D"),
        ("1. A\n   - b\n   - c\n2. D", "A .b .c D"),
        ("- A\n\t- b\n\t\t- c\n- D", "A .b ..c D"),
        ("- A\n - B\n- C", "A B C"),
        ("1) A\n  - b\n  + c\n2) D", "A .b .c D"),
        ("📌 A:\n👉 b\n👉 c\n📌 D:\n👉 e", "A: .b .c D: .e"),
        ("🏠 A\n📞 B\n📝 C", "A B C"),
        ("1. A\n1.1. b\n1.2. c\n2. D", "A .1.1. .1.2. D"),
        ("\t- A\n\t- B\n\t\t+ c", "A B .c"),
        ("1) A\n- b\n\n- c\n\n2) D", "A .b .c D"),
        ("1. A\n\n    - b\n\n    - c\n\n2. D", "A .b .c D"),
        ("a) A\n\n- B\n\nb) C", "a) B b)"),
    ],
)
def test_the_level_is_told_by_indentation_or_else_by_the_sign(written: str, read: str) -> None:
    assert depths(written) == read


def test_lists_within_blocks_stay_within_them() -> None:
    text = (
        '!!! case "Chủ nhà"\n    Ghi:\n    • Gặp\n    • Nói\n\n'
        '    ??? discussion "Gợi ý"\n        Hỏi:\n        a) Ai\n        b) Đâu'
    )
    shown = html(text)
    assert "<p>Ghi:</p><ul><li>Gặp</li><li>Nói</li></ul><details" in shown
    assert shown.count('typed-mark"') == 2
    assert "<pre>" not in shown


def test_what_belongs_to_an_item_stays_with_it() -> None:
    assert html("1) Gặp\n   chủ nhà\n2) Ghi") == "<ol><li>Gặp   chủ nhà</li><li>Ghi</li></ol>"
    assert (
        html("1) Gặp\n\n   Nói rõ.\n\n2) Ghi")
        == "<ol><li><p>Gặp</p><p>Nói rõ.</p></li><li><p>Ghi</p></li></ol>"
    )


@pytest.mark.parametrize("after", ["## Sau", "!!! key\n    Nhớ", "| a | b |\n|---|---|\n| 1 | 2 |"])
def test_what_can_be_no_part_of_an_item_ends_the_list(after: str) -> None:
    assert "</li></ul><" in html(f"- Gặp ai\n- Nói gì\n{after}")


@pytest.mark.parametrize("blanks", ["    ", "   ", "  "])
def test_a_block_right_under_an_item_is_a_block_of_that_item(blanks: str) -> None:
    block = f'{blanks}!!! case "Chủ nhà"\n{blanks}    Lời.\n'
    case = '<div class="admonition case"><p class="admonition-title">Chủ nhà</p><p>Lời.</p></div>'
    items = f"<li><p>Gặp</p>{case}</li><li><p>Nói</p></li>"
    assert html(f"- Gặp\n{block}- Nói") == f"<ul>{items}</ul>"
    assert html(f"1) Gặp\n\n{block}2) Nói") == f"<ol>{items}</ol>"


def test_an_item_below_a_run_that_began_deeper_goes_back_to_its_list() -> None:
    assert depths("- a\n    - b\n\n    - c\n- d") == "a .b .c d"
    inner = "<ul><li><p>b</p></li><li><p>c</p></li></ul>"
    assert html("- a\n    - b\n\n    - c\n- d") == f"<ul><li><p>a</p>{inner}</li><li><p>d</p></li></ul>"


def test_a_paragraph_set_in_right_below_a_heading_is_one() -> None:
    assert html("## Việc\n    Ghi.") == "<h2>Việc</h2><p>Ghi.</p>"
    assert html("- Gặp\n    ## Việc\n    Ghi.\n- Nói").endswith("</li><li>Nói</li></ul>")


# --- what is no list ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Nhiệt độ:\n-5 độ",
        "Từ năm\n2026. Sau đó",
        "Các xã\n– kể cả biên giới – đều làm",
        "theo Điều\n5) của luật",
        "*Chữ nghiêng* ở đầu\n*dòng* này",
        "**Đậm** ở đầu\n**dòng** này",
        "Một\n---\nHai",
        "Việc | Ai\n-|-\n- Ghi | Tôi",
        "| a | b |\n|---|---|\n| - Ghi | • Tôi |",
        "```\nGhi:\n- a\n• b\n```",
        "Gọi\n+84 12",
        "A. Tuấn",
        "a) Một mình.\nHai.",
        "1.5 triệu\n1/5 hộ",
        "v.v.\nTP.HCM",
        "Vui lắm\n😊 nhé",
        "☎ 111",
        "- - -",
    ],
)
def test_what_is_no_list_is_left_as_it_was(text: str) -> None:
    assert repair_markdown(text) == text


def test_a_text_of_one_line_is_left_as_it_was() -> None:
    assert repair_markdown("– Có") == "– Có"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- Hỏi", "Hỏi"),
        ("•\tHỏi", "Hỏi"),
        ("– Hỏi", "Hỏi"),
        ("1) Hỏi", "1) Hỏi"),
        ("-5 độ", "-5 độ"),
        ("Hỏi", "Hỏi"),
    ],
)
def test_a_remark_of_a_trainer_loses_its_bullet_alone(line: str, words: str) -> None:
    assert without_bullet(line) == words


# --- what may have two meanings -----------------------------------------------------------------


def unclear(text: str) -> list[tuple[str, str]]:
    """Returns the codes of what is asked about a text, and the lines."""
    return [(problem.code, problem.line.body) for problem in read_lists(text)[1]]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("- Hẹn gì.\nSau đó bạn về.", "text-after-item", "Sau đó bạn về."),
        ("- Hẹn gì\nSau đó bạn về.", "text-after-item", "Sau đó bạn về."),
        ("- Một\n**2. Nội dung**\n- Hai", "text-after-item", "**2. Nội dung**"),
        ("!!! key\n    - Hẹn gì.\n    Sau đó.", "text-after-item", "Sau đó."),
        ("Ghi vào sổ:\nGặp ai\nNói gì", "glued-line", "Gặp ai"),
        ("Một đoạn.\nHai đoạn.\nBa đoạn.", "glued-line", "Hai đoạn."),
        ("!!! key\n    Bước 1: hỏi\n    Bước 2: ghi", "glued-line", "Bước 2: ghi"),
        ("8h00 - 8h30: Đón khách\n8h30 - 9h00: Khai mạc", "glued-line", "8h30 - 9h00: Khai mạc"),
        ("Lịch:\n8:00 Đón khách\n8:30 Khai mạc", "glued-line", "8:30 Khai mạc"),
        ("2024 - 2025: 30 lớp\n2025 - 2026: 32 lớp", "glued-line", "2025 - 2026: 32 lớp"),
        ("15/6 học\n16/6 thi", "glued-line", "16/6 thi"),
        ("Từ 2026\n- 2030 là năm năm.", "unclear-item", "- 2030 là năm năm."),
        ("Trước.\n1) Gặp ai.\nSau.", "unclear-item", "1) Gặp ai."),
        ("a) Gặp ai.\n\nSau.", "unclear-item", "a) Gặp ai."),
        ("1. A\n2. B\n\n1. C\n2. D", "skipped-mark", "1. C"),
        ("a) A\nb) B\nd) C", "skipped-mark", "d) C"),
        ("- A\n3) B\n4) C", "unclear-levels", "3) B"),
    ],
)
def test_what_may_have_two_meanings_is_asked(text: str, code: str, line: str) -> None:
    assert unclear(text) == [(code, line)]


@pytest.mark.parametrize(
    "text",
    [
        "- Hẹn gì.\n\nSau đó bạn về.",
        "- Hẹn gì.\n    Sau đó bạn về.",
        "- Hẹn gì, gặp ai,\nnói gì.",
        "Một câu.\nHai câu. Câu ba viết tiếp\nsang dòng.",
        "Thơ có hai\\\nDòng.",
        "Thơ có hai  \nDòng.",
        "Một dòng\nviết tiếp",
        "Họp lúc\n8h30 sáng",
        "8h30 họp  \n9h00 về",
        "Từ 1.000.000 đồng đến\n2.000.000 đồng",
        "Một dòng dài được ngắt giữa câu, ngay trước một tên người là\nLan.",
        "> Trích\n> Tiếp",
        "- Một dòng dài được ngắt giữa câu, ngay trước một tên người là\nLan.\n- Hai",
        "1) Gặp ai.\n\nVì sao gặp.\n\n2) Nói gì.\n\nVì sao nói.",
        "I. Mục đích\n\nĐể giúp.\n\nII. Yêu cầu\n\nĐủ người.",
        "1. A\n1. B\n1. C",
        "a) A\nb) B\nc) C\nd) D\ne) E\nf) F\ng) G",
        "1) A\na) b\nb) c\n2) D\na) e",
        "Năm nay là năm\n2026. Sang năm",
        "## Việc\n- Gặp.\n\n    Nói.",
        "## Việc\n1. Gặp.\n\n    Nói.",
        "    - Gặp\n    - Nói",
    ],
)
def test_what_has_one_meaning_is_not_asked(text: str) -> None:
    assert unclear(text) == []


# --- whatever is written ------------------------------------------------------------------------

BULLETS = "- |-|– |+ |* |•\t|•|▪ |👉 |✅|□ |•\n"
COUNTING = "1. |2. |3. |1) |2) |4) |1.|2.|a) |b) |đ) |i) |ii) |1/ |(1) |1.1. |A. |> "
PIECES = st.tuples(
    st.sampled_from(["", "", "", "  ", "   ", "    ", "\t", "        "]),
    st.sampled_from([*BULLETS.split("|"), *COUNTING.split("|"), "", "", "## ", "!!! case\n    ", "| "]),
    st.sampled_from(["gặp", "Nói", "hẹn gì.", "Sau đó", "ghi:", "**đậm** lắm", "5 người"]),
    st.sampled_from(["\n", "\n", "\n\n", "\n    "]),
).map("".join)


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"(?:gặp|Nói|hẹn gì|Sau đó|ghi|đậm|lắm|người)", text))


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join))
def test_whatever_is_tidied_is_at_rest_and_loses_no_word(text: str) -> None:
    once = repair_markdown(text)
    assert repair_markdown(once) == once
    shown = unescape(re.sub(r"<[^>]*>", " ", CONVERTER.reset().convert(once)))
    assert words_of(shown) == words_of(once) == words_of(text)
