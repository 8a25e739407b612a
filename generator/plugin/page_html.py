"""The HTML of a page: ready blocks pass by the Markdown converter, and a page is written in few bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

#: Right before MkDocs and then Markdown go through all HTML tag by tag, which takes a sixth of a build.
BEFORE_HTML = 22
#: The first tag of an element that is a block of its own: what templates draw begins a line with one.
BLOCK_OPENS = re.compile(
    r"^<(article|aside|details|div|dl|figure|form|nav|ol|section|table|ul)\b", re.MULTILINE
)
#: Where spaces count, or tags mean nothing.
AS_TYPED = re.compile(r"<(?:pre|textarea|!--)", re.IGNORECASE)
#: As a list of extensions names it.
HTML_BLOCKS = f"{__name__}:HtmlBlocks"


class HtmlBlocks(Extension):
    """Adds `_WholeBlocks` to a converter."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.register(_WholeBlocks(md), "html_blocks", BEFORE_HTML)


class _WholeBlocks(Preprocessor):
    """Puts elements aside that begin and end a line, as Markdown would; what is unclear is left to it."""

    def run(self, lines: list[str]) -> list[str]:
        return "".join(self._parted("\n".join(lines))).split("\n")

    def _parted(self, text: str) -> Iterator[str]:
        at = len(text) if AS_TYPED.search(text) else 0
        yield text[:at]
        for opening in BLOCK_OPENS.finditer(text):
            end = _end_of_element(text, opening) if opening.start() >= at else None
            if end is not None and text[end : end + 1] in ("", "\n"):
                # As Markdown keeps a blank line behind a block.
                block = text[opening.start() : end] + "\n" * text.startswith("\n\n", end)
                yield f"{text[at : opening.start()]}\n{self.md.htmlStash.store(block)}\n\n"
                at = end
        yield text[at:]


def _end_of_element(text: str, opening: re.Match[str]) -> int | None:
    """Returns where an element ends that begins at `opening`; None where it does not end."""
    depth = 0
    for tag in _tags_of(opening[1]).finditer(text, opening.start()):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return None


@cache
def _tags_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}(?![\w-])[^>]*>", re.IGNORECASE)


#: Texts in which each space counts.
KEPT = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
#: A browser knows an element of SVG within HTML by itself.
NAME_OF_SVG = ' xmlns="http://www.w3.org/2000/svg"'
#: What built the page, with versions.
BUILDERS = re.compile(r'<meta name="generator"[^>]*>')
BEFORE_LINES = re.compile(r"[ \t]*\n[ \t\n]*")


def small_page(html: str) -> str:
    """Returns the page without what no browser needs; texts that are set as typed keep their spaces."""
    html = BUILDERS.sub("", html.replace(NAME_OF_SVG, ""), count=1)
    if not KEPT.search(html):
        return BEFORE_LINES.sub("\n", html)
    # Of a split with two groups: what is between, the text that is kept, the name of its element.
    pieces = KEPT.split(html)
    pieces[0::3] = [BEFORE_LINES.sub("\n", piece) for piece in pieces[0::3]]
    del pieces[2::3]
    return "".join(pieces)
