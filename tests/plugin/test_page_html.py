"""Pages without indentation and without what a browser knows by itself."""

from __future__ import annotations

import pytest

from taphuan.plugin.page_html import small_drawing, small_page


@pytest.mark.parametrize(
    ("page", "small"),
    [
        ("<ul>\n\n    <li>một</li>  \n  </ul>\n", "<ul>\n<li>một</li>\n</ul>\n"),
        ("<p>một  hai\n   ba</p>", "<p>một  hai\nba</p>"),
        ("<p>Điều\N{NO-BREAK SPACE}\n 5</p>", "<p>Điều\N{NO-BREAK SPACE}\n5</p>"),
        ("<p>\n <pre>a\n\n  b</pre>\n  </p>", "<p>\n<pre>a\n\n  b</pre>\n</p>"),
        ("<textarea>\n  a</textarea>\n  <PRE> \n b</PRE>", "<textarea>\n  a</textarea>\n<PRE> \n b</PRE>"),
    ],
    ids=["lines", "within a line", "a space that binds", "text as it is typed", "two of them"],
)
def test_spaces_around_a_line_break_go_where_they_mean_nothing(page: str, small: str) -> None:
    assert small_page(page) == small


def test_a_drawing_within_the_page_needs_no_name_of_its_language() -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2"/></svg>'
    assert small_page(drawn) == '<svg viewBox="0 0 2 2"><path d="M0 0h2"/></svg>'


def test_a_drawing_on_a_page_says_nothing_of_black_and_white() -> None:
    inked = '<path class="under" display="none" d="M0 0h9"/>'
    drawn = f'<svg class="framed">{inked}<path class="line" d="M0 0h9"/></svg>'
    assert small_drawing(drawn) == '<svg><path d="M0 0h9"/></svg>'


def test_a_drawing_with_a_style_of_its_own_keeps_its_classes() -> None:
    drawn = '<svg><style>.line { fill: red }</style><path class="line"/></svg>'
    assert small_drawing(drawn) == drawn


def test_a_shape_that_only_black_and_white_shows_stays_hidden_where_it_has_a_title() -> None:
    titled = '<svg><path class="under" display="none"><title>Tay</title></path></svg>'
    assert small_drawing(titled) == '<svg><path display="none"><title>Tay</title></path></svg>'
