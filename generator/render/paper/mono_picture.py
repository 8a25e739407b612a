"""Pictures for paper in black and white, by the classes of their shapes (`mono-picture.css`).

Grey by lightness makes mud: hills, mountains and people meet at the same grey. So a drawing says what each
shape is printed as, and where a line of ink stands around it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from ..html_tags import attributes_of, split_tags, tag_name

STYLE = "templates/paper/mono-picture.css"
_COLOUR = re.compile(r'(?<==")(?<!href=")#(?:[0-9a-fA-F]{3}){1,2}(?=")')
_COMMENT = re.compile(r"/\*.*?\*/\n", re.DOTALL)


@cache
def mono_drawing(svg: str) -> str:
    """Returns an SVG as it is drawn in black and white; without classes it has the greys of its colours."""
    parts = split_tags(svg)
    if not any("class" in attributes_of(tag) for tag in parts[1::2]):
        return _COLOUR.sub(_grey, svg)
    root = next(at for at, tag in enumerate(parts) if at % 2 and tag_name(tag) == "svg")
    parts[root] += f"<style>{_style()}</style>"
    return "".join(parts)


@cache
def _style() -> str:
    return _COMMENT.sub("", resources.files("taphuan").joinpath(STYLE).read_text(encoding="utf-8")).strip()


def _grey(colour: re.Match[str]) -> str:
    """Returns the grey that is as light to the eye."""
    digits = colour[0][1:]
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    red, green, blue = (int(whole[at : at + 2], 16) for at in (0, 2, 4))
    return "#" + f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02x}" * 3
