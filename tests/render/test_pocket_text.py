"""Pocket texts on paper and on the site: folded in order, and silent to whoever finds one."""

from __future__ import annotations

import re

import pytest

from taphuan.programme.kinds.pocket_text import PocketPage, PocketText
from taphuan.programme.model.programme import Programme
from taphuan.render.paper import sheets
from taphuan.render.paper.pocket_text import BOOKLET_SIDES
from taphuan.render.printable import Sheet
from taphuan.render.site import pages
from taphuan.render.text.prose import Prose


def carried(programme: Programme, count: int, kind: str = "booklet") -> Programme:
    """Returns the programme with one pocket text of so many pages."""
    leaves = tuple(
        PocketPage(title=f"Trang {number}", text="Uống nước [@nd-moi].") for number in range(count)
    )
    course = next(iter(programme.courses))
    text = PocketText(
        id="so-nuoc",
        title="Sổ nước",
        kind=kind,
        course=course,
        pages=leaves,
        source="content/pocket-texts/so-nuoc.yml",
    )
    return programme.having(PocketText, {text.id: text})


def sheet_of(programme: Programme) -> Sheet:
    (sheet,) = (each for each in sheets(programme, Prose(programme)) if each.kind == "pocket-text")
    return sheet


@pytest.mark.parametrize("count", sorted(BOOKLET_SIDES))
def test_pages_of_a_booklet_lie_as_they_are_folded(count: int) -> None:
    """Two pages that share a spine add up to one more than there are; behind each lies its neighbour."""
    sides = BOOKLET_SIDES[count]
    assert sorted(number for side in sides for number in side) == list(range(1, count + 1))
    if count == 16:
        front, back = sides
        rows = [side[at : at + 4] for side in sides for at in (0, 4)]
        assert all(row[at] + row[at + 1] == count + 1 for row in rows for at in (0, 2))
        behind = [*reversed(back[:4]), *reversed(back[4:])]
        assert all({a, b} == {min(a, b), min(a, b) + 1} for a, b in zip(front, behind, strict=True))
        assert all(min(pair) % 2 == 1 for pair in zip(front, behind, strict=True))
    else:
        ((*above, last, first, second, third),) = sides
        assert [first, second, third, *reversed(above), last] == list(range(1, count + 1))


def test_what_is_carried_has_no_law_and_no_address_on_it(programme: Programme) -> None:
    html = sheet_of(carried(programme, 16)).html
    assert html.count('class="leaf') == 16
    assert 'class="note' not in html
    assert "http" not in re.sub(
        r"<style>.*?</style>|data:[^\"]*|http://www\.w3\.org\S*", "", html, flags=re.S
    )


def test_the_cover_of_a_draft_says_nothing_but_its_own_words(programme: Programme) -> None:
    html = sheet_of(carried(programme, 8)).html
    (cover,) = re.findall(r'<article class="leaf cover".*?</article>', html, re.S)
    assert "Bản thảo" not in cover
    assert html.count("Bản thảo, chưa thẩm định") == 1


def test_a_card_is_printed_eight_times_with_its_back_behind_each(programme: Programme) -> None:
    sheet = sheet_of(carried(programme, 2, "card"))
    assert sheet.duplex == "long-edge"
    assert re.findall(r'data-panel="(\d)"', sheet.html) == ["1"] * 8 + ["2"] * 8


def test_no_search_finds_its_page(programme: Programme) -> None:
    drawn = {page.address: page for page in pages(carried(programme, 8))}
    assert drawn["bo-tui/so-nuoc/"].meta["unlisted"]
    assert drawn["bo-tui/"].meta["unlisted"]
    assert not drawn["khoa-hoc/nuoc-sach/"].meta.get("unlisted")
