"""The search index: where each word stands, page by page and section by section, in many small files.

Answers, citations and buttons are not in it. The format is the one that
`overrides/assets/javascripts/search-worker.js` reads.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import groupby
from pathlib import Path

from ..programme import urls
from ..programme.kinds import KINDS
from ..programme.vietnamese import folded
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

Places = dict[str, list[int]]
#: Characters of a file of words: so many are fetched for a word, or more for one that stands everywhere.
SHARD = 12_000
#: A word as `search-index.js` reads it: whatever is neither space nor sign.
WORD = re.compile(r"[^\s\0-/:-@\[-`{-\xbf\u2000-\u2bff\u3000-\u303f\ufeff]+")


@dataclass(frozen=True, kw_only=True)
class SectionEntry:
    """A part of a page that a result leads to; without an anchor the page itself, up to its first heading."""

    anchor: str
    title: str
    text: str
    is_for_adults: bool = False


@dataclass(frozen=True, kw_only=True)
class PageEntry:
    """A page as search knows it: its address, for whom it is, and its parts, the page itself first."""

    location: str
    readers: str
    kind: str
    is_for_adults: bool
    sections: tuple[SectionEntry, ...]

    @property
    def for_minors(self) -> PageEntry:
        """Returns the page without the parts that are for adults alone."""
        return replace(self, sections=tuple(part for part in self.sections if not part.is_for_adults))


def write_index(site: Path, entries: Sequence[PageEntry]) -> None:
    """Writes the stub, and two indexes: of all pages, and of what a page for pupils may find.

    Each stands in a folder whose name changes with it, so that none is cached stale.
    """
    open_entries = [entry.for_minors for entry in entries if not entry.is_for_adults]
    places = places_of(entries)
    names = [_write_folder(site, index_files(known, places)) for known in (entries, open_entries)]
    for former in (site / FOLDER).iterdir():
        if former.is_dir() and f"{FOLDER}/{former.name}/" not in names:
            shutil.rmtree(former)
    stub = render("site/search-index.json.j2", index=names[0], minors=names[1])
    (site / STUB).write_text(stub, encoding="utf-8")


def _write_folder(site: Path, files: Mapping[str, str]) -> str:
    digest = hashlib.sha256("\n".join(f"{name} {text}" for name, text in files.items()).encode())
    name = f"{FOLDER}/{digest.hexdigest()[:10]}/"
    (site / name).mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (site / name / file).write_text(text, encoding="utf-8")
    return name


def places_of(entries: Iterable[PageEntry]) -> Mapping[SectionEntry, Places]:
    """Returns the words of each section, each with its places; both indexes are made of them."""
    return {part: _places(part) for entry in entries for part in entry.sections}


def index_files(entries: Sequence[PageEntry], places: Mapping[SectionEntry, Places]) -> dict[str, str]:
    """Returns the files of an index by name: `table.json`, `words-0.json` and on, `page-0.json` and on."""
    whose = list(dict.fromkeys((entry.readers, entry.kind) for entry in entries))
    addresses = [entry.location for entry in entries]
    shards = list(_shards(_postings(entries, places)))
    table = {
        "v": 3,
        "help": addresses.index(urls.HELP) if urls.HELP in addresses else -1,
        "readers": whose,
        "pages": [
            [entry.location, entry.sections[0].title, whose.index((entry.readers, entry.kind))]
            for entry in entries
        ],
        "titles": [[_title_length(part.title) for part in entry.sections] for entry in entries],
        "shards": [folded(next(iter(shard))) for shard in shards],
    }
    texts = [
        [entry.sections[0].text, *([part.anchor, part.title, part.text] for part in entry.sections[1:])]
        for entry in entries
    ]
    return {
        "table.json": _compact(table),
        **{f"words-{nth}.json": _compact(shard) for nth, shard in enumerate(shards)},
        **{f"page-{nth}.json": _compact(text) for nth, text in enumerate(texts)},
    }


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _title_length(title: str) -> int:
    """Returns how many words a title has; below zero where its second is a number, as in "Điều 24"."""
    words = WORD.findall(title)
    return -len(words) if len(words) > 2 and words[1][0].isdecimal() else len(words)


def _places(part: SectionEntry) -> Places:
    """Returns the words of a section, each with its places, of its title first."""
    places: Places = {}
    for place, word in enumerate(WORD.findall(part.title.lower()) + WORD.findall(part.text.lower())):
        places.setdefault(word, []).append(place)
    return places


def _postings(entries: Iterable[PageEntry], places: Mapping[SectionEntry, Places]) -> dict[str, list[int]]:
    """Returns where each word stands: sections, and places in them, its title counted along.

    A section is twice the distance from the one before, and one more where the word stands in it several
    times; then follows how often. A place is the distance from the one before.
    """
    postings: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    parts = (part for entry in entries for part in entry.sections)
    for number, part in enumerate(parts):
        for word, spots in places[part].items():
            row = postings.setdefault(word, [])
            row.append(2 * (number - last.get(word, 0)) + (len(spots) > 1))
            if len(spots) > 1:
                row.append(len(spots))
            row.extend(place - before for before, place in zip([0, *spots], spots, strict=False))
            last[word] = number
    return postings


def _shards(postings: Mapping[str, list[int]]) -> Iterator[dict[str, list[int]]]:
    """Yields the words in files, by their letters without marks, which never stand in two files."""
    shard: dict[str, list[int]] = {}
    size = 0
    for _, words in groupby(sorted(postings, key=lambda word: (folded(word), word)), key=folded):
        alike = {word: postings[word] for word in words}
        length = len(_compact(alike))
        if shard and size + length > SHARD:
            yield shard
            shard, size = {}, 0
        shard |= alike
        size += length
    if shard:
        yield shard


def page_entry(
    location: str, title: str, html: str, readers: Iterable[str] = (), ages: str = "all", kind: str = ""
) -> PageEntry:
    opening, *sections = _sections(html)
    parts = (
        SectionEntry(
            anchor=section.anchor,
            title=_words(section.heading),
            text=_words(section.text),
            is_for_adults=section.is_for_adults,
        )
        for section in sections
    )
    return PageEntry(
        location=location,
        readers=", ".join(title[:1].lower() + title[1:] for title in readers),
        kind=KIND_WORDS.get(kind, OTHER_KIND),
        is_for_adults=ages == "adults",
        sections=(
            SectionEntry(anchor="", title=title, text=_words(opening.text)),
            *(part for part in parts if part.title or part.text),
        ),
    )


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
