"""Drawings of the real programme, as a printer meets them."""

from __future__ import annotations

import re
from importlib import resources

import programme_texts
import pytest

from taphuan.programme.model.programme import Programme
from taphuan.render.html_tags import attributes_of, split_tags
from taphuan.render.paper.mono_picture import FRAMED, STYLE, mono_drawing

SHAPE = re.compile(r"<[a-z]+ [^>]*\bstroke-dasharray=[^>]*>")


@pytest.fixture(scope="module")
def programme() -> Programme:
    return programme_texts.programme()


def test_a_dash_ends_square_since_each_round_end_is_two_curves_in_print(programme: Programme) -> None:
    dashed = [(path, shape) for path, svg in programme.drawings.items() for shape in SHAPE.findall(svg)]
    assert len(dashed) > 60
    assert [path for path, shape in dashed if 'stroke-linecap="butt"' not in shape] == []


def test_each_drawing_says_by_classes_that_print_knows_what_its_shapes_are(programme: Programme) -> None:
    style = resources.files("taphuan").joinpath(STYLE).read_text(encoding="utf-8")
    known = {FRAMED} | set(
        re.findall(r"\.([a-z-]+)", " ".join(re.findall(r"^[^{]+(?={)", style, re.MULTILINE)))
    )
    for path, svg in programme.drawings.items():
        tags = split_tags(svg)[1::2]
        used = {name for tag in tags for name in attributes_of(tag).get("class", "").split()}
        assert used, path
        assert used <= known, path


def test_a_picture_in_black_and_white_has_greys_and_no_colour(programme: Programme) -> None:
    for path, svg in programme.drawings.items():
        digits = re.findall(r"(?<![(])#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b", mono_drawing(svg))
        assert digits, path
        parts = [
            {colour[at : at + len(colour) // 3] for at in range(0, len(colour), len(colour) // 3)}
            for colour in digits
        ]
        assert all(len(light) == 1 for light in parts), path
