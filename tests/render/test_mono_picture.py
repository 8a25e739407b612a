"""Pictures in black and white have roles: tints that differ, lines of ink around what is light, no mud."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from taphuan.render.paper.mono_picture import INKS, mono_drawing, role_of

#: The palette of the drawings, and what each colour mostly is.
PALETTE = {
    "#fbf8f3": "white",  # walls, paper
    "#dfe6f1": "white",  # sky
    "#f1e9dc": "white",  # paths
    "#d9b679": "light",  # skin
    "#f0d6a6": "white",
    "#9fb3cf": "faint",  # far mountains
    "#87a0c4": "light",  # shaded faces
    "#e3a32b": "light",  # sun
    "#5e9075": "light",  # hills
    "#9c3d5c": "middle",  # garments
    "#2f6b4a": "middle",  # leaves
    "#7a5410": "middle",  # wood
    "#22395b": "black",  # roofs, trousers
    "#1d2a2f": "black",  # hair, letters
}


def drawing(shapes: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 440">{shapes}</svg>'


def level(ink: str) -> int:
    return int(ink[1:3] if len(ink) == 7 else ink[1] * 2, 16)


@pytest.mark.parametrize(("colour", "role"), PALETTE.items())
def test_a_colour_of_the_palette_has_its_role(colour: str, role: str) -> None:
    assert role_of(colour) == role


def test_a_role_is_told_from_the_next() -> None:
    assert all(level(lighter) - level(darker) >= 18 for lighter, darker in pairwise(INKS.values()))


def test_what_is_light_has_a_line_of_ink_that_is_as_thin_in_every_size() -> None:
    mono = mono_drawing(drawing('<path fill="#fbf8f3" d="M0 0h9v9Z"/><circle r="9" fill="#9c3d5c"/>'))
    assert mono.count('stroke="#000"') == mono.count('vector-effect="non-scaling-stroke"') == 2


def test_a_neighbour_of_the_same_role_is_parted_by_an_edge() -> None:
    mono = mono_drawing(drawing('<path fill="#22395b" d="M0 0h9v9Z"/><circle r="9" fill="#1d2a2f"/>'))
    assert mono.count('stroke="#fff"') == 2


def test_the_parts_of_a_hand_stand_on_one_line_of_ink_and_are_grey() -> None:
    """In colour each part has an edge of its own, which in ink would part finger and palm."""
    hand = (
        '<g><path fill="none" stroke="#a87f3e" stroke-width="39" d="M9 9v90"/>'
        '<path fill="none" stroke="#d9b679" stroke-width="33" d="M9 9v90"/>'
        '<path fill="#d9b679" d="M0 99h90v90Z"/></g>'
    )
    mono = ElementTree.fromstring(mono_drawing(drawing(hand)))
    edge, *parts = [
        (shape.get("fill"), shape.get("stroke")) for shape in mono.iter() if shape.tag.endswith("path")
    ]
    assert edge == ("none", "none")
    assert parts == [
        ("none", "#000"),
        ("none", "#000"),
        ("none", INKS["light"]),
        (INKS["light"], "none"),
    ]


def test_rows_of_tea_are_plain_lines_and_a_road_stays_dashed() -> None:
    row, road = (
        mono_drawing(drawing(f'<path fill="none" stroke="{colour}" stroke-dasharray="9 5" d="M0 0h90"/>'))
        for colour in ("#5e9075", "#b97f1c")
    )
    assert 'stroke-dasharray="none"' in row
    assert 'stroke-dasharray="9 5"' in road


def test_a_night_is_as_white_as_a_day_with_stars_of_ink() -> None:
    night = '<rect width="640" height="440" fill="#22395b"/><path fill="#f6e3b8" d="M9 9l3 7 7 1Z"/>'
    mono = mono_drawing(drawing(night))
    assert 'width="640" height="440" fill="#fff"' in mono
    assert 'fill="#fff" d="M9 9l3 7 7 1Z" stroke="#000"' in mono


def test_a_ground_that_is_lower_than_the_drawing_keeps_its_grey() -> None:
    mono = mono_drawing(drawing('<rect y="300" width="640" height="140" fill="#22395b"/>'))
    assert f'fill="{INKS["faint"]}"' in mono


@pytest.mark.parametrize("light", ["#e3a32b", "#f9ecd0"])
def test_what_shines_around_a_sun_or_a_moon_is_not_drawn(light: str) -> None:
    around, inner = (
        '<circle cx="90" cy="90" r="104" fill="#3d567f"/>',
        f'<circle cx="90" cy="90" r="62" fill="{light}"/>',
    )
    assert re.findall(r' r="(\d+)"', mono_drawing(drawing(around + inner))) == ["62"]


def test_a_ring_around_something_else_stays() -> None:
    wheel = '<circle cx="90" cy="90" r="46" fill="#fbf8f3"/><circle cx="90" cy="90" r="36" fill="#5e9075"/>'
    assert re.findall(r' r="(\d+)"', mono_drawing(drawing(wheel))) == ["46", "36"]


def test_a_shadow_is_a_grey_and_a_glow_is_nothing() -> None:
    mono = mono_drawing(
        drawing('<path fill="#1d2a2f" opacity=".18" d="M0 0Z"/><path fill="#f6e3b8" opacity=".7" d="M0 0Z"/>')
    )
    assert re.findall(r'fill="([^"]+)"', mono) == [INKS["light"], "none"]


def test_references_and_styles_keep_their_places() -> None:
    svg = drawing(
        '<path style="fill:#22395b" d="M0 0Z"/><path fill="url(#fade)" stroke="#22395b" d="M0 0Z"/>'
    )
    mono = mono_drawing(svg)
    assert "fill:#000" in mono
    assert "url(#fade)" in mono


def test_a_drawing_on_its_own_ground_has_no_line_along_its_sides_and_one_without_is_whole() -> None:
    """A floor as wide as the drawing has a line of ink, which beside a frame would be a second one."""
    floor = '<path fill="#c9d6ea" d="M0 300H640V440H0Z"/>'
    on_ground = mono_drawing(drawing('<rect width="640" height="440" rx="10" fill="#dfe6f1"/>' + floor))
    assert 'viewBox="3.2 2.2 633.6 435.6"' in on_ground
    assert 'viewBox="0 0 640 440"' in mono_drawing(drawing(floor))


def test_a_bun_of_hair_is_black_also_where_a_beam_of_the_same_colour_is_a_ground() -> None:
    """A sky before a moon is a circle that cuts another one; hair stands by itself."""
    beam = '<path fill="#1d2a2f" d="M-10 30H650V38H-10Z"/>'
    bun = '<circle cx="434" cy="176" r="12" fill="#1d2a2f"/>'
    drawn = mono_drawing(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 440">{beam}{bun}</svg>')
    assert 'r="12" fill="#000"' in drawn
