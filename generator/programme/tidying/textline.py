"""Lines of a text with where they stand, and the blocks and paragraphs that they make up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from .blocks import OPENING
from .signs import Sign, sign_of

INDENT = 4
#: Also one whose name is not known, which checks tell.
OPENER = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]*[\w-]")
HEADING = re.compile(r"#{1,6}[^#\n]")
TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$")
ENDED = re.compile(r"[.:;!?…][\"”’)\]*_]*\s*$")
SENTENCE = re.compile(r"[.;!?…][\"”’)\]*_]*\s*$")
#: 8h30, 8:30, 15/6; 2024 – 2025: with a colon behind.
ENTRY = re.compile(r"[0-9]{1,2}(?:[hg:][0-9]{0,2}|/[0-9]{1,2})(?!\w)|[0-9][0-9hg:./ –-]{0,20}:\s")
#: A line at least so long may have been broken in the middle of a sentence.
LONG_LINE = 60
#: Blanks that a word processor puts before a line count as blanks.
LEADING = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]*")


@dataclass(slots=True)
class TextLine:
    """A line: `start` is its offset, `body` what stands behind its indentation.

    The rest is found out by reading its list: `depth` of the item (None where it is none), `numbering` the
    list that it belongs to, `moved` its new indentation, `apart` whether a blank line must stand before it,
    `own` the line with its words where the sign stands alone (which is `gone` then), `typed` whether the
    number must be shown as it is typed, `is_set_in` whether it stands where Markdown reads code, `ends_block`
    whether it stands right under the last line of a block.
    """

    start: int
    text: str
    indent: int
    body: str
    sign: Sign | None = None
    depth: int | None = None
    numbering: int = 0
    moved: int | None = None
    apart: bool = False
    typed: bool = False
    own: TextLine | None = None
    gone: bool = False
    opens_table: bool = False
    is_set_in: bool = False
    ends_block: bool = False

    def take_sign(self) -> None:
        """Makes the line no item, and gives back the line that its sign had taken."""
        if self.own:
            self.own.gone = False
        self.sign = self.own = None

    @property
    def words(self) -> str:
        """The words of the line, without the sign of an item."""
        if self.own:
            return self.own.body
        return self.body[self.sign.width :] if self.sign else self.body

    @property
    def is_comment(self) -> bool:
        return self.body.startswith("<!--")

    @property
    def opens_block(self) -> bool:
        is_marked = self.body.startswith(("!", "?"))
        return is_marked and (OPENING.match(self.body) or OPENER.match(self.body)) is not None

    @property
    def is_heading(self) -> bool:
        return self.body.startswith("#") and HEADING.match(self.body) is not None

    @property
    def is_begun(self) -> bool:
        """Whether a sentence, or an item without a sign, may begin with the line."""
        return self.body.startswith("**") or self.body.lstrip('“"*_(')[:1].isupper()

    @property
    def is_short(self) -> bool:
        return len(self.text) < LONG_LINE

    @property
    def is_prose(self) -> bool:
        """Whether the line is one of a paragraph, whose end of line counts for nothing."""
        return self._is_joined and self.body.lstrip('“"*_(')[:1].isalpha()

    @property
    def is_entry(self) -> bool:
        """Whether the line begins with a time or a day, as those of a timetable do."""
        return self._is_joined and ENTRY.match(self.body) is not None

    @property
    def _is_joined(self) -> bool:
        is_break = self.text.endswith(("  ", "\\"))
        is_table = self.opens_table or "|" in self.body or "\t" in self.body
        return not (self.sign or is_break or is_table)

    @property
    def is_ended(self) -> bool:
        """Whether a sentence, or what leads to a list, ends with the line."""
        return ENDED.search(self.text[-40:]) is not None


def lines_of(text: str) -> list[TextLine]:
    found, start = [], 0
    for line in text.split("\n"):
        before = LEADING.match(line)
        blank = before[0] if before else ""
        body = line[len(blank) :]
        found.append(
            TextLine(start, line, len(blank.expandtabs(INDENT)), body, sign_of(body) if body else None)
        )
        start += len(line) + 1
    return found


def chunks_of(lines: Iterable[TextLine]) -> Iterator[list[TextLine]]:
    """Yields lines that no blank line parts; a heading and the first line of a block stand by themselves.

    A heading below an item may be of that item.
    """
    chunk: list[TextLine] = []
    has_sign = False
    for line in lines:
        is_single = line.opens_block or (line.is_heading and not has_sign)
        if chunk and (not line.body or is_single):
            yield chunk
            chunk, has_sign = [], False
        has_sign = has_sign or line.sign is not None
        if is_single:
            yield [line]
        elif line.body:
            chunk.append(line)
    if chunk:
        yield chunk


def paragraphs_in(chunk: list[TextLine]) -> Iterator[list[TextLine]]:
    """Yields lines whose first ones are set in, parted where a sentence begins behind one that has ended."""
    part = chunk[:1]
    for before, line in pairwise(chunk):
        if before.is_prose and line.is_prose and before.is_ended and line.is_begun:
            line.apart = True
            yield part
            part = []
        part.append(line)
    yield part


def table_in(chunk: list[TextLine]) -> int:
    """Returns where a table begins in lines that no blank line parts, or their number."""
    rule = next((place for place, line in enumerate(chunk) if TABLE_RULE.match(line.body)), len(chunk) + 1)
    return max(rule - 1, 0)


def glued_in(chunk: list[TextLine]) -> TextLine | None:
    """Returns the first line that Markdown joins to the one above, though it may stand for itself.

    That is where a line ends before its sentence does and is too short to be broken by its length, where
    all lines end with their sentences, as pasted paragraphs do, or where lines begin with their times.
    """
    lines = list(takewhile(lambda line: not line.sign, (line for line in chunk if not line.is_comment)))
    if entry := next((two for one, two in pairwise(lines) if one.is_entry and two.is_entry), None):
        return entry
    pairs = [(line, after) for line, after in pairwise(lines) if line.is_prose and after.is_prose]
    for line, after in pairs:
        if after.is_begun and line.is_short and not SENTENCE.search(line.text[-40:]):
            return after
    are_sentences = pairs and all(line.is_ended and after.is_begun for line, after in pairs)
    return pairs[0][1] if are_sentences else None


__all__ = ["INDENT", "TextLine", "chunks_of", "glued_in", "lines_of", "paragraphs_in", "table_in"]
