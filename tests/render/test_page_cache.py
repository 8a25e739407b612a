"""Pages from a cache are those that would be drawn anew, whatever an author has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from programmes import Edit

from taphuan.programme.loader import load
from taphuan.programme.loader.memo import Memo
from taphuan.programme.model.programme import Programme
from taphuan.render.site import PageCache, pages

LESSONS, PLAN = "content/lessons/nuoc-sach", "content/programme"
EDITS = [
    (f"{LESSONS}/giu-nguon-nuoc.md", "Ai cũng dùng, ai cũng giữ", "Ai cũng giữ"),
    (f"{LESSONS}/giu-nguon-nuoc.md", "title: Giữ nguồn nước", "title: Giữ lấy nguồn nước"),
    (f"{LESSONS}/bao-nuoc-ban.md", "minutes: 10", "minutes: 15"),
    ("curricula/nuoc-sach.yml", "title: Nguồn nước", "title: Về nguồn nước"),
    ("curricula/nuoc-sach.yml", "bao-tin: Báo tin khi nước bẩn", "bao-tin: Báo tin khi nước đục"),
    ("curricula/nuoc-sach.yml", "[giu-nguon-nuoc, bao-nuoc-ban]", "[bao-nuoc-ban, giu-nguon-nuoc]"),
    ("content/scenarios/nuoc-duc.yml", "title: Vòi chảy nước đục.", "title: Vòi chảy nước nâu."),
    ("content/flows/thay-nuoc-ban.yml", "title: Dùng lại", "title: Lại dùng"),
    (f"{PLAN}/contacts.yml", "short: Tổ cấp nước", "short: Tổ trực nước"),
    (f"{PLAN}/terms.yml", "term: nước sạch", "term: nước thật sạch"),
]


def loaded(root: Path, memo: Memo) -> Programme:
    programme = load(root, memo=memo).programme
    assert programme is not None
    return programme


@pytest.mark.parametrize(("file", "old", "new"), EDITS)
def test_an_edit_shows_on_every_page_that_it_concerns(
    good: Path, edit: Edit, file: str, old: str, new: str
) -> None:
    memo, cache = Memo(), PageCache()
    before = list(pages(loaded(good, memo), cache=cache))
    edit(good, file, old, new)
    after = loaded(good, memo)
    assert list(pages(after, cache=cache)) == list(pages(after))
    assert list(pages(after, cache=cache)) != before


def test_another_question_shows_in_the_lesson_that_asks_it(good: Path, edit: Edit) -> None:
    memo, cache = Memo(), PageCache()
    list(pages(loaded(good, memo), cache=cache))
    bank = good / "content/questions/nuoc-sach-tu-kiem-tra.yml"
    bank.write_text(bank.read_text("utf-8").replace("stem: ", "stem: Này, "), encoding="utf-8")
    after = loaded(good, memo)
    assert list(pages(after, cache=cache)) == list(pages(after))


def test_a_lesson_that_nobody_touched_is_not_drawn_again(good: Path, edit: Edit) -> None:
    memo, cache = Memo(), PageCache()
    before = {page.address: page for page in pages(loaded(good, memo), cache=cache)}
    edit(good, f"{LESSONS}/bao-nuoc-ban.md", "Gọi tổ trực.", "Gọi ngay tổ trực.")
    after = {page.address: page for page in pages(loaded(good, memo), cache=cache)}
    touched = "khoa-hoc/nuoc-sach/bao-nuoc-ban/"
    assert after[touched] is not before[touched]
    # Its neighbour names it, so that page is drawn again too, to the same words.
    assert [address for address in after if after[address] != before[address]] == [touched]


def test_a_course_that_borrows_a_lesson_shows_on_its_page(good: Path) -> None:
    """Also when it comes, is renamed, or lets the lesson go again."""
    memo, cache = Memo(), PageCache()
    text = (good / "curricula/nuoc-sach.yml").read_text("utf-8").replace("id: nuoc-sach\n", "id: khac\n")
    text = text.replace("[giu-nguon-nuoc, bao-nuoc-ban]", "[nuoc-sach/bao-nuoc-ban]")
    path = good / "curricula/khac.yml"
    drawn = [list(pages(loaded(good, memo), cache=cache))]
    for written in (
        text,
        text.replace("title: ", "title: Lại ", 1),
        text.replace("bao-nuoc-ban", "giu-nguon-nuoc"),
    ):
        path.write_text(written, encoding="utf-8")
        now = loaded(good, memo)
        drawn.append(list(pages(now, cache=cache)))
        assert drawn[-1] == list(pages(now))
        assert drawn[-1] != drawn[-2]
