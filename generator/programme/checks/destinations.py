"""Where the links and images of a Markdown text lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: What stands in the brackets after a link's words; in it a title may follow the target. Looked at
#: without being passed over, since what is no link after all may hold another.
INLINE = re.compile(r"\]\(\s*(?=(?P<written><[^>\n]*>|(?:[^)\]]|\](?!\())*))")
#: `[name]: target`, also in a list, a quotation or an indented block; the target may be a line below.
DEFINED = re.compile(
    r"^(?:[ \t>]|[*+-][ \t]|[0-9]+[.)][ \t])*\[(?!\^)[^\[\]\n]+\]:\s*(?=(?P<written><[^>\n]*>|\S+))", re.M
)
ANGLED = re.compile(r"(?P<written><[a-z][a-z0-9+.-]*:[^\s<>]*>)", re.I)
TITLE = re.compile(r"[ \t\n]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)?)\Z")
ON_COMPUTER = re.compile(r"(?:file:/{0,3})?[a-z]:[\\/]", re.IGNORECASE)
FURTHEST_BACK = 500


@dataclass(frozen=True, kw_only=True)
class Destination:
    """`start` is where `written` begins: all that may be read as an address; `target` is its first word."""

    start: int
    written: str
    is_image: bool = False

    @property
    def target(self) -> str:
        words = self.written.strip("<> \t\n").split(maxsplit=1)
        return words[0] if words else ""

    @property
    def address(self) -> str:
        """All of it but a title behind it."""
        return TITLE.sub("", self.written.strip()).strip()

    @property
    def is_on_computer(self) -> bool:
        """Whether it leads into the computer of who wrote it."""
        return ON_COMPUTER.match(self.address.lstrip("<")) is not None

    @property
    def is_spaced(self) -> bool:
        """Whether blanks are left in an address that nothing holds together."""
        return " " in self.address and not self.written.startswith("<")


def destinations(text: str) -> Iterator[Destination]:
    """Of links, images, definitions of links and addresses in angle brackets, each once."""
    found = {one.start: one for one in (*_angled(text), *_defined(text), *_inline(text))}
    yield from found.values()


def _inline(text: str) -> Iterator[Destination]:
    if "](" in text:
        has_images = "![" in text
        for found in INLINE.finditer(text):
            is_image = has_images and _is_image(text, found.start())
            yield Destination(start=found.start("written"), written=found["written"], is_image=is_image)


def _defined(text: str) -> Iterator[Destination]:
    if "]:" in text:
        for found in DEFINED.finditer(text):
            yield Destination(start=found.start("written"), written=found["written"])


def _angled(text: str) -> Iterator[Destination]:
    if "<" in text:
        for found in ANGLED.finditer(text):
            yield Destination(start=found.start("written"), written=found["written"])


def _is_image(text: str, closing: int) -> bool:
    """Whether the bracket that closes here was opened by `![`."""
    depth = 0
    for index in range(closing, max(closing - FURTHEST_BACK, -1), -1):
        depth += {"]": 1, "[": -1}.get(text[index], 0)
        if not depth:
            return text[index - 1 : index] == "!"
    return False
