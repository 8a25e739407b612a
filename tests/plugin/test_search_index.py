"""The words of a page by section: what a reader searches, and nothing that gives an answer away."""

from __future__ import annotations

import json

import pytest

from taphuan.plugin.search_index import index_json, page_entry


def sections(html: str) -> list[object]:
    _, _, opening, _, *sections = page_entry("a/", "Trang", html)
    return [opening, *sections]


def test_a_page_is_parted_at_its_headings() -> None:
    html = '<h1 id="ten">Tên</h1><p>Mở đầu.</p><h2 id="mot">Phần <em>một</em></h2><p>Lời một.</p>'
    assert sections(html) == ["Mở đầu.", ["mot", "Phần một", "Lời một."]]


def test_a_heading_without_an_anchor_takes_that_of_what_stands_around_it() -> None:
    html = '<section id="dieu-3"><h3>Điều 3</h3><p>Nói gọn.</p></section>'
    assert sections(html) == ["", ["dieu-3", "Điều 3", "Nói gọn."]]


@pytest.mark.parametrize(
    "silent",
    [
        '<section data-search-exclude><h2 id="x">Tự kiểm</h2><div>đáp<section>lồng</section></div></section>',
        '<span class="a citation">Nghị định</span>',
        "<template data-parts><p>đáp án</p></template>",
        '<svg viewBox="0 0 9 9"><title>đáp án</title><path d="m4 4"/></svg>',
        '<button type="button">Trả lời</button>',
        '<p title="a > b" data-search-exclude>đáp án</p>',
    ],
)
def test_what_is_silent_leaves_no_word_and_ends_where_its_element_does(silent: str) -> None:
    assert sections(f"<p>trước</p>{silent}<p>sau</p>") == ["trước sau"]


def test_a_raised_number_is_no_word_and_parts_no_sentence() -> None:
    number = '<a class="citation citation--number" href="#nguon-1" id="dan-1">1</a>'
    assert sections(f"<p>Báo ngay.{number} Rồi ghi.</p>") == ["Báo ngay. Rồi ghi."]


def test_words_are_plain_text() -> None:
    assert sections("<p>A &amp; B&nbsp;&lt;b&gt;<br>\n C</p>") == ["A & B <b> C"]


def test_pages_say_whose_they_are_by_a_number_in_a_list_and_whether_pupils_may_find_them() -> None:
    pages = [
        page_entry("a/", "A", "<p>a</p>", ["Cán bộ xã", "Cán bộ tỉnh"], "adults"),
        page_entry("b/", "B", "<p>b</p>", ["Học sinh", "Cha mẹ"], "minors"),
        page_entry("c/", "C", "<p>c</p>"),
        page_entry("d/", "D", "<p>d</p>"),
    ]
    index = json.loads(index_json(pages))
    assert index["readers"] == [["cán bộ xã, cán bộ tỉnh", 0], ["học sinh, cha mẹ", 1], ["", 1]]
    assert [page[3] for page in index["pages"]] == [0, 1, 2, 2]


def test_a_section_for_adults_says_so() -> None:
    html = '<h2 id="mot" data-for="adults">Một</h2><p>Lời.</p><h2 id="hai">Hai</h2><p>Lời.</p>'
    assert sections(html) == ["", ["mot", "Một", "Lời.", 1], ["hai", "Hai", "Lời."]]
