"""Checks of a text's Markdown: raw HTML, scripts, headings, blocks, tables and lists."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ..markdown_repair.list_items import Unclear, read_lists
from ..markdown_repair.tables import TableFault, tables_in, visible_marks
from ..model.pointer import (
    BLOCK_OPENING,
    BLOCK_SIGNS,
    BLOCKS_BY_ID,
    COMMENT,
    FENCED,
    MANY,
    POINTER,
    SHARED_BLOCKS,
    without_code,
)
from ..model.programme import Programme
from ..model.scenario import MEANT_SCENARIO
from ..problems import Problem, nearest_name
from ..vietnamese import slug
from .links import ANGLED, destinations_in
from .passages import Passage

#: Whatever a browser or a Markdown parser may take for a tag; `a < b` and `5 <10` are none.
RAW_HTML = re.compile(r"<(?:/?[A-Za-z]|!(?!--)|\?)[^>\n]{0,80}>?")
#: A tag on one line without a backtick: code that opens inside it could close outside.
SILENCE = re.compile(r"[ \t]*taphuan:[^<>\n`~]*")
#: Addresses in angle brackets that Markdown makes a tag rather than a link, unless they are a link's target.
BARE = re.compile(r"(?<!\()(?<!\]: )<(?:tel|mailto):[^\s<>@]*>", re.IGNORECASE)
MAIL = re.compile(r"<[\w.+-]{1,100}@[\w.-]{1,100}>")
TEMPLATE = re.compile(r"\{\{.{0,60}|\{%.{0,60}|\{#(?![\w-]+\s*\}).{0,60}")
#: `{: …}`, `{.x}`, `{#x}`, `{x=…}` anywhere, and any word in braces where Markdown would look for attributes;
#: Markdown looks for the last brace of a line, whatever stands between.
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
#: What a browser drops from an address, and the backslash with which Markdown escapes a character.
DROPPED = re.compile(r"[\s\x00-\x20\x7f]|\\(?=[^\w\s\\/])")
LINK = re.compile(r"!?\[[^\[\]\n]*\]\([^()\n]*\)")
MARKUP_SIGNS = re.compile(r"\*\*[^*\n]+\*\*|!?\[[^\[\]\n]+\]\([^()\n]+\)")
EMPTY_LINK = re.compile(r"(?<!!)\[[ \t]*\]\([^()\n]{0,200}\)|!?\[[^\[\]\n]{1,200}\]\([ \t]*\)")
#: What opens, what closes, what is neither, and where a paragraph ends: nothing is matched beyond it.
BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n")
#: Markdown looks for the end of each open bracket up to the paragraph's end: a thousand cost a second.
MOST_OPEN = 20
#: Twenty levels, by blanks or by signs of lists and quotations in one line: at some hundreds, Python's own
#: recursion limit ends the reading. Signs alone, nearly side by side, are a rule across the page.
DEEP = re.compile(
    r"^(?! {0,3}(?:(?:- {0,2})++|(?:\* {0,2})++)$)"
    r"(?:\t| {4}| {0,3}(?:(?:[-+*]|[0-9]{1,9}\.)[ \t]|>)){20}+(?=[ \t]*\S)",
    re.MULTILINE,
)
WORDLESS = re.compile(r"!\[\s*\][(\[]")


def check_markup(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for code, start, phrase in _forbidden_markup(passage.text, passage.is_markdown):
            yield Problem(code=code, place=passage.at(start, phrase), values={"found": phrase})


@lru_cache(maxsize=MANY)
def _forbidden_markup(text: str, is_markdown: bool = True) -> tuple[tuple[str, int, str], ...]:
    """Yields (code, offset, phrase) of all raw HTML, scripts and attributes that `text` may not hold."""
    bare = without_code(text) if is_markdown else text
    forbidden = (*_html(bare), *_braces(_with_ends_of_code(text, bare)), *_links(bare), *_pointers(bare))
    return (
        *forbidden,
        *((*_marks(text), *_brackets(bare), *_depth(bare)) if is_markdown else _letters(text)),
    )


def _depth(text: str) -> Iterator[tuple[str, int, str]]:
    if deep := DEEP.search(text):
        yield "deep-text", deep.start(), ""


def _brackets(text: str) -> Iterator[tuple[str, int, str]]:
    """Yields the bracket before which too many are open already."""
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
        text = harmless.sub(lambda match: " " * len(match[0]), text)
    for tag in RAW_HTML.finditer(text):
        yield "raw-html", tag.start(), tag[0]


def _with_ends_of_code(text: str, bare: str) -> str:
    """Returns the text with code blanked, except a last backtick that braces follow and belong to."""
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
    bare = "\n".join(map(_closed, TEMPLATE.sub(lambda match: " " * len(match[0]), text).split("\n")))
    for attributes in ATTRIBUTES.finditer(bare):
        yield "attribute-list", attributes.start(), attributes[0]


def _closed(line: str) -> str:
    """Returns the line without unclosed braces, which Markdown would take long to look for."""
    end = line.rfind("}") + 1
    return line[:end] + OPEN.sub(" ", line[end:])


def _links(text: str) -> Iterator[tuple[str, int, str]]:
    if "]" not in text and "<" not in text:
        return
    for empty in EMPTY_LINK.finditer(text) if "](" in text else ():
        yield "empty-link", empty.start(), empty[0]
    for image in WORDLESS.finditer(text):
        yield "image-without-words", image.start(), image[0]
    for link in destinations_in(text):
        if _is_unsafe(link.written) and not link.is_on_computer:
            yield "unsafe-link", link.start, link.written.strip()


def _marks(text: str) -> Iterator[tuple[str, int, str]]:
    for start, mark in visible_marks(text):
        yield "marks-shown", start, mark


def _letters(text: str) -> Iterator[tuple[str, int, str]]:
    """Yields Markdown and pointers in a text that is shown letter by letter, where readers would see them."""
    if "*" in text or "[" in text:
        for pattern in (MARKUP_SIGNS, POINTER):
            for signs in pattern.finditer(text):
                yield "signs-in-plain-text", signs.start(), signs[0]


def _pointers(text: str) -> Iterator[tuple[str, int, str]]:
    """Yields pointers in a link's or a picture's words: a pointer becomes a link, and links do not nest."""
    if "](" not in text:
        return
    plain = POINTER.sub(lambda pointer: "\0" * len(pointer[0]), text)
    for link in LINK.finditer(plain):
        if "\0" in link[0]:
            start = plain.index("\0", link.start())
            pointer = POINTER.match(text, start)
            yield "pointer-in-link", start, pointer[0] if pointer else link[0]


def _is_unsafe(written: str) -> bool:
    """Tells whether a browser, after all it forgives, would follow the address elsewhere than to https."""
    plain = DROPPED.sub("", html.unescape(written)).lstrip("<")
    if SCRIPT.search(plain):
        return True
    scheme = SCHEME.match(plain)
    return scheme[1].lower() not in SAFE_SCHEMES if scheme else bool(re.match(r"[/\\]{2}", plain))


HEADING = re.compile(r"^[ \t]*(?P<line>(?P<signs>#{1,6})(?!#)(?P<rest>[^\n]*))$", re.MULTILINE)
TITLE = re.compile(r"^(?P<words>[^\n]+)\n(?P<line>=+)[ \t]*$", re.MULTILINE)
#: A line of `-` right below a paragraph's first line, which Markdown makes a heading.
UNDERLINED = re.compile(
    r"(?:\A|(?<=\n)[ \t]*\n)[ \t]*(?P<words>[^\s|#>-][^\n|]*)\n[ \t]*(?P<line>-+)[ \t]*$", re.MULTILINE
)


def check_headings(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for code, start, phrase, wanted in _faulty_headings(passage.text) if passage.is_body else ():
            values = {"found": phrase, "wanted": wanted}
            yield Problem(code=code, place=passage.at(start, phrase), values=values)


@lru_cache(maxsize=MANY)
def _faulty_headings(text: str) -> tuple[tuple[str, int, str, str], ...]:
    """Yields (code, offset, phrase, the line to write) of each faulty heading."""
    bare = without_code(text)
    return tuple((*_levels(bare), *_underlined(bare)))


def _levels(text: str) -> Iterator[tuple[str, int, str, str]]:
    last = 1
    for heading in HEADING.finditer(text):
        level, start = len(heading["signs"]), heading.start("signs")
        line, words = heading["line"].strip(), heading["rest"].strip().rstrip("#").rstrip()
        if level == 1:
            yield "title-in-body", start, line, f"## {words}"
        elif not words:
            yield "empty-heading", start, line, ""
        elif level > last + 1:
            yield "skipped-level", start, line, f"{'#' * (last + 1)} {words}"
        last = level


def _underlined(text: str) -> Iterator[tuple[str, int, str, str]]:
    for title in TITLE.finditer(text):
        yield "title-in-body", title.start("words"), title["words"].strip(), f"## {title['words'].strip()}"
    for heading in UNDERLINED.finditer(text):
        words = heading["words"].strip()
        yield "underlined-heading", heading.start("words"), words, f"## {words}"


#: A line that opens a block under any name; a sentence may begin with one such sign, never with two.
NAMED = re.compile(
    r"^[ \t]*(?P<line>(?:!{2,6}|\?{2,6})\+?[ \t]*(?:(?P<words>[^\W\d_][^\"“”„«\n]*)|[\"“”„«][^\n]+))",
    re.MULTILINE,
)
#: What authors call the blocks, and what other Markdown handbooks call theirs, as slugs.
OTHER_NAMES = {
    **dict.fromkeys(("tinh-huong", "vi-du", "example"), "case"),
    **dict.fromkeys(("thao-luan", "goi-y", "goi-y-thao-luan", "cau-hoi", "question"), "discussion"),
    **dict.fromkeys(("luat", "phap-luat", "can-cu", "quy-dinh"), "law"),
    **dict.fromkeys(("ghi-nho", "can-nho", "luu-y", "chu-y", "note", "tip", "important"), "key"),
    **dict.fromkeys(("hinh", "hinh-ve", "hinh-anh", "tranh", "anh", "picture", "image"), "figure"),
    **dict.fromkeys(("thu-hai", "viec-can-lam", "viec-lam"), "monday"),
    **dict.fromkeys(("re-nhanh", "kich-ban", "canh"), "scenario"),
    **dict.fromkeys(("so-do", "luu-do", "quy-trinh"), "flow"),
    **dict.fromkeys(("gio-dau", "hours", "first-aid"), "first-hours"),
    **dict.fromkeys(("gioi-han", "giu-kin", "confidentiality"), "limits"),
}
#: What may be meant by `adults` behind a block's name; in quotation marks it is a title.
MISWRITTEN_MARK = re.compile(
    r"[ \t]*(?P<mark>(?:for|cho|danh-cho)[ \t]*:[^\"“”\n]*|ad[a-z]{2,5}|nguoi-?lon|18\+)(?=[ \t\"“”]|$)",
    re.IGNORECASE,
)
MOST_WORDS = 3
#: What stands between a block's first line and the next line with words.
UNTIL_WORDS = re.compile(r"\n(?:[ \t]*\n)*(?P<inner>[ \t]*)(?=\S|\Z)|\Z")
INDENT = 4


def check_blocks(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for code, start, phrase, meant in _faulty_blocks(passage.text) if passage.is_markdown else ():
            place = passage.at(start, phrase)
            yield Problem(code=code, place=place, values={"found": phrase, "wanted": meant}, suggestion=meant)


@lru_cache(maxsize=MANY)
def _faulty_blocks(text: str) -> tuple[tuple[str, int, str, str], ...]:
    """Yields (code, offset, phrase, what may be meant) of each faulty block."""
    if "!" not in text and "?" not in text:
        return ()
    bare = without_code(text)
    return tuple((*_unknown_blocks(bare), *_titles_of_blocks(bare)))


def _unknown_blocks(text: str) -> Iterator[tuple[str, int, str, str]]:
    """Yields blocks under a name that no page has a design for: they would show as a bare box."""
    for named in NAMED.finditer(text):
        if not named["words"]:
            yield "block-without-name", named.start("line"), named["line"], ""
        elif not (BLOCK_OPENING.match(text, named.start()) or MEANT_SCENARIO.match(text, named.start())):
            yield "unknown-block", named.start("words"), *_meant_block(named["words"].split())


def _meant_block(words: list[str]) -> tuple[str, str]:
    """Returns the name as written, which may be several words, and the block that it may mean."""
    for count in range(MOST_WORDS, 0, -1):
        written = " ".join(words[:count])
        if meant := OTHER_NAMES.get(slug(written)):
            return written, meant
    return words[0], nearest_name(words[0].lower(), (*BLOCK_SIGNS, "scenario"))


def _titles_of_blocks(text: str) -> Iterator[tuple[str, int, str, str]]:
    """Yields missing titles where Markdown would show the English name, and titles where none is shown."""
    for opened in BLOCK_OPENING.finditer(text):
        name, line = opened["name"].lower(), opened["line"].strip()
        if name in BLOCKS_BY_ID:
            continue
        if name in SHARED_BLOCKS:
            if opened["rest"].strip():
                yield "title-not-shown", opened.start("line"), line, ""
            continue
        if mark := MISWRITTEN_MARK.match(opened["rest"]):
            yield "unknown-block-mark", opened.start("rest") + mark.start("mark"), mark["mark"], "adults"
        elif not opened["rest"].strip() and name != "key":
            yield "block-without-title", opened.start("line"), line, f'{BLOCK_SIGNS[name]} {name} "Tên khung"'
        if opened["rest"].strip() and name == "key":
            yield "title-not-shown", opened.start("line"), line, ""
        elif _is_empty(text, opened):
            yield "empty-block", opened.start("line"), line, ""


def _is_empty(text: str, opened: re.Match[str]) -> bool:
    """Tells whether the next words are not indented and so stand outside the block."""
    match = UNTIL_WORDS.match(text, opened.end())
    inner = (match["inner"] or "") if match else ""
    return len(inner.expandtabs(INDENT)) < len(opened["indent"].expandtabs(INDENT)) + INDENT


#: How many characters of a line a finding quotes.
LONGEST_QUOTE = 60


def check_tables(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for table in tables_in(passage.text) if passage.is_markdown else ():
            if table.fault:
                yield _table_problem(passage, table.fault)


def _table_problem(passage: Passage, fault: TableFault) -> Problem:
    """Returns a table's problem, placed at the whole line, since lost cells have no place of their own."""
    lines = passage.text.split("\n")
    phrase = lines[fault.line].strip()
    start = sum(len(line) + 1 for line in lines[: fault.line])
    start += len(lines[fault.line]) - len(lines[fault.line].lstrip())
    quote = phrase if len(phrase) <= LONGEST_QUOTE else phrase[: LONGEST_QUOTE - 1] + "…"
    counts = {"count": str(fault.count), "columns": str(fault.columns), "wanted": fault.wanted}
    values = {"found": " ".join(quote.split()), **counts}
    return Problem(code=fault.code, place=passage.at(start, phrase), values=values)


#: Lists of these kinds are read line by line, each line an item of its own.
BY_LINE = "trainer_notes"
WORDS_SHOWN = 5
LONGEST_SHOWN = 60


def check_lists(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        if passage.is_markdown and "\n" in passage.text and passage.path[-1:] != (BY_LINE,):
            for code, start, phrase, values in _unclear(passage.text):
                yield Problem(code=code, place=passage.at(start, phrase), values=values)


@lru_cache(maxsize=MANY)
def _unclear(text: str) -> tuple[tuple[str, int, str, Mapping[str, str]], ...]:
    bare = FENCED.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
    return tuple(_shown(unclear) for unclear in read_lists(bare)[1])


def _shown(unclear: Unclear) -> tuple[str, int, str, Mapping[str, str]]:
    """Returns code, offset, phrase and the values of the finding's sentence."""
    body = unclear.line.body
    first = body.split()[:WORDS_SHOWN]
    values = {
        "start": " ".join(first).rstrip(".:;,"),
        "line": _to_write(unclear),
        "before": unclear.before,
        "mark": unclear.sign.typed if unclear.sign else "",
    }
    return unclear.code, unclear.line.start + len(unclear.line.text) - len(body), body.rstrip(), values


def _to_write(unclear: Unclear) -> str:
    """Returns the line as it is to be typed where it is an item."""
    if unclear.sign is None:
        return ""
    words = unclear.line.body[unclear.sign.width :].rstrip()
    shown = words if len(words) <= LONGEST_SHOWN else words[:LONGEST_SHOWN].rsplit(" ", 1)[0] + "…"
    if unclear.sign.group == "number":
        return f"{unclear.sign.value}. {shown}"
    return f"- {unclear.sign.typed} {shown}" if unclear.sign.group == "mark" else f"- {shown}"
