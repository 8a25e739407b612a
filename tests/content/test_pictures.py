"""Drawings of the real programme, as a printer meets them."""

from __future__ import annotations

import re

import programme_texts
import pytest

from taphuan.programme.model.programme import Programme
from taphuan.render.paper.mono_picture import INKS, mono_drawing

COLOUR = re.compile(r'="(#[0-9a-fA-F]{3,6})"')
SHAPE = re.compile(r"<[a-z]+ [^>]*\bstroke-dasharray=[^>]*>")


@pytest.fixture(scope="module")
def programme() -> Programme:
    return programme_texts.programme()


def test_a_dash_ends_square_since_each_round_end_is_two_curves_in_print(programme: Programme) -> None:
    dashed = [(path, shape) for path, svg in programme.drawings.items() for shape in SHAPE.findall(svg)]
    assert len(dashed) > 60
    assert [path for path, shape in dashed if 'stroke-linecap="butt"' not in shape] == []


def test_a_picture_in_black_and_white_has_the_inks_of_roles_and_no_other(programme: Programme) -> None:
    for path, svg in programme.drawings.items():
        inks = set(COLOUR.findall(mono_drawing(svg)))
        assert inks <= set(INKS.values()), path
