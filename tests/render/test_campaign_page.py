"""The page of a campaign: what is read aloud, posted and said."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from paper_sheets import on_paper
from programmes import Edit, change
from site_texts import page_of

from taphuan.programme.loader import load
from taphuan.programme.model.campaign import Campaign
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly

CAMPAIGN = "content/campaigns/giu-giot-nuoc.yml"


def shown(root: Path) -> str:
    """Returns the text of the campaign's page."""
    programme = load(root).programme
    assert programme
    return page_of(programme, "truyen-thong/giu-giot-nuoc/")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_script_says_when_each_part_begins_and_has_a_sentence_a_line(good: Path) -> None:
    (script,) = re.findall(r'<section class="script">(.*?)</section>', shown(good), re.S)
    assert re.findall(r"<dt><span[^>]*>(.*?)</span> (.*?)</dt>", script) == [
        ("0:00", "Mở đầu"),
        ("0:06", "Nơi gọi"),
    ]
    assert "<p>Bà con ơi, nước ở khe sáng nay đục.</p><p>Bà con ngừng dùng nước khe.</p>" in script
    assert "Bài phát thanh sáng 0:14" in words(script)


def test_a_slower_rate_moves_the_times(good: Path, edit: Edit) -> None:
    edit(good, CAMPAIGN, "loudspeaker:", "reading_rate: 120\nloudspeaker:")
    page = shown(good)
    assert "khoảng 120 tiếng một phút" in page
    assert "0:08</span> Nơi gọi" in page


def test_a_post_stands_with_its_picture_and_its_words(good: Path) -> None:
    (post,) = re.findall(r'<section class="post">(.*?)</section>', shown(good), re.S)
    assert 'src="../../hinh/pictures/giot-nuoc.svg"' in post
    assert "Khe đục thì <strong>đừng lấy nước</strong>" in post


def test_a_talk_says_its_minutes_step_by_step(good: Path) -> None:
    (talk,) = re.findall(r'<ol class="talk">(.*?)</ol>', shown(good), re.S)
    assert words(talk).startswith("Chào 5 phút Hỏi bà con hôm nay lấy nước ở đâu. Ba việc 10 phút")


def test_what_only_the_talk_cites_stands_in_the_list_of_law(good: Path) -> None:
    change(good, CAMPAIGN, '  - {claim: Mọi người giữ nguồn nước., source: "[@nd-moi:3]"}', "  []")
    assert 'class="law-cited"' in shown(good)
    change(good, CAMPAIGN, "sạch [@nd-moi:3].", "sạch.")
    assert 'class="law-cited"' not in shown(good)


def test_a_campaign_without_them_has_no_heading_for_them(good: Path) -> None:
    path = good / CAMPAIGN
    path.write_text(path.read_text(encoding="utf-8").split("loudspeaker:")[0], encoding="utf-8")
    page = shown(good)
    assert not re.search(r"Bài phát thanh|Bài đăng|phút, cho người đứng nói", page)


# --- the leaflet ------------------------------------------------------------------------------


def test_the_leaflet_stands_before_all_else_in_the_order_in_which_it_is_unfolded(good: Path) -> None:
    page = words(shown(good))
    order = ("Vì sao?", "Nhìn", "Ngừng", "Gọi ai?", "Dành cho người tổ chức", "Mục tiêu truyền thông")
    places = [page.index(title) for title in order]
    assert places == sorted(places)


def test_the_only_readers_of_a_campaign_have_an_address_at_its_first_panel(good: Path, edit: Edit) -> None:
    edit(good, "content/programme/audiences.yml", "title: Người dân", "title: Người dân\n  called: Bà con")
    page = shown(good)
    assert re.search(r'<section class="panel" id="ba-con"[^>]*aria-labelledby="vi-sao"', page)
    assert '<a href="#ba-con">Bà con</a>' in page


def test_readers_whom_nothing_speaks_to_by_name_have_none(good: Path) -> None:
    assert 'class="panel" id=' not in shown(good)


def test_a_panel_for_readers_whom_the_campaign_does_not_have_is_a_finding(good: Path, edit: Edit) -> None:
    edit(good, CAMPAIGN, "{title: Nhìn,", "{title: Nhìn, audiences: [can-bo-xa],")
    (finding,) = load(good).findings
    assert finding.code == "unknown-audience"


def test_a_number_in_the_text_is_called_from_there(good: Path) -> None:
    change(good, CAMPAIGN, "text: Gọi tổ cấp nước.", "text: 'Gọi [contact:to-cap-nuoc].'")
    panels = shown(good).partition('<div class="panels"')[2].partition('class="whom-to-call"')[0]
    assert re.search(r'Gọi <a [^>]*href="tel:0900"[^>]*>Tổ cấp nước', panels)


def turned_to(page: str) -> list[str]:
    """What the buttons beside the message say."""
    calls = page.partition('<p class="campaign-cover__calls"')[2].partition("</p>")[0]
    return [words(button) for button in re.findall(r"<a .*?</a>", calls)]


def test_a_place_is_gone_to_and_what_is_neither_called_nor_gone_to_is_no_button(
    programme: Programme,
) -> None:
    known = programme.contacts.contacts
    station = known["to-cap-nuoc"].model_copy(update={"number": None, "url": None, "name": "Trạm cấp nước"})
    site = station.model_copy(update={"name": "Trang cấp nước", "url": "https://nuoc.example.vn/"})
    unknown = known["to-cap-nuoc"].model_copy(update={"publish": False, "name": "Tổng đài nước"})
    contacts = {**known, "tram": station, "trang": site, "tong-dai": unknown}
    register = programme.contacts.model_copy(update={"contacts": ReadOnly(contacts)})
    campaign = programme.campaigns["giu-giot-nuoc"]
    ids = ("tong-dai", "trang", "tram", "to-cap-nuoc")
    campaigns = {campaign.id: campaign.model_copy(update={"contacts": ids})}
    changed = replace(programme, contacts=register).having(Campaign, ReadOnly(campaigns))
    assert turned_to(page_of(changed, "truyen-thong/giu-giot-nuoc/")) == ["Đến trạm cấp nước", "Gọi 0900"]


def test_lines_to_write_on_are_drawn_on_paper_and_absent_on_the_page(good: Path, edit: Edit) -> None:
    edit(good, CAMPAIGN, "{title: Nhìn,", "{title: Nhìn, by_hand: [Nhà nào?, Ngày nào?],")
    assert "<p><strong>Nhà nào?<br>Ngày nào?</strong></p>" in shown(good)
    programme = load(good).programme
    assert programme
    leaflet = on_paper(programme)["giu-giot-nuoc-to-gap"].html
    lines = re.findall(r'<p class="by-hand"><strong>(.*?)</strong></p>', leaflet)
    assert lines == ["Nhà nào?", "Ngày nào?"]


def test_a_leaflet_without_words_on_its_front_leaves_the_place_to_the_message(good: Path) -> None:
    cover = shown(good).partition('class="on-page"')[0]
    assert "Thấy nước đục, bạn ngừng dùng và gọi ngay." in cover
