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
