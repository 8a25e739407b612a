"""Styles of a drawing: properties that draw, and no address but that of a part of the drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .vocabulary import FUNCTIONS, STYLES

#: From the start of a word, so that a long one is gone through once.
CALL = re.compile(r"(?<![\w-])([\w-]+)\(")
#: The address of a part of the same drawing.
WITHIN = re.compile(r"url\(\s*(?:#[\w.:-]+|\"#[^\"\\()]*\"|'#[^'\\()]*')\s*\)", re.IGNORECASE)
#: A text in quotes, which ends with its line at the latest, or a comment; whichever begins first.
QUOTED_OR_COMMENT = re.compile(r"\"[^\"\n\r\f]*\"?|'[^'\n\r\f]*'?|/\*(?:[^*]|\*(?!/))*\*/")
#: Elements, classes, ids and how they follow one another: no function, no attribute, no `@`.
SELECTOR = re.compile(r"[\w\s.#,>+~*:-]*\Z")
#: Inkscape's own properties, and those of single browsers, change nothing where nobody knows them.
OWN = re.compile(r"--?(?:inkscape|webkit|moz|ms|o|adobe)-[\w-]+\Z")
SHOWN = 40


def value_fault(value: str) -> str:
    """Returns what of the value of a property is not allowed, or "" where it only draws.

    A backslash may hide any letter from us and none from a browser.
    """
    rest = WITHIN.sub("", _without_comments(value))
    for sign in ("\\", "/*", "@"):
        if sign in rest:
            return sign
    for call in CALL.finditer(rest):
        if call[1].lower() not in FUNCTIONS:
            return rest[call.start() :][:SHOWN].strip()
    return ""


def declarations_fault(style: str) -> str:
    """Returns what of a `style` attribute is not allowed, or ""."""
    return next(filter(None, map(_declaration_fault, _declarations(style))), "")


def sheet_fault(sheet: str) -> str:
    """Returns what of a `<style>` is not allowed, or "": rules of classes, ids and elements are."""
    *rules, rest = _without_comments(sheet).split("}")
    for rule in rules:
        selector, brace, declarations = rule.partition("{")
        if not (brace and SELECTOR.match(selector)):
            return selector.strip()[:SHOWN] or "}"
        if fault := "{" if "{" in declarations else declarations_fault(declarations):
            return fault
    return rest.strip()[:SHOWN]


def without_own(style: str) -> str:
    """Returns a `style` attribute without the properties of single programs."""
    kept = [one for one in _declarations(style) if not OWN.match(one.partition(":")[0].strip())]
    return style if len(kept) == len(_declarations(style)) else ";".join(kept)


def _without_comments(text: str) -> str:
    """Returns the text with a blank for each comment; one that does not end stays, and is a fault.

    What stands in quotes is no comment, for a browser either: only one that reads both alike hides nothing.
    """
    text = text.replace("<!--", " ").replace("-->", " ")
    return QUOTED_OR_COMMENT.sub(lambda found: " " if found[0].startswith("/*") else found[0], text)


def _declarations(style: str) -> list[str]:
    return [one.strip() for one in _without_comments(style).split(";") if one.strip()]


def _declaration_fault(declaration: str) -> str:
    name, _, value = declaration.partition(":")
    name = name.strip().lower()
    if name not in STYLES and not OWN.match(name):
        return declaration[:SHOWN]
    return value_fault(value)


def addresses(value: str) -> Iterator[str]:
    """Yields the ids of parts that a value names."""
    for found in WITHIN.findall(value):
        yield found[4:-1].strip(" \"'#")
