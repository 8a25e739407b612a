"""The look-up page and its cards: everything is there without a script, and no doubtful figure is printed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from programmes import Edit

from taphuan.build import Options, print_only
from taphuan.cli.terminal import TerminalProgress
from taphuan.errors import AuthorError
from taphuan.programme import urls
from taphuan.programme.model.programme import Programme
from taphuan.render.paper import sheets
from taphuan.render.printable import Sheet
from taphuan.render.site import SitePage, pages
from taphuan.render.text.prose import Prose


def look_up_page(programme: Programme) -> SitePage:
    return next(page for page in pages(programme) if page.address == urls.LOOK_UP)


def cards(programme: Programme) -> Sheet:
    return next(sheet for sheet in sheets(programme, Prose(programme)) if sheet.kind == "look-up-card")


def act(body: str, id: str) -> str:
    return body.split(f'<section class="act" id="{id}"')[1].split("</section>")[0]


def test_every_act_and_every_sign_has_its_address(programme: Programme) -> None:
    body = look_up_page(programme).body
    for id in ("do-rac", "do-thuoc"):
        assert f'id="{id}"' in body
        assert f'href="#{id}"' in body
    assert 'id="dau-doc-gieng"' in body
    assert urls.act("do-rac") == "tra-nhanh/#do-rac"


def test_a_fine_of_an_organisation_is_doubled_only_where_nobody_is_asked(programme: Programme) -> None:
    body = look_up_page(programme).body
    assert "60–100" in act(body, "do-thuoc")
    assert "600 nghìn" not in body
    assert "chưa rõ, hỏi" in re.sub(r"<[^>]+>", "", act(body, "do-rac"))


def test_an_act_above_the_limit_says_that_a_commune_does_not_decide(programme: Programme) -> None:
    body = look_up_page(programme).body
    assert "Xã không tự quyết định" in act(body, "do-thuoc")
    assert "Chủ tịch tỉnh Mẫu phạt tới 50 triệu đồng" in act(body, "do-thuoc")
    assert "Xã quyết định được" in act(body, "do-rac")


def test_a_doubt_shows_while_its_question_is_open(programme: Programme) -> None:
    assert "Mới đọc ở một bản toàn văn" in look_up_page(programme).body
    answered = replace(programme, decisions={"gieng-nao-duoc-dem": programme.decisions["thuong-xuyen"], **{}})
    body = look_up_page(answered).body
    assert "Mới đọc ở một bản toàn văn" not in body
    assert "Bản thảo" not in body


def test_a_programme_without_acts_has_neither_page_nor_cards_nor_box(programme: Programme) -> None:
    without = replace(programme, look_up=None)
    assert urls.LOOK_UP not in {page.address for page in pages(without)}
    assert "look-up-box" not in "".join(page.body for page in pages(without))
    assert "look-up-card" not in {sheet.kind for sheet in sheets(without, Prose(without))}


def test_each_card_says_that_it_is_a_draft_and_when_it_was_checked(programme: Programme) -> None:
    html = cards(programme).html
    sides = html.count("<article")
    assert sides == 2
    assert html.count("Bản thảo, chưa thẩm định") == sides
    assert html.count("Luật kiểm tra đến 10/01/2026") == sides


def test_the_back_of_a_card_lies_behind_its_front(programme: Programme) -> None:
    assert programme.look_up is not None
    article = programme.look_up.articles["9"]
    four = programme.look_up.model_copy(
        update={"articles": {number: article for number in ("9", "8", "3", "10")}}
    )
    panels = re.findall(r'data-panel="([^"]+)"', cards(replace(programme, look_up=four)).html)
    assert panels == ["9", "8", "3", "10", "8-sau", "9-sau", "10-sau", "3-sau"]


@pytest.mark.usefixtures("chromium_path")
def test_a_card_that_is_too_full_is_told_as_a_card(whole: Path, edit: Edit, tmp_path: Path) -> None:
    acts = "content/programme/acts.yml"
    edit(whole, acts, "text: Tịch thu tang vật", "text: " + "Tịch thu tang vật. " * 90)
    with pytest.raises(AuthorError) as error:
        print_only(Options(root=whole), ("the-tra-muc-phat",), tmp_path / "pdf", TerminalProgress())
    (finding,) = error.value.findings
    assert (finding.code, finding.file) == ("look-up-overflow", acts)
    assert "khổ A6" in finding.message
