"""Pocket texts: they fit a pocket, and whoever finds one learns nothing about whom it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..audience_gate import readers_of
from ..course_figures import count_read_words
from ..model.pocket_text import LONGEST_PAGE, PAGES, TIENG_A_LINE, PocketPage, PocketText
from ..model.pointer import pointers_in
from ..model.programme import Programme
from ..problems import Path, Problem, unknown_name
from .blank_forms import IDENTIFYING, NOT_ASKED, SENSITIVE
from .campaigns import contact_problems
from .passages import place_of

#: What says whom a text is for, or what it is about, to whoever sees it in a hand or a bag.
TELLING = re.compile(
    r"\b(?:HIV|AIDS|PEP|PrEP|giang mai|bao cao su|tình dục|(?:bán|mua|mại) dâm|bạn tình|đồng đẳng|tự lực"
    r"|mua bán người|nạn nhân|ma túy)\b",
    re.IGNORECASE,
)


def check_pocket_texts(programme: Programme) -> Iterator[Problem]:
    for text in programme.pocket_texts.values():
        yield from contact_problems(programme, text)
        yield from _course(programme, text)
        yield from _pages(text)


def _course(programme: Programme, text: PocketText) -> Iterator[Problem]:
    course = programme.courses.get(text.course)
    if course is None:
        yield unknown_name("course", place_of(text, "course"), text.course, programme.courses)
        return
    if text.readers and readers_of(programme, course).ages != "adults":
        yield Problem(code="adults-pocket-text", place=place_of(text, "for"), values={"course": course.id})
    if course.keeps_nothing:
        yield from _telling(text)


def _telling(text: PocketText) -> Iterator[Problem]:
    """Yields what gives its bearer away from outside: in the title, or on a page that others see."""
    outside: list[tuple[Path, str]] = [(("title",), text.title)]
    for index, page in text.outside.items():
        at: Path = ("pages", index)
        outside += [((*at, "title"), page.title), ((*at, "text"), page.text or "")]
        outside += [((*at, "blanks", number), label) for number, label in enumerate(page.blanks)]
    for path, said in outside:
        if word := TELLING.search(said):
            place = replace(place_of(text, *path), phrase=word[0])
            yield Problem(code="cover-tells", place=place, values={"found": word[0]})


def _pages(text: PocketText) -> Iterator[Problem]:
    allowed = PAGES[text.kind]
    if len(text.pages) not in allowed:
        wanted = " hoặc ".join(map(str, allowed))
        values = {"kind": text.kind, "count": str(len(text.pages)), "wanted": wanted}
        place = replace(place_of(text, "pages"), at_key=True)
        yield Problem(code="pocket-pages", place=place, values=values)
    for index, page in enumerate(text.pages):
        count = _tieng(page)
        if count > LONGEST_PAGE:
            values = {"count": str(count), "most": str(LONGEST_PAGE), "line": str(TIENG_A_LINE)}
            place = replace(place_of(text, "pages", index, "title"), at_key=True)
            yield Problem(code="pocket-page-too-long", place=place, values=values)
        yield from _asked(text, page, ("pages", index, "blanks"))


def _tieng(page: PocketPage) -> int:
    """Returns the tiếng of a page, with those that its lines take the room of."""
    text = page.text or ""
    inline = [pointer for pointer in pointers_in(text) if pointer.kind == "contact"]
    lines = len(page.contacts) + len(page.blanks) + len(inline)
    return count_read_words(page.title) + count_read_words(text) + TIENG_A_LINE * lines


def _asked(text: PocketText, page: PocketPage, path: Path) -> Iterator[Problem]:
    """Yields the lines to write on that would say who somebody is, or what nobody else may read."""
    for index, label in enumerate(page.blanks):
        asked = NOT_ASKED.sub("", label)
        for what, pattern in {**SENSITIVE, **IDENTIFYING}.items():
            if match := re.search(pattern, asked, re.IGNORECASE):
                place = replace(place_of(text, *path, index), phrase=match[0])
                yield Problem(code="pocket-asks", place=place, values={"what": what, "label": label})
