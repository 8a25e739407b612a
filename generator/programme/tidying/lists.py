"""Lists as people type and paste them, written so that Markdown reads them as lists."""

from __future__ import annotations

import re

from .listing import listed
from .signs import Sign
from .textline import TextLine

#: Lines in great disorder come to rest only when they are read again as they were written.
PASSES = 5
NUMBER = re.compile(r"([0-9]+)([.)])\Z")


def tidied(text: str) -> str:
    """Returns the text with a blank line before each list, Markdown's signs, and four blanks for each level.

    Letters, and numbers that do not count on, stand as they were typed behind a bullet: Markdown has no
    such list.
    """
    for _ in range(PASSES):
        before, text = text, _tidied(text)
        if text == before:
            break
    return text


def _tidied(text: str) -> str:
    if "\n" not in text.strip():
        return text
    lines, _ = listed(text)
    return "\n".join(_written(line) for line in lines if not line.gone)


def _written(line: TextLine) -> str:
    before = "\n" if line.apart else ""
    if line.sign is None or line.depth is None:
        return before + (line.text if line.moved is None else " " * line.moved + line.body)
    assert line.moved is not None
    indent = " " * line.moved
    if line.sign.is_plain and not line.typed:
        return before + indent + line.body
    return f"{before}{indent}{_sign(line.sign, line.typed)} {line.words}"


def _sign(sign: Sign, is_typed: bool) -> str:
    if sign.group == "number" and not is_typed:
        return f"{sign.value}."
    if sign.group in ("bullet", "picture"):
        return sign.typed
    return "- " + NUMBER.sub(r"\1\\\2", sign.typed)
