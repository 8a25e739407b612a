"""Pictures of the first pages of sheets, as the downloads show them: made of the sheet, small, none alike."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from .printable import Sheet, thumbnail_size

#: Pixels of a sheet as the browser lays it out: 96 to the inch.
SHORT_SIDES = {"A3": 297 / 25.4 * 96, "A4": 210 / 25.4 * 96}
LONG_SIDES = {"A3": 420 / 25.4 * 96, "A4": 297 / 25.4 * 96}
#: A picture takes the best of these qualities that keeps it small.
QUALITIES = (70, 55, 40, 25, 15, 5)
MOST_BYTES = 12_000
#: How hard the encoder tries: what is written comes out smaller than its trial, for twice the time.
QUICK, CAREFUL = 2, 4


@dataclass(frozen=True, kw_only=True)
class FirstPage:
    """The content of a first page as a PNG, where it lies on the sheet, and how far down the page it goes."""

    picture: bytes
    left: int
    top: int
    ends: int


def paper_pixels(sheet: Sheet) -> tuple[float, float]:
    """Returns width and height of the sheet as the browser lays it out."""
    short, long = SHORT_SIDES[sheet.paper], LONG_SIDES[sheet.paper]
    return (long, short) if sheet.landscape else (short, long)


def thumbnail(sheet: Sheet, page: FirstPage) -> bytes:
    """Returns the first page as a small WebP."""
    width, height = paper_pixels(sheet)
    paper = Image.new("RGB", (round(width), round(height)), "white")
    with Image.open(io.BytesIO(page.picture)) as shown:
        content = shown.convert("RGB").crop((0, 0, shown.width, min(shown.height, page.ends)))
    paper.paste(content, (page.left, page.top))
    small = paper.resize(thumbnail_size(is_landscape=sheet.landscape), Image.Resampling.LANCZOS)
    qualities = (quality for quality in QUALITIES if len(_webp(small, quality, QUICK)) <= MOST_BYTES)
    return _webp(small, next(qualities, QUALITIES[-1]), CAREFUL)


def _webp(picture: Image.Image, quality: int, method: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=quality, method=method)
    return file.getvalue()
