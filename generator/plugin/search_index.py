"""The search index: the words of each page by section, without answers, citations and buttons.

The format is the one `overrides/assets/javascripts/search-worker.js` reads.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from ..programme import urls
from ..programme.kinds import KINDS
from ..render.html_tags import attributes_of, split_tags, tag_name
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
    index = {"v": 2, "help": urls.HELP, "readers": readers, "pages": pages}
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

    A section that a heading names is its address, as a script may show it alone.
    """
    sections = [_Section()]
    words, heading, last_id, at = sections[0].text, "", "", 1
    places: dict[str, str] = {}
    parts = split_tags(html)
    words.append(parts[0])
    while at < len(parts):
        name, tag = tag_name(parts[at]), attributes_of(parts[at])
        id = tag.get("id", "")
        if id and "aria-labelledby" in tag:
            places[tag["aria-labelledby"]] = id
        if _is_silent(name, tag):
            at = _end_of_element(parts, at)
        elif (id or last_id) and (name in HEADINGS or (name == "dt" and id)):
            is_for_adults = tag.get("data-for") == "adults"
            sections.append(_Section(places.get(id) or id or last_id, is_for_adults=is_for_adults))
            words, heading = sections[-1].heading, name
        elif name == f"/{heading}":
            words, heading = sections[-1].text, ""
        else:
            last_id = id or last_id
            words.append(" ")
        words.append(parts[at + 1])
        at += 2
    return sections


def _is_silent(name: str, tag: Mapping[str, str]) -> bool:
    if name.startswith("/") or name in VOID:
        return False
    if name in SILENT or "data-search-exclude" in tag:
        return True
    return "class" in tag and not SILENT_CLASSES.isdisjoint(tag["class"].split())


def _end_of_element(parts: list[str], at: int) -> int:
    """Returns where the element that the tag at a place opens is closed; else the last tag of the page."""
    opens = tag_name(parts[at])
    depth = 0
    for place in range(at, len(parts), 2):
        name = tag_name(parts[place])
        depth += (name == opens) - (name == f"/{opens}")
        if not depth:
            return place
    return len(parts) - 2
