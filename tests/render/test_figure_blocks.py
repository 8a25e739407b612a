"""A figure on pages and sheets: pictures of the programme, each in its edition, with their words."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path

import pytest
from programmes import SAMPLES, FindingsOf, change

from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.render.paper import sheets
from taphuan.render.paper.mono_picture import mono_drawing
from taphuan.render.site import pages
from taphuan.render.text.paper import Notes
from taphuan.render.text.prose import Prose

LESSON = "content/lessons/nuoc-sach/bao-nuoc-ban.md"
PAGE = "khoa-hoc/nuoc-sach/bao-nuoc-ban/"
ADDRESS = "../../../hinh/pictures/giot-nuoc.svg"
SOURCE = re.compile(r'<img [^>]*src="data:image/svg\+xml;base64,([^"]+)"')
SHEETS = ("nuoc-sach-bao-nuoc-ban", "nuoc-sach-so-tay")


@pytest.fixture(scope="module")
def prose() -> Prose:
    programme = load(SAMPLES / "good").programme
    assert programme
    return Prose(programme)


def html(prose: Prose, text: str) -> str:
    return str(prose.html(text, PAGE)).replace("\n", "")


def drawings(programme: Programme, id: str) -> list[str]:
    (sheet,) = (sheet for sheet in sheets(programme, Prose(programme)) if sheet.id == id)
    figures = re.findall(r'<figure class="figure.*?</figure>', sheet.html, re.DOTALL)
    return [base64.b64decode(source).decode() for figure in figures for source in SOURCE.findall(figure)]


def test_a_figure_has_its_picture_with_the_words_of_the_list_and_its_own_below(prose: Prose) -> None:
    made = html(prose, "!!! figure giot-nuoc\n    Một **giọt**.")
    assert made == (
        '<figure class="figure">'
        f'<img alt="Một giọt nước rơi xuống bàn tay" height="24" src="{ADDRESS}" width="24" />'
        "<figcaption><p>Một <strong>giọt</strong>.</p></figcaption></figure>"
    )


@pytest.mark.parametrize(
    "opening",
    ["!!! figure giot-nuoc", '!!! figure "giot-nuoc"', "!! Figure “giot-nuoc”", "??? figure: giot-nuoc"],
)
def test_a_figure_may_be_opened_as_other_blocks_are(prose: Prose, opening: str) -> None:
    plain = html(prose, "!!! figure giot-nuoc\n    Một giọt.")
    assert plain.startswith('<figure class="figure"><img ')
    assert html(prose, f"{opening}\n    Một giọt.") == plain


def test_of_several_pictures_each_stands_with_its_words(prose: Prose) -> None:
    pictures = prose.programme.pictures
    second = pictures["giot-nuoc"].model_copy(update={"alt": "Vại nước"})
    two = Prose(replace(prose.programme, pictures=ReadOnly({**pictures, "vai-nuoc": second})))
    made = html(two, "!!! figure vai-nuoc, giot-nuoc\n    1. Trước\n    2. Sau\n\n    Hai giọt.")
    first, last = (
        f'<img alt="{alt}" height="24" src="{ADDRESS}" width="24" />'
        for alt in ("Vại nước", "Một giọt nước rơi xuống bàn tay")
    )
    assert made == (
        '<figure class="figure figure--parts"><ul class="figure__parts">'
        f"<li>{first}<div>Trước</div></li><li>{last}<div>Sau</div></li></ul>"
        "<figcaption><p>Hai giọt.</p></figcaption></figure>"
    )


def test_two_ids_each_in_quotation_marks_are_two_pictures(
    good: Path, findings_of: FindingsOf, prose: Prose
) -> None:
    written = '!!! figure "giot-nuoc" "giot-nuoc"\n    - Trước\n    - Sau'
    change(good, LESSON, '!!! figure "giot-nuoc"\n    Một giọt đục là đủ để gọi.', written)
    assert findings_of(good) == []
    assert html(prose, written).count("<img ") == 2


def test_a_comment_behind_the_ids_names_no_picture(good: Path, findings_of: FindingsOf) -> None:
    opening = '!!! figure "giot-nuoc" <!-- taphuan: allow figure-without-words vì hình tự nói -->'
    change(good, LESSON, '!!! figure "giot-nuoc"', opening)
    assert "unknown-picture" not in {finding.code for finding in findings_of(good)}


def test_a_list_of_another_length_stays_with_the_words(prose: Prose) -> None:
    made = html(prose, "!!! figure giot-nuoc\n    - Một\n    - Hai")
    assert made.startswith('<figure class="figure"><img ')
    assert made.endswith("<figcaption><ul><li>Một</li><li>Hai</li></ul></figcaption></figure>")


def test_what_is_cited_in_its_words_is_a_link_on_the_page_and_a_note_on_paper(prose: Prose) -> None:
    text, notes = "!!! figure giot-nuoc\n    Giữ nguồn [@nd-moi:3].", Notes()
    assert '<a class="citation" href="../../../phap-luat/nd-moi/#dieu-3">' in html(prose, text)
    assert '<sup class="note"><a href="#note-1">1</a></sup>' in prose.print_html(text, notes)
    assert len(notes.notes) == 1


def test_a_figure_that_is_quoted_as_code_is_none(prose: Prose) -> None:
    assert "<figure" not in html(prose, "```\n!!! figure giot-nuoc\n    Một giọt.\n```")


def test_a_figure_within_another_block_stays_in_it(prose: Prose) -> None:
    made = html(prose, '!!! case "Ở khe"\n    Chuyện.\n\n    !!! figure giot-nuoc\n        Một giọt.')
    assert made.startswith('<div class="admonition case">')
    assert made.endswith("</figcaption></figure></div>")


def test_the_page_of_a_lesson_shows_it(prose: Prose) -> None:
    (page,) = (page for page in pages(prose.programme) if page.address == PAGE)
    assert f'height="24" src="{ADDRESS}" width="24" /><figcaption>' in page.body


@pytest.mark.parametrize("id", SHEETS)
def test_a_sheet_carries_the_drawing_in_its_own_edition(prose: Prose, id: str) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="#9c3d5c" d="M0 0h4v3z"/></svg>'
    )
    programme = replace(prose.programme, drawings={"content/pictures/giot-nuoc.svg": drawing})
    assert drawings(programme, id) == [drawing]
    (mono,) = drawings(programme, f"{id}-den-trang")
    assert mono == mono_drawing(drawing) != drawing


def test_no_sheet_asks_for_a_picture_from_elsewhere(prose: Prose) -> None:
    drawn = sheets(prose.programme, prose)
    assert any("<img " in sheet.html for sheet in drawn)
    for sheet in drawn:
        assert not re.search(r'<img [^>]*src="(?!data:)', sheet.html), sheet.id


def test_the_preview_shows_another_picture_once_it_is_named(good: Path) -> None:
    change(good, "content/pictures/pictures.yml", "Một giọt nước rơi", "Giọt nước rơi")
    programme = load(good).programme
    assert programme
    assert 'alt="Giọt nước rơi' in html(Prose(programme), "!!! figure giot-nuoc\n    Một giọt.")
