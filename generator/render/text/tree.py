"""An author's text as a tree: Markdown parsed once into elements, which writers of pages and sheets walk.

Elements are those of HTML, and some of our own: pointers (`citation`, `contact`, `term`, `target`) with what
their author named, `flow` where one is drawn, `picture` in a figure, and `html` for what is HTML already.
A text is parsed without its programme, so that pages and sheets share its tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import cache, lru_cache
from threading import Lock
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AMP_SUBSTITUTE, BLOCK_LEVEL_ELEMENTS, ETX, HTML_PLACEHOLDER_RE, STX
from markupsafe import Markup

from ...programme.markdown_repair import repair_markdown
from ...programme.model.pointer import CODE, MANY, POINTER, Pointer, expand_pointers
from ..html_safety import trusted_html

CITATION, CONTACT, TERM, TARGET = POINTERS = ("citation", "contact", "term", "target")
HTML = "html"
#: An attribute of a cell that cited alone, with what it cited; it is never written.
CITES = "cites"
EXTENSIONS = (
    *("admonition", "attr_list", "fenced_code", "sane_lists", "tables", "pymdownx.details"),
    "taphuan.render.text.typed_marks:TypedMarks",
    "taphuan.render.text.shown_blocks:ShownBlocks",
)
EXTENSION_CONFIGS: Mapping[str, Mapping[str, Any]] = {
    # A style attribute would break `style-src 'self'`.
    "tables": {"use_align_attribute": True},
}
#: Behind code, before signs are escaped and what else begins with a bracket.
BEFORE_LINKS = 185
_SILENCE = r"[ \t]*<!--[ \t]*taphuan:[^<>\n`~]*-->"
#: Takes its line with it where it has one of its own; behind words it leaves the end of their line.
COMMENT = re.compile(rf"(?<=\n){_SILENCE}[ \t]*(?:\n|\Z)|(?<![ \t]){_SILENCE}")
#: A line in which nothing is Markdown or HTML: most texts of a question are, and need no converter.
PLAIN = re.compile(r"[^\W\d_][^\\`*_\[<>&{\x00-\x1f]*(?<!\s)")
#: As it may stand in an address, or in code.
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")
_ESCAPED = re.compile(rf"{STX}(\d+){ETX}")
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_VOID = frozenset({"br", "col", "hr", "img", "input", "wbr"})
_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)
#: A converter holds what it parses; threads of the service take turns.
_PARSING = Lock()
#: What an element holds, in order: its texts and its children.
Parts = list[str | Element]


@lru_cache(maxsize=MANY)
def _parsed(text: str) -> Element:
    root = Element("div")
    if PLAIN.fullmatch(POINTER.sub(lambda pointer: pointer["words"] or "x", text) if "[" in text else text):
        root.append(made("p", _with_pointers(text)))
        return root
    source = repair_markdown(
        _outside_code(expand_pointers(text, _in_cell), lambda part: COMMENT.sub("", part))
    )
    with _PARSING:
        return _converter().tree(source) if source.strip() else root


def _with_pointers(text: str) -> Iterator[str | Element]:
    """Yields the words and the pointers of a line in which nothing else is Markdown."""
    end = 0
    for pointer in POINTER.finditer(text):
        yield text[end : pointer.start()]
        yield _pointer(pointer)
        end = pointer.end()
    yield text[end:]


def _pointer(match: re.Match[str]) -> Element:
    named = {"id": match["reference"] or match["id"], "locator": match["locator"] or ""}
    return Element(match["kind"] or CITATION, {**named, "words": match["words"] or ""})


def parse(text: str) -> Element:
    """Returns the tree of a text, a `div` that holds its blocks, for one writer to change."""
    return deepcopy(_parsed(text))


def _in_cell(pointer: Pointer) -> str:
    """Returns a pointer as it may stand in a cell of a table, whose cells end at a bar."""
    return pointer.written.replace("\\|", "|").replace("|", "\\|")


class _Pointers(InlineProcessor):
    """Makes an element of each pointer."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, match: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        return _pointer(match), match.start(), match.end()


class _PointerElements(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.inlinePatterns.register(_Pointers(POINTER.pattern, md), "pointers", BEFORE_LINKS)


class _Converter(markdown.Markdown):
    """Parses Markdown; a typed HTML tag shows as its letters."""

    def __init__(self) -> None:
        configs = {name: dict(options) for name, options in EXTENSION_CONFIGS.items()}
        super().__init__(extensions=[*EXTENSIONS, _PointerElements()], extension_configs=configs)
        self.preprocessors.deregister("html_block")
        self.inlinePatterns.deregister("html")
        self.treeprocessors.deregister("prettify")

    def tree(self, source: str) -> Element:
        self.reset()
        self.lines = source.split("\n")
        for preprocessor in self.preprocessors:
            self.lines = preprocessor.run(self.lines)
        root = self.parser.parseDocument(self.lines).getroot()
        assert root is not None
        for treeprocessor in self.treeprocessors:
            changed = treeprocessor.run(root)
            if changed is not None:
                root = changed
        for element in list(root.iter()):
            self._settle(element)
        return root

    def _settle(self, element: Element) -> None:
        """Puts what the parser had set aside where it belongs: ready HTML, entities and escaped signs."""
        element.tail = self._said(element.tail)
        for name, value in element.items():
            element.set(name, self._said(_ENTITY.sub(_letter, value)) or "")
        ready = HTML_PLACEHOLDER_RE.fullmatch((element.text or "").strip())
        block = self._stashed(ready) if ready else ""
        if block.startswith("<"):
            element.tag, element.text = HTML, block
        elif element.tag == "code":
            element.text = _ENTITY.sub(_letter, element.text or "")
        else:
            element.text = self._said(element.text)

    def _said(self, text: str | None) -> str | None:
        if not text or STX not in text:
            return text
        text = HTML_PLACEHOLDER_RE.sub(lambda entity: html.unescape(self._stashed(entity)), text)
        text = _ESCAPED.sub(lambda sign: chr(int(sign[1])), text)
        return html.unescape(text.replace(AMP_SUBSTITUTE, "&")) if AMP_SUBSTITUTE in text else text

    def _stashed(self, placeholder: re.Match[str]) -> str:
        return str(self.htmlStash.rawHtmlBlocks[int(placeholder[1])])


def _letter(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


@cache
def _converter() -> _Converter:
    return _Converter()


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    parts, end = [], 0
    for code in CODE.finditer(text):
        parts += [change(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, change(text[end:])])


# --- what an element holds --------------------------------------------------------------------


def parts_of(element: Element) -> Parts:
    """Takes out and returns what an element holds."""
    parts: Parts = [element.text] if element.text else []
    for child in list(element):
        parts.append(child)
        if child.tail:
            parts.append(child.tail)
        child.tail = None
        element.remove(child)
    element.text = None
    return parts


def hold(element: Element, parts: Iterable[str | Element]) -> None:
    """Puts parts behind what an element holds."""
    for part in parts:
        if isinstance(part, Element):
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + part
        else:
            element.text = (element.text or "") + part


def made(tag: str, parts: Iterable[str | Element] = (), /, **attributes: str) -> Element:
    """Returns a new element; an underscore behind the name of an attribute is left out: `class_`."""
    element = Element(tag, {name.removesuffix("_"): value for name, value in attributes.items()})
    hold(element, parts)
    return element


def words_of(element: Element) -> str:
    return "".join(element.itertext())


def add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


# --- as HTML ----------------------------------------------------------------------------------


def written(root: Element) -> Markup:
    """Returns the HTML of what the root of a tree holds. Raises UntrustedHtml."""
    out: list[str] = []
    _write_inside(root, out)
    return trusted_html("".join(out).strip())


def escape(text: str) -> str:
    return html.escape(text, quote=False)


def _in_quotes(value: str) -> str:
    return escape(value).replace('"', "&quot;")


def _write(element: Element, out: list[str]) -> None:
    tag = element.tag
    if tag == HTML:
        out.append(element.text or "")
    else:
        shown = sorted(item for item in element.items() if item[0] != CITES)
        attributes = "".join(f' {name}="{_in_quotes(value)}"' for name, value in shown)
        if tag in _VOID:
            out.append(f"<{tag}{attributes} />")
        else:
            out.append(f"<{tag}{attributes}>")
            _write_inside(element, out)
            out.append(f"</{tag}>")
    is_block = tag in _BLOCKS or tag in (HTML, "br")
    if element.tail and element.tail.strip():
        out.append(escape(element.tail))
    elif is_block:
        out.append("\n")
    else:
        out.append(element.tail or "")


def _write_inside(element: Element, out: list[str]) -> None:
    if element.text and element.text.strip():
        out.append(escape(element.text))
    elif len(element) and element[0].tag in _BLOCKS:
        out.append("\n")
    else:
        out.append(element.text or "")
    for child in element:
        _write(child, out)
