"""Sheets of the programme on paper, and their words."""

from __future__ import annotations

from pathlib import Path

from taphuan.programme.model.programme import Programme
from taphuan.render.markdown_text import Prose
from taphuan.render.paper import sheets
from taphuan.render.printable import Sheet

ROOT = Path(__file__).parents[2]


COURSE, LESSON, CAMPAIGN = "can-bo-cap-xa", "can-bo-cap-xa/xu-phat-hanh-chinh", "nha-truong-va-cha-me"


HANDOUT, BOOK = "can-bo-cap-xa-xu-phat-hanh-chinh", "can-bo-cap-xa-so-tay"


LEAFLET, POSTER = f"{CAMPAIGN}-to-gap", f"{CAMPAIGN}-ap-phich"


MONO = "-den-trang"


SITE = "https://taphuan.example/"


def on_paper(programme: Programme, site_url: str = "") -> dict[str, Sheet]:
    return {sheet.id: sheet for sheet in sheets(programme, Prose(programme), site_url=site_url)}
