"""Markup that has no business in content: raw HTML, scripts in links, templates, attribute lists."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from ..model.pointer import without_code
from ..model.programme import Programme
from ..problems import Problem
from .passages import passages

RAW_HTML = re.compile(r"<(?:/?[A-Za-z][\w:-]*(?=[\s/>]|$)|!(?!--)|\?)[^>\n]{0,80}>?")
COMMENT = re.compile(r"<!--(?P<inside>.*?)(?:-->|\Z)", re.DOTALL)
AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>]+>|<[\w.+-]+@[\w.-]+>")
TEMPLATE = re.compile(r"\{\{.{0,60}|\{%.{0,60}|\{#(?![\w-]+\s*\}).{0,60}")
ATTRIBUTES = re.compile(r"\{:[^}\n]*\}|\{\s*[.#][\w-]+[^}\n]*\}")
LINK = re.compile(r"!?\[[^\]\n]*\]\(\s*<?(?P<target>[^)\s>]*)|^\s{0,3}\[[^\]\n]+\]:\s*<?(?P<defined>\S+)", re.M)
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
IMAGE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\(")
TITLE = re.compile(r"^#\s.*$|^[^\n]+\n=+\s*$", re.MULTILINE)


def check(programme: Programme) -> Iterator[Problem]:
    for passage in passages(programme):
        for code, start, phrase in _found(passage.text, passage.is_body):
            yield Problem(code=code, place=passage.at(start, phrase), values={"found": phrase})


@lru_cache(maxsize=20_000)
def _found(text: str, is_body: bool) -> tuple[tuple[str, int, str], ...]:
    """(code, offset, phrase) of everything in `text` that may not stand there."""
    bare = without_code(text)
    return tuple((*_html(bare), *_templates(bare), *_links(bare), *(_titles(bare) if is_body else ())))


def _html(text: str) -> Iterator[tuple[str, int, str]]:
    for comment in COMMENT.finditer(text):
        if "taphuan:" not in comment["inside"]:
            yield "raw-html", comment.start(), "<!--"
    plain = AUTOLINK.sub(lambda link: " " * len(link[0]), COMMENT.sub(lambda c: " " * len(c[0]), text))
    for tag in RAW_HTML.finditer(plain):
        yield "raw-html", tag.start(), tag[0]


def _templates(text: str) -> Iterator[tuple[str, int, str]]:
    for template in TEMPLATE.finditer(text):
        yield "template-expression", template.start(), template[0]
    for attributes in ATTRIBUTES.finditer(text):
        yield "attribute-list", attributes.start(), attributes[0]


def _links(text: str) -> Iterator[tuple[str, int, str]]:
    for image in IMAGE.finditer(text):
        if not image["alt"].strip():
            yield "image-without-words", image.start(), image[0]
    for link in (*LINK.finditer(text), *AUTOLINK.finditer(text)):
        target = link.groupdict().get("target") or link.groupdict().get("defined") or ""
        plain = re.sub(r"[\s\x00-\x1f]|\\(?=\W)", "", html.unescape(target))
        scheme = SCHEME.match(plain)
        if scheme and scheme[1].lower() not in SAFE_SCHEMES:
            yield "unsafe-link", link.start(), link[0]


def _titles(text: str) -> Iterator[tuple[str, int, str]]:
    for title in TITLE.finditer(text):
        yield "title-in-body", title.start(), title[0].split("\n")[0]
