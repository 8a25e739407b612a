"""How wide a shape of an SVG is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element


def width_across(kind: str, element: Element) -> float:
    """Returns how wide a shape is, by the ends of its lines and the points that bend them."""
    if kind == "rect":
        width = element.get("width", "0")
        return math.inf if width.endswith("%") else float(width)
    if kind != "path" or "transform" in element.attrib:
        return 0.0
    xs = list(_path_xs(element.get("d", "")))
    return max(xs) - min(xs) if xs else 0.0


#: Of each command of a path, which of its numbers are across.
_XS = {
    "M": (0,),
    "L": (0,),
    "T": (0,),
    "H": (0,),
    "C": (0, 2, 4),
    "S": (0, 2),
    "Q": (0, 2),
    "A": (5,),
    "V": (),
}
_COUNTS = {"M": 2, "L": 2, "T": 2, "H": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "V": 1}


def _path_xs(path: str) -> Iterator[float]:
    x = start = 0.0
    for letter, written in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        command = letter.upper()
        if command == "Z":
            x = start
        if command not in _COUNTS:
            continue
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", written)]
        for at in range(0, len(numbers) - _COUNTS[command] + 1, _COUNTS[command]):
            across = [numbers[at + place] + (x if letter.islower() else 0) for place in _XS.get(command, ())]
            yield from across
            x = across[-1] if across else x
            if command == "M" and at == 0:
                start = x
