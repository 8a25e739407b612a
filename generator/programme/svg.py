"""SVG drawings: parsed, restricted to what a drawing may contain, with harmless styles and bounded weight.

The site and the sheets show the text that this module returns, never the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from .photo import ImageFault, embedded_fault
from .svg_vocabulary import (
    ATTRIBUTES,
    EDITORS,
    ELEMENTS,
    FUNCTIONS,
    LEFT_OUT,
    SAYING,
    STYLES,
    SVG,
    XLINK,
    XML,
)

#: From the start of a word, so that a long one is gone through once.
CALL = re.compile(r"(?<![\w-])([\w-]+)\(")
#: The address of a part of the same drawing.
WITHIN = re.compile(r"url\(\s*(?:#[\w.:-]+|\"#[^\"\\()]*\"|'#[^'\\()]*')\s*\)", re.IGNORECASE)
#: A text in quotes, which ends with its line at the latest, or a comment; whichever begins first.
QUOTED_OR_COMMENT = re.compile(r"\"[^\"\n\r\f]*\"?|'[^'\n\r\f]*'?|/\*(?:[^*]|\*(?!/))*\*/")
#: Elements, classes, ids and how they follow one another: no function, no attribute, no `@`.
SELECTOR = re.compile(r"[\w\s.#,>+~*:-]*\Z")
#: Properties of Inkscape and of single browsers, which change nothing elsewhere.
EDITOR_STYLE = re.compile(r"--?(?:inkscape|webkit|moz|ms|o|adobe)-[\w-]+\Z")
LONGEST_STYLE_SHOWN = 40


def value_fault(value: str) -> str:
    """Returns the part of a property's value that is not allowed, or "" where it only draws.

    A backslash may hide any letter from us and none from a browser.
    """
    rest = WITHIN.sub("", _without_comments(value))
    for sign in ("\\", "/*", "@"):
        if sign in rest:
            return sign
    for call in CALL.finditer(rest):
        if call[1].lower() not in FUNCTIONS:
            return rest[call.start() :][:LONGEST_STYLE_SHOWN].strip()
    return ""


def declarations_fault(style: str) -> str:
    """Returns what of a `style` attribute is not allowed, or ""."""
    return next(filter(None, map(_declaration_fault, _declarations(style))), "")


def stylesheet_fault(stylesheet: str) -> str:
    """Returns what of a `<style>` is not allowed, or "": it may have rules for classes, ids and elements."""
    *rules, rest = _without_comments(stylesheet).split("}")
    for rule in rules:
        selector, brace, declarations = rule.partition("{")
        if not (brace and SELECTOR.match(selector)):
            return selector.strip()[:LONGEST_STYLE_SHOWN] or "}"
        if fault := "{" if "{" in declarations else declarations_fault(declarations):
            return fault
    return rest.strip()[:LONGEST_STYLE_SHOWN]


def without_editor_styles(style: str) -> str:
    """Returns a `style` attribute without the properties of single programs."""
    kept = [
        declaration
        for declaration in _declarations(style)
        if not EDITOR_STYLE.match(declaration.partition(":")[0].strip())
    ]
    return style if len(kept) == len(_declarations(style)) else ";".join(kept)


def _without_comments(text: str) -> str:
    """Returns the text with a blank for each comment; one that does not end stays, and is a fault.

    What stands in quotes is no comment, for a browser either: only one that reads both alike hides nothing.
    """
    text = text.replace("<!--", " ").replace("-->", " ")
    return QUOTED_OR_COMMENT.sub(lambda match: " " if match[0].startswith("/*") else match[0], text)


def _declarations(style: str) -> list[str]:
    return [declaration.strip() for declaration in _without_comments(style).split(";") if declaration.strip()]


def _declaration_fault(declaration: str) -> str:
    name, _, value = declaration.partition(":")
    name = name.strip().lower()
    if name not in STYLES and not EDITOR_STYLE.match(name):
        return declaration[:LONGEST_STYLE_SHOWN]
    return value_fault(value)


def addresses_in(value: str) -> Iterator[str]:
    """Yields the ids of parts that a value names."""
    for address in WITHIN.findall(value):
        yield address[4:-1].strip(" \"'#")


#: The most shapes that a browser draws before a reader notices.
MOST_DRAWN = 200_000
#: The longest chain of parts that name one another; editors make two or three.
LONGEST_CHAIN = 40


@dataclass
class Weight:
    """Counts what is drawn: elements in the order of the file, where each ends, and the parts each names."""

    ends: list[int] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    named: list[tuple[int, str]] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)
    _known: dict[int, int] = field(default_factory=dict)

    def open(self, attributes: list[tuple[str, str]]) -> None:
        number = len(self.ends)
        self._open.append(number)
        self.ends.append(number)
        for name, value in attributes:
            if name == "id":
                self.ids.setdefault(value, number)
        self.named += [(number, part) for part in _parts_named(attributes)]

    def close(self) -> None:
        self.ends[self._open.pop()] = len(self.ends)

    def is_too_much(self) -> bool:
        """Tells whether drawing takes too long, or a part contains itself."""
        return bool(self.ends) and self._drawn(0, LONGEST_CHAIN) > MOST_DRAWN

    def _drawn(self, element: int, left: int) -> int:
        """Returns how many elements are drawn for one; what cannot be counted counts as too many."""
        if element in self._known:
            return self._known[element]
        if not left:
            return MOST_DRAWN + 1
        end = self.ends[element]
        self._known[element] = MOST_DRAWN + 1  # so a part inside itself is too many
        drawn = end - element
        for _, part in self.named[
            bisect_left(self.named, (element, "")) : bisect_left(self.named, (end, ""))
        ]:
            if part in self.ids and drawn <= MOST_DRAWN:
                drawn += self._drawn(self.ids[part], left - 1)
        self._known[element] = drawn
        return drawn


def _parts_named(attributes: list[tuple[str, str]]) -> Iterator[str]:
    for name, value in attributes:
        if name in {"href", "xlink:href"} and value.startswith("#"):
            yield value[1:]
        elif "url(" in value:
            yield from addresses_in(value)


#: Drawings are kept while they are unchanged; a preview looks at each at every edit.
CACHE_SIZE = 500
#: No editor nests this deep; each level costs those who draw it.
DEEPEST = 100
#: Findings of one drawing that are reported at once.
MOST_FINDINGS = 10
#: After so many the rest is not read: each takes a look through the whole file for its line.
ENOUGH = 50
#: Names that people and programs read, not styles.
WORDS = frozenset({"class", "id", "lang", "name", "requiredFeatures", "role", "type"})
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?"
SIZE = re.compile(rf"\s*{NUMBER}[\s,]+{NUMBER}[\s,]+({NUMBER})[\s,]+({NUMBER})\s*\Z")
#: What programs of twenty years name in the first lines; nothing is fetched from there.
KNOWN_TYPE = "-//W3C//DTD SVG"
LONGEST_SHOWN = 60
UTF_8 = frozenset({"utf-8", "utf8"})
LIKE_ASCII = frozenset({"ascii", "us-ascii", "iso-8859-1", "windows-1252"})


@dataclass(frozen=True)
class Drawing:
    """A drawing: `text` is without what only its program knows; "" where it cannot be read."""

    text: str
    faults: tuple[ImageFault, ...]


@lru_cache(maxsize=CACHE_SIZE)
def read_drawing(text: str) -> Drawing:
    """Returns the drawing of an SVG file's text, with the faults found in it."""
    reader = _Reader(text)
    try:
        reader.parse()
    except expat.ExpatError as error:
        reader.unreadable(error.lineno, error.offset + 1)
    except _RefusedError:
        pass
    faults = {(fault.code, fault.phrase): fault for fault in reversed(reader.faults)}
    shown = tuple(sorted(faults.values(), key=lambda fault: (fault.line, fault.column)))[:MOST_FINDINGS]
    return Drawing("" if faults else reader.text if reader.is_mended else text, shown)


class _RefusedError(Exception):
    """Raised to stop reading, since what was found may make reading itself harmful."""


@dataclass
class _Reader:
    source: str
    faults: list[ImageFault] = field(default_factory=list)
    is_mended: bool = False

    def __post_init__(self) -> None:
        self.raw = self.source.encode()
        self.weight = Weight()
        self._out: list[str] = []
        self._path: list[str] = []
        self._stylesheet: list[str] | None = None
        self._left_out = 0
        self._uses_links = False
        self._parser = parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = parser.ordered_attributes = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._typed
        parser.ProcessingInstructionHandler = self._instructed
        parser.SkippedEntityHandler = lambda name, _: self._fault(f"&{name};", stop=True)
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.CharacterDataHandler = self._said

    def parse(self) -> None:
        self._parser.Parse(self.raw, True)
        if self.weight.is_too_much():
            self.faults.append(ImageFault(code="heavy-drawing"))

    @property
    def text(self) -> str:
        return "".join(self._out)

    def unreadable(self, line: int, column: int) -> None:
        self.faults.append(ImageFault(code="unreadable-drawing", line=line, column=column))

    # --- what the parser tells ------------------------------------------------------------

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        """Refuses an encoding other than UTF-8: a browser that followed it would see another drawing."""
        same = UTF_8 if not self.source.isascii() else UTF_8 | LIKE_ASCII
        if encoding and encoding.lower() not in same:
            self._fault(f'encoding="{encoding}"')

    def _typed(self, name: str, system: str | None, public: str | None, has_own: int) -> None:
        self.is_mended = True
        if has_own or not (public or "").startswith(KNOWN_TYPE):
            self._fault("<!DOCTYPE", stop=True)

    def _instructed(self, target: str, _: str) -> None:
        self.is_mended = True
        if target.lower().startswith("xml"):
            self._fault(f"<?{target}")

    def _started(self, name: str, given: list[str]) -> None:
        space, _, local = name.rpartition(" ")
        is_own = space.startswith(EDITORS)
        if not self._path and name != f"{SVG} svg":
            self.unreadable(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
            raise _RefusedError
        if len(self._path) >= DEEPEST:
            self.faults.append(ImageFault(code="heavy-drawing", line=self._parser.CurrentLineNumber))
            raise _RefusedError
        is_known = is_own or (space == SVG and local in ELEMENTS | LEFT_OUT)
        if self._stylesheet is not None or not is_known:
            self._fault(self._tag())
        self._path.append(local)
        if self._left_out or is_own or local in LEFT_OUT:
            self._left_out += 1
            self.is_mended = True
        else:
            self._opened(local, list(zip(given[::2], given[1::2], strict=True)))

    def _opened(self, local: str, given: list[tuple[str, str]]) -> None:
        kept = list(self._kept(local, given))
        is_root = len(self._path) == 1
        links = f' xmlns="{SVG}" xmlns:xlink="{XLINK}"' if is_root else ""
        self._out.append(f"<{local}{links}{''.join(f' {n}={quoteattr(v)}' for n, v in kept)}>")
        self.weight.open(kept)
        if local == "style":
            self._stylesheet = []

    def _ended(self, name: str) -> None:
        local = self._path.pop()
        if self._left_out:
            self._left_out -= 1
            return
        if self._stylesheet is not None and local == "style":
            if fault := stylesheet_fault("".join(self._stylesheet)):
                self._fault(fault)
            self._stylesheet = None
        self.weight.close()
        self._out.append(f"</{local}>")

    def _said(self, words: str) -> None:
        if self._left_out:
            return
        if self._stylesheet is not None:
            self._stylesheet.append(words)
        self._out.append(escape(words))

    # --- attributes -----------------------------------------------------------------------

    def _kept(self, element: str, given: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for name, value in given:
            space, _, local = name.rpartition(" ")
            if space.startswith(EDITORS) or (space == XLINK and local != "href"):
                self.is_mended = True
            elif space == XML and local in {"space", "lang"}:
                yield f"xml:{local}", value
            elif local == "href" and space in {"", XLINK}:
                self._look_at_address(element, value)
                yield "xlink:href" if space else "href", value
            elif not space and (kept := self._looked_at(local, value)) is not None:
                yield local, kept
            elif space:
                self._fault_of_attribute(local)

    def _looked_at(self, name: str, value: str) -> str | None:
        """Returns the value as it is kept, and reports what is wrong with it."""
        if name not in ATTRIBUTES and name != "style" and not name.startswith(SAYING):
            self._fault_of_attribute(name)
            return None
        if name == "style":
            fault, kept = declarations_fault(value), without_editor_styles(value)
            self.is_mended = self.is_mended or kept != value
        else:
            fault, kept = _value_fault(name, value), value
        if fault:
            self._fault(fault)
        return kept

    def _look_at_address(self, element: str, value: str) -> None:
        """Reports an address that neither leads to a part of the drawing nor is an embedded photograph."""
        if value.startswith("#"):
            return
        fault = embedded_fault(value) if element == "image" else ImageFault(code="unsafe-drawing")
        if fault:
            self._add(fault.code, "href", {"found": f'href="{value[:LONGEST_SHOWN]}', **fault.values})

    # --- places ---------------------------------------------------------------------------

    def _tag(self) -> str:
        start = self._parser.CurrentByteIndex
        match = re.match(rb"<[^\s/>]*", self.raw[start : start + LONGEST_SHOWN])
        return match[0].decode("utf-8", "replace") if match else "<"

    def _fault_of_attribute(self, name: str) -> None:
        self._fault(f"{name}=", look_for=name)

    def _fault(self, refused: str, *, look_for: str = "", stop: bool = False) -> None:
        self._add("unsafe-drawing", look_for or refused, {"found": refused})
        if stop:
            raise _RefusedError

    def _add(self, code: str, phrase: str, values: Mapping[str, str]) -> None:
        line, column = self._place(phrase)
        self.faults.append(ImageFault(code=code, line=line, column=column, phrase=phrase, values=values))
        if len(self.faults) >= ENOUGH:
            raise _RefusedError

    def _place(self, phrase: str) -> tuple[int, int]:
        """Returns line and column of a phrase from the current tag on, else before it, else of the tag.

        A style is judged at its end, so what is wrong in it stands before.
        """
        start, wanted = max(self._parser.CurrentByteIndex, 0), phrase.encode()
        after = -1 if self._stylesheet else self.raw.find(wanted, start)
        before = self.raw.rfind(wanted, 0, start) if after < 0 else -1
        offset = max(after, before) if max(after, before) >= 0 else start
        line = self.raw.count(b"\n", 0, offset) + 1
        return line, len(self.raw[self.raw.rfind(b"\n", 0, offset) + 1 : offset].decode()) + 1


def _value_fault(name: str, value: str) -> str:
    if name == "viewBox":
        size = SIZE.match(value) if len(value) < LONGEST_SHOWN else None
        return (
            "" if size and float(size[1]) > 0 and float(size[2]) > 0 else f'viewBox="{value[:LONGEST_SHOWN]}"'
        )
    return "" if name in WORDS or name.startswith(SAYING) else value_fault(value)
