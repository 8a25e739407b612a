"""Paragraphs whose first line is set in, as Word sets it: Markdown would show them as code.

Authors set no code in: it stands between fences. So outside lists a line set in begins a paragraph, also
within a block and without a blank line above it, where the sentence before has ended.
"""

from __future__ import annotations

import re

from .listing import listed
from .textline import TextLine

#: Four blanks, a tab, or what a word processor writes in their place.
SET_IN = re.compile(r"^[ \u00a0\u2000-\u200a\u202f\u3000]*(?:\t|[ \u00a0\u2000-\u200a\u202f\u3000]{4})", re.M)


def tidied(text: str) -> str:
    """Returns the text with each such paragraph at the margin of the text or of its block."""
    if not SET_IN.search(text):
        return text
    lines, _ = listed(text)
    return "\n".join(_written(line) if line.is_set_in else line.text for line in lines)


def _written(line: TextLine) -> str:
    before = "\n" if line.apart and line.is_prose else ""
    return before + " " * line.indent + line.body


__all__ = ["tidied"]
