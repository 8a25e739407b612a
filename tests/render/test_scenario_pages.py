"""A branching scenario where a lesson places it: folded on the page, numbered on paper, told to trainers."""

from __future__ import annotations

import re
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import pytest
from paper_sheets import words
from programmes import Edit

from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.render.paper import sheets
from taphuan.render.paper.mono_picture import mono_drawing
from taphuan.render.paper.numbered_scenario import beginnings
from taphuan.render.printable import Sheet
from taphuan.render.site import SitePage, pages
from taphuan.render.text.prose import Prose

LESSON, FILE = "khoa-hoc/nuoc-sach/bao-nuoc-ban/", "content/lessons/nuoc-sach/bao-nuoc-ban.md"
FLOW = "!!! flow thay-nuoc-ban\n"
HANDOUT, BOOK, GUIDE = "nuoc-sach-bao-nuoc-ban", "nuoc-sach-so-tay", "nuoc-sach-tap-huan-vien"


@pytest.fixture
def programme(good: Path) -> Programme:
    programme = load(good).programme
    assert programme is not None
    return programme


@pytest.fixture
def page(programme: Programme) -> SitePage:
    return next(page for page in pages(programme) if page.address == LESSON)


@pytest.fixture
def paper(programme: Programme) -> dict[str, Sheet]:
    return {sheet.id: sheet for sheet in sheets(programme, Prose(programme))}


class Folds(HTMLParser):
    """Notes how many folded elements stand around each scene."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.scenes = 0, list[tuple[str, int]]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "details"
        if scene := dict(attrs).get("data-scene"):
            self.scenes.append((scene, self.depth))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "details"


# --- on the page ----------------------------------------------------------------------------------


def test_without_scripts_each_scene_stands_once_folded_into_the_choice_that_leads_there(
    page: SitePage,
) -> None:
    folds = Folds()
    folds.feed(page.body)
    assert folds.scenes == [("sang-som", 0), ("to-den", 1), ("nha-ben", 1)]
    assert folds.depth == 0


def test_other_ways_to_a_scene_are_links_that_say_whether_they_lead_back(page: SitePage) -> None:
    links = re.findall(r'<p class="scenario__onward"><a href="#([^"]+)">(.*?)</a>', page.body)
    assert links == [
        ("tinh-huong-nuoc-duc-sang-som", "Quay lại: Vòi chảy nước đục."),
        ("tinh-huong-nuoc-duc-to-den", "Đọc tiếp: Tổ cấp nước đến."),
        ("tinh-huong-nuoc-duc-sang-som", "Quay lại: Vòi chảy nước đục."),
    ]
    assert {anchor for anchor, _ in links} <= set(re.findall(r'id="([^"]+)"', page.body))


def test_its_law_contacts_and_terms_are_those_of_the_lesson(good: Path, edit: Edit) -> None:
    """The flow beside it, which cites the same law and names the same contact, is taken out."""
    edit(good, FILE, FLOW, "")
    programme = load(good).programme
    assert programme is not None
    body = next(page.body for page in pages(programme) if page.address == LESSON)
    drawn = body[body.index("data-scenario") : body.index("</section>", body.index("data-scenario"))]
    cited = body[body.index("van-ban-da-dan") :]
    assert "Nghị định 2/2025" in cited
    assert "Điều 3" in cited
    assert 'href="tel:0900"' in drawn
    assert 'class="term"' in drawn


def test_what_is_for_the_trainer_is_on_no_page_and_on_no_sheet_but_the_guide(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    shown = {page.address: page.body for page in pages(programme)}
    shown |= {id: sheet.html for id, sheet in paper.items()}
    with_remarks = {id for id, html in shown.items() if "Không chê nhà nào" in html}
    assert with_remarks == {GUIDE, f"{GUIDE}-den-trang"}


def test_only_a_lesson_with_a_scenario_shows_one(programme: Programme) -> None:
    lessons = (page for page in pages(programme) if page.meta["kind"] == "lesson")
    assert {page.address: "data-scenario" in page.body for page in lessons} == {
        LESSON: True,
        "khoa-hoc/nuoc-sach/giu-nguon-nuoc/": False,
    }


def test_it_stands_between_the_paragraphs_where_it_was_placed(good: Path, edit: Edit) -> None:
    edit(good, FILE, "\n\n!!! scenario nuoc-duc\n", "\n")
    edit(good, FILE, "## Gọi ai\n", "!!! scenario nuoc-duc\n## Gọi ai\n")
    programme = load(good).programme
    assert programme is not None
    body = next(page.body for page in pages(programme) if page.address == LESSON)
    places = [body.index(words) for words in ("ngừng dùng", "data-scenario", ">Gọi ai</h2>", "Gọi tổ trực")]
    assert places == sorted(places)


# --- on paper --------------------------------------------------------------------------------------


def test_a_choice_names_the_paragraph_to_read_next(paper: dict[str, Sheet]) -> None:
    text = paper[BOOK].html
    assert re.findall(r"Nếu chọn (\w), đọc mục[\s\xa0](\d)", text) == [
        *(("A", "2"), ("B", "3"), ("C", "5")),
        *(("A", "6"), ("B", "7")),
    ]
    assert re.findall(r'class="onward">([^<]+)', text) == [
        *("Quay lại mục\xa01.", "Đọc tiếp mục\xa04."),
        *("Đọc tiếp mục\xa04.", "Quay lại mục\xa01."),
    ]


def test_a_scene_with_one_way_in_stands_in_the_paragraph_of_that_choice(programme: Programme) -> None:
    order = beginnings(programme.scenarios["nuoc-duc"])
    assert [scene for _, scene in order] == ["sang-som", None, None, "to-den", "nha-ben", None, None]
    assert [bool(way) for way, _ in order] == [False, True, True, False, True, True, True]


def test_a_handout_names_it_and_has_neither_its_scenes_nor_the_law_and_numbers_of_those(
    good: Path, edit: Edit
) -> None:
    edit(good, FILE, FLOW, "")
    programme = load(good).programme
    assert programme is not None
    paper = {sheet.id: sheet for sheet in sheets(programme, Prose(programme))}
    handout, book = paper[HANDOUT].html, paper[BOOK].html
    assert "Tình huống rẽ nhánh “Nước đục sau mưa”:" in words(handout)
    for scene in ("Nếu chọn", 'class="paragraphs"'):
        assert scene in book
        assert scene not in handout
    assert "Điều\xa03" in book
    assert "Đ.\xa03" not in handout


def test_it_is_in_the_handbook_one_level_down(paper: dict[str, Sheet]) -> None:
    assert "<h3>Tình\xa0huống rẽ nhánh: Nước đục sau mưa</h3>" in paper[BOOK].html


def test_its_picture_is_grey_in_the_edition_without_colour(good: Path, edit: Edit) -> None:
    edit(good, "content/pictures/giot-nuoc.svg", "<path ", '<path fill="#22395b" ')
    programme = load(good).programme
    assert programme is not None
    paper = {sheet.id: sheet for sheet in sheets(programme, Prose(programme))}
    drawn = [
        re.findall(r'<img class="scenario-picture" src="data:image/svg[^,]+,([^"]+)', sheet.html)
        for sheet in (paper[BOOK], paper[f"{BOOK}-den-trang"])
    ]
    colour, mono = (b64decode(picture).decode() for (picture,) in drawn)
    assert mono == mono_drawing(colour) != colour


def test_the_guide_has_what_a_good_conversation_about_it_needs(paper: dict[str, Sheet]) -> None:
    guide = paper[GUIDE].html
    section = guide[guide.index("“Nước đục sau mưa”") :]
    assert re.findall(r"<li>([^<]+)</li>", section)[:2] == [
        "Hỏi lớp vì sao ai cũng muốn dùng ngay.",
        "Không chê nhà nào.",
    ]


def test_notes_about_a_scenario_alone_make_a_guide(good: Path, edit: Edit) -> None:
    lesson = "content/lessons/nuoc-sach/giu-nguon-nuoc.md"
    edit(good, lesson, "activities:\n  - {title: Đi thăm nguồn nước, minutes: 10, form: nhóm}\n", "")
    edit(good, lesson, "trainer_notes: |\n  Hỏi học viên trước khi mở hình.\n  Nhắc mang ủng.\n", "")
    programme = load(good).programme
    assert programme is not None
    assert GUIDE in {sheet.id for sheet in sheets(programme, Prose(programme))}
