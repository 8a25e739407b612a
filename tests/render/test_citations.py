"""Citations on a page: numbers with a list behind the text, words in brackets, articles in tables."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from taphuan.programme.loader import load
from taphuan.programme.model.values import ReadOnly
from taphuan.render.site.cited_law import by_article, cited_documents
from taphuan.render.site.context import SiteContext
from taphuan.render.text.citations import NumberedCitations, short_name
from taphuan.render.text.prose import Prose

PAGE = "khoa-hoc/nuoc-sach/bao-nuoc-ban/"


@pytest.fixture
def prose(good: Path) -> Prose:
    programme = load(good).programme
    assert programme
    return Prose(programme)


def shown(html: str) -> str:
    """Returns what a reader sees, each number of a citation in brackets."""
    raised = re.sub(r"<a [^>]*citation--number[^>]*>(.*?)</a>", r"[\1]", html)
    return re.sub(r"<[^>]+>", "", raised)


def numbered(prose: Prose, text: str) -> str:
    return shown(prose.html(text, PAGE, numbered=NumberedCitations()))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Giữ nguồn nước [@nd-moi:3].", "Giữ nguồn nước.[1]"),
        ("Báo ngay [@nd-moi:3], rồi ghi.", "Báo ngay,[1] rồi ghi."),
        ("Giữ [@nd-moi:3] nguồn nước.", "Giữ[1] nguồn nước."),
        ("Báo [@nd-moi:3] [@nd-moi:8.2].", "Báo.[1][2]"),
        ("Một [@nd-moi:3]. Hai [@nd-moi:8.2]. Ba [@nd-moi:3].", "Một.[1] Hai.[2] Ba.[1]"),
        ("**Báo ngay** [@nd-moi:3].", "Báo ngay.[1]"),
        ("Báo ngay! [@nd-moi:3]", "Báo ngay![1]"),
        ("Cũ [@nd-cu:4|cũ], ngờ [@nd-moi:8.6|chưa kiểm].", "Cũ,[1 cũ] ngờ.[2 chưa kiểm]"),
    ],
)
def test_a_citation_is_a_number_at_its_word_behind_the_stop(prose: Prose, written: str, read: str) -> None:
    assert numbered(prose, written) == read


def test_a_number_says_to_who_hears_it_what_it_stands_for(prose: Prose) -> None:
    made = prose.html("Giữ nguồn [@nd-moi:3].", PAGE, numbered=NumberedCitations())
    assert 'aria-label="Chú thích 1: Nghị định 2/2025, Điều 3"' in made
    assert 'href="#nguon-1"' in made


def test_the_first_place_of_a_number_alone_has_its_anchor(prose: Prose) -> None:
    made = prose.html("Một [@nd-moi:3], hai [@nd-moi:3].", PAGE, numbered=NumberedCitations())
    assert made.count('id="dan-1"') == 1
    assert made.count('href="#nguon-1"') == 2


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Giữ nguồn nước [@nd-moi:3].", "Giữ nguồn nước (Nghị định 2/2025, Điều 3)."),
        (
            "Báo [@nd-moi:3] [@nd-cu:4|cũ].",
            "Báo (Nghị định 2/2025, Điều 3; Nghị định 1/2020, Điều 4, văn bản cũ).",
        ),
        (
            "Giữ nguồn nước [@nd-moi:3] [@nd-moi:8.2] [@nd-moi].",
            "Giữ nguồn nước (Nghị định 2/2025, Điều 3; Điều 8 khoản 2; Nghị định 2/2025).",
        ),
        (
            "Mức ở [@nd-moi:3], của hộ ở [@nd-moi:8.2]; báo ngay [@nd-moi:3].",
            "Mức ở Nghị định 2/2025, Điều 3, của hộ ở Nghị định 2/2025, Điều 8 khoản 2;"
            " báo ngay (Nghị định 2/2025, Điều 3).",
        ),
        ("Theo Nghị định 2/2025 [@nd-moi:3].", "Theo Nghị định 2/2025 (Điều 3)."),
        (
            "Theo [@nd-moi:3] và [@nd-moi:8.2].",
            "Theo Nghị định 2/2025, Điều 3 và Nghị định 2/2025, Điều 8 khoản 2.",
        ),
    ],
)
def test_where_nothing_lists_what_is_cited_it_stands_in_brackets(
    prose: Prose, written: str, read: str
) -> None:
    assert shown(prose.html(written, PAGE)) == read


def rows(made: str) -> list[list[str]]:
    return [
        [shown(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", made, re.DOTALL)
    ]


def test_a_column_of_one_law_names_it_in_its_head_and_the_articles_in_its_cells(prose: Prose) -> None:
    table = "| Việc | Căn cứ |\n|---|---|\n| Giữ | [@nd-moi:3] |\n| Báo | [@nd-moi:8.2] [@nd-moi:3] |\n"
    made = prose.html(table, PAGE, numbered=NumberedCitations())
    assert rows(made) == [["Việc", "Căn cứ, NĐ 2/2025"], ["Giữ", "Đ. 3"], ["Báo", "Đ. 8 khoản 2, Đ. 3"]]
    assert 'href="../../../phap-luat/nd-moi/#dieu-3"' in made


def test_a_column_of_several_laws_names_each_in_its_cell(prose: Prose) -> None:
    table = "| Việc | Căn cứ |\n|---|---|\n| Giữ | [@nd-moi:3] |\n| Trước | [@nd-cu:4\\|cũ] |\n"
    assert rows(prose.html(table, PAGE)) == [
        ["Việc", "Căn cứ"],
        ["Giữ", "NĐ 2/2025, Đ. 3"],
        ["Trước", "NĐ 1/2020, Đ. 4 (văn bản cũ)"],
    ]


def test_a_cell_that_says_more_than_its_law_has_a_number(prose: Prose) -> None:
    table = "| Việc | Nơi |\n|---|---|\n| Giữ nguồn [@nd-moi:3] | bản |\n| Báo | xã |\n"
    assert rows(prose.html(table, PAGE, numbered=NumberedCitations()))[1] == ["Giữ nguồn[1]", "bản"]


def test_a_contact_that_is_all_of_a_cell_or_an_item_is_a_button(prose: Prose) -> None:
    text = "| Việc | Gọi |\n|---|---|\n| Bẩn | [contact:to-cap-nuoc] |\n\n- [contact:to-cap-nuoc]\n"
    made = prose.html(text + "\nRồi gọi [contact:to-cap-nuoc] nhé.", PAGE)
    assert made.count('class="contact call" href="tel:0900"') == 2
    assert made.count('class="contact" href="tel:0900"') == 1


def test_the_list_has_each_number_under_its_law_and_what_has_none_besides(prose: Prose) -> None:
    context, gathered = SiteContext(programme=prose.programme, prose=prose), NumberedCitations()
    text = "Một [@nd-moi:3], hai [@nd-cu:4|cũ], ba [@nd-moi:8.2]."
    prose.html(text, PAGE, numbered=gathered)
    listed = cited_documents(context, gathered, (text, "Bảng [@nd-moi:8a]"), PAGE)
    assert [(law.id, [place.number for place in law.places], law.others) for law in listed] == [
        ("nd-moi", [1, 3], ("Điều 8a",)),
        ("nd-cu", [2], ()),
    ]
    first = listed[0].places[0]
    assert (first.words, first.anchor, first.call) == ("Điều 3", "nguon-1", "dan-1")
    assert first.gist.count(".") <= 1


def test_the_list_says_of_a_place_only_what_the_status_of_its_law_does_not(prose: Prose) -> None:
    """That law has ended stands above its places; that one of them was never compared does not."""
    register = prose.programme.register
    ended = register.documents["nd-cu"].model_copy(update={"confidence": "medium"})
    known = register.model_copy(update={"documents": ReadOnly({**register.documents, "nd-cu": ended})})
    programme = replace(prose.programme, register=known)
    context, gathered = SiteContext(programme=programme, prose=Prose(programme)), NumberedCitations()
    text = "Trước [@nd-cu:4|cũ], nay hỏi [@nd-cu:5]."
    context.prose.html(text, PAGE, numbered=gathered)
    (law,) = cited_documents(context, gathered, (text,), PAGE)
    assert [(place.words, place.doubt) for place in law.places] == [
        ("Điều 4", ""),
        ("Điều 5", "cần đối chiếu bản gốc"),
    ]


def test_clauses_of_an_article_that_follow_each_other_are_named_behind_it_once() -> None:
    places = (
        "Điều 32 khoản 1",
        "Điều 32 khoản 2",
        "Điều 33 khoản 1",
        "Điều 9",
        "Điều 33 khoản 2",
        "Điều 9 khoản 1",
    )
    doubted = ("Điều 5 khoản 1", "Điều 5 khoản 2 (văn bản cũ)", "Điều 5 khoản 3 điểm a")
    assert [words.replace("\xa0", " ") for words in by_article(places)] == [
        "Điều 32 khoản 1, 2",
        "Điều 33 khoản 1",
        "Điều 9",
        "Điều 33 khoản 2",
        "Điều 9 khoản 1",
    ]
    assert by_article(doubted) == doubted


@pytest.mark.parametrize(
    ("name", "short"),
    [("Nghị định 282/2025", "NĐ 282/2025"), ("Luật Trẻ em", "Luật Trẻ em"), ("Thông tư 5/2026", "TT 5/2026")],
)
def test_a_decree_is_shortened_as_offices_do(name: str, short: str) -> None:
    assert short_name(name) == short
