"""What a reader has to fetch before a page is whole: the files that it names, as a host sends them.

`bench --only weight` measures the same in a browser; this one is cheap enough for every day.
"""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from taphuan.plugin.joined_assets import UNUSED

#: The first page of a visit, and a lesson after it with all pictures, also those a browser leaves for later.
FIRST_VIEW, NEXT_LESSON = 105_000, 18_500
#: The text of the longest lesson; the text of nine of ten with all pictures, also those far down.
LONGEST_TEXT, NINE_OF_TEN = 20_000, 20_000
#: Of a head that a host sends with each file.
HEAD = 150
NAMED = re.compile(r'<(?:link[^>]* rel="stylesheet"|link|script|img)\b[^>]*? (?:href|src)="([^"]+)"')
OTHER_LINKS = re.compile(r'<link(?![^>]*rel="stylesheet")[^>]*>')
SEARCH = re.compile(r'"search": "([^"?]+)')
IN_STYLES = re.compile(r'url\(["\']?(?!data:)([^"\')]+)')


@cache
def sent(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6, mtime=0)) + HEAD


def files_of(site: Path, page: str) -> set[Path]:
    """Every file that a page asks for by itself, without what waits until a reader comes near it."""
    file = site / page / "index.html"
    html = OTHER_LINKS.sub("", file.read_text(encoding="utf-8"))
    named = {*NAMED.findall(html), *SEARCH.findall(html)}
    found = {file, *(_at(file.parent, address) for address in named)}
    for sheet in [path for path in found if path.suffix == ".css"]:
        found |= {
            _at(sheet.parent, address) for address in IN_STYLES.findall(sheet.read_text(encoding="utf-8"))
        }
    return found | ({site / "search/search_index.json"} if SEARCH.search(html) else set())


def _at(folder: Path, address: str) -> Path:
    return Path(posixpath.normpath((folder / address.partition("?")[0]).as_posix()))


def weight(files: Iterable[Path]) -> int:
    return sum(map(sent, files))


def lessons(site: Path) -> list[str]:
    return sorted(page.parent.relative_to(site).as_posix() for page in site.glob("khoa-hoc/*/*/index.html"))


@pytest.mark.parametrize("page", ["", "khoa-hoc", "ho-tro", "phap-luat", "tra-nhanh", "tai-lieu"])
def test_the_first_page_of_a_visit_is_light(real_site: Path, page: str) -> None:
    files = files_of(real_site, page)
    assert len(files) > 4
    assert weight(files) <= FIRST_VIEW


def test_every_lesson_is_light_as_the_first_page_of_a_visit(real_site: Path) -> None:
    weights = {page: weight(files_of(real_site, page)) for page in lessons(real_site)}
    assert len(weights) > 60
    assert {page: size for page, size in weights.items() if size > FIRST_VIEW} == {}


def test_a_lesson_after_the_first_is_lighter_still(real_site: Path) -> None:
    """Its styles and scripts are those of the first, so what is new is its text and its pictures."""
    pages = lessons(real_site)
    known = {file for file in files_of(real_site, pages[0]) if file.suffix in {".css", ".js", ".json"}}
    weights = [weight(files_of(real_site, page) - known) for page in pages]
    assert weights[1] <= NEXT_LESSON
    assert sorted(weights)[len(weights) * 9 // 10] <= NINE_OF_TEN
    assert max(sent(real_site / page / "index.html") for page in pages) <= LONGEST_TEXT


def test_nothing_of_the_site_needs_a_rule_that_was_left_out_of_the_themes_style(real_site: Path) -> None:
    """A class that a new Material or a new page brings shows here first.

    `note` is ours as well: a raised number, which no rule of an admonition of that kind was for.
    """
    used = {
        name
        for page in real_site.rglob("*.html")
        for names in re.findall(r' class="([^"]*)"', page.read_text(encoding="utf-8"))
        for name in names.split()
    }
    assert {"md-header", "md-search-result__list", "admonition"} <= used
    shown = {name for name in used if UNUSED.search(f".{name}")}
    assert shown == {"note"}
