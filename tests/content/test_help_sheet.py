"""The sheet for a wall, with strips to tear off: no strip tells anything of who takes it."""

from __future__ import annotations

import re

import pytest
from programme_texts import programme

from taphuan.render.paper.context import PaperContext
from taphuan.render.paper.help_sheet import help_sheets
from taphuan.render.printable import Edition
from taphuan.render.text.prose import Prose


def drawn(edition: Edition) -> str:
    context = PaperContext(
        programme=programme(), prose=Prose(programme()), site_url="", edition=edition, lessons={}
    )
    (sheet,) = help_sheets(context)
    return sheet.html


@pytest.mark.parametrize("edition", ["colour", "mono"])
def test_it_has_ten_strips_that_hold_numbers_and_hours_alone(edition: Edition) -> None:
    strips = drawn(edition).partition('<ul class="strips">')[2].partition("</ul>")[0]
    said = [" ".join(re.sub(r"<[^>]+>", " ", strip).split()) for strip in strips.split("<li>")[1:]]
    assert len(said) == 10
    (only,) = {text.replace("\u00a0", " ") for text in said}
    assert only == "111 suốt ngày đêm, miễn phí khẩn cấp: 113 , 115"


def test_no_number_that_nobody_may_print_yet_stands_on_it() -> None:
    html = re.sub(r'src="[^"]+"|d="[^"]+"', "", drawn("colour").partition("</style>")[2])
    assert not re.search(r"1800|1900", html)


def test_it_says_who_answers_and_what_may_be_said() -> None:
    words = " ".join(re.sub(r"<[^>]+>", " ", drawn("mono").partition("</style>")[2]).split())
    words = words.replace("\u00a0", " ")
    assert "Công an, khi đang nguy hiểm" in words
    assert "“Điều tôi kể có phải báo cho ai không?”" in words
    assert "Bản thảo, chưa thẩm định" in words
