"""Typesetting of paper: what stays together, notes at their words."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from taphuan.programme.vietnamese import alphabetical
from taphuan.render.typography import (
    COMPOUND_WORDS,
    bind_page,
    bound,
    css_string,
    ended,
    full_ends,
    in_bar,
    in_clauses,
    whole_clauses,
)


@pytest.mark.parametrize(
    ("loose", "bound"),
    [
        ("Trong 40 phút tới", "Trong 40~phút tới"),
        ("phạt 2 triệu đồng", "phạt 2~triệu~đồng"),
        ("theo Điều 5 và khoản 2", "theo Điều~5 và khoản~2"),
        ("mục IV.1", "mục~IV.1"),
        ("từ ngày 15/12/2025", "từ ngày 15/12/2025"),
        ("ngày 15 tháng 12", "ngày~15~tháng~12"),
        ("Nghị định 282/2025", "Nghị~định~282/2025"),
        ("gọi 1900 54 55 59", "gọi~1900~54~55~59"),
        ("100 %", "100~%"),
        ("năm xã và ba bản", "năm xã và ba bản"),
        ("điểm c khoản 3", "điểm~c khoản~3"),
        ("gửi Sở Y tế.", "gửi Sở Y~tế."),
        ("của tỉnh Lai Châu.", "của tỉnh Lai~Châu."),
        ("UBND TỈNH ĐIỆN BIÊN", "UBND TỈNH ĐIỆN~BIÊN"),
        ("một tỉnh miền núi", "một tỉnh miền núi"),
        ("điểm danh", "điểm danh"),
        ("Đ. 32", "Đ.~32"),
        ("dưới 37,5 triệu", "dưới 37,5~triệu"),
        ("Tỉ lệ 100%", "Tỉ~lệ~100%"),
        ("Tổng đài 111", "Tổng~đài~111"),
    ],
)
def test_keeps_together_what_belongs_together(loose: str, bound: str) -> None:
    assert bind_page(f"<p>{loose}</p>") == f"<p>{bound.replace('~', chr(0xA0))}</p>"


def test_a_heading_of_a_page_tears_no_compound_apart() -> None:
    made = bind_page("<h2>Phòng ngừa <em>hành vi</em></h2><p>Phòng ngừa hành vi trong 5 phút</p>")
    assert made.replace("\xa0", "~") == (
        "<h2>Phòng~ngừa <em>hành~vi</em></h2><p>Phòng ngừa hành vi trong 5~phút</p>"
    )


def test_leaves_text_that_is_copied_as_it_is() -> None:
    typed = "<p><code>khoản 3</code></p><pre>khoản 3</pre><select><option>5 phút</option></select>"
    assert bind_page(typed) == typed


def test_a_title_is_bound_and_escaped() -> None:
    assert bound("Thẩm quyền & 5 phút") == Markup("Thẩm\xa0quyền &amp; 5\xa0phút")
    assert bound(Markup("<b>Thẩm quyền</b> &amp; luật")) == Markup("<b>Thẩm\xa0quyền</b> &amp; luật")


def test_the_longest_of_words_that_begin_alike_stays_whole() -> None:
    assert bound("Tổ dân phố") == "Tổ\xa0dân\xa0phố"


def test_compounds_are_listed_once_by_the_alphabet_each_short_enough_for_the_narrowest_screen() -> None:
    words = COMPOUND_WORDS.read_text("utf-8").splitlines()
    assert words == sorted(set(words), key=alphabetical)
    assert all(2 <= len(word.split()) <= 3 and len(word) <= 20 for word in words)


def test_no_line_begins_with_a_dash() -> None:
    assert bind_page("<p>Phòng Văn hóa – Xã hội</p>") == "<p>Phòng Văn hóa\xa0– Xã hội</p>"


def test_a_short_text_does_not_end_with_one_word_on_a_line() -> None:
    assert ended("Kể với người em tin. ") == Markup("Kể với người em\xa0tin. ")
    assert ended("Gặp mại dâm ở xã, 5 bản") == Markup("Gặp mại dâm ở xã, 5\xa0bản")
    assert ended(Markup("hỏi <b>trước</b>")) == Markup("hỏi <b>trước</b>")


@pytest.mark.parametrize(
    ("loose", "kept"),
    [
        (
            "<p>Hỏi thuốc tránh thai, càng sớm càng tốt.</p>",
            "<p>Hỏi thuốc tránh thai, càng~sớm~càng~tốt.</p>",
        ),
        ("<li>Kể điều mắt thấy, tai nghe.</li>", "<li>Kể điều mắt thấy, tai~nghe.</li>"),
        ("<li>Đừng hỏi họ đi đâu, với ai.</li>", "<li>Đừng hỏi họ~đi~đâu,~với~ai.</li>"),
        (
            '<p>khám, bản cam kết riêng <sup class="note"><a>12</a></sup>.</p>',
            '<p>khám, bản~cam~kết~riêng~<sup class="note"><a>12</a></sup>.</p>',
        ),
        ("<li>Ai <b>được hỏi</b> ở <i>nơi</i> đó?</li>", "<li>Ai <b>được~hỏi</b>~ở~<i>nơi</i>~đó?</li>"),
        ("<li>\n<p>Lời một.</p>\n<p>Lời hai ba.</p></li>", "<li>\n<p>Lời~một.</p>\n<p>Lời~hai~ba.</p></li>"),
        (
            "<li>Đi với:\n<ul><li>Kể với người lớn em tin</li></ul></li>",
            "<li>Đi~với:\n<ul><li>Kể với người~lớn~em~tin</li></ul></li>",
        ),
        ("<p>ở Văn phòng HĐND và UBND.</p>", "<p>ở Văn phòng HĐND~và~UBND.</p>"),
        ("<p>không lây. Xét nghiệm mới biết.</p>", "<p>không lây. Xét~nghiệm~mới~biết.</p>"),
        ("Chữ trơn, không có thẻ", "Chữ trơn, không có thẻ"),
    ],
)
def test_a_paragraph_of_a_narrow_column_ends_in_no_scrap_of_a_clause(loose: str, kept: str) -> None:
    assert full_ends(loose).replace("\xa0", "~") == kept


@pytest.mark.parametrize(
    ("whole", "clauses"),
    [
        ("<p>Đi xa về, ta chào trước; chuyện riêng.</p>", ["Đi xa về, ta chào trước;", "chuyện riêng."]),
        ("<p>Hỏi xã, phường khi cần.</p>", ["Hỏi xã,\xa0phường khi cần."]),
        ("<p>Gọi <b>111, số ấy</b>, rồi nghe.</p>", ["Gọi <b>111, số ấy</b>,", "rồi nghe."]),
    ],
)
def test_large_type_breaks_between_clauses_of_some_length(whole: str, clauses: list[str]) -> None:
    """Words of a link or of what is strong are never parted, and “Ở đây,” stands on no line alone."""
    spans = " ".join(f'<span class="clause">{clause}</span>' for clause in clauses)
    assert in_clauses(whole) == f"<p>{spans}</p>"


@pytest.mark.parametrize(
    ("loose", "kept"),
    [
        ("<p>Khám ở bệnh viện cả <b>sức khỏe</b> nữa, rồi về nhà ăn cơm</p>", "bệnh~viện cả <b>sức~khỏe</b>"),
        ("<p>Nói chỗ trước, để người ta tới nơi cho kịp</p>", "Nói chỗ~trước, để"),
        ("<p>Kể hôm nay. Chưa kể được thì mai em kể lại</p>", "hôm~nay. Chưa~kể được"),
        ("<p>Thôi, ép, lừa người khác đi xa nhà là sai</p>", "Thôi, ép, lừa"),
        ("<p>Mình cùng gọi Tổng đài 111 để hỏi cho rõ</p>", "gọi Tổng~đài~111 để"),
        ("<p><b>Ai ký?</b> Nhờ người đọc trước cho mình cùng nghe</p>", "</b> Nhờ~người đọc"),
        ("<p>Hỏi thuốc, càng sớm càng tốt.</p>", "thuốc, càng~sớm~càng~tốt."),
        ("<p>Người ta bị ép đi làm xa, không về nhà được và khóc nhiều</p>", "bị~ép đi làm~xa, không~về nhà"),
    ],
)
def test_a_narrow_column_tears_no_compound_and_leaves_no_word_of_a_clause_alone(
    loose: str, kept: str
) -> None:
    assert kept in whole_clauses(loose).replace("\xa0", "~")


@pytest.mark.parametrize(
    ("whole", "lines"),
    [
        (
            "<p>Gọi 111 khi nghi mình hay bạn mình bị lừa; bị ép thì gọi 113.</p>",
            ["Gọi 111 khi nghi mình", "hay bạn mình bị lừa;", "bị ép thì gọi 113."],
        ),
        ("<p>Gọi 113 khi có người đang gặp nguy hiểm; 111 khi lo cho trẻ em hay nghi mua bán người.</p>", []),
    ],
)
def test_a_bar_breaks_between_clauses_where_three_lines_hold_them(whole: str, lines: list[str]) -> None:
    html = in_bar(whole).replace("\xa0", " ")
    assert re.findall(r'<span class="clause">(.*?)</span>', html) == lines


def test_keeps_a_range_on_one_line() -> None:
    assert bind_page("<p>từ 300–500</p>") == '<p>từ <span class="whole">300–500</span></p>'


def test_keeps_a_range_with_what_it_counts_on_one_line() -> None:
    html = bind_page("<td>hoặc 300–500 nghìn đồng trở lên</td>")
    assert html == '<td>hoặc <span class="whole">300–500\xa0nghìn\xa0đồng</span> trở lên</td>'


def test_a_head_of_a_table_keeps_its_compounds_whole() -> None:
    assert bind_page("<th>Mức phạt với cá nhân</th>") == "<th>Mức\xa0phạt với cá\xa0nhân</th>"


def test_binds_nothing_inside_tags_and_styles() -> None:
    html = '<style>a{margin:1 200 cm}</style><img alt="5 phút" src="x 100 y">'
    assert bind_page(html) == html


def test_quotes_a_running_head_for_css() -> None:
    assert css_string('"Bài" <1> \\') == '"\\22 Bài\\22  \\3c 1\\3e  \\5c "'
