"""A drawing read by a parser and held to what drawings may hold; what is left of it draws and nothing else.

The site and the sheets get the text that comes out of here, never the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from .fault import ImageFault
from .photo import embedded_fault
from .styling import declarations_fault, sheet_fault, value_fault, without_own
from .vocabulary import ATTRIBUTES, EDITORS, ELEMENTS, LEFT_OUT, SAYING, SVG, XLINK, XML
from .weight import Weight

#: Drawings kept as long as they are the same; a preview looks at each at every edit.
KEPT = 500
#: No editor nests this deep; each level costs those who draw it.
DEEPEST = 100
#: Findings of one drawing that are told at once.
TOLD = 10
#: After so many the rest is not read: each takes a look through the whole file for its line.
ENOUGH = 50
#: Names that are read by people and by programs, not as a style.
WORDS = frozenset({"class", "id", "lang", "name", "requiredFeatures", "role", "type"})
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?"
SIZE = re.compile(rf"\s*{NUMBER}[\s,]+{NUMBER}[\s,]+({NUMBER})[\s,]+({NUMBER})\s*\Z")
#: What programs of twenty years name in the first lines; nothing is fetched from there.
KNOWN_TYPE = "-//W3C//DTD SVG"
SHOWN = 60
UTF_8 = frozenset({"utf-8", "utf8"})
LIKE_ASCII = frozenset({"ascii", "us-ascii", "iso-8859-1", "windows-1252"})


@dataclass(frozen=True)
class Drawing:
    """`text` is the drawing without what only its program knows; "" where it cannot be read."""

    text: str
    faults: tuple[ImageFault, ...]


@lru_cache(maxsize=KEPT)
def drawing(text: str) -> Drawing:
    """Returns the drawing of an SVG file's text, with what stands against it."""
    reader = _Reader(text)
    try:
        reader.parse()
    except expat.ExpatError as error:
        reader.unreadable(error.lineno, error.offset + 1)
    except _RefusedError:
        pass
    faults = {(fault.code, fault.phrase): fault for fault in reversed(reader.faults)}
    shown = tuple(sorted(faults.values(), key=lambda fault: (fault.line, fault.column)))[:TOLD]
    return Drawing("" if faults else reader.text if reader.is_mended else text, shown)


class _RefusedError(Exception):
    """Nothing further is read: what was found may make reading itself a harm."""


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
        self._sheet: list[str] | None = None
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
        """Our reading is UTF-8; a browser that read other letters would see another drawing."""
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
        if self._sheet is not None or not is_known:
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
            self._sheet = []

    def _ended(self, name: str) -> None:
        local = self._path.pop()
        if self._left_out:
            self._left_out -= 1
            return
        if self._sheet is not None and local == "style":
            if fault := sheet_fault("".join(self._sheet)):
                self._fault(fault)
            self._sheet = None
        self.weight.close()
        self._out.append(f"</{local}>")

    def _said(self, words: str) -> None:
        if self._left_out:
            return
        if self._sheet is not None:
            self._sheet.append(words)
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
        """Returns the value as it is kept."""
        if name not in ATTRIBUTES and name != "style" and not name.startswith(SAYING):
            self._fault_of_attribute(name)
            return None
        if name == "style":
            fault, kept = declarations_fault(value), without_own(value)
            self.is_mended = self.is_mended or kept != value
        else:
            fault, kept = _value_fault(name, value), value
        if fault:
            self._fault(fault)
        return kept

    def _look_at_address(self, element: str, value: str) -> None:
        """An address leads to a part of the drawing, or is a photograph that it carries."""
        if value.startswith("#"):
            return
        fault = embedded_fault(value) if element == "image" else ImageFault(code="unsafe-drawing")
        if fault:
            self._add(fault.code, "href", {"found": f'href="{value[:SHOWN]}', **fault.values})

    # --- places ---------------------------------------------------------------------------

    def _tag(self) -> str:
        start = self._parser.CurrentByteIndex
        found = re.match(rb"<[^\s/>]*", self.raw[start : start + SHOWN])
        return found[0].decode("utf-8", "replace") if found else "<"

    def _fault_of_attribute(self, name: str) -> None:
        self._fault(f"{name}=", look_for=name)

    def _fault(self, found: str, *, look_for: str = "", stop: bool = False) -> None:
        self._add("unsafe-drawing", look_for or found, {"found": found})
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
        after = -1 if self._sheet else self.raw.find(wanted, start)
        before = self.raw.rfind(wanted, 0, start) if after < 0 else -1
        found = max(after, before) if max(after, before) >= 0 else start
        line = self.raw.count(b"\n", 0, found) + 1
        return line, len(self.raw[self.raw.rfind(b"\n", 0, found) + 1 : found].decode()) + 1


def _value_fault(name: str, value: str) -> str:
    if name == "viewBox":
        size = SIZE.match(value) if len(value) < SHOWN else None
        return "" if size and float(size[1]) > 0 and float(size[2]) > 0 else f'viewBox="{value[:SHOWN]}"'
    return "" if name in WORDS or name.startswith(SAYING) else value_fault(value)
