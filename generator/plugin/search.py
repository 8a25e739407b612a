"""The search index: the words of each page by section, without answers, citations and buttons.

The format is the one `overrides/assets/javascripts/search-worker.js` reads.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

INDEX = "search/index.json"
#: Material fetches this on every page, so it holds nothing but where the real index is.
STUB = "search/search_index.json"

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
SILENT = frozenset({"button", "script", "style", "svg", "template", "select"})
SILENT_CLASSES = frozenset({"citation", "draft", "status", "point"})
SPACE = re.compile(r"\s+")

Entry = list[Any]


def stub() -> str:
    config = {"lang": ["vi"], "separator": r"[\s\-]+", "pipeline": [], "index": INDEX}
    return json.dumps({"config": config, "docs": []}, separators=(",", ":"))


def index(entries: list[Entry]) -> str:
    """The whole index as compact JSON."""
    return json.dumps({"v": 1, "pages": entries}, ensure_ascii=False, separators=(",", ":"))


def entry(location: str, title: str, html: str) -> Entry:
    """One page: location, title, its words before the first heading, then its sections."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    opening, sections = reader.sections[0], reader.sections[1:]
    named = [[anchor, _words(head), _words(text)] for anchor, head, text in sections]
    return [location, title, _words(opening[2]), *(one for one in named if one[1] or one[2])]


def _words(parts: list[str]) -> str:
    return SPACE.sub(" ", "".join(parts)).strip()


class _Reader(HTMLParser):
    """Parts a page at its headings; what is inside a silent element is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self._silent: list[str] = []
        self._open_ids: list[tuple[str, str]] = []
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self._add(" ")
            return
        given = dict(attrs)
        if self._silent:
            self._silent.append(tag)
        elif tag in SILENT or "data-search-exclude" in given or _is_silent(given.get("class")):
            self._silent.append(tag)
        elif tag in HEADINGS:
            self._start_section(tag, given.get("id") or "")
        else:
            if given.get("id"):
                self._open_ids.append((tag, given["id"] or ""))
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if self._silent[-1] == tag:
                self._silent.pop()
        elif tag == self._heading:
            self._heading = ""
        elif tag not in VOID:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(data)

    def _start_section(self, tag: str, id: str) -> None:
        if tag == "h1":
            self._silent.append(tag)
            return
        if not id and self._open_ids:
            id = self._open_ids[-1][1]
        if not id:
            return
        self._heading = tag
        self.sections.append((id, [], []))

    def _add(self, text: str) -> None:
        self.sections[-1][1 if self._heading else 2].append(text)


def _is_silent(classes: str | None) -> bool:
    return bool(classes) and not SILENT_CLASSES.isdisjoint((classes or "").split())
