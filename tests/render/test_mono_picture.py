"""Pictures in black and white: the classes of a drawing say what each shape is printed as."""

from __future__ import annotations

from taphuan.render.paper.mono_picture import mono_drawing


def drawing(shapes: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 440">{shapes}</svg>'


def test_a_drawing_that_says_what_its_shapes_are_is_styled_within_itself() -> None:
    mono = mono_drawing(drawing('<path class="white edge" fill="#fbf8f3" d="M0 0h9v9Z"/>'))
    style = mono[mono.index("<style>") : mono.index("</style>")]
    assert ".white { fill: #fff; }" in style
    assert "/*" not in style
    assert mono.index("<style>") < mono.index("<path")


def test_a_drawing_that_says_nothing_has_the_greys_of_its_colours() -> None:
    mono = mono_drawing(drawing('<path fill="#fff" stroke="#1d2a2f"/><use href="#abc"/>'))
    assert 'fill="#ffffff" stroke="#272727"' in mono
    assert 'href="#abc"' in mono


def test_what_has_no_class_in_a_drawing_with_classes_has_a_grey_too() -> None:
    mono = mono_drawing(drawing('<path class="line" stroke="#9c3d5c"/><circle r="9" fill="#9c3d5c"/>'))
    assert "#9c3d5c" not in mono


def test_colours_of_a_style_are_greys_and_references_keep_their_places() -> None:
    svg = '<path style="fill:#22395b" d="M0 0Z"/><path fill="url(#fade)" stroke="#22395b" d="M0 0Z"/>'
    mono = mono_drawing(drawing(svg))
    assert "#22395b" not in mono
    assert "url(#fade)" in mono


def test_a_drawing_on_its_own_ground_has_no_line_along_its_sides_and_one_without_is_whole() -> None:
    """A floor as wide as the drawing has a line of ink, which beside a frame would be a second one."""
    floor = '<path class="faint edge" fill="#c9d6ea" d="M0 300H640V440H0Z"/>'
    on_ground = mono_drawing(drawing(floor).replace("<svg ", '<svg class="framed" '))
    assert 'viewBox="3.2 2.2 633.6 435.6"' in on_ground
    assert 'viewBox="0 0 640 440"' in mono_drawing(drawing(floor))
