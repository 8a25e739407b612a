"""An exclamation mark right before a pointer, of which Markdown would make a picture."""

from __future__ import annotations

from ..model.pointer import pointers


def tidied(text: str) -> str:
    """Returns the text with each such mark escaped, so that it is a mark and the pointer a link."""
    if "![" not in text:
        return text
    parts, end = [], 0
    for pointer in pointers(text):
        before = pointer.start - 1
        if pointer.start and text[before] == "!" and text[max(before - 1, 0) : before] != "\\":
            parts += [text[end:before], "\\"]
            end = before
    return "".join([*parts, text[end:]])
