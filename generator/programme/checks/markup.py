"""Markup that has no business in content: raw HTML, scripts in links, templates, attribute lists."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..model.pointer import COMMENT, MANY, POINTER, without_code
from ..model.programme import Programme
from ..problems import Problem
from ..tidying.emphasis import shown
from .destinations import ANGLED, destinations
from .passages import Passage

#: Whatever a browser or a Markdown parser may take for a tag: `a < b` and `5 <10` are none.
RAW_HTML = re.compile(r"<(?:/?[A-Za-z]|!(?!--)|\?)[^>\n]{0,80}>?")
#: On one line, and without a sign of code: nothing opens in it that would close outside.
SILENCE = re.compile(r"[ \t]*taphuan:[^<>\n`~]*")
#: Addresses in angle brackets of which Markdown makes a tag, not a link, unless they are a link's target.
BARE = re.compile(r"(?<!\()(?<!\]: )<(?:tel|mailto):[^\s<>@]*>", re.IGNORECASE)
MAIL = re.compile(r"<[\w.+-]{1,100}@[\w.-]{1,100}>")
TEMPLATE = re.compile(r"\{\{.{0,60}|\{%.{0,60}|\{#(?![\w-]+\s*\}).{0,60}")
#: `{: …}`, `{.x}`, `{#x}`, `{x=…}` anywhere, and any word in braces where Markdown would look for one; it
#: looks for the last brace of a line, whatever stands between.
ATTRIBUTES = re.compile(
    r"\{:[^\n]*|\{\s*[.#][\w-]+[^\n]*\}|\{[^{}\n]*=[^\n]*\}|(?<=[])*_`])\{[^\n]*[^{}\s][^\n]*\}"
    r"|\{[^{}\n]*[^{}\s][^\n]*\}(?=[ \t]*(?:\||\t|$))",
    re.MULTILINE,
)
OPEN = re.compile(r"\{(?!:)")
BEHIND_CODE = re.compile(r"`(?=\{)")
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SCRIPT = re.compile(r"(?:java|vb)script:", re.IGNORECASE)
#: What a browser drops from an address, and the backslash with which Markdown escapes a sign.
DROPPED = re.compile(r"[\s\x00-\x20\x7f]|\\(?=[^\w\s\\/])")
LINK = re.compile(r"!?\[[^\[\]\n]*\]\([^()\n]*\)")
SIGNS = re.compile(r"\*\*[^*\n]+\*\*|!?\[[^\[\]\n]+\]\([^()\n]+\)")
EMPTY_LINK = re.compile(r"(?<!!)\[[ \t]*\]\([^()\n]{0,200}\)|!?\[[^\[\]\n]{1,200}\]\([ \t]*\)")
#: What opens, what closes, what is neither, and where a paragraph ends: nothing is sought beyond.
BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n")
#: Markdown looks for the end of each open one to the end of the paragraph: a thousand cost a second.
MOST_OPEN = 20
#: Twenty levels: at some hundred, reading ends in an error of Python's own.
DEEP = re.compile(r"^(?: {4}|\t){20}(?=[ \t]*\S)", re.MULTILINE)
WORDLESS = re.compile(r"!\[\s*\][(\[]")


def check(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for code, start, phrase in _found(passage.text, passage.is_markdown):
            yield Problem(code=code, place=passage.at(start, phrase), values={"found": phrase})


@lru_cache(maxsize=MANY)
def _found(text: str, is_markdown: bool = True) -> tuple[tuple[str, int, str], ...]:
    """Returns (code, offset, phrase) of everything in `text` that may not stand there."""
    bare = without_code(text) if is_markdown else text
    found = (*_html(bare), *_braces(_with_ends_of_code(text, bare)), *_links(bare), *_pointers(bare))
    return (*found, *((*_marks(text), *_brackets(bare), *_depth(bare)) if is_markdown else _letters(text)))


def _depth(text: str) -> Iterator[tuple[str, int, str]]:
    if deep := DEEP.search(text):
        yield "deep-text", deep.start(), ""


def _brackets(text: str) -> Iterator[tuple[str, int, str]]:
    """Finds the bracket before which too many are open already."""
    if text.count("[") <= MOST_OPEN:
        return
    opened = 0
    for sign in BRACKET.finditer(text):
        if sign[0] == "[":
            opened += 1
        elif sign[0] == "]":
            opened = max(opened - 1, 0)
        elif sign[0].startswith("\n"):
            opened = 0
        if opened > MOST_OPEN:
            yield "open-brackets", sign.start(), "["
            return


def _html(text: str) -> Iterator[tuple[str, int, str]]:
    if "<" not in text:
        return
    for comment in COMMENT.finditer(text):
        if not SILENCE.fullmatch(comment["inside"]):
            yield "raw-html", comment.start(), "<!--"
    for bare in BARE.finditer(text):
        yield "raw-html", bare.start(), bare[0]
    for harmless in (COMMENT, ANGLED, MAIL):
        text = harmless.sub(lambda found: " " * len(found[0]), text)
    for tag in RAW_HTML.finditer(text):
        yield "raw-html", tag.start(), tag[0]


def _with_ends_of_code(text: str, bare: str) -> str:
    """Returns the text without code but for the last sign of one that braces follow, which belong to it."""
    if "`{" not in text:
        return bare
    parts, end = [], 0
    for tick in BEHIND_CODE.finditer(text):
        parts += [bare[end : tick.start()], "`"] if bare[tick.end()] == "{" else [bare[end : tick.end()]]
        end = tick.end()
    return "".join([*parts, bare[end:]])


def _braces(text: str) -> Iterator[tuple[str, int, str]]:
    if "{" not in text:
        return
    for template in TEMPLATE.finditer(text):
        yield "template-expression", template.start(), template[0]
    bare = "\n".join(map(_closed, TEMPLATE.sub(lambda found: " " * len(found[0]), text).split("\n")))
    for attributes in ATTRIBUTES.finditer(bare):
        yield "attribute-list", attributes.start(), attributes[0]


def _closed(line: str) -> str:
    """Returns the line without the braces that no other one closes, which would be looked for at length."""
    end = line.rfind("}") + 1
    return line[:end] + OPEN.sub(" ", line[end:])


def _links(text: str) -> Iterator[tuple[str, int, str]]:
    if "]" not in text and "<" not in text:
        return
    for empty in EMPTY_LINK.finditer(text) if "](" in text else ():
        yield "empty-link", empty.start(), empty[0]
    for image in WORDLESS.finditer(text):
        yield "image-without-words", image.start(), image[0]
    for link in destinations(text):
        if _is_unsafe(link.written) and not link.is_on_computer:
            yield "unsafe-link", link.start, link.written.strip()


def _marks(text: str) -> Iterator[tuple[str, int, str]]:
    for start, mark in shown(text):
        yield "marks-shown", start, mark


def _letters(text: str) -> Iterator[tuple[str, int, str]]:
    """Finds signs of Markdown and pointers in a text that is shown letter by letter: readers see them."""
    if "*" in text or "[" in text:
        for pattern in (SIGNS, POINTER):
            for signs in pattern.finditer(text):
                yield "signs-in-plain-text", signs.start(), signs[0]


def _pointers(text: str) -> Iterator[tuple[str, int, str]]:
    """A pointer becomes a link itself, and none can stand within another, nor within a picture's words."""
    if "](" not in text:
        return
    plain = POINTER.sub(lambda pointer: "\0" * len(pointer[0]), text)
    for link in LINK.finditer(plain):
        if "\0" in link[0]:
            start = plain.index("\0", link.start())
            pointer = POINTER.match(text, start)
            yield "pointer-in-link", start, pointer[0] if pointer else link[0]


def _is_unsafe(written: str) -> bool:
    """Whether a browser, after all it forgives, would go where only an explicit https may lead."""
    plain = DROPPED.sub("", html.unescape(written)).lstrip("<")
    if SCRIPT.search(plain):
        return True
    scheme = SCHEME.match(plain)
    return scheme[1].lower() not in SAFE_SCHEMES if scheme else bool(re.match(r"[/\\]{2}", plain))
