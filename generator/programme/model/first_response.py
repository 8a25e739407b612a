"""The words that all texts share: who has to report what, and the first hours after violence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field

from ..vietnamese import lowered
from .pointer import BLOCK_OPENING, SHARED_BLOCKS, Pointer, expand_pointers, visible
from .values import NOTHING, Day, Document, FrozenMap, MarkdownText, Slug, Value

CONFIDENTIALITY = "content/programme/confidentiality.yml"
FIRST_HOURS = "content/programme/first-hours.yml"
#: The kinds of pointers that such texts stand in for, which are the names of their blocks too.
LIMITS, HOURS = SHARED_BLOCKS

#: The line that places the strip, and the same in a breath.
HOURS_BLOCK = f"!!! {HOURS}"
HOURS_BRIEF = f"[{HOURS}:brief]"


class ReportingDuty(Value):
    """A row of the table: what is reported, by whom, to whom and how fast.

    With `decision` no law answers it: that question of `decisions.yml` is open.
    """

    about: MarkdownText
    who: MarkdownText
    to: MarkdownText
    when: MarkdownText
    law: MarkdownText | None = None
    decision: Slug | None = None
    # The same as a sentence that stands within a text, and as one that a reason has room for.
    sentence: MarkdownText
    short: MarkdownText


class Confidentiality(Document):
    """The limits of confidentiality, and the sentences that say them, mostly by the id of their audience.

    `care` says that whoever needs a doctor is treated first, and has to report nobody.
    """

    checked: Day
    care: MarkdownText
    columns: Annotated[tuple[MarkdownText, ...], Field(min_length=5, max_length=5)]
    duties: FrozenMap[Slug, ReportingDuty]
    sentences: FrozenMap[Slug, MarkdownText]

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Every sentence by the name that a pointer gives: a duty's or an audience's."""
        return {
            "care": self.care,
            **{id: duty.sentence for id, duty in self.duties.items()},
            **{f"{id}-short": duty.short for id, duty in self.duties.items()},
            **self.sentences,
        }

    @cached_property
    def plain_sentences(self) -> tuple[str, ...]:
        """The sentences as they are said, in small letters, the longest first, without what they cite."""
        spoken = (expand_pointers(text, lambda _: "") for text in self.by_name.values())
        return tuple(sorted({lowered(text).strip(" .“”") for text in spoken}, key=len, reverse=True))

    @property
    def block(self) -> tuple[str, ...]:
        """The lines of the table in Markdown."""
        duties = ((duty.about, duty.who, duty.to, duty.when, duty.law or "") for duty in self.duties.values())
        head, *rows = (f"| {' | '.join(cells)} |" for cells in (self.columns, *duties))
        return ("", head, "|---|---|---|---|---|", *rows, "")


class FirstHours(Document):
    """The things that cannot wait after violence, by id; `unread` says who has yet to read them."""

    checked: Day
    title: MarkdownText
    lines: FrozenMap[Slug, MarkdownText]
    # All of it in a breath, for a sheet that has no room for more.
    brief: MarkdownText
    unread: MarkdownText | None = None

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Every line by the name that a pointer gives."""
        return {**self.lines, "brief": self.brief}

    @property
    def block(self) -> tuple[str, ...]:
        """The lines of the strip in Markdown."""
        ends = () if self.unread is None else ("", f"    {self.unread}")
        return (f'!!! {HOURS} "{self.title}"', *(f"    - {line}" for line in self.lines.values()), *ends, "")


def in_words(text: str, limits: Confidentiality | None, hours: FirstHours | None) -> str:
    """Returns a text with the sentences, the table and the strip that its pointers and blocks name.

    What nobody has written is left out, since checks report it.
    """
    if "!!!" not in text and f"[{LIMITS}:" not in text and f"[{HOURS}:" not in text:
        return text
    parts = {LIMITS: limits, HOURS: hours}
    for block in reversed([*_placed(text)] if "!!!" in text else []):
        shown = parts[block["name"].lower()]
        lines = [block["indent"] + line for line in shown.block] if shown else []
        text = text[: block.start()] + "\n".join(lines) + text[block.end() :]
    if f"[{LIMITS}:" not in text and f"[{HOURS}:" not in text:
        return text
    said: dict[str, Mapping[str, str]] = {
        LIMITS: limits.by_name if limits else NOTHING,
        HOURS: hours.by_name if hours else NOTHING,
    }

    def sentence(pointer: Pointer) -> str:
        return said[pointer.kind].get(pointer.id, "") if pointer.kind in said else pointer.written

    # A sentence that names a further one says no more than its own words.
    inner = expand_pointers(text, sentence)
    return expand_pointers(inner, lambda pointer: "" if pointer.kind in said else pointer.written)


def _placed(text: str) -> Iterator[re.Match[str]]:
    opened = BLOCK_OPENING.finditer(visible(text))
    return (block for block in opened if block["name"].lower() in SHARED_BLOCKS)
