"""Pages whose ready HTML passes by the converter, without indentation and what a browser knows by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown
from mkdocs.structure.pages import _RawHTMLPreprocessor

from taphuan.plugin.page_html import HTML_BLOCKS, small_page
from taphuan.programme.loader import load
from taphuan.render.markdown_text import EXTENSION_CONFIGS, EXTENSIONS
from taphuan.render.site import pages


def converted(text: str, *more: str) -> tuple[str, list[str]]:
    """Returns the HTML, and what of the text Markdown itself still went through for HTML."""
    seen: list[str] = []

    class Seen(_RawHTMLPreprocessor):
        def run(self, lines: list[str]) -> list[str]:
            seen.extend(lines)
            return super().run(lines)

    configs = {name: dict(options) for name, options in EXTENSION_CONFIGS.items()}
    made = Markdown(extensions=[*EXTENSIONS, "toc", *more], extension_configs=configs)
    made.preprocessors.register(Seen(), "seen", 21)
    return made.convert(text), seen


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n<p>một</p>\n</div>\n# hai\n\nba",
        "một\n<ul><li>hai<ul><li>ba</li></ul></li></ul>\nbốn",
        "<section>\n<div data-x></div>\n</section>\n\n<nav>hai</nav>",
        "<div>\n\nmột *hai*\n\n</div>\n\nba",
        "```\n<div>một</div>\n```\n\n<div>hai</div>",
        "    <div>một</div>\n\n- <div>hai</div>\n<div>ba</div>",
        "<details>một\n\nhai *ba*",
        "<div>một</div> hai *ba*\n\n<div>bốn</div>",
        "<divan>một</divan>\n\n<div>hai<divan>ba</divan></div>",
        "<div>một</div>\n<div>hai</div>\n</div>\n\nba",
        "<pre>\na\n<div>x</div>\nb\n</pre>\n\n*c*",
        "<div><!-- </div>\n--> *x*</div>\n\n*y*",
        "<div>một<DIV>hai</DIV>\nba</div>\n\n*bốn*",
    ],
    ids=[
        *("before a heading", "within words", "two blocks", "blank lines within", "code that shows HTML"),
        *("indented", "without an end", "words behind it", "a name that begins alike", "an end too many"),
        *("text as typed", "a comment", "capital letters"),
    ],
)
def test_a_block_that_passes_by_the_converter_comes_out_as_through_it(text: str) -> None:
    assert converted(text, HTML_BLOCKS)[0] == converted(text)[0]


def test_pages_are_the_same_and_little_html_of_a_lesson_is_gone_through(good: Path) -> None:
    programme = load(good).programme
    assert programme
    shares = []
    for page in pages(programme):
        (html, seen), (slow, all_lines) = converted(page.body, HTML_BLOCKS), converted(page.body)
        assert small_page(html) == small_page(slow)
        if page.meta.get("kind") == "lesson":
            shares.append("".join(seen).count("<") / "".join(all_lines).count("<"))
    assert shares
    assert max(shares) < 0.25


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
