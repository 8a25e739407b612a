"""The words of a page by section: what a reader searches, and nothing that gives an answer away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taphuan.plugin.search_index import (
    FOLDER,
    STUB,
    WORD,
    PageEntry,
    index_files,
    page_entry,
    places_of,
    write_index,
)
from taphuan.programme.vietnamese import folded


def sections(html: str) -> list[object]:
    opening, *others = page_entry("a/", "Trang", html).sections
    return [opening.text, *([part.anchor, part.title, part.text] for part in others)]


def files(entries: list[PageEntry]) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in index_files(entries, places_of(entries)).items()}


def places(postings: list[int]) -> set[tuple[int, int]]:
    """Sections and places, read as search-index.js reads them."""
    numbers, section, spots = iter(postings), 0, set()
    for step in numbers:
        section += step >> 1
        place = 0
        for _ in range(next(numbers) if step & 1 else 1):
            place += next(numbers)
            spots.add((section, place))
    return spots


def test_a_page_is_parted_at_its_headings() -> None:
    html = '<h1 id="ten">Tên</h1><p>Mở đầu.</p><h2 id="mot">Phần <em>một</em></h2><p>Lời một.</p>'
    assert sections(html) == ["Mở đầu.", ["mot", "Phần một", "Lời một."]]


def test_a_heading_without_an_anchor_takes_that_of_what_stands_around_it() -> None:
    html = '<section id="dieu-3"><h3>Điều 3</h3><p>Nói gọn.</p></section>'
    assert sections(html) == ["", ["dieu-3", "Điều 3", "Nói gọn."]]


def test_a_heading_that_names_a_place_is_found_at_that_place() -> None:
    html = '<section id="mua" aria-labelledby="mua-ten"><h3 id="mua-ten">Mua</h3><p>Lời.</p></section>'
    assert sections(html) == ["", ["mua", "Mua", "Lời."]]


def test_a_term_that_is_explained_is_found_by_itself_and_facts_stay_with_their_page() -> None:
    html = '<h2 id="b">B</h2><dl><dt id="ban-dam">bán dâm</dt><dd>Lời.</dd><dt>Số</dt><dd>5</dd></dl>'
    assert sections(html) == ["", ["b", "B", ""], ["ban-dam", "bán dâm", "Lời. Số 5"]]


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


def test_pages_say_what_they_are_and_whose_by_a_number_in_a_list() -> None:
    table = files(
        [
            page_entry("a/", "A", "<p>a</p>", ["Cán bộ xã", "Cán bộ tỉnh"], "adults", "lesson"),
            page_entry("b/", "B", "<p>b</p>", ["Học sinh", "Cha mẹ"], "minors", "campaign"),
            page_entry("ho-tro/", "C", "<p>c</p>"),
            page_entry("d/", "D", "<p>d</p>"),
        ]
    )["table.json"]
    assert table["readers"] == [
        ["cán bộ xã, cán bộ tỉnh", "Bài học"],
        ["học sinh, cha mẹ", "Chiến dịch"],
        ["", "Trang"],
    ]
    assert table["pages"] == [["a/", "A", 0], ["b/", "B", 1], ["ho-tro/", "C", 2], ["d/", "D", 2]]
    assert table["help"] == 2


def test_a_section_for_adults_is_left_out_for_minors() -> None:
    html = '<h2 id="mot" data-for="adults">Một</h2><p>Lời.</p><h2 id="hai">Hai</h2><p>Lời.</p>'
    page = page_entry("a/", "Trang", html)
    assert [part.anchor for part in page.sections] == ["", "mot", "hai"]
    assert [part.anchor for part in page.for_minors.sections] == ["", "hai"]


def test_what_pupils_may_find_holds_no_word_of_what_is_for_adults(tmp_path: Path) -> None:
    for adult in ("<p>kín</p>", "<p>sửa</p>"):
        html = '<h2 id="mot" data-for="adults">kín</h2><p>kín</p><h2 id="hai">mở</h2>'
        entries = [page_entry("a/", "A", adult, (), "adults"), page_entry("b/", "B", html)]
        write_index(tmp_path, entries)
    stub = json.loads((tmp_path / STUB).read_text(encoding="utf-8"))["config"]
    for_all, for_minors = (
        "".join(file.read_text(encoding="utf-8") for file in sorted((tmp_path / stub[whose]).iterdir()))
        for whose in ("index", "minors")
    )
    assert all(word in for_all for word in ("sửa", "kín", "mở"))
    assert "mở" in for_minors
    assert not any(word in for_minors for word in ("sửa", "kín", '"a/"'))
    folders = [file for file in (tmp_path / FOLDER).iterdir() if file.is_dir()]
    assert len(folders) == 2, "no former index is left"


def test_a_title_says_how_many_words_it_has_and_whether_it_is_numbered() -> None:
    html = '<h2 id="dieu-3">Điều 3. Mức phạt</h2><p>Lời.</p><h2 id="hai">Điều 4</h2><p>Lời.</p>'
    assert files([page_entry("a/", "Văn bản 5 điều", html)])["table.json"]["titles"] == [[4, -4, 2]]


PARTS = "Bán bàn BÁN đâm dâm Đ 282/2025 a-b hòa hoà . ,"
WORDS = st.lists(
    st.sampled_from(PARTS.split(" ")),
    max_size=9,
)


@given(st.lists(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4), max_size=4))
def test_every_word_is_found_where_it_stands_and_nowhere_else(
    pages: list[list[tuple[list[str], list[str]]]],
) -> None:
    entries = [
        page_entry(
            f"{nth}/",
            " ".join(parts[0][0]),
            "".join(
                (f'<h2 id="t{part}">{" ".join(title)}</h2>' if part else "") + f"<p>{' '.join(text)}</p>"
                for part, (title, text) in enumerate(parts)
            ),
        )
        for nth, parts in enumerate(pages)
    ]
    written = files(entries)
    shards = [written[f"words-{nth}.json"] for nth in range(len(written["table.json"]["shards"]))]
    indexed = {(word, *place) for shard in shards for word, row in shard.items() for place in places(row)}
    known = [part for entry in entries for part in entry.sections]
    assert indexed == {
        (word, section, place)
        for section, part in enumerate(known)
        for place, word in enumerate(WORD.findall(f"{part.title} {part.text}".lower()))
    }


def test_all_spellings_of_a_word_stand_in_one_file_and_files_in_the_order_of_words() -> None:
    words = " ".join(f"{start}{vowel}n" for start in "bcdđghklmnprstvx" for vowel in "aáàảạăắâấ")
    written = files([page_entry(f"{nth}/", "Trang", f"<p>{words * 20}</p>") for nth in range(30)])
    first = written["table.json"]["shards"]
    assert len(first) > 2
    assert first == sorted(first)
    plain = [{folded(word) for word in written[f"words-{nth}.json"]} for nth in range(len(first))]
    assert all(min(words) == start for words, start in zip(plain, first, strict=True))
    assert sum(map(len, plain)) == len(set.union(*plain))
