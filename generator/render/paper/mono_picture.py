"""Pictures for paper in black and white, drawn from the coloured ones: five inks, and lines of a pen.

Grey by lightness makes mud: hills, mountains and people meet at the same grey. Here a colour has a role,
what is light has a line of ink as thin in a small picture as in a large one, and tea rows are plain lines.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..text.shown_blocks import drawing_size
from .path_width import width_across

#: What a role is printed with: of ink 0, 8, 15, 35 and 100 %.
INKS: Mapping[str, str] = {
    "white": "#fff",
    "faint": "#ebebeb",
    "light": "#d9d9d9",
    "middle": "#a6a6a6",
    "black": "#000",
}
#: Up to which lightness, of 255, a colour is drawn in a role.
ROLES = ((62, "black"), (122, "middle"), (170, "light"), (205, "faint"), (255, "white"))
#: A large ground is lighter than what stands on it: toner clogs, and old machines print bands.
GROUNDS: Mapping[str, str] = {"black": "faint", "middle": "light", "light": "faint", "faint": "white"}
HILLS: Mapping[str, str] = {"black": "light", "middle": "light", "light": "faint", "faint": "white"}
#: Straw and lamplight are warm colours from this lightness on, and white.
WARM = 190
#: Skin is a grey: a hand is seen on white paper. In colour the parts of a hand have an edge of the second.
SKIN, SKIN_EDGE = "#d9b679", "#a87f3e"
#: Pixels of a pen line, of the edge that a black shape leaves around it, and of a row of tea.
PEN, EDGE, ROW = ".9", ".7", ".55"
#: By how much of its drawing the ink under a wide line is wider.
INKED = 250
#: A line as wide as this, in the drawing's own units, is a shape: an arm, a post.
WIDE = 5.0
#: The share of a drawing's width from which a shape is a ground; a soft-edged one may be a sign or a roof.
BROAD, BROADEST = 0.5, 0.7
#: Of its width, the radius from which circles around one another are the glow of a sun or a lamp.
GLOW = 0.05
#: Of its size, what is cut off each side of a drawing on a ground of its own: lines of what lies along it.
TRIM = 0.005
#: A sun or a moon is as light as this, and takes this much of the width of the glow around it.
LIT, LEAST_LIT = 150, 0.4
#: Hair and outlines of the drawings: such paths stand on one another, and no edge parts them.
INK = "#1d2a2f"

_SVG = "http://www.w3.org/2000/svg"
_COLOUR = re.compile(r"(?<![(])(?<!href=.)#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "polygon"})
_LINES = frozenset({"line", "polyline"})
_KEPT = frozenset({"clipPath", "mask", "pattern", "linearGradient", "radialGradient", "filter", "style"})
_PAINT = ("fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "fill-opacity", "stroke-opacity")

ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


class _Rgb(NamedTuple):
    """A colour by the parts of its light, each from 0 to 255."""

    red: int
    green: int
    blue: int

    @property
    def level(self) -> float:
        """How light it is to the eye."""
        return 0.299 * self.red + 0.587 * self.green + 0.114 * self.blue

    @property
    def is_warm(self) -> bool:
        return self.red >= self.green >= self.blue and self.red - self.blue > 40

    @property
    def is_green(self) -> bool:
        """True of tea: its rows are lines, its hills are grounds."""
        return self.green > max(self.red, self.blue)


def _rgb(colour: str) -> _Rgb:
    digits = colour.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return _Rgb(*(int(whole[at : at + 2], 16) for at in (0, 2, 4)))


def role_of(colour: str) -> str:
    """Returns the role in which a colour, `#rgb` or `#rrggbb`, is drawn."""
    seen = _rgb(colour)
    if colour == SKIN:
        return "light"
    if seen.is_warm and seen.level >= WARM:
        return "white"
    return next(role for most, role in ROLES if seen.level <= most)


def ink_of_line(colour: str) -> str:
    """Returns what a line of a colour is drawn with: white on what is dark, grey for straw, else black."""
    if colour == SKIN:
        return INKS["middle"]
    return INKS["white"] if _rgb(colour).level > ROLES[-2][0] else INKS["black"]


@cache
def mono_drawing(svg: str) -> str:
    """Returns an SVG as it is drawn in black and white.

    What it says by styles instead of attributes keeps its shapes, and has the greys of its roles.
    """
    root = ElementTree.fromstring(svg)
    width, height = map(float, drawing_size(svg))
    if _has_ground(root, width):
        _trim(root)
    _Drawing(width=width, height=height, grounds={}).draw(root, {})
    drawn = ElementTree.tostring(root, encoding="unicode")
    return _COLOUR.sub(lambda colour: _ink(colour[0]), drawn)


def _has_ground(root: Element, width: float) -> bool:
    """Tells whether a drawing stands on a rectangle as wide as itself, which has no line around it in ink."""
    first = next(iter(root), root)
    return "viewBox" in root.attrib and _kind(first) == "rect" and width_across("rect", first) >= width


def _trim(root: Element) -> None:
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    across, down = TRIM * width, TRIM * height
    box = (left + across, top + down, width - 2 * across, height - 2 * down)
    root.set("viewBox", " ".join(f"{length:g}" for length in box))


def _ink(colour: str) -> str:
    return colour if colour in INKS.values() else INKS[role_of(colour)]


@dataclass(frozen=True)
class _Skin:
    """A shape that may be skin, with the paint that it has or inherits."""

    element: Element
    paint: Mapping[str, str]

    @property
    def stroke_width(self) -> float:
        return float(self.paint.get("stroke-width", "1"))

    @property
    def is_line(self) -> bool:
        return self.paint.get("fill") == "none"

    def is_skin(self, broad: float) -> bool:
        """Tells whether it is: a filled shape or a wide line, narrower than the ground that `broad` is."""
        kind = _kind(self.element)
        if kind not in _SHAPES - {"rect"} | _LINES or width_across(kind, self.element) >= broad:
            return False
        if self.is_line:
            is_wide = self.stroke_width >= WIDE and "stroke-dasharray" not in self.paint
            return is_wide and self.paint.get("stroke") == SKIN
        return (self.paint.get("fill"), self.paint.get("stroke", "none")) == (SKIN, "none")


@dataclass(frozen=True)
class _Drawing:
    """A drawing of a size; `grounds` are the inks of its large grounds so far, by their colours."""

    width: float
    height: float
    grounds: dict[str, str]

    def draw(self, element: Element, inherited: Mapping[str, str]) -> None:
        """Draws what is within an element."""
        paint = {**inherited, **{name: element.attrib[name] for name in _PAINT if name in element.attrib}}
        for glow in _glows(list(element), GLOW * self.width):
            element.remove(glow)
        skin = [(run, [self._silhouette(part) for part in run]) for run in self._skin(element, paint)]
        for child in list(element):
            kind = _kind(child)
            if kind in _KEPT:
                continue
            if kind in _SHAPES | _LINES and not {"style", "class"} & child.attrib.keys():
                self._draw_shape(element, child, kind, paint)
            else:
                self.draw(child, paint)
        for run, under in skin:
            at = list(element).index(run[0].element)
            element[at:at] = under
            for part in run:
                part.element.set("stroke", INKS[role_of(SKIN)] if part.is_line else "none")

    def _skin(self, element: Element, inherited: Mapping[str, str]) -> Iterator[list[_Skin]]:
        """Yields the parts of each hand, arm or neck: shapes of skin that follow one another."""
        drawn = [_Skin(child, {**inherited, **child.attrib}) for child in element]
        parts = [part for part in drawn if part.paint.get("stroke") != SKIN_EDGE]
        for is_skin, run in groupby(parts, lambda part: part.is_skin(BROAD * self.width)):
            if is_skin:
                yield list(run)

    def _silhouette(self, part: _Skin) -> Element:
        """Returns the line of ink around a part: all parts stand on those of all, so that none parts them."""
        under = Element(part.element.tag, dict(part.element.attrib))
        under.attrib |= {"fill": "none", "stroke": INKS["black"], "stroke-linejoin": "round"}
        if part.is_line:
            under.set("stroke-width", str(part.stroke_width + self.width / INKED))
        else:
            under.attrib |= {"stroke-width": str(2 * float(PEN)), "vector-effect": "non-scaling-stroke"}
        return under

    def _draw_shape(self, parent: Element, shape: Element, kind: str, inherited: Mapping[str, str]) -> None:
        paint = {**inherited, **{name: shape.attrib[name] for name in _PAINT if name in shape.attrib}}
        drawn = _Shape(kind, shape, paint, self, _is_crescent(list(parent), shape))
        if (under := drawn.underlay) is not None:
            parent.insert(list(parent).index(shape), under)
        for name, value in list(drawn.drawn()):
            shape.set(name, value)


def _kind(element: Element) -> str:
    return element.tag.removeprefix(f"{{{_SVG}}}") if isinstance(element.tag, str) else ""


def _glows(children: Sequence[Element], least: float) -> Iterator[Element]:
    """Yields the outer ones of three or more circles around one another, or of two around a sun or a moon."""
    for (middle, kind), run in groupby(
        children, lambda shape: ((shape.get("cx"), shape.get("cy")), _kind(shape))
    ):
        circles = list(run)
        if kind == "circle" and middle[0] and (len(circles) > 2 or _is_lit(circles)):
            yield from (outer for outer in circles[:-1] if float(outer.get("r", "0")) >= least)


def _is_lit(circles: Sequence[Element]) -> bool:
    """Tells whether the last of circles is a sun or a moon, whose light lies within the one around it."""
    fill = circles[-1].get("fill", "")
    if len(circles) < 2 or not _COLOUR.fullmatch(fill):
        return False
    radius, around = (float(circle.get("r", "0")) for circle in (circles[-1], circles[-2]))
    return _rgb(fill).is_warm and _rgb(fill).level >= LIT and radius >= LEAST_LIT * around


def _is_crescent(siblings: Sequence[Element], shape: Element) -> bool:
    """Tells whether a circle and one drawn beside it cut each other: a moon, and what hides most of it."""
    at = siblings.index(shape)
    beside = (siblings[place] for place in (at - 1, at + 1) if 0 <= place < len(siblings))
    return _kind(shape) == "circle" and any(_cut_each_other(shape, other) for other in beside)


def _cut_each_other(circle: Element, other: Element) -> bool:
    if _kind(other) != "circle":
        return False
    (x, y, r), (x2, y2, r2) = (
        [float(round_shape.get(name, "0")) for name in ("cx", "cy", "r")] for round_shape in (circle, other)
    )
    return abs(r - r2) < math.hypot(x - x2, y - y2) < r + r2


@dataclass(frozen=True)
class _Shape:
    """A shape with the paint that it has or inherits."""

    kind: str
    element: Element
    paint: Mapping[str, str]
    drawing: _Drawing
    is_crescent: bool = False

    @property
    def underlay(self) -> Element | None:
        """A line of ink beneath a wide, light line, which is a shape: an arm, a finger."""
        own = self.paint.get("stroke", "none")
        if not (self._is_unfilled and self._is_wide and _COLOUR.fullmatch(own)) or role_of(own) == "black":
            return None
        if own in (SKIN, SKIN_EDGE):
            return None
        under = Element(self.element.tag, dict(self.element.attrib))
        under.set("stroke", INKS["black"])
        under.set("stroke-width", str(self._stroke + self.drawing.width / INKED))
        return under

    def drawn(self) -> Iterator[tuple[str, str]]:
        """Yields the attributes with which it is drawn instead."""
        fill = self.paint.get("fill", "")
        if self._is_unfilled:
            yield from self._line()
        elif self._is_thin:
            yield from self._shadow_or_glow(fill)
        elif not fill or _COLOUR.fullmatch(fill):
            yield from self._filled(fill)

    @property
    def _is_unfilled(self) -> bool:
        return self.kind in _LINES or self.paint.get("fill", "") == "none"

    @property
    def _stroke(self) -> float:
        return float(self.paint.get("stroke-width", "1"))

    @property
    def _is_wide(self) -> bool:
        return self._stroke >= WIDE and "stroke-dasharray" not in self.paint

    @property
    def _is_thin(self) -> bool:
        return any(float(self.paint.get(name, "1")) < 1 for name in ("opacity", "fill-opacity"))

    @property
    def _is_soft_edged(self) -> bool:
        """True of layers, which have a soft edge: hills, signs, mountains."""
        return "paint-order" in self.element.attrib and "stroke-opacity" in self.paint

    @property
    def _share(self) -> float:
        """How much of the drawing's width it takes."""
        return width_across(self.kind, self.element) / self.drawing.width

    @property
    def _is_sky(self) -> bool:
        """True of a rectangle over the whole drawing, by day, by night or within a room."""
        height = self.element.get("height", "0")
        is_high = height.endswith("%") or float(height) >= self.drawing.height
        return self.kind == "rect" and self._share >= 1 and is_high

    def _role(self, fill: str) -> str:
        """Returns the role of a fill, which a hill has lighter than a leaf, and a sky than a sign."""
        role = role_of(fill)
        if self._is_soft_edged and _rgb(fill).is_green:
            return HILLS.get(role, role)
        if self._is_sky:
            role = self.drawing.grounds[fill] = "white"
        elif self._share >= (BROADEST if self._is_soft_edged else BROAD):
            role = GROUNDS.get(role, role)
            self.drawing.grounds[fill] = role
        return role

    def _shadow_or_glow(self, fill: str) -> Iterator[tuple[str, str]]:
        """A shadow is a grey, a glow is nothing."""
        if fill and role_of(fill) in ("black", "middle"):
            yield from (("fill", INKS["light"]), ("opacity", "1"), ("fill-opacity", "1"))
        else:
            yield "fill", "none"
        yield "stroke", "none"

    def _filled(self, fill: str) -> Iterator[tuple[str, str]]:
        if self.is_crescent and fill in self.drawing.grounds:
            # A sky in front of a full moon makes it a crescent.
            yield "fill", INKS[self.drawing.grounds[fill]]
            return
        role = self._role(fill) if fill else ""
        if role:
            yield "fill", INKS[role]
        own = self.paint.get("stroke", "none")
        if self.kind == "rect" and own == "none" and self._share >= 1:
            return
        if own == "none" or "stroke-opacity" in self.paint:
            yield from self._edge(is_black=role == "black", fill=fill)
        elif _COLOUR.fullmatch(own):
            yield "stroke", self._ink_of(own)

    def _edge(self, *, is_black: bool, fill: str) -> Iterator[tuple[str, str]]:
        """Light shapes have a line of ink, black ones leave a little white around them."""
        if is_black and fill == INK and self.kind == "path":
            yield "stroke", "none"
            return
        yield "stroke", INKS["white" if is_black else "black"]
        yield "stroke-width", EDGE if is_black else PEN
        yield from (("stroke-opacity", "1"), ("vector-effect", "non-scaling-stroke"))
        if is_black:
            yield "paint-order", "stroke"

    def _line(self) -> Iterator[tuple[str, str]]:
        own = self.paint.get("stroke", "none")
        if not _COLOUR.fullmatch(own):
            return
        if own == SKIN_EDGE and self._is_wide:
            yield "stroke", "none"
            return
        if "stroke-dasharray" in self.paint and _rgb(own).is_green:
            yield from (("stroke", INKS["black"]), ("stroke-width", ROW), ("stroke-dasharray", "none"))
            yield "vector-effect", "non-scaling-stroke"
        else:
            yield "stroke", self._ink_of(own)
        if "stroke-opacity" in self.paint:
            yield "stroke-opacity", "1"

    def _ink_of(self, colour: str) -> str:
        return INKS[role_of(colour)] if self._stroke >= WIDE else ink_of_line(colour)
