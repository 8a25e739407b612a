"""Drawings as they go into a sheet."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache

import segno
from markupsafe import Markup

from ...programme.model.programme import Programme
from ..sheet import Edition

_VIEW_BOX = re.compile(r'<svg\b[^<>]* viewBox="[\d.-]+ [\d.-]+ (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')
# Not the address of a part of the drawing, which is written alike.
_COLOUR = re.compile(r"(?<![(])(?<!href=.)#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
# Toner is dear and cheap printers clog dark areas: the darkest grey of a picture.
DARKEST = 70
WIDE = 2.0


@dataclass(frozen=True, kw_only=True)
class EmbeddedPicture:
    """A picture's address inside the document, and the words that stand for it."""

    source: str
    alt: str
    ratio: float
    """Width by height."""

    @property
    def is_wide(self) -> bool:
        """Too wide to be cropped to the shape of its neighbours."""
        return self.ratio > WIDE


def drawn(programme: Programme, id: str | None, edition: Edition) -> EmbeddedPicture | None:
    """The picture of that id, or nothing where none is named or drawn."""
    drawing = programme.drawing(id)
    if id is None or drawing is None:
        return None
    return EmbeddedPicture(
        source=data_uri(drawing, edition), alt=programme.pictures[id].alt, ratio=_ratio(drawing)
    )


def _ratio(svg: str) -> float:
    box = _VIEW_BOX.search(svg)
    return round(float(box[1]) / float(box[2]), 4) if box else 1.5


def data_uri(svg: str, edition: Edition) -> str:
    inked = greyed(svg) if edition == "mono" else svg
    return "data:image/svg+xml;base64," + b64encode(inked.encode()).decode()


def greyed(svg: str) -> str:
    """The drawing with each colour as a grey of the same lightness; it stays a drawing."""
    return _COLOUR.sub(lambda colour: _grey(colour[1]), svg)


def _grey(colour: str) -> str:
    digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    level = round(DARKEST + light * (255 - DARKEST) / 255)
    return f"#{level:02x}{level:02x}{level:02x}"


@cache
def qr(address: str) -> Markup:
    """The address as a QR code, an inline drawing with its quiet zone."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=4, omitsize=True))
