"""The page of a campaign: its leaflet is read there, whole and first; what is for organisers is folded."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from axe_checks import FIRST, SeenStyles, on_screens
from playwright.sync_api import Browser, Page, expect

from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme

REPOSITORY = Path(__file__).parents[2]
PUPILS = "truyen-thong/biet-dung-hoi-ke/"
GROWN_UPS = "truyen-thong/nha-truong-va-cha-me/"
BETWEEN = re.compile(r"\s*(?:\[[^\]]*\]|\|)")
MARKS = re.compile(r"[*_]|^\s*(?:-|\d+\.)\s+|^\|[-:|]+\|$", re.M)


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


@pytest.fixture(scope="module")
def programme() -> Programme:
    programme = load(REPOSITORY).programme
    assert programme
    return programme


def plain(text: str) -> str:
    return " ".join(unescape(text).split())


def shown(html: str) -> str:
    """Returns the words of a page's article, without tags."""
    return plain(re.sub(r"<[^>]+>", "", html.partition("<article")[2].partition("</article>")[0]))


def phrases(text: str) -> list[str]:
    """Returns what an author wrote between pointers, a line or a cell of a table each."""
    written = MARKS.sub("", text)
    return [plain(part) for line in written.splitlines() for part in BETWEEN.split(line) if plain(part)]


def test_every_word_of_every_leaflet_stands_on_its_page_in_its_order(
    programme: Programme, site: Path
) -> None:
    for id, campaign in programme.campaigns.items():
        page = shown((site / f"truyen-thong/{id}/index.html").read_text(encoding="utf-8"))
        for leaflet in campaign.leaflets.values():
            panels, place = leaflet.panels, 0
            for panel in (panels.front, *panels.as_read, panels.back):
                if panel is not panels.front:
                    place = page.index(plain(panel.title or ""), place)
                for phrase in (*panel.by_hand, *phrases(panel.text or "")):
                    assert phrase in page, (id, phrase)
                place = page.index(phrases(panel.text or "")[0], 0 if panel is panels.front else place)


def test_pupils_read_their_leaflet_on_a_phone_where_the_door_leads(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}{PUPILS}#em")
    panel = page.locator("#em")
    words = plain(panel.inner_text())
    assert "Lời mời nào chưa an toàn?" in words
    assert "Chỉ một dấu hiệu cũng đủ để em dừng lại." in words
    assert 0 <= panel.evaluate("panel => panel.getBoundingClientRect().top") < 120
    steps = page.locator(".panel", has_text=re.compile(r"Ba\s+bước\s+cho\s+em")).locator("ol > li")
    assert [step.split(".")[0] for step in steps.all_inner_texts()] == ["Dừng", "Hỏi", "Kể"]


def test_parents_and_teachers_have_an_address_each(address: str, page: Page) -> None:
    page.goto(address + GROWN_UPS)
    tabs = page.locator(".on-page a")
    assert [tabs.nth(number).inner_text() for number in (0, 1)] == ["Cha mẹ", "Thầy cô"]
    for anchor, title in (("cha-me", "Ở nhà: ba việc"), ("thay-co", "Ở trường: báo ngay")):
        page.click(f".on-page a[href='#{anchor}']")
        expect(page).to_have_url(f"{address}{GROWN_UPS}#{anchor}")
        assert plain(page.locator(f"#{anchor} h2").inner_text()) == title


def test_words_to_say_to_a_child_stand_apart(address: str, page: Page) -> None:
    page.goto(address + GROWN_UPS)
    (said,) = page.locator(".panel .said").all()
    assert plain(said.inner_text()) == "“Con kể là đúng. Con không có lỗi.”"


def test_what_not_to_ask_and_what_to_ask_are_told_apart_by_a_mark(address: str, page: Page) -> None:
    page.goto(address + GROWN_UPS)
    lines = page.locator(".panel li:is(.do, .avoid)")
    marks = lines.locator(".typed-mark").all_inner_texts()
    leads = [plain(lead) for lead in lines.locator("strong").all_inner_texts()]
    assert list(zip(marks, leads, strict=True)) == [
        ("✗", "Khoan hỏi:"),
        ("✓", "Nên hỏi:"),
        ("✓", "Nên nói thật:"),
    ]


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
def test_the_ways_into_the_page_stay_in_sight_over_nothing_that_they_lead_to(
    address: str, page: Page, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address + GROWN_UPS)
    for anchor in ("cha-me", "thay-co", "can-giup-goi-so-nao", "tai-ve"):
        page.click(f".on-page a[href='#{anchor}']")
        expect(page).to_have_url(f"{address}{GROWN_UPS}#{anchor}")
        expect(page.locator(".on-page a:target-current")).to_have_attribute("href", f"#{anchor}")
        bar, part = (page.locator(each).bounding_box() for each in (".on-page", f"#{anchor}"))
        assert bar
        assert part
        assert 0 < bar["y"] + bar["height"] <= part["y"] < height / 2


def test_sheets_are_called_by_their_kind_and_found_from_the_top(address: str, page: Page) -> None:
    page.goto(address + GROWN_UPS)
    page.click(".on-page__print a")
    expect(page).to_have_url(f"{address}{GROWN_UPS}#tai-ve")
    assert page.locator(".download__title").all_inner_texts() == ["Tờ gấp ba", "Áp phích"]


def test_the_numbers_are_buttons_on_the_first_screen(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + PUPILS)
    calls = page.locator(".campaign-cover .call")
    assert [call.get_attribute("href") for call in calls.all()] == ["tel:111", "tel:113"]
    tabs = page.locator(".on-page li").evaluate_all("tabs => tabs.map(tab => tab.getBoundingClientRect().y)")
    assert len(set(tabs)) == 1, "the ways into the page stand in one line"
    for call in calls.all():
        box = call.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["y"] + box["height"] < 740


def test_what_is_for_organisers_is_folded_and_opened_by_its_address(address: str, page: Page) -> None:
    page.goto(address + GROWN_UPS)
    folds = page.locator(".organisers details")
    assert folds.count() == 7
    assert page.locator(".organisers details[open]").count() == 0
    for anchor in ("muc-tieu-truyen-thong", "can-cu", "luu-y-de-khong-gay-hai", "bai-phat-thanh"):
        page.goto(f"{address}{GROWN_UPS}#{anchor}")
        page.wait_for_selector(f"details[open] #{anchor}")
    page.goto(f"{address}{GROWN_UPS}#loa-may-keu-nua-dem")
    assert page.locator("#loa-may-keu-nua-dem").is_visible()


def test_what_organisers_read_is_printed_where_a_reader_opened_it(address: str, page: Page) -> None:
    page.goto(address + GROWN_UPS)
    page.emulate_media(media="print")
    expect(page.locator(".organisers")).to_be_hidden()
    page.emulate_media(media="screen")
    page.locator(".organisers summary", has_text="Căn cứ").click()
    page.emulate_media(media="print")
    expect(page.locator(".organisers .evidence")).to_be_visible()
    expect(page.locator(".organisers .talk")).to_be_hidden()
    page.emulate_media(media="screen")


def test_the_list_begins_with_everybody_and_goes_on_by_age(site: Path) -> None:
    html = (site / "truyen-thong/index.html").read_text(encoding="utf-8")
    readers = [
        plain(re.sub("<[^>]+>", "", words)) for words in re.findall(r'class="card__readers">(.*?)</p>', html)
    ]
    assert readers[0] == "Mọi người"
    young = [who for who in dict.fromkeys(readers) if who.startswith("Học sinh")]
    assert young == ["Học sinh 11–14 tuổi", "Học sinh, bạn trẻ 15–17 tuổi"]
    assert readers == [who for group in dict.fromkeys(readers) for who in readers if who == group], "together"


def test_other_leaflets_are_offered_to_hand_on(address: str, page: Page, programme: Programme) -> None:
    page.goto(address + GROWN_UPS)
    campaign = programme.campaigns["nha-truong-va-cha-me"]
    titles = page.locator(".read-also strong").all_inner_texts()
    assert list(map(plain, titles)) == [programme.campaigns[id].title for id in campaign.read_also]


def test_the_page_is_read_and_unfolded_without_scripts(address: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{PUPILS}#em")
    assert page.locator("#em").is_visible()
    page.locator(".organisers summary").first.click()
    expect(page.locator(".organisers .aim")).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", [PUPILS, GROWN_UPS])
def test_folded_and_unfolded_it_violates_nothing(
    address: str, page: Page, seen_styles: SeenStyles, path: str
) -> None:
    page.set_viewport_size(FIRST)
    page.goto(address + path)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    screens = on_screens(page)
    assert [(screen, fault) for screen in screens for fault in seen_styles.faults(page, screen)] == []
