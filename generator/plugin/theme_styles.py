"""The theme's own stylesheet without the rules of its parts that no page of ours can have."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Beginnings of classes that only features and extensions make which are not in use here. Kinds of
#: admonition are among them, as their icons and colours are ours.
UNUSED_CLASSES = (
    *("abstract", "bug", "danger", "example", "failure", "info", "note", "question", "quote", "success"),
    *("tip", "warning"),
    *("arithmatex", "critic", "emojione", "footnote", "gemoji", "glightbox", "headerlink", "highlight"),
    *("keys", "linenos", "mermaid", "tabbed-", "task-list", "twemoji"),
    *("md-annotation", "md-author", "md-banner", "md-clipboard", "md-code__", "md-consent", "md-copyright"),
    *("md-ellipsis", "md-feedback", "md-footer", "md-header--lifted", "md-header__ellipsis"),
    *("md-header__title", "md-header__topic", "md-input", "md-logo", "md-meta", "md-nav--integrated"),
    *(
        "md-nav--lifted",
        "md-nav--primary",
        "md-pagination",
        "md-path",
        "md-post",
        "md-profile",
        "md-progress",
    ),
    *("md-select", "md-sidebar--post", "md-social", "md-source", "md-status", "md-tab"),
    *("md-tooltip", "md-top", "md-version"),
)
UNUSED = re.compile(
    rf"\.(?:{'|'.join(map(re.escape, UNUSED_CLASSES))})|\[dir=rtl\]|data-md-color-scheme=slate"
)
QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
#: What can end a rule or a selector, and texts, in which the same signs mean nothing.
TOKEN = re.compile(rf"{QUOTED}|\\.|[{{}};]", re.DOTALL)
#: A selector up to its comma, with lists of selectors in brackets whole.
SELECTOR = re.compile(rf"(?:{QUOTED}|\\.|\((?:[^()]|\([^()]*\))*\)|[^,])+", re.DOTALL)
GROUPS = ("@media", "@supports", "@layer", "@container")
ICON = re.compile(rf"(--md-[\w-]*icon[\w-]*):url\((?:{QUOTED})\);?", re.DOTALL)


def used_style(style: str) -> str:
    """Returns the theme's minified stylesheet without the rules and icons that nothing of ours asks for."""
    rules = "".join(_used_rules(style))
    return ICON.sub(lambda icon: icon[0] if f"var({icon[1]})" in rules else "", rules)


def _used_rules(style: str) -> Iterator[str]:
    for head, body in _rules(style):
        if body is None:
            yield head
        elif head.startswith(GROUPS):
            inner = "".join(_used_rules(body))
            if inner:
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        else:
            selectors = [selector for selector in SELECTOR.findall(head) if not UNUSED.search(selector)]
            if selectors:
                yield f"{','.join(selectors)}{{{body}}}"


def _rules(style: str) -> Iterator[tuple[str, str | None]]:
    """Yields each rule's head and body, and statements such as `@charset` without a body."""
    start = opened = depth = 0
    for token in TOKEN.finditer(style):
        if token[0] == "{":
            depth += 1
            opened = token.end() if depth == 1 else opened
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                yield style[start : opened - 1].strip(), style[opened : token.start()]
                start = token.end()
        elif token[0] == ";" and depth == 0:
            yield style[start : token.end()], None
            start = token.end()
