"""Leaflets: how their sources stand, whom the bar names, a title that may not break, how columns end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from paper_sheets import CAMPAIGN, LEAFLET, on_paper, words

from taphuan.programme.model.campaign import Campaign, Leaflet
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Markdown, ReadOnly
from taphuan.render.browser_print import LARGEST
from taphuan.render.chromium import each_sheet, run_async
from taphuan.render.printable import Sheet


def with_panel(programme: Programme, name: str, **changed: object) -> str:
    """The HTML of the leaflet with those fields of one of its panels."""
    campaign = programme.campaigns[CAMPAIGN]
    leaflet = campaign.materials["to-gap"]
    assert isinstance(leaflet, Leaflet)
    panel = getattr(leaflet.panels, name).model_copy(update=changed)
    panels = leaflet.panels.model_copy(update={name: panel})
    materials = {**campaign.materials, "to-gap": leaflet.model_copy(update={"panels": panels})}
    campaigns = {CAMPAIGN: campaign.model_copy(update={"materials": ReadOnly(materials)})}
    return on_paper(programme.having(Campaign, campaigns))[LEAFLET].html


def test_a_leaflet_says_once_how_several_of_its_sources_stand(programme: Programme) -> None:
    text = Markdown("Giữ khe [@nd-moi:3], giữ suối [@nd-moi:9.1].")
    back = words(with_panel(programme, "back", text=text))
    assert back.count("còn hiệu lực") == 1
    assert "1. Nghị định 2/2025, Điều 3; 2." in back.replace("\xa0", " ")
    assert "Các mục 1, 2: còn hiệu lực." in back.replace("\xa0", " ")


def test_a_long_place_on_the_back_of_a_leaflet_is_parted_and_the_bar_has_its_short_name(
    programme: Programme,
) -> None:
    contacts = programme.contacts
    station = contacts.contacts["to-cap-nuoc"].model_copy(
        update={
            "number": None,
            "display": None,
            "short": "Người trông nước",
            "name": "Người trông nước ở bản và ở trường học",
        }
    )
    known = contacts.model_copy(update={"contacts": ReadOnly({**contacts.contacts, "tram": station})})
    html = with_panel(replace(programme, contacts=known), "back", contacts=("tram", "to-cap-nuoc"))
    assert "Người trông nước ở bản và ở trường học Số máy:" in words(html)
    assert '<span class="where">ở bản và ở trường học</span>' in html
    bar = words(html.partition('<div class="strip middle">')[2].partition("</div>")[0])
    assert bar.startswith("Người trông nước 0900")


#: The white at the foot of each panel inside, and by how much it overflows.
ROOM = """[...document.querySelectorAll(".inside [data-panel^=inside]")].map((panel) => {
  const text = panel.querySelector(".text");
  const last = text.lastElementChild.getBoundingClientRect();
  return [text.getBoundingClientRect().bottom - last.bottom, panel.scrollHeight - panel.clientHeight];
})"""


def test_the_columns_of_a_leaflet_spread_over_what_room_they_have_and_none_overflows(
    programme: Programme, chromium_path: str
) -> None:
    steps = "\n".join(f"- **Bước {step}:** che giếng, rửa gàu, đậy nắp." for step in range(1, 5))
    sheet = replace(
        on_paper(programme)[LEAFLET], html=with_panel(programme, "inside_left", text=Markdown(steps))
    )

    async def seen(page: Any, sheet: Sheet) -> list[list[list[float]]]:
        await page.set_content(sheet.html)
        before: list[list[float]] = await page.evaluate(ROOM)
        await page.evaluate(LARGEST)
        after: list[list[float]] = await page.evaluate(ROOM)
        return [before, after]

    (before, after) = next(iter(run_async(each_sheet([sheet], chromium_path, 1, seen))))
    assert after[0][0] < before[0][0]
    assert all(foot > 0 and over <= 1 for foot, over in after)


def test_the_bar_of_a_leaflet_names_whom_its_back_names_first(programme: Programme) -> None:
    contacts = programme.contacts
    station = contacts.contacts["to-cap-nuoc"].model_copy(update={"number": None, "name": "Trạm cấp nước"})
    known = contacts.model_copy(update={"contacts": ReadOnly({**contacts.contacts, "tram": station})})
    html = with_panel(replace(programme, contacts=known), "back", contacts=("tram", "to-cap-nuoc"))
    bar = words(html.partition('<div class="strip middle">')[2].partition("</div>")[0])
    assert bar.startswith("Trạm cấp nước 0900")
    assert html.count('<span class="to-write">Số máy:</span>') == 1


def test_the_back_of_a_leaflet_has_its_lines_to_write_on_below_its_points_and_then_its_sources(
    programme: Programme,
) -> None:
    back = words(with_panel(programme, "back", text=Markdown("Giữ khe, giữ suối [@nd-moi:3].")))
    places = [back.index(part) for part in ("giữ suối", "Số Công an xã, phường:", "Nghị định 2/2025")]
    assert places == sorted(places)


@pytest.mark.parametrize("has_back", [True, False])
def test_the_bar_of_a_leaflet_says_where_the_number_of_a_place_is_written(
    programme: Programme, has_back: bool
) -> None:
    contacts, campaign = programme.contacts, programme.campaigns[CAMPAIGN]
    station = contacts.contacts["to-cap-nuoc"].model_copy(update={"number": None, "name": "Trạm cấp nước"})
    known = contacts.model_copy(update={"contacts": ReadOnly({**contacts.contacts, "tram": station})})
    campaigns = {CAMPAIGN: campaign.model_copy(update={"contacts": ("tram",)})}
    changed = replace(programme, contacts=known).having(Campaign, campaigns)
    html = with_panel(changed, "back", contacts=("tram",) if has_back else ())
    assert ('data-written="Số máy ghi ở mặt sau"' in html) == has_back
    assert html.count('<span class="to-write">Số máy:</span>') == has_back


#: How full the first line of each text of the flap is.
FULL = """[...document.querySelectorAll("[data-panel=flap] .text p")].map((text) => {
  const range = document.createRange();
  range.selectNodeContents(text);
  return range.getClientRects()[0].width / text.clientWidth;
})"""


def test_a_line_of_a_leaflet_holds_what_fits_it_however_short_the_last_one_is(
    programme: Programme, chromium_path: str
) -> None:
    texts = [" ".join(["Ta giữ lấy con suối", *["ở xa"] * count, "tai nghe."]) for count in range(7, 30)]
    html = with_panel(programme, "flap", text=Markdown("\n\n".join(texts).replace(" tai", ", tai")))
    sheet = replace(on_paper(programme)[LEAFLET], html=html)

    async def seen(page: Any, sheet: Sheet) -> list[float]:
        await page.set_content(sheet.html)
        full: list[float] = await page.evaluate(FULL)
        return full

    full = next(iter(run_async(each_sheet([sheet], chromium_path, 1, seen))))
    assert len(full) == len(texts)
    assert min(full) > 0.95


@pytest.mark.parametrize(("title", "is_unbroken"), [("Giữ từng giọt", False), ("Giữ\xa0từng\xa0giọt", True)])
def test_a_title_that_may_not_break_stands_a_little_smaller_on_its_line(
    programme: Programme, title: str, is_unbroken: bool
) -> None:
    html = with_panel(programme, "front", title=title)
    assert ('class="title unbroken"' in html) == is_unbroken
