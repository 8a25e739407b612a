"""Sheets off the press: sizes, greys, pictures, fonts and bookmarks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from paper_sheets import BOOK, CAMPAIGN, COURSE, HANDOUT, LEAFLET, MONO, POSTER, on_paper

from taphuan.programme.model.campaign import Poster
from taphuan.programme.model.programme import Programme
from taphuan.render.browser_print import LARGEST, OBSERVE, FirstEditions, Layout, drawn_sheet
from taphuan.render.chromium import each_sheet, run_async
from taphuan.render.paper import press_sheets
from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Printed, Sheet
from taphuan.render.text.prose import Prose


def sizes(path: Path) -> list[tuple[int, int]]:
    """Millimetres of each page."""
    with pikepdf.open(path) as pdf:
        boxes = [[float(side) for side in page.mediabox] for page in pdf.pages]
    return [(round(right * 25.4 / 72), round(top * 25.4 / 72)) for _, _, right, top in boxes]


@pytest.mark.parametrize(
    ("id", "pages"),
    [(LEAFLET, [(297, 210)] * 2), (LEAFLET + MONO, [(297, 210)] * 2), (POSTER, [(210, 297)])],
)
def test_folds_and_hangs_on_exactly_the_paper_there_is(
    printed: dict[str, Printed], id: str, pages: list[tuple[int, int]]
) -> None:
    assert sizes(printed[id].path) == pages
    assert printed[id].overflows == ()


def test_a_poster_has_the_address_of_its_page_and_its_code_once_there_is_one(programme: Programme) -> None:
    url = "https://tap-huan.laichau.gov.vn.example/"
    before, after = on_paper(programme)[POSTER].html, on_paper(programme, url)[POSTER].html
    assert 'class="qr"' not in before
    assert (
        after.count('class="qr"')
        == after.count(f"<b>{url.partition('//')[2]}truyen-thong/{CAMPAIGN}</b>")
        == 1
    )


@pytest.mark.parametrize(
    ("id", "room"),
    [(LEAFLET, ".back .space"), ("thay-nuoc-ban-to-dan", ".middle"), ("phieu-bao-nuoc-to-mau", ".kept")],
)
def test_what_fits_before_an_address_is_set_fits_afterwards(
    programme: Programme, chromium_path: str, id: str, room: str
) -> None:
    """The last sheet to be published would else be refused on the day of publishing."""
    url = "https://tap-huan.laichau.gov.vn.example/"
    both = [on_paper(programme)[id], on_paper(programme, url)[id]]
    assert [url.partition("//")[2] in sheet.html for sheet in both] == [False, True]

    async def height(page: Any, sheet: Sheet) -> float:
        await page.set_content(sheet.html)
        measured: float = await page.evaluate(f"document.querySelector('{room}').clientHeight")
        return measured

    before, after = run_async(each_sheet(both, chromium_path, 1, height))
    assert before == after > 0


#: How many times their least size letters are, and how much higher than its room the middle is.
GROWN = """(() => {
  const middle = document.querySelector(".middle");
  return [
    Number(document.querySelector("[data-most]").style.getPropertyValue("--grow")),
    middle.scrollHeight - middle.clientHeight,
  ];
})()"""


def test_the_letters_of_a_job_aid_are_as_large_as_its_page_has_room_for(
    programme: Programme, chromium_path: str
) -> None:
    aid = on_paper(programme)["thay-nuoc-ban-to-dan"]
    wordy = replace(aid, html=aid.html.replace('<p class="lead">', '<p class="lead">' + "Múc nước. " * 90))

    async def grown(page: Any, sheet: Sheet) -> list[float]:
        await page.set_content(sheet.html)
        await page.evaluate(LARGEST)
        seen: list[float] = await page.evaluate(GROWN)
        return seen

    (few, room), (many, still) = run_async(each_sheet([aid, wordy], chromium_path, 1, grown))
    assert few > many >= 1
    assert max(room, still) <= 1


#: Left, top, right and bottom of the band and of each field of colour, in millimetres of the page.
FIELDS = """(() => {
  const corner = document.querySelector(".outside").getBoundingClientRect();
  const field = (panel, pseudo) => {
    const inset = getComputedStyle(document.querySelector(panel), pseudo);
    const box = document.querySelector(panel).getBoundingClientRect();
    return [["left", 1], ["top", 1], ["right", -1], ["bottom", -1]].map(
      ([side, inward]) => box[side] + inward * parseFloat(inset[side]));
  };
  const box = (part) => {
    const { left, top, right, bottom } = document.querySelector(part).getBoundingClientRect();
    return [left, top, right, bottom];
  };
  const inside = document.querySelector(".inside").getBoundingClientRect().top;
  const places = {
    order: [...document.querySelectorAll(".outside .face")].map((one) => one.className.split(" ").pop()),
    band: box(".band"),
    flap: field(".flap", "::before"),
    front: field(".front", "::before"),
    picture: box(".front .picture"),
    bar: field(".inside", "::after"),
  };
  for (const [name, sides] of Object.entries(places).slice(1)) {
    const top = name === "bar" ? inside : corner.top;
    places[name] = sides.map((px, axis) => ((px - (axis % 2 ? top : corner.left)) / 96) * 25.4);
  }
  return places;
})()"""


@pytest.mark.parametrize(("is_for_press", "white"), [(False, 6), (True, -3)])
def test_a_leaflet_is_read_from_its_cover_and_its_colours_end_where_the_printer_does(
    programme: Programme, chromium_path: str, is_for_press: bool, white: int
) -> None:
    """An office printer leaves 5 mm white, a press cuts 3 mm off; colour goes 1.5 mm over a fold."""
    pressed = press_sheets(programme, Prose(programme))[0]
    sheet = pressed if is_for_press else on_paper(programme)[LEAFLET]

    async def seen(page: Any, sheet: Sheet) -> dict[str, list[Any]]:
        await page.set_content(sheet.html)
        places: dict[str, list[Any]] = await page.evaluate(FIELDS)
        return places

    (places,) = run_async(each_sheet([sheet], chromium_path, 1, seen))
    assert places["order"] == ["front", "flap", "back"]
    left, top, right, _ = places["band"]
    assert left > 197 + 5.9
    assert top >= 6
    assert right <= 297 - 6
    edges = {side: pytest.approx(side, abs=0.1) for side in (white, 297 - white, 210 - white, 98.5, 195.5)}
    assert places["flap"] == [edges[white], edges[white], edges[98.5], edges[210 - white]]
    assert places["front"] == [edges[195.5], edges[white], edges[297 - white], edges[210 - white]]
    assert places["bar"][0::2] == [edges[white], edges[297 - white]]
    assert places["bar"][3] == edges[210 - white]
    assert places["picture"][0::2] == [edges[195.5], edges[297 - white]]
    assert places["picture"][3] == edges[210 - white]


def test_a_leaflet_for_a_press_says_where_it_is_cut_and_shows_it(
    programme: Programme, chromium_path: str, tmp_path: Path
) -> None:
    sheet = press_sheets(programme, Prose(programme))[0]
    assert sheet.html.count('class="cuts"') == 2
    (pressed,) = print_sheets(
        [sheet], out=tmp_path / "out", cache=tmp_path / "cache", executable=chromium_path
    )
    assert pressed.overflows == ()
    with pikepdf.open(pressed.path) as pdf:
        for page in pdf.pages:
            boxes = [
                [float(side) * 25.4 / 72 for side in box]
                for box in (page.mediabox, page.bleedbox, page.trimbox)
            ]
            assert boxes == [
                pytest.approx([inset, inset, 323 - inset, 236 - inset], abs=0.3) for inset in (0, 10, 13)
            ]
            left, bottom, right, top = boxes[2]
            assert (right - left, top - bottom) == pytest.approx((297, 210), abs=0.01)


def test_what_a_leaflet_holds_inside_stands_on_three_lines_in_one_frame(
    programme: Programme, chromium_path: str
) -> None:
    """A title of two lines does not drop its text below its neighbours'."""

    async def seen(page: Any, sheet: Sheet) -> list[list[float]]:
        longer = sheet.html.replace('<h2 class="title">', '<h2 class="title">Lời dài tới hai dòng, rồi ', 4)
        await page.set_content(longer)
        boxes: list[list[float]] = await page.evaluate(
            """[".picture", ".title", ".text"].map((part) =>
              [...document.querySelectorAll(`.inside ${part}`)]
                .map((one) => one.getBoundingClientRect().top))"""
        )
        return boxes

    for lines in run_async(each_sheet([on_paper(programme)[LEAFLET]], chromium_path, 1, seen)):
        assert all(len(set(line)) <= 1 for line in lines)


def test_the_texts_of_a_leaflets_bar_begin_on_one_line_and_have_room_for_three(
    programme: Programme, chromium_path: str
) -> None:
    """What is longer would end at the edge of the paper: its author is told which field it is."""
    sheet = on_paper(programme)[LEAFLET]
    begun = 'data-field="call_to_action"><p>'
    calls = ("Gọi tổ khi nước đục, có mùi lạ, hay cả xóm đau bụng. ", "Gọi tổ cấp nước khi nước đục. " * 4)
    sheets = [replace(sheet, html=sheet.html.replace(begun, begun + call)) for call in calls]

    async def seen(page: Any, sheet: Sheet) -> tuple[list[list[float]], list[str]]:
        await page.set_content(sheet.html)
        boxes: list[list[float]] = await page.evaluate(
            """[...document.querySelectorAll(".strip .lines")].map((text) => {
              const { top, bottom } = text.getBoundingClientRect();
              const edge = text.closest(".side").getBoundingClientRect().bottom;
              return [top, ((edge - bottom) / 96) * 25.4];
            })"""
        )
        overflows = (await page.evaluate(OBSERVE, False))[0]["overflows"]
        return boxes, [overflow["field"] for overflow in overflows]

    ((left, right), fitting), (_, longer) = run_async(each_sheet(sheets, chromium_path, 1, seen))
    assert left == right
    assert left[1] > 8
    assert fitting == []
    assert longer == ["call_to_action"]


def test_a_leaflet_breaks_its_lines_alike_in_colour_and_in_black_and_white(
    programme: Programme, chromium_path: str
) -> None:
    """What is checked in one edition fits in the other: rules between panels take no room."""

    async def seen(page: Any, sheet: Sheet) -> list[list[float]]:
        await page.set_content(sheet.html)
        boxes: list[list[float]] = await page.evaluate(
            """[...document.querySelectorAll(".text, .text ol li")].map((box) =>
              [box.getBoundingClientRect().width, box.getBoundingClientRect().height])"""
        )
        return boxes

    sheets = [on_paper(programme)[id] for id in (LEAFLET, LEAFLET + MONO)]
    colour, mono = run_async(each_sheet(sheets, chromium_path, 1, seen))
    assert len(colour) >= 6
    assert mono == [pytest.approx(box, abs=0.1) for box in colour]


def test_the_cover_picture_of_a_black_and_white_leaflet_stands_within_what_an_office_printer_prints(
    programme: Programme, chromium_path: str
) -> None:
    """No toner meets the edge or the fold: the picture is as wide as the band, with the same white around."""

    async def seen(page: Any, sheet: Sheet) -> list[list[float]]:
        await page.set_content(sheet.html)
        boxes: list[list[float]] = await page.evaluate(
            """[".front .picture", ".band"].map((one) => {
              const { left, right, bottom } = document.querySelector(one).getBoundingClientRect();
              return [left, right, bottom].map((px) => (px / 96) * 25.4);
            })"""
        )
        return boxes

    (picture, band) = next(
        iter(run_async(each_sheet([on_paper(programme)[LEAFLET + MONO]], chromium_path, 1, seen)))
    )
    assert picture[:2] == pytest.approx(band[:2], abs=1)
    assert picture[2] <= 210 - 8


@pytest.mark.parametrize("id", [HANDOUT + MONO, LEAFLET + MONO, POSTER + MONO])
def test_prints_the_mono_edition_in_greys_and_its_text_in_black(printed: dict[str, Printed], id: str) -> None:
    inks = set(colours(printed[id].path))
    assert all(red == green == blue for _, (red, green, blue) in inks)
    assert {ink for kind, ink in inks if kind == "text"} == {(0.0, 0.0, 0.0)}


def colours(path: Path) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each colour that is painted, and whether with text."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            fill: tuple[float, ...] = (0.0, 0.0, 0.0)
            kept: list[tuple[float, ...]] = []
            for instruction in pikepdf.parse_content_stream(page):
                match str(instruction.operator):
                    case "q":
                        kept.append(fill)
                    case "Q":
                        fill = kept.pop()
                    case "rg":
                        fill = tuple(float(part) for part in instruction.operands)
                    case "Tj":
                        yield "text", fill
                    case "f":
                        yield "shape", fill


def test_draws_pictures_and_never_photographs_them(printed: dict[str, Printed]) -> None:
    for copy in printed.values():
        with pikepdf.open(copy.path) as pdf:
            kinds = {str(o.get("/Subtype")) for o in pdf.objects if isinstance(o, pikepdf.Stream)}
        assert "/Image" not in kinds


def test_sets_everything_in_one_static_family(printed: dict[str, Printed]) -> None:
    for copy in printed.values():
        with pikepdf.open(copy.path) as pdf:
            fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o]
            families = {str(font.BaseFont).split("+")[1].split("-")[0] for font in fonts}
            kinds = {str(o.get("/Subtype")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary)}
        assert families == {"BeVietnamPro"}
        assert "/Type3" not in kinds


def test_gives_pictures_their_words(programme: Programme, printed: dict[str, Printed]) -> None:
    with pikepdf.open(printed[POSTER].path) as pdf:
        said = {str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o}
    poster = programme.campaigns[CAMPAIGN].materials["ap-phich"]
    assert isinstance(poster, Poster)
    assert poster.picture
    assert programme.pictures[poster.picture].alt in said


def test_binds_a_handbook_with_bookmarks_and_contents_that_agree(
    programme: Programme, printed: dict[str, Printed]
) -> None:
    course = programme.courses[COURSE]
    with pikepdf.open(printed[BOOK].path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        places = {str(name)[1:]: numbers[to[0].objgen] for name, to in pdf.Root.Dests.items()}
        with pdf.open_outline() as outline:
            parts = {item.title: [child.title for child in item.children] for item in outline.root}
    for module in course.modules:
        lessons = [programme.lessons[course.lesson_id(name)].title for name in module.lessons]
        assert parts[module.title] == lessons
    starts = [places[lesson.id.replace("/", "-")] for lesson in programme.lessons_of(course)]
    assert starts == sorted(starts)
    assert len(set(starts)) == len(starts)


def test_a_second_edition_that_does_not_stand_as_the_first_is_printed_as_if_there_were_none(
    programme: Programme, chromium_path: str
) -> None:
    handout = on_paper(programme)[HANDOUT]

    async def pages_of(page: Any, first: FirstEditions) -> list[bytes]:
        drawn = await drawn_sheet(page, handout, first)
        with pikepdf.open(io.BytesIO(drawn.raw)) as pdf:
            return [each.Contents.read_bytes() for each in pdf.pages]

    async def work(page: Any, sheet: Sheet) -> tuple[list[bytes], list[bytes]]:
        of_another = FirstEditions()
        of_another.layouts[sheet.twin] = Layout(closeness=3, pages=0, spare=200)
        return await pages_of(page, FirstEditions()), await pages_of(page, of_another)

    ((alone, after_another),) = run_async(each_sheet([handout], chromium_path, 1, work))
    assert alone == after_another
