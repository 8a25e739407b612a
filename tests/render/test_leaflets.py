"""Leaflets: how their sources stand, whom the bar names, a title that may not break."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper_sheets import CAMPAIGN, LEAFLET, on_paper, words

from taphuan.programme.model.campaign import Leaflet
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import Markdown, ReadOnly


def with_panel(programme: Programme, name: str, **changed: object) -> str:
    """The HTML of the leaflet with those fields of one of its panels."""
    campaign = programme.campaigns[CAMPAIGN]
    leaflet = campaign.materials["to-gap"]
    assert isinstance(leaflet, Leaflet)
    panel = getattr(leaflet.panels, name).model_copy(update=changed)
    panels = leaflet.panels.model_copy(update={name: panel})
    materials = {**campaign.materials, "to-gap": leaflet.model_copy(update={"panels": panels})}
    campaigns = {CAMPAIGN: campaign.model_copy(update={"materials": ReadOnly(materials)})}
    return on_paper(replace(programme, campaigns=campaigns))[LEAFLET].html


def test_a_leaflet_says_once_how_several_of_its_sources_stand(programme: Programme) -> None:
    text = Markdown("Giữ khe [@nd-moi:3], giữ suối [@nd-moi:9.1].")
    back = words(with_panel(programme, "back", text=text))
    assert back.count("còn hiệu lực") == 1
    assert "1. Nghị định 2/2025, Điều 3; 2." in back.replace("\xa0", " ")
    assert "Các mục 1, 2: còn hiệu lực." in back.replace("\xa0", " ")


def test_the_bar_of_a_leaflet_names_whom_its_back_names_first(programme: Programme) -> None:
    contacts = programme.contacts
    station = contacts.contacts["to-cap-nuoc"].model_copy(update={"number": None, "name": "Trạm cấp nước"})
    known = contacts.model_copy(update={"contacts": ReadOnly({**contacts.contacts, "tram": station})})
    html = with_panel(replace(programme, contacts=known), "back", contacts=("tram", "to-cap-nuoc"))
    bar = words(html.partition('<div class="strip middle">')[2].partition("</div>")[0])
    assert bar.startswith("Trạm cấp nước 0900")
    assert html.count('<span class="to-write">Số máy:</span>') == 1


@pytest.mark.parametrize(("title", "is_unbroken"), [("Giữ từng giọt", False), ("Giữ\xa0từng\xa0giọt", True)])
def test_a_title_that_may_not_break_stands_a_little_smaller_on_its_line(
    programme: Programme, title: str, is_unbroken: bool
) -> None:
    html = with_panel(programme, "front", title=title)
    assert ('class="title unbroken"' in html) == is_unbroken
