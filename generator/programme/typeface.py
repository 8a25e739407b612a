"""The typeface of printed matter: its files, and how many lines a text takes, by the widths of letters."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(str(files("fontpkg_be_vietnam_pro"))) / "files"
#: Word spaces are this much wider than the font's own, in parts of the type size (`paper/base.css`).
WIDER_SPACE = 0.04
POINTS_IN_MM = 72 / 25.4
#: Letters are measured this large, in points, where rounding to whole pixels no longer shows.
MEASURED_AT = 1_000


def count_lines(text: str, *, face: str, points: float, width: float) -> int:
    """Returns how many lines a text takes in a face ("Regular", "Bold" …) of a size on a width in mm.

    A word wider than the line takes as many as it needs.
    """
    room = width * POINTS_IN_MM / points
    space = _width(" ", face) + WIDER_SPACE
    lines, left = 0, 0.0
    for word in text.split(" "):
        wide = _width(word, face)
        if lines and space + wide <= left:
            left -= space + wide
        else:
            more = max(-int(-wide // room), 1)
            lines, left = lines + more, more * room - wide
    return lines


@lru_cache(maxsize=10_000)
def _width(word: str, face: str) -> float:
    """Returns the width of a word in parts of the type size, without kerning, which hardly changes it."""
    return _font(face).getlength(word) / MEASURED_AT


@lru_cache(maxsize=8)
def _font(face: str) -> FreeTypeFont:
    # Most commands measure nothing, and Pillow takes its time to load.
    from PIL.ImageFont import Layout, truetype

    return truetype(FONTS / f"BeVietnamPro-{face}.ttf", MEASURED_AT, layout_engine=Layout.BASIC)
