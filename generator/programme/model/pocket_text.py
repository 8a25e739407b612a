"""Pocket texts (tờ bỏ túi): what somebody carries and reads alone, as data; no page or sheet shows it yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from .values import DRAFT, Document, ForReaders, MarkdownText, Review, Slug, Text, Value

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


class PocketText(Document, ForReaders):
    """The content of `content/pocket-texts/<text>.yml`, for whoever its course is for.

    `title` is what it is called in lists.
    """

    id: Slug
    title: Text
    kind: PocketKind
    course: Slug
    pages: tuple[PocketPage, ...]
    review: Review = DRAFT

    @property
    def outside(self) -> Mapping[int, PocketPage]:
        """The pages that others see, by their index: the covers of a booklet, the front of a card."""
        seen = {0, len(self.pages) - 1} if self.kind == "booklet" else {0}
        return {index: page for index, page in enumerate(self.pages) if index in seen}
