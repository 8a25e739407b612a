"""Sheets of the sample on paper, by their ids."""

from __future__ import annotations

import re

from markupsafe import Markup

from taphuan.programme.model.programme import Programme
from taphuan.render.paper import sheets
from taphuan.render.printable import Sheet
from taphuan.render.text.prose import Prose

COURSE, LESSON, CAMPAIGN = "nuoc-sach", "nuoc-sach/giu-nguon-nuoc", "giu-giot-nuoc"
HANDOUT, BOOK = "nuoc-sach-giu-nguon-nuoc", f"{COURSE}-so-tay"
LEAFLET, POSTER = f"{CAMPAIGN}-to-gap", f"{CAMPAIGN}-ap-phich"
MONO = "-den-trang"
SITE = "https://taphuan.example/"


def on_paper(programme: Programme, site_url: str = "") -> dict[str, Sheet]:
    return {sheet.id: sheet for sheet in sheets(programme, Prose(programme), site_url=site_url)}


def words(html: str) -> str:
    """What a reader reads: no tags, no styles, plain spaces."""
    bare = re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", Markup(bare).unescape()).strip()
