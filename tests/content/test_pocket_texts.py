"""What the province's booklet and card say, and what they do not say to whoever finds them."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from programme_texts import programme

from taphuan.programme.audience_gate import readers_of
from taphuan.programme.kinds.pocket_text import PocketText
from taphuan.programme.model.pointer import pointers_in
from taphuan.render.paper import sheets
from taphuan.render.pdf import print_sheets
from taphuan.render.text.prose import Prose

BOOKLET, CARD = "so-tay-di-cho", "the-viec-lam"
NUMBERS = {"cong-an-113", "cap-cuu-115", "td-111"}
#: Of the height of a page of A7: how far down what stands on it goes.
FILLED = 0.86


def pocket_text(id: str) -> PocketText:
    return programme().of(PocketText)[id]


def words_of(text: PocketText) -> str:
    pages = (f"{page.title}\n{page.text or ''}\n{' '.join(page.blanks)}" for page in text.pages)
    return programme().in_words("\n".join(pages))


def law_in(*texts: str) -> set[tuple[str, str]]:
    pointers = (pointer for text in texts for pointer in pointers_in(text))
    return {(pointer.id, pointer.locator) for pointer in pointers if pointer.kind == "reference"}


@pytest.mark.parametrize(("id", "course", "pages"), [(BOOKLET, "dong-dang-vien", 16), (CARD, "chu-co-so", 2)])
def test_it_is_carried_by_adults_of_whom_its_course_keeps_nothing(id: str, course: str, pages: int) -> None:
    text = pocket_text(id)
    assert (text.course, len(text.pages)) == (course, pages)
    assert programme().courses[course].keeps_nothing
    assert readers_of(programme(), text).ages == "adults"


@pytest.mark.parametrize("id", [BOOKLET, CARD])
def test_the_three_numbers_stand_together_on_one_page(id: str) -> None:
    assert [page.title for page in pocket_text(id).pages if set(page.contacts) == NUMBERS] != []


def test_neither_the_covers_of_the_booklet_nor_its_first_leaves_tell_what_it_is() -> None:
    """It falls open where it is thinnest, so what stands before the fifth page is about a market too."""
    first = [*pocket_text(BOOKLET).pages[:4], pocket_text(BOOKLET).pages[-1]]
    telling = "|".join(programme().charter.not_on_covers)
    said = [f"{page.title} {page.text}" for page in first]
    assert [text for text in said if re.search(rf"\b(?:{telling})\b", text, re.IGNORECASE)] == []


def test_the_booklet_has_each_thing_that_a_friend_asks_about() -> None:
    said = words_of(pocket_text(BOOKLET))
    wanted = (
        "72 giờ",
        "120 giờ",
        "3 tháng",
        "PrEP",
        "K=K",
        "kể ai",
        "hoãn",
        "bị đánh",
        "đồng ý",
        "vốn",
        "nghỉ",
    )
    assert [word for word in wanted if word not in said] == []


def test_the_card_has_papers_debts_leaving_age_and_what_nobody_may_force() -> None:
    said = words_of(pocket_text(CARD))
    wanted = ("tôi giữ", "trả nợ", "nghỉ ngay", "18 tuổi", "Cấm ép", "từ chối")
    assert [word for word in wanted if word not in said] == []


@pytest.mark.parametrize("id", [BOOKLET, CARD])
def test_it_names_no_dose_no_price_and_promises_no_secrecy(id: str) -> None:
    refused = r"\bmg\b|\d viên|miễn phí|không ai biết|chắc chắn|phải báo Công an"
    assert re.findall(refused, words_of(pocket_text(id))) == []


@pytest.mark.parametrize("id", [BOOKLET, CARD])
def test_each_law_that_it_cites_is_taught_in_its_course(id: str) -> None:
    text = pocket_text(id)
    lessons = programme().lessons_of(programme().courses[text.course])
    cited = law_in(words_of(text))
    assert cited
    assert cited <= law_in(*(lesson.body for lesson in lessons))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> dict[str, Path]:
    texts = [sheet for sheet in sheets(programme(), Prose(programme())) if sheet.kind == "pocket-text"]
    out = tmp_path_factory.mktemp("pocket-texts")
    done = print_sheets(texts, out=out, cache=out / "cache", executable=chromium_path)
    return {copy.sheet.removesuffix("-bo-tui"): copy.path for copy in done}


def leaves(path: Path, across: int, down: int, edge: float = 0) -> list[float]:
    """Of each page of A7 on the sheets: how far down it goes, as a share of its height.

    `edge` is the share of a sheet above and below its cards. Of a booklet the upper row stands on its head.
    """
    ends = []
    for page in pypdfium2.PdfDocument(path):
        picture = page.render(scale=2, grayscale=True).to_pil()
        width, height = picture.width / across, picture.height * (1 - 2 * edge) / down
        for row in range(down):
            for column in range(across):
                left, top = column * width, edge * picture.height + row * height
                # Short of the lines along which it is cut.
                leaf = picture.crop(
                    (round(left) + 12, round(top) + 12, round(left + width) - 12, round(top + height) - 8)
                )
                if not edge and row == 0:
                    leaf = leaf.rotate(180)
                ink = leaf.point(lambda grey: 255 if grey < 128 else 0).getbbox()
                assert ink
                ends.append(ink[3] / leaf.height)
    return ends


def test_what_stands_on_a_page_goes_down_to_its_foot(printed: dict[str, Path]) -> None:
    """The cover of the booklet alone has its words in the middle."""
    assert min(leaves(printed[CARD], 2, 4, edge=6 / 297)) > FILLED
    short = [end for end in leaves(printed[BOOKLET], 4, 2) if end < FILLED]
    assert len(short) == 1


@pytest.mark.parametrize("id", [BOOKLET, CARD])
def test_a_number_to_call_is_larger_than_every_title_behind_the_cover(
    printed: dict[str, Path], id: str
) -> None:
    heights: dict[str, float] = {}
    for page in pypdfium2.PdfDocument(printed[id]):
        letters = page.get_textpage()
        for at in range(letters.count_chars()):
            _, bottom, _, top = letters.get_charbox(at)
            letter = letters.get_text_range(at, 1)
            heights[letter] = max(top - bottom, heights.get(letter, 0))
    assert heights["1"] > 1.5 * heights["K"]
