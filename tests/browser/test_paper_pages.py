"""Handbooks and handouts of the programme as they leave the printer: how full their pages are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

pytestmark = pytest.mark.thorough

#: Pixels to a point: enough to see where ink ends.
SCALE = 0.25
#: Points at the head and the foot of a page that its running lines take.
HEAD, FOOT = 51, 48
#: In a guide what is observed begins on a page of its own, so that the one before it may be short.
BOOKS = ("handbook", "handout")
#: Pages that a course's handbook had before lessons followed each other, without answers to self-checks;
#: the communes' one with seven more for a lesson that came since.
FORMER_PAGES = {"can-bo-cap-xa": 145, "can-bo-cap-tinh": 144, "tuyen-truyen-vien": 55}


def share_printed_on(page: Any) -> float:
    """How far down the page its text goes, of what there is between the running lines."""
    drawn = page.render(scale=SCALE, grayscale=True).to_pil()
    head, foot = round(HEAD * SCALE), drawn.height - round(FOOT * SCALE)
    ink = drawn.crop((0, head, drawn.width, foot)).point(lambda level: 255 * (level < 245)).getbbox()
    return float(ink[3] / (foot - head)) if ink else 0.0


def sheets_of(site: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The colour edition of each; the black one has the same lines."""
    sheets = json.loads((site / "tai-lieu/index.json").read_text(encoding="utf-8"))
    yield from (sheet for sheet in sheets if sheet["kind"] == kind and sheet["edition"] == "colour")


@pytest.fixture(scope="module")
def shares(site: Path) -> dict[str, dict[str, list[float]]]:
    """Of each kind, how far down every page of every sheet is printed on."""

    def of_sheet(path: str) -> list[float]:
        with pypdfium2.PdfDocument(site / path) as document:
            return [share_printed_on(page) for page in document]

    return {kind: {sheet["id"]: of_sheet(sheet["path"]) for sheet in sheets_of(site, kind)} for kind in BOOKS}


@pytest.mark.parametrize("kind", BOOKS)
def test_no_page_but_a_last_one_is_less_than_two_fifths_full(
    shares: dict[str, dict[str, list[float]]], kind: str
) -> None:
    empty = {
        f"{id}, {number}": round(share, 2)
        for id, pages in shares[kind].items()
        for number, share in enumerate(pages[:-1], 1)
        if share < 0.4
    }
    assert len(shares[kind]) >= 8
    assert empty == {}


def test_pages_of_a_handbook_are_printed_on_by_five_sixths(
    shares: dict[str, dict[str, list[float]]],
) -> None:
    means = {id: sum(pages) / len(pages) for id, pages in shares["handbook"].items()}
    assert {id: round(mean, 2) for id, mean in means.items() if mean < 5 / 6} == {}


def test_one_handout_in_eight_at_most_ends_on_a_page_all_but_empty(
    shares: dict[str, dict[str, list[float]]],
) -> None:
    lasts = {id: pages[-1] for id, pages in shares["handout"].items()}
    assert len(lasts) >= 60
    assert len([id for id, share in lasts.items() if share < 0.25]) <= len(lasts) / 8


def page_of(pdf: pikepdf.Pdf, name: str) -> int:
    """The page, from 1, of a place that a link leads to."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    return numbers[pdf.Root.Dests["/" + name][0].objgen]


@pytest.mark.parametrize("course", FORMER_PAGES)
def test_a_handbook_takes_three_quarters_of_the_pages_it_took_answers_apart(site: Path, course: str) -> None:
    """Answers, which are new, end where the glossary begins."""
    with pikepdf.open(site / f"tai-lieu/{course}-so-tay.pdf") as pdf:
        pages, answers = len(pdf.pages), page_of(pdf, "tra-cuu") - page_of(pdf, "dap-an")
    assert (pages - answers) / FORMER_PAGES[course] <= 0.75


def test_numbers_of_a_handbooks_pages_stand_at_the_outer_edge(site: Path) -> None:
    with pypdfium2.PdfDocument(site / "tai-lieu/can-bo-cap-xa-so-tay.pdf") as document:
        for number in (4, 5, 20, 21):
            text, page = document[number - 1].get_textpage(), document[number - 1]
            left = text.get_text_bounded(0, 0, page.get_width() / 3, FOOT)
            right = text.get_text_bounded(page.get_width() * 2 / 3, 0, page.get_width(), FOOT)
            assert (str(number) in left, str(number) in right) == (number % 2 == 0, number % 2 == 1)


def test_words_on_the_colours_of_a_leaflet_keep_ten_millimetres_from_the_edge_of_the_paper(
    site: Path,
) -> None:
    """A cover's title that may not break once ran to the edge of its field."""
    ends = {}
    for sheet in sheets_of(site, "leaflet"):
        with pypdfium2.PdfDocument(site / sheet["path"]) as document:
            outside = document[0]
            text = outside.get_textpage()
            places = [text.get_rect(place) for place in range(text.count_rects())]
            left, right = min(place[0] for place in places), max(place[2] for place in places)
            ends[sheet["id"]] = min(left, outside.get_width() - right) / 72 * 25.4
    assert len(ends) >= 12
    assert {id: round(end, 1) for id, end in ends.items() if end < 9.9} == {}
