"""The search index: the words of each page by section, without answers, citations and buttons.

The format is the one `overrides/assets/javascripts/search-worker.js` reads.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from ..programme.kinds import KINDS
from ..render.templates import render

FOLDER = "search"
#: Material fetches this on every page, so it contains only where the real index is.
STUB = "search/search_index.json"

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
#: What begins a section; a term that is explained (`dt`) does where it has an anchor of its own.
HEADINGS = frozenset({"h2", "h3", "h4"})
SILENT = frozenset({"h1", "button", "script", "style", "svg", "template", "select"})
SILENT_CLASSES = frozenset({"citation", "draft", "status", "point"})
SPACE = re.compile(r"\s+")
#: Where a tag stood between a word and the sign behind it.
SPACE_BEFORE_SIGN = re.compile(r"(?<=\w) (?=[.,;:](?:\s|$))")
TAG = re.compile(
    r"""<(?P<slash>/?)(?P<name>[a-z][\w-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*+)>""", re.IGNORECASE
)
ID = re.compile(r'(?<!\S)id="([^"]+)"')
#: What a heading names: its place is the address, as a script may show it alone.
NAMED_BY = re.compile(r'(?<!\S)aria-labelledby="([^"]+)"')
CLASS = re.compile(r'(?<!\S)class="([^"]*)"')

#: What a result is, by the kind of its page; every other page is a page.
KIND_WORDS = {
    **{kind.name: kind.heading for kind in KINDS},
    "lesson": "Bài học",
    "page": "Trang",
    "look-up": "Tra nhanh",
    "reference": "Văn bản",
    "register": "Văn bản",
    "glossary": "Thuật ngữ",
    "downloads": "Tài liệu in",
    "plan": "Kế hoạch",
    "help": "Nơi giúp đỡ",
    "trainer": "Tập huấn viên",
}
OTHER_KIND = "Trang"

Entry = list[Any]
#: Where the readers of a page stand in its entry.
READERS = 3
#: On a heading of what is for adults alone.
FOR_ADULTS = 'data-for="adults"'


def write_index(site: Path, entries: list[Entry]) -> None:
    """Writes the stub, and the index under a name that changes with it, so that none is cached stale."""
    text = index_json(entries)
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{FOLDER}/index.{hashlib.sha256(text.encode()).hexdigest()[:10]}.json"
    for former in folder.glob("index.*.json"):
        former.unlink()
    (site / name).write_text(text, encoding="utf-8")
    (site / STUB).write_text(render("site/search-index.json.j2", index=name), encoding="utf-8")


def index_json(entries: list[Entry]) -> str:
    """Returns the index as compact JSON; a page names its readers and kind by their number in a list."""
    readers = list(dict.fromkeys(entry[READERS] for entry in entries))
    pages = [[*entry[:READERS], readers.index(entry[READERS]), *entry[READERS + 1 :]] for entry in entries]
    index = {"v": 2, "readers": readers, "pages": pages}
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def page_entry(
    location: str, title: str, html: str, readers: Iterable[str] = (), ages: str = "all", kind: str = ""
) -> Entry:
    """Returns one page: location, title, its words before the first heading, its readers, then its sections.

    With the readers stands what the page is, as most pages of one kind are for the same. A section that is
    for adults alone, on a page for everyone, says so by a fourth value.
    """
    opening, *sections = _sections(html)
    named = [
        [
            section.anchor,
            _words(section.heading),
            _words(section.text),
            *([1] if section.is_for_adults else []),
        ]
        for section in sections
    ]
    named_readers = ", ".join(title[:1].lower() + title[1:] for title in readers)
    whom = (named_readers, int(ages != "adults"), KIND_WORDS.get(kind, OTHER_KIND))
    return [location, title, _words(opening.text), whom, *(row for row in named if row[1] or row[2])]


def _words(parts: list[str]) -> str:
    return SPACE_BEFORE_SIGN.sub("", SPACE.sub(" ", unescape("".join(parts))).strip())


@dataclass
class _Section:
    anchor: str = ""
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    is_for_adults: bool = False


def _sections(html: str) -> list[_Section]:
    """Returns a page split at its headings, without what is inside silent elements.

    HTMLParser would take six times as long, and what it is given is well-formed already.
    """
    sections = [_Section()]
    words, heading, last_id, end = sections[0].text, "", "", 0
    places: dict[str, str] = {}
    while tag := TAG.search(html, end):
        words.append(html[end : tag.start()])
        name, id, end = tag["name"], _id(tag), tag.end()
        if id and (named_by := NAMED_BY.search(tag["attributes"])):
            places[named_by[1]] = id
        if _is_silent(tag):
            end = _end_of_element(html, tag)
        elif not tag["slash"] and (id or last_id) and (name in HEADINGS or (name == "dt" and id)):
            sections.append(
                _Section(places.get(id) or id or last_id, is_for_adults=FOR_ADULTS in tag["attributes"])
            )
            words, heading = sections[-1].heading, name
        elif name == heading and tag["slash"]:
            words, heading = sections[-1].text, ""
        else:
            last_id = id or last_id
            words.append(" ")
    return sections


def _id(tag: re.Match[str]) -> str:
    match = ID.search(tag["attributes"]) if tag["attributes"] else None
    return match[1] if match else ""


def _is_silent(tag: re.Match[str]) -> bool:
    if tag["slash"] or tag["name"] in VOID:
        return False
    if tag["name"] in SILENT or "data-search-exclude" in tag["attributes"]:
        return True
    classes = CLASS.search(tag["attributes"])
    return classes is not None and not SILENT_CLASSES.isdisjoint(classes[1].split())


def _end_of_element(html: str, tag: re.Match[str]) -> int:
    """Returns where the element that `tag` opens is closed; the end of the page where it never is."""
    depth = 1
    for next_tag in re.compile(rf"<(/?){tag['name']}\b[^>]*>").finditer(html, tag.end()):
        depth += -1 if next_tag[1] else 1
        if not depth:
            return next_tag.end()
    return len(html)
