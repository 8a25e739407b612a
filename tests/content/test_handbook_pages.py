"""The communes' handbook off the press: what stands beside its text, what is kept whole, where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from markupsafe import Markup
from programme_texts import bare, paper_context, programme

from taphuan.render.chromium import each_sheet, run_async
from taphuan.render.paper.answers import self_checks, short_reason
from taphuan.render.paper.handbook import handbook
from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Sheet
from taphuan.render.text.citations import short_name, spelled_where_leaned_on

COURSE = "can-bo-cap-xa"
#: Points that the outer margin and the notes beside the text take of a page.
OUTER = 160
#: Points above the text, in which nothing but the head stands.
HEAD = 38
#: Share of a page's width that the outer side of its head may take.
OUTER_HEAD = 0.57
#: Pixels between the margins.
PRINTED_WIDTH = 635


@pytest.fixture(scope="module")
def book() -> Sheet:
    return handbook(paper_context("colour"), programme().courses[COURSE])


@pytest.fixture(scope="module")
def pdf(book: Sheet, chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handbook")
    (done,) = print_sheets([book], out=folder / "out", cache=folder / "cache", executable=chromium_path)
    return done.path


@pytest.fixture(scope="module")
def pages(pdf: Path) -> list[str]:
    """What is read on each page, without spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [bare(page.get_textpage().get_text_bounded()) for page in document]


def strips(pdf: Path) -> Iterator[tuple[str, str]]:
    """What stands in the outer part of each page, and as wide at its inner side."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            text, width, height = page.get_textpage(), page.get_width(), page.get_height()
            left = text.get_text_bounded(0, 0, OUTER, height)
            right = text.get_text_bounded(width - OUTER, 0, width, height)
            yield (bare(right), bare(left)) if number % 2 else (bare(left), bare(right))


def heads(pdf: Path) -> Iterator[tuple[str, str]]:
    """What stands above the text of each page, at its outer side, which is wider, and at its inner."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            text, width, top = page.get_textpage(), page.get_width(), page.get_height()
            parting = width * (1 - OUTER_HEAD if number % 2 else OUTER_HEAD)
            left = bare(text.get_text_bounded(0, top - HEAD, parting, top))
            right = bare(text.get_text_bounded(parting, top - HEAD, width, top))
            yield (right, left) if number % 2 else (left, right)


def words(html: str) -> str:
    """What is read, of HTML without a style."""
    return Markup(re.sub(r"<[^>]+>", " ", html)).unescape()


def pieces(html: str, opening: str, closing: str) -> list[str]:
    """What is read in each element that begins and ends so."""
    return [bare(words(part.partition(closing)[0])) for part in html.split(opening)[1:]]


def test_the_law_that_a_paragraph_cites_stands_beside_it_at_the_outer_side(book: Sheet, pdf: Path) -> None:
    notes = set(pieces(book.html, '<div class="beside">', "</div>"))
    on_pages = list(strips(pdf))
    parities = {note: {nth % 2 for nth, (outer, _) in enumerate(on_pages) if note in outer} for note in notes}
    assert len(notes) > 40
    assert [note for note in notes if not parities[note]] == []
    assert set.union(*parities.values()) == {0, 1}


def test_whom_to_call_stands_at_the_head_of_a_lesson_at_the_outer_side(book: Sheet, pdf: Path) -> None:
    heads = pieces(book.html, '<div class="calls">', "</ul>")
    outer = [side for side, _ in strips(pdf)]
    assert len(heads) > 10
    assert [head for head in heads if not any(head in side for side in outer)] == []
    assert all(re.search(r"11[135]|18\d\d", head) for head in heads)


def test_the_head_of_a_page_says_its_lesson_at_the_outer_side_and_its_part_at_the_inner(pdf: Path) -> None:
    course = programme().courses[COURSE]
    expected = [
        (bare(f"Bài {course.lesson_ids.index(id) + 1}. {programme().lessons[id].title}"), bare(part.title))
        for part in course.modules
        for id in map(course.lesson_id, part.lessons)
    ]
    said = list(heads(pdf))
    pages = [[nth for nth, head in enumerate(said) if head == lesson] for lesson in expected]
    assert [lesson for lesson, on in zip(expected, pages, strict=True) if not on] == []
    assert [nth for on in pages for nth in on] == list(range(pages[0][0], pages[-1][-1] + 1))
    assert said[-1][0] == bare("Số điện thoại và nơi giúp đỡ")


def test_a_flow_stands_whole_on_one_page(pages: list[str]) -> None:
    lessons = set(programme().courses[COURSE].lesson_ids)
    flows = [
        flow
        for flow in programme().flows.values()
        if lessons & {lesson.id for lesson in programme().lessons_with(flow)}
    ]
    assert len(flows) >= 8
    for flow in flows:
        boxes = [bare(step.title) for step in flow.steps.values()]
        assert any(all(box in page for box in boxes) for page in pages), flow.id


def test_a_choice_and_what_follows_from_it_are_read_on_one_page(book: Sheet, pages: list[str]) -> None:
    paragraphs = [
        [bare(words(text)) for text in re.split(r"<[^>]+>", "<li" + part) if len(bare(words(text))) > 8]
        for scenario in book.html.split('<ol class="paragraphs">')[1:]
        for part in scenario.partition("</section>")[0].split('<li class="paragraph"')[1:]
    ]
    assert len(paragraphs) > 30
    for texts in paragraphs:
        assert any(all(text in page for text in texts) for page in pages), texts[0]


def test_nothing_is_wider_than_the_page_since_all_would_be_printed_smaller(
    book: Sheet, chromium_path: str
) -> None:
    async def widest(page: Any, sheet: Sheet) -> int:
        await page.set_viewport_size({"width": PRINTED_WIDTH, "height": 1000})
        await page.set_content(sheet.html)
        width: int = await page.evaluate("document.documentElement.scrollWidth")
        return width

    assert run_async(each_sheet([book], chromium_path, 1, widest)) == [PRINTED_WIDTH]


def test_a_place_of_law_is_listed_with_what_its_article_is_about_told_once(book: Sheet) -> None:
    listed = re.findall(r'<span class="where">(.*?)</span> <span class="what">(.*?)</span>', book.html, re.S)
    titles = {
        article.title for law in programme().register.documents.values() for article in law.articles.values()
    }
    subjects = [words(what).partition("(")[0].strip().replace("\xa0", " ") for _, what in listed]
    assert len(listed) > 100
    assert len(list(filter(None, subjects))) > len(listed) / 2
    assert {title for title in subjects if title} <= {title for title in titles if title}
    of_article = [where.replace("\xa0", " ").partition(" k.")[0] for where, _ in listed]
    again = [nth for nth in range(1, len(listed)) if of_article[nth] == of_article[nth - 1] != "cả văn bản"]
    assert [listed[nth] for nth in again if subjects[nth]] == []


def test_law_that_an_answer_names_in_words_is_listed(book: Sheet) -> None:
    register, named = programme().register, set[tuple[str, str]]()
    for lesson in programme().lessons_of(programme().courses[COURSE]):
        for _, _, question in self_checks(programme(), lesson):
            spelled_where_leaned_on(
                register,
                short_reason(question),
                lambda pointer: named.add((pointer.id, pointer.locator.partition(".")[0])),
            )
    laws = pieces(book.html, '<p class="law-name">', "</p>")
    in_words = {
        law: words(part.partition('<p class="tabled">')[2].partition("</p>")[0])
        for law, part in zip(laws, book.html.split('<p class="law-name">')[1:], strict=True)
    }
    articles = [(id, article) for id, article in named if article.isdigit()]
    assert len(articles) > 8
    for id, article in articles:
        short = bare(short_name(register.documents[id].short))
        (said,) = (words for law, words in in_words.items() if law.startswith(short))
        ranges = re.findall(r"(\d+)(?:–(\d+))?", said)
        assert any(int(first) <= int(article) <= int(last or first) for first, last in ranges), (id, article)


def test_the_last_page_has_the_numbers_to_call(pdf: Path, pages: list[str]) -> None:
    with pikepdf.open(pdf) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
        place = numbers[document.Root.Dests["/so-dien-thoai"][0].objgen]
    assert place == len(pages)
    assert [number in pages[-1] for number in ("113", "111", "115")] == [True] * 3


def test_the_communes_handbook_takes_no_more_paper_than_it_took_without_notes_beside_its_text(
    pages: list[str],
) -> None:
    # Of 104, with five of a lesson that is new, and the strip of the first hours in six lessons.
    assert len(pages) <= 111


def test_an_answer_has_its_number_and_its_letters_before_why(book: Sheet) -> None:
    numbered = r'"no">(\d+)\.</b> <b class="right whole">([^<]+)\.</b> <span class="why">(.+?)</span></li>'
    answers = re.findall(numbered, book.html, re.S)
    assert len(answers) == book.html.count('<li class="question">') > 60
    assert all(letters.strip() and why.strip() for _, letters, why in answers)
