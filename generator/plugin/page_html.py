"""The HTML of a page, written in few bytes."""

from __future__ import annotations

import re

from ..render.html_tags import attributes_of, split_tags, tag_name

#: Elements in whose texts each space counts.
KEPT = frozenset({"pre", "textarea"})
#: A browser knows an element of SVG within HTML by itself.
NAME_OF_SVG = ' xmlns="http://www.w3.org/2000/svg"'
BEFORE_LINES = re.compile(r"[ \t]*\n[ \t\n]*")


def small_page(html: str) -> str:
    """Returns the page without what no browser needs; texts that are set as typed keep their spaces."""
    parts = split_tags(html.replace(NAME_OF_SVG, ""))
    depth = 0
    for at, part in enumerate(parts):
        if at % 2:
            name = tag_name(part)
            depth += (name in KEPT) - (name.startswith("/") and name[1:] in KEPT)
            if name == "meta" and attributes_of(part).get("name") == "generator":
                parts[at] = part = ""  # what built the page, with versions
        if not depth and "\n" in part:
            parts[at] = BEFORE_LINES.sub("\n", part)
    return "".join(parts)
