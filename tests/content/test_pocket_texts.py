"""What the province's booklet and card say, and what they do not say to whoever finds them."""

from __future__ import annotations

import re

import pytest
from programme_texts import programme

from taphuan.programme.audience_gate import readers_of
from taphuan.programme.kinds.pocket_text import PocketText
from taphuan.programme.model.pointer import pointers_in

BOOKLET, CARD = "so-tay-di-cho", "the-viec-lam"
NUMBERS = {"cong-an-113", "cap-cuu-115", "td-111"}


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
