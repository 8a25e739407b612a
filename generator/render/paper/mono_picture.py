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
#: Half a hundredth of a drawing on a ground of its own is cut off each side: lines of what lies along it.
TRIM = 0.005
FRAMED = "framed"
_COLOUR = re.compile(r"(?<![(])(?<!href=.)#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_COMMENT = re.compile(r"/\*.*?\*/\n", re.DOTALL)


@cache
def mono_drawing(svg: str) -> str:
    """Returns an SVG as it is drawn in black and white; what has no class has the grey of its colour."""
    parts = split_tags(_COLOUR.sub(_grey, svg))
    if not any("class" in attributes_of(tag) for tag in parts[1::2]):
        return "".join(parts)
    at = next(at for at, tag in enumerate(parts) if at % 2 and tag_name(tag) == "svg")
    root = parts[at]
    parts[at] = (_trimmed(root) if attributes_of(root).get("class") == FRAMED else root) + _style()
    return "".join(parts)


def _trimmed(root: str) -> str:
    """Returns the tag of a drawing with a window on it that is a little smaller."""
    view = attributes_of(root)["viewBox"]
    left, top, width, height = map(float, view.split())
    across, down = TRIM * width, TRIM * height
    box = (left + across, top + down, width - 2 * across, height - 2 * down)
    return root.replace(view, " ".join(f"{length:g}" for length in box), 1)


@cache
def _style() -> str:
    style = resources.files("taphuan").joinpath(STYLE).read_text(encoding="utf-8")
    return f"<style>{_COMMENT.sub('', style).strip()}</style>"


def _grey(colour: re.Match[str]) -> str:
    """Returns the grey that is as light to the eye."""
    digits = colour[0][1:]
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    red, green, blue = (int(whole[at : at + 2], 16) for at in (0, 2, 4))
    return "#" + f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02x}" * 3
