"""Pocket texts (tờ bỏ túi): what somebody carries and reads alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal

from ..course_figures import count_read_words
from ..model.course import Course
from ..model.pointer import pointers_in
from ..model.programme import Programme
from ..model.values import (
    ForReaders,
    MarkdownText,
    ReviewedDocument,
    Slug,
    Text,
    Value,
)
from ..problems import Path, Problem, place_of, unknown_name
from .base import DocumentKind, Pattern
from .blank_form import IDENTIFYING, NOT_ASKED, sensitive

ADDRESS = "bo-tui/"
PocketKind = Literal["booklet", "card"]
#: How many pages each has: of a sheet of A4 folded to A7, printed on one side or on both; of a card's sides.
PAGES: Mapping[PocketKind, tuple[int, ...]] = {"booklet": (8, 16), "card": (2,)}
#: Tiếng of a page: ten lines of seven, in letters that are read quickly and in weak light.
LONGEST_PAGE = 70
#: A number to call takes such a line, and so does one to write on.
TIENG_A_LINE = 7


class PocketPage(Value):
    """A page: its text, whom to call below, and what its bearer may write down, a line for each."""

    title: Text
    text: MarkdownText | None = None
    contacts: tuple[Slug, ...] = ()
    blanks: tuple[Text, ...] = ()


class PocketText(ReviewedDocument, ForReaders):
    """The content of `content/pocket-texts/<text>.yml`, for whoever its course is for.

    `title` is what it is called in lists.
    """

    kind: PocketKind
    course: Slug
    pages: tuple[PocketPage, ...]

    @property
    def outside(self) -> Mapping[int, PocketPage]:
        """The pages that others see, by their index: the covers of a booklet, the front of a card."""
        seen = {0, len(self.pages) - 1} if self.kind == "booklet" else {0}
        return {index: page for index, page in enumerate(self.pages) if index in seen}


# --- checks ---------------------------------------------------------------------------------------


def check_pocket_texts(programme: Programme) -> Iterator[Problem]:
    for text in programme.of(PocketText).values():
        yield from _course(programme, text)
        yield from _pages(programme, text)


def _course(programme: Programme, text: PocketText) -> Iterator[Problem]:
    course = programme.courses.get(text.course)
    if course is None:
        yield unknown_name("course", place_of(text, "course"), text.course, programme.courses)
        return
    if text.readers and _is_read_by_minors(programme, course):
        yield Problem(code="adults-pocket-text", place=place_of(text, "for"), values={"course": course.id})
    if course.keeps_nothing:
        yield from _telling(text, programme.charter.not_on_covers)


def _is_read_by_minors(programme: Programme, course: Course) -> bool:
    audience = programme.audiences.get(course.audience)
    return audience is not None and audience.ages != "adults"


def _telling(text: PocketText, words: Iterable[str]) -> Iterator[Problem]:
    """Yields what gives its bearer away from outside: in the title, or on a page that others see."""
    telling = "|".join(map(re.escape, words))
    outside: list[tuple[Path, str]] = [(("title",), text.title)]
    for index, page in text.outside.items():
        at: Path = ("pages", index)
        outside += [((*at, "title"), page.title), ((*at, "text"), page.text or "")]
        outside += [((*at, "blanks", number), label) for number, label in enumerate(page.blanks)]
    for path, said in outside:
        if word := telling and re.search(rf"\b(?:{telling})\b", said, re.IGNORECASE):
            place = replace(place_of(text, *path), phrase=word[0])
            yield Problem(code="cover-tells", place=place, values={"found": word[0]})


def _pages(programme: Programme, text: PocketText) -> Iterator[Problem]:
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
        yield from _asked(programme, text, page, ("pages", index, "blanks"))


def _tieng(page: PocketPage) -> int:
    """Returns the tiếng of a page, with those that its lines take the room of."""
    text = page.text or ""
    inline = [pointer for pointer in pointers_in(text) if pointer.kind == "contact"]
    lines = len(page.contacts) + len(page.blanks) + len(inline)
    return count_read_words(page.title) + count_read_words(text) + TIENG_A_LINE * lines


def _asked(programme: Programme, text: PocketText, page: PocketPage, path: Path) -> Iterator[Problem]:
    """Yields the lines to write on that would say who somebody is, or what nobody else may read."""
    for index, label in enumerate(page.blanks):
        asked = NOT_ASKED.sub("", label)
        for what, pattern in {**sensitive(programme), **IDENTIFYING}.items():
            if match := re.search(pattern, asked, re.IGNORECASE):
                place = replace(place_of(text, *path, index), phrase=match[0])
                yield Problem(code="pocket-asks", place=place, values={"what": what, "label": label})


def _audiences(programme: Programme, text: PocketText) -> Iterable[str]:
    course = programme.courses.get(text.course)
    return (course.audience,) if course else ()


KIND = DocumentKind(
    name="pocket-text",
    model=PocketText,
    folder="content/pocket-texts",
    words="tờ bỏ túi",
    position=100,
    pattern=Pattern(
        about="chữ của sổ tay hay thẻ bỏ túi, của một khóa học", id_words="MÃ_TỜ", example="the-bo-tui"
    ),
    checks=(check_pocket_texts,),
    address=lambda text: f"{ADDRESS}{text.id}/",
    index=ADDRESS,
    in_search=False,
    sheets={"pocket-text": "Tờ bỏ túi"},
    audiences=_audiences,
    is_handed_out=True,
)
