"""The HTML of a page without the indentation that its templates left."""

from __future__ import annotations

import re

#: Texts in which each space counts.
KEPT = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
BEFORE_LINES = re.compile(r"[ \t]*\n[ \t\n]*")


def small_page(html: str) -> str:
    """Returns the page without spaces around its line breaks, but for texts that are set as typed."""
    if not KEPT.search(html):
        return BEFORE_LINES.sub("\n", html)
    # Of a split with two groups: what is between, the text that is kept, the name of its element.
    pieces = KEPT.split(html)
    pieces[0::3] = [BEFORE_LINES.sub("\n", piece) for piece in pieces[0::3]]
    del pieces[2::3]
    return "".join(pieces)
