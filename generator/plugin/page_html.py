"""The HTML of a page, written in few bytes."""

from __future__ import annotations

import re

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
