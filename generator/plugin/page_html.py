"""The HTML of a page and its drawings, written in few bytes."""

from __future__ import annotations

import re

from ..render.html_tags import attributes_of, split_tags, tag_name

#: Elements in whose texts each space counts.
KEPT = frozenset({"pre", "textarea"})
#: A browser knows an element of SVG within HTML by itself.
NAME_OF_SVG = ' xmlns="http://www.w3.org/2000/svg"'
#: Shapes of a drawing that only black and white shows (`mono-picture.css`).
ONLY_PRINTED = frozenset({"under", "outline"})
MAY_KEEP = re.compile("<pre|<textarea", re.IGNORECASE)
#: What built the page, with versions.
GENERATOR = re.compile(r'<meta[^>]* name="generator"[^>]*>')
BEFORE_LINES = re.compile(r"[ \t]*\n[ \t\n]*")


def small_page(html: str) -> str:
    """Returns the page without what no browser needs; texts that are set as typed keep their spaces."""
    html = GENERATOR.sub("", html.replace(NAME_OF_SVG, ""))
    if not MAY_KEEP.search(html):
        return BEFORE_LINES.sub("\n", html)
    parts = split_tags(html)
    depth = 0
    for at, part in enumerate(parts):
        if at % 2:
            name = tag_name(part)
            depth += (name in KEPT) - (name.startswith("/") and name[1:] in KEPT)
        if not depth and "\n" in part:
            parts[at] = BEFORE_LINES.sub("\n", part)
    return "".join(parts)


def small_drawing(svg: str) -> str:
    """Returns a drawing without what only black and white asks for; one with a style keeps its classes."""
    if "<style" in svg:
        return svg
    parts = split_tags(svg)
    for at in range(1, len(parts), 2):
        roles = attributes_of(parts[at]).get("class", "")
        hidden = roles in ONLY_PRINTED and parts[at].endswith("/>")
        parts[at] = "" if hidden else parts[at].replace(f' class="{roles}"', "", 1)
    return "".join(parts)
