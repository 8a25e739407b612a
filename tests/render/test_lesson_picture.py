"""The picture of a lesson's opening story: above or beside it, and small where the lesson before leads on."""

from __future__ import annotations

import re
from pathlib import Path

from programmes import Edit

from taphuan.programme.loader import load
from taphuan.render.site import pages

FIRST, SECOND = "khoa-hoc/nuoc-sach/giu-nguon-nuoc/", "khoa-hoc/nuoc-sach/bao-nuoc-ban/"
OPENING = re.compile(r'<div class="scene">\s*(<img [^>]+>)')
FIRST_FILE, SECOND_FILE = (
    f"content/lessons/nuoc-sach/{name}.md" for name in ("giu-nguon-nuoc", "bao-nuoc-ban")
)
LED_ON = re.compile(r'<a class="button button--next turn__next".*?</a>', re.DOTALL)


def bodies(good: Path) -> dict[str, str]:
    programme = load(good).programme
    assert programme is not None
    return {page.address: page.body for page in pages(programme)}


def test_the_story_opens_with_the_picture_its_words_and_its_size(good: Path, edit: Edit) -> None:
    edit(
        good,
        FIRST_FILE,
        "minutes: 20\n",
        "minutes: 20\npicture: giot-nuoc\n",
    )
    shown = OPENING.search(bodies(good)[FIRST])
    assert shown
    assert 'alt="Một giọt nước rơi xuống bàn tay"' in shown[1]
    assert re.search(r'width="\d+" height="\d+" loading="lazy"', shown[1])


def test_a_lesson_without_one_shows_none(good: Path) -> None:
    assert not OPENING.search(bodies(good)[FIRST])


def test_the_lesson_before_shows_it_where_it_leads_on(good: Path, edit: Edit) -> None:
    edit(
        good,
        SECOND_FILE,
        "minutes: 10\n",
        "minutes: 10\npicture: giot-nuoc\n",
    )
    shown = LED_ON.search(bodies(good)[FIRST])
    assert shown
    assert 'giot-nuoc.svg" alt=""' in shown[0]
    assert "Báo khi nước bẩn" in shown[0]


def test_a_wide_picture_stands_above_and_any_other_beside(good: Path, edit: Edit) -> None:
    edit(
        good,
        FIRST_FILE,
        "minutes: 20\n",
        "minutes: 20\npicture: giot-nuoc\n",
    )
    drawing = good / "content/pictures/giot-nuoc.svg"
    sizes = {"0 0 640 280": False, "0 0 240 180": True}
    for box, is_beside in sizes.items():
        drawing.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"/>', encoding="utf-8")
        shown = OPENING.search(bodies(good)[FIRST])
        assert shown
        assert ("scene__picture--beside" in shown[1]) is is_beside
