"""Drawings of the real programme, as a printer meets them."""

from __future__ import annotations

import re

import programme_texts
import pytest

from taphuan.programme.model.programme import Programme

SHAPE = re.compile(r"<[a-z]+ [^>]*\bstroke-dasharray=[^>]*>")


@pytest.fixture(scope="module")
def programme() -> Programme:
    return programme_texts.programme()


def test_a_dash_ends_square_since_each_round_end_is_two_curves_in_print(programme: Programme) -> None:
    dashed = [(path, shape) for path, svg in programme.drawings.items() for shape in SHAPE.findall(svg)]
    assert len(dashed) > 60
    assert [path for path, shape in dashed if 'stroke-linecap="butt"' not in shape] == []
