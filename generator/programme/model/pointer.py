"""Running text: its pointers, as `[@law:article]` or `[term:id]`, its blocks, and what of it is code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

POINTER = re.compile(
    r"\[(?:@(?P<reference>[A-Za-z0-9-]+)(?::(?P<locator>[\w-]+(?:\.[\w-]+)*))?"
    r"|(?P<kind>contact|term|target|limits|first-hours):(?P<id>[A-Za-z0-9-]+))"
    r"(?:\\?\|(?P<words>[^\[\]\n]+))?\](?!\()"
)
#: What an author meant as a pointer, whether it is written as one or not.
MEANT = re.compile(
    r"\[(?:@|(?:contact|term|target|limits|first-hours) ?:)[^\[\]\n]*(?:\](?!\()|(?=\[)|$)"
    r"|\(@[a-z0-9]+-[a-z0-9-]+(?::[\w.-]+)?\)"
    r"|\[(?:liên hệ|thuật ngữ|chỉ tiêu|giới hạn|giờ đầu) ?: ?[a-z0-9-]+\]",
    re.I | re.M,
)
#: The kinds, by names that an author may use who has not looked them up.
KINDS = {
    "liên hệ": "contact",
    "thuật ngữ": "term",
    "chỉ tiêu": "target",
    "giới hạn": "limits",
    "giờ đầu": "first-hours",
}
#: Code is left alone: a lesson on how to write lessons quotes pointers. A fence or a row of
#: backticks ends where an equal one stands; an escaped backtick opens nothing.
_FENCED = r"^(?P<fence>`{3,}|~{3,}) *[\w#.+-]* *\n(?s:.*?)^(?P=fence) *$"
FENCED = re.compile(_FENCED, re.MULTILINE)
CODE = re.compile(rf"{_FENCED}|(?<![\\`])(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.MULTILINE)
COMMENT = re.compile(r"<!--(?P<inside>.*?)(?:-->|\Z)", re.DOTALL)
LINK_TARGET = re.compile(r"\]\([^)\n]{0,500}\)")
TICKS = re.compile(r"`+")
BLANK_LINE = re.compile(r"(\n[ \t]*\n)")
NOT_LINE_END = re.compile(r"[^\n]")
#: The blocks that pages and sheets draw, each with the signs that open it.
BLOCK_SIGNS = {
    "case": "!!!",
    "discussion": "???",
    "law": "!!!",
    "key": "!!!",
    "monday": "!!!",
    "figure": "!!!",
    "flow": "!!!",
    "limits": "!!!",
    "first-hours": "!!!",
}
#: Those that show rather than tell: behind their names stand ids of what is shown, not a title to read.
BLOCKS_BY_ID = ("figure", "flow")
#: Those that stand for what the programme says in one place, so that nothing is below them.
SHARED_BLOCKS = ("limits", "first-hours")
BLOCK_OPENING = re.compile(
    r"^(?P<indent>[ \t]*)(?P<line>(?P<signs>!{1,6}\+?|\?{1,6}\+?)[ \t]*"
    rf"(?P<name>{'|'.join(BLOCK_SIGNS)})(?![\w-])"
    r"(?:[ \t]+(?:for[ \t]*:[ \t]*)?(?P<readers>adults)(?![\w-]))?(?P<rest>[^\n]*))$",
    re.MULTILINE | re.IGNORECASE,
)
DOUBLE_QUOTES, SINGLE_QUOTES = '"“”„‟«»', "'‘’‚‛"
NAMED_QUOTES = re.compile(r"&(?:quot|ldquo|rdquo|#34|#822[01]);")
#: What people write between a block's name and its title.
BETWEEN = " \t:–—-"
SHOWN_WORD = re.compile(r"[^\s,;]+")
FORMER = "cũ"
UNCHECKED = "chưa kiểm"
#: How many texts are remembered: those of some thousand lessons.
MANY = 100_000


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """A pointer: `kind` is `reference` or what is written before the colon; `written` is the source text."""

    kind: str
    id: str
    locator: str = ""
    words: str = ""
    written: str = ""
    start: int = 0

    @property
    def is_former(self) -> bool:
        """True where the pointer cites on purpose what is no longer in force."""
        return self.kind == "reference" and self.words == FORMER

    @property
    def is_unchecked(self) -> bool:
        """True where the pointer cites on purpose what nobody has verified."""
        return self.kind == "reference" and self.words == UNCHECKED

    def marked(self, mark: str) -> str:
        """Returns the same citation, written with the mark of a former or of an unchecked text."""
        return f"[@{self.id}{':' if self.locator else ''}{self.locator}|{mark}]"


def _pointer(match: re.Match[str]) -> Pointer:
    return Pointer(
        kind=match["kind"] or "reference",
        id=match["reference"] or match["id"],
        locator=match["locator"] or "",
        words=match["words"] or "",
        written=match[0],
        start=match.start(),
    )


def without_code(text: str) -> str:
    """Returns the text with code blanked out, every other character where it was.

    Where two readers of Markdown may differ on what is code, nothing counts as code, so nothing hides in it.
    """
    if "`" in text or "~~~" in text:
        bare = FENCED.sub(lambda code: _blank(code[0]), text)
        return "".join(map(_without_spans, BLANK_LINE.split(bare)))
    return text


def _without_spans(paragraph: str) -> str:
    parts, end = [], 0
    for start, stop in _spans(paragraph):
        parts += [paragraph[end:start], " " * (stop - start)]
        end = stop
    return "".join([*parts, paragraph[end:]])


def _spans(paragraph: str) -> list[tuple[int, int]]:
    """Returns the spans of code, if all backticks pair up within a line and none is escaped, else none."""
    spans, opened = [], None
    for ticks in TICKS.finditer(paragraph):
        if opened is None:
            opened = ticks
        elif ticks[0] == opened[0]:
            spans.append((opened.start(), ticks.end()))
            opened = None
    is_clear = opened is None and "\\`" not in paragraph
    return spans if is_clear and not any("\n" in paragraph[slice(*span)] for span in spans) else []


def _blank(text: str) -> str:
    return NOT_LINE_END.sub(" ", text)


def visible(text: str) -> str:
    """Returns the text with code and comments blanked out, every other character where it was."""
    bare = without_code(text)
    return COMMENT.sub(lambda comment: _blank(comment[0]), bare) if "<!--" in bare else bare


class ShownId(NamedTuple):
    """An id behind the name of a block, and where it begins there."""

    id: str
    start: int


def shown_ids(rest: str) -> tuple[ShownId, ...]:
    """Returns the ids behind the name of a block that shows what they name, in whatever marks they stand."""
    bare = NAMED_QUOTES.sub(lambda mark: _blank(mark[0]), rest)
    around = DOUBLE_QUOTES + SINGLE_QUOTES + BETWEEN
    words = ((word[0].strip(around), word) for word in SHOWN_WORD.finditer(bare))
    return tuple(ShownId(id, word.start() + word[0].index(id)) for id, word in words if id)


@lru_cache(maxsize=MANY)
def pointers_in(text: str) -> tuple[Pointer, ...]:
    """Returns the pointers of a text in order, those in code left out."""
    return tuple(map(_pointer, POINTER.finditer(without_code(text)))) if "[" in text else ()


@lru_cache(maxsize=MANY)
def malformed_pointers(text: str) -> tuple[tuple[int, str], ...]:
    """Returns (offset, written) of what was meant as a pointer but cannot be read as one."""
    meant = MEANT.finditer(without_code(text)) if "[" in text or "(@" in text else ()
    return tuple((match.start(), match[0]) for match in meant if not POINTER.match(match[0]))


def expand_pointers(text: str, words: Callable[[Pointer], str]) -> str:
    """Returns the text with each pointer replaced by what `words` returns for it."""
    if "[" not in text:
        return text
    parts, end = [], 0
    for pointer in pointers_in(text):
        parts += [text[end : pointer.start], words(pointer)]
        end = pointer.start + len(pointer.written)
    return "".join([*parts, text[end:]])
