"""Handouts of the programme as printed: four pages, whole boxes, fines as bars, whom to call first."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from pathlib import Path

import pypdfium2
import pytest
from markupsafe import Markup
from programme_texts import programme

from taphuan.render.paper.context import PaperContext
from taphuan.render.paper.fine_bars import WIDE, fine_scale
from taphuan.render.paper.handout import handouts
from taphuan.render.paper.lesson import lessons_on_paper
from taphuan.render.paper.look_up_card import look_up_cards
from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Printed, Sheet
from taphuan.render.text.prose import Prose

FINES = "can-bo-cap-xa-xu-phat-hanh-chinh"
#: The two longest, one with a branching scenario, one with a long flow, and one of few words.
PRINTED = (
    FINES,
    "can-bo-cap-xa-ho-so-xu-phat",
    "can-bo-cap-xa-tiep-nhan-tin-bao",
    "giao-vien-diem-danh-toi",
    "giao-vien-em-vua-ke",
    "dong-dang-vien-minh-met-roi",
    "nhan-vien-dich-vu-muoi-lam-phut-dau",
)
MOST_PAGES = 4
BOX = re.compile(
    r'<figure class="flow.*?</figure>|<div class="admonition (?:case|law|monday).*?</div>', re.DOTALL
)
UNSEEN = re.compile(r'<(\w+) class="visually-hidden">[^<]*</\1>')
#: Millimetres of a first page that may stay white below its text.
MOST_WHITE = 14
#: Letters of what is looked for on one line of text.
LEAST_SAID, MOST_SAID = 8, 40
LEAST_FILL = 0.25
SHORT = re.compile(r'<p class="short">(.*?)</p>', re.DOTALL)
#: Millimetres: how far down a page its text goes, and the least height of a line of it.
PAGE_ENDS, LEAST_LETTER = 285, 1.4
#: Millimetres: more than four lines of text are high.
FOUR_LINES = 26
BAR = re.compile(
    r'<td>((?:(?!<td>).)*)</td>\s*<td class="bar"><svg [^>]*aria-label="([^"]+)">(?:(?!</td>).)*?'
    r'x="([\d.]+)" y="0" width="([\d.]+)"(?:(?!</td>).)*</td>\s*<td>([^<]*)</td>',
    re.DOTALL,
)


@pytest.fixture(scope="module")
def sheets() -> dict[str, Sheet]:
    prose = Prose(programme())
    alone = lessons_on_paper(programme(), prose, "", is_alone=True)
    context = PaperContext(
        programme=programme(), prose=prose, site_url="", edition="mono", lessons={}, alone=alone
    )
    return {sheet.id.removesuffix("-den-trang"): sheet for sheet in handouts(context)}


@pytest.fixture(scope="module")
def printed(
    sheets: dict[str, Sheet], chromium_path: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Printed]:
    folder = tmp_path_factory.mktemp("handouts")
    done = print_sheets(
        [sheets[id] for id in PRINTED], out=folder, cache=folder / "cache", executable=chromium_path
    )
    return dict(zip(PRINTED, done, strict=True))


def bare(text: str) -> str:
    """The text without spaces, and without hyphens, which end a line as another character."""
    return re.sub(r"[\s\xa0\ufffe\u00ad\x02-]+", "", text)


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


# --- fines as bars --------------------------------------------------------------------------------


def test_each_fine_of_the_table_has_the_bar_of_its_act_and_passes_the_line_where_the_act_does(
    sheets: dict[str, Sheet],
) -> None:
    look_up, scale = programme().look_up, fine_scale(programme())
    assert look_up is not None
    assert scale is not None
    rows = BAR.findall(sheets[FINES].html)
    assert len(rows) == 11
    fines = {
        f"Đ. {number} k. {act.clause.partition('.')[0]}": act.fine for number, _, _, act in look_up.acts()
    }
    for cell, said, x, width, place in rows:
        fine = fines[place.replace("\u00a0", " ")]
        words = re.sub(r"<[^>]+>", "", cell).replace("\u00a0", " ")
        assert fine.words in words
        assert float(x) == pytest.approx(fine.low / look_up.highest_limit * WIDE, abs=0.1)
        end = max(fine.high / look_up.highest_limit * WIDE, float(x) + 9)
        assert float(x) + float(width) == pytest.approx(end, abs=0.2)
        assert said == ("xã quyết được" if fine.high <= look_up.commune_limit else "quá mức xã quyết")
    assert {said for _, said, *_ in rows} == {"xã quyết được", "quá mức xã quyết"}


def test_no_other_table_has_bars(sheets: dict[str, Sheet]) -> None:
    assert [id for id, sheet in sheets.items() if 'class="fined' in sheet.html.partition("<body>")[2]] == [
        FINES
    ]


# --- what a learner keeps -------------------------------------------------------------------------


def test_a_handout_says_whom_to_call_before_its_text(sheets: dict[str, Sheet]) -> None:
    for id in PRINTED:
        before, _, text = sheets[id].html.partition('class="body"')
        assert before.index('class="call"') < before.index('class="remember"')
        assert 'class="contacts"' not in text


def test_a_box_of_few_lines_is_not_cut_into_columns(sheets: dict[str, Sheet]) -> None:
    boxes = re.findall(
        r'<div class="admonition (?:law|case)( brief)?">\s*<p class="admonition-title">[^\n]*</p>(.*?)</div>',
        "".join(sheet.html for sheet in sheets.values()),
        re.DOTALL,
    )
    lengths = [len(Markup(text).striptags()) for brief, text in boxes if brief]
    assert len(lengths) > 8
    assert max(lengths) <= 290
    assert len(boxes) > len(lengths)
    assert all(len(re.findall(r"<p\b", text)) == 1 and "<li>" not in text for brief, text in boxes if brief)


def test_no_handout_says_note_numbers(sheets: dict[str, Sheet]) -> None:
    for sheet in sheets.values():
        assert 'class="note"' not in sheet.html
        assert "#note-" not in sheet.html


@pytest.mark.parametrize("id", PRINTED)
def test_it_has_four_pages_or_fewer_and_its_last_is_worth_its_paper(
    printed: dict[str, Printed], id: str
) -> None:
    assert printed[id].pages <= MOST_PAGES
    with pypdfium2.PdfDocument(printed[id].path) as pdf:
        last = pdf[len(pdf) - 1]
        foot, text = 20 / 297 * last.get_height(), last.get_textpage()
        bottoms = [text.get_charbox(index)[1] for index in range(text.count_chars())]
        lowest = min(bottom for bottom in bottoms if bottom > foot)
        assert 1 - lowest / last.get_height() > LEAST_FILL


@pytest.mark.parametrize("id", PRINTED)
def test_its_first_page_is_full(printed: dict[str, Printed], id: str) -> None:
    with pypdfium2.PdfDocument(printed[id].path) as pdf:
        picture = pdf[0].render(scale=2, grayscale=True).to_pil()
    dots = picture.height / 297
    above_foot = picture.crop((0, 0, picture.width, round((PAGE_ENDS - 2) * dots)))
    ink = above_foot.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert ink
    assert PAGE_ENDS - ink[3] / dots < MOST_WHITE


def test_a_table_that_a_flow_parts_from_its_heading_has_it_again(printed: dict[str, Printed]) -> None:
    first, second, *_ = (page.replace("\u00a0", " ") for page in texts(printed[FINES].path))
    heading = "Mức phạt từ ngày 15/12/2025"
    assert heading in first
    assert second.partition(f"{heading} (tiếp)")[2].lstrip().startswith("Hành vi")


@pytest.mark.parametrize("id", PRINTED)
def test_a_chart_on_the_next_page_has_its_heading_again(printed: dict[str, Printed], id: str) -> None:
    pages = texts(printed[id].path)
    for page, following in pairwise(pages):
        assert "(tiếp)" in following or "Sơ đồ ở trang sau." not in page.replace("\u00a0", " ")


@pytest.mark.parametrize("id", PRINTED)
def test_its_questions_stand_together_on_one_page(printed: dict[str, Printed], id: str) -> None:
    pages = texts(printed[id].path)
    (at,) = [number for number, text in enumerate(pages) if "Tự kiểm tra" in text]
    lesson = next(lesson for lesson in programme().lessons.values() if lesson.id.replace("/", "-") == id)
    asked = [programme().questions[name][1] for name in lesson.self_check]
    assert asked
    for question in asked:
        first = " ".join(re.sub(r"[*_]|\[.*", "", question.stem).split()[:4])
        assert first in pages[at].replace("\u00a0", " ")


@pytest.mark.parametrize("id", PRINTED)
def test_no_flow_and_no_box_of_it_is_cut(
    sheets: dict[str, Sheet], printed: dict[str, Printed], id: str
) -> None:
    pages = [bare(text) for text in texts(printed[id].path)]
    for box in BOX.findall(UNSEEN.sub("", sheets[id].html)):
        said = [
            bare(words)
            for words in re.split(r"<[^>]+>", Markup(box).unescape())
            if LEAST_SAID < len(bare(words)) < MOST_SAID
        ]
        assert said
        assert any(all(words in page for words in said) for page in pages), said[0]


@pytest.mark.parametrize("id", PRINTED)
def test_no_accent_of_the_next_page_stands_at_the_foot_of_a_page(
    printed: dict[str, Printed], id: str
) -> None:
    with pypdfium2.PdfDocument(printed[id].path) as pdf:
        for page in pdf:
            last, gap = last_ink(page)
            assert last > LEAST_LETTER or gap < LEAST_LETTER


def last_ink(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """How high the last ink above the foot is, and how far below the ink before it, in millimetres."""
    dots = 6
    image = page.render(scale=dots * 25.4 / 72, grayscale=True).to_pil()
    rows = [
        image.crop((0, row, image.width, row + 1)).getextrema()[0] < 128
        for row in range(200 * dots, PAGE_ENDS * dots)
    ]
    runs = [(is_ink, sum(1 for _ in run)) for is_ink, run in groupby(reversed(rows))]
    if not runs[0][0]:
        runs = runs[1:]
    lengths = [length / dots for _, length in runs] + [100.0, 100.0]
    return lengths[0], lengths[1]


@pytest.mark.parametrize("id", PRINTED)
def test_a_paragraph_of_four_lines_or_fewer_stands_whole_in_a_column(
    sheets: dict[str, Sheet], printed: dict[str, Printed], id: str
) -> None:
    body = sheets[id].html.partition('class="body"')[2]
    short = [bare(Markup(text).striptags()) for text in SHORT.findall(body)]
    heights = heights_on_pages(printed[id].path, short)
    assert set(heights) == set(short) != set()
    assert {text: height for text, height in heights.items() if not 0 < height < FOUR_LINES} == {}


def heights_on_pages(path: Path, wanted: list[str]) -> dict[str, float]:
    """How far each text ends below its begin, in millimetres, on the page that has all of it.

    A text that goes on in the next column ends above where it begins.
    """
    heights = {}
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            letters = page.get_textpage()
            places = [(bare(letters.get_text_range(at, 1)), at) for at in range(letters.count_chars())]
            text = "".join(letter for letter, _ in places)
            at_letter = [at for letter, at in places for _ in letter]
            for words in wanted:
                if (begin := text.find(words)) >= 0:
                    top = letters.get_charbox(at_letter[begin])[3]
                    bottom = letters.get_charbox(at_letter[begin + len(words) - 1])[1]
                    heights[words] = (top - bottom) / 72 * 25.4
    return heights


# --- look-up cards --------------------------------------------------------------------------------


def test_a_card_says_whom_to_ask_about_an_organisation_where_its_fine_would_stand() -> None:
    look_up, fronts = programme().look_up, sides_of_cards("front")
    assert look_up
    assert len(fronts) == 4
    for article, front in zip(look_up.articles.values(), fronts, strict=True):
        asked = [act for act in article.acts.values() if act.organisation == "asked"]
        is_asked_of_all = len(asked) == len(article.acts)
        assert ("<th>Tổ chức</th>" in front) is not is_asked_of_all
        assert front.count("hỏi Sở Tư pháp") == (1 if is_asked_of_all else len(asked))
    for back in sides_of_cards("back"):
        assert back.count("hỏi Sở Tư pháp") == 1
        assert re.findall(r"<li><b>(\d+)</b>", back) == ["113", "111", "115"]


def test_acts_of_an_article_that_are_fined_alike_share_one_row() -> None:
    article_34 = sides_of_cards("front")[2]
    rows = article_34.partition("<tbody>")[2].split("<tr>")[1:]
    clauses = [re.findall(r'class="clause">([^<]+)', row) for row in rows]
    assert clauses == [["1"], ["2"], ["3"], ["4.a", "4.b", "4.c"], ["5"]]


def sides_of_cards(side: str) -> list[str]:
    context = PaperContext(
        programme=programme(), prose=Prose(programme()), site_url="", edition="mono", lessons={}
    )
    (sheet,) = look_up_cards(context)
    html = sheet.html.replace("\u00a0", " ")
    return re.findall(rf'<article class="card card--{side}.*?</article>', html, re.DOTALL)
