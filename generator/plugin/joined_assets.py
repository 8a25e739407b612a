"""The styles and scripts that pages load, several of the theme's joined in one without what no page needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from jinja2 import TemplateNotFound

from ..render.templates import SHARED_ASSETS

SCRIPTS = "assets/javascripts"
STYLES = "assets/stylesheets"
#: As deep as the folders above, so that an address in a stylesheet stays true.
JOINED = "assets/joined"
#: How the name of the theme's own stylesheet begins.
THEME_STYLE = "main."
COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*\*/")
#: A comment that has its lines for itself; one within a line may stand in a text.
COMMENT_LINES = re.compile(rf"^[ \t]*(?:{COMMENT.pattern}|//.*)[ \t]*\n", re.MULTILINE)
BEFORE_LINES = re.compile(r"\n\s+")


class JoinedAssets:
    """Joins styles and scripts as templates ask for them, and writes them once all pages are rendered."""

    def __init__(self, theme: Iterable[str | Path]) -> None:
        """Takes the folders of the theme, the project's own first."""
        self._theme = [Path(folder) for folder in theme]
        self._texts: dict[str, str] = {}

    def styles(self, name: str, parts: Sequence[str]) -> str:
        """Returns the address, from the site's root, of these stylesheets in one. Raises TemplateNotFound."""
        return self._join(f"{JOINED}/{name}.css", map(self._style, parts))

    def scripts(self, name: str, parts: Sequence[str]) -> str:
        """Returns the address, from the site's root, of these scripts in one. Raises TemplateNotFound."""
        texts = (self._read(SCRIPTS, f"{part}.js") for part in parts)
        return self._join(f"{JOINED}/{name}.js", map(small_script, texts))

    def write(self, site: Path) -> None:
        for address, text in self._texts.items():
            (site / address).parent.mkdir(parents=True, exist_ok=True)
            (site / address).write_text(text, encoding="utf-8")

    def _style(self, part: str) -> str:
        text = small_style(self._read(STYLES, f"{part}.css"))
        return used_style(text) if part.startswith(THEME_STYLE) else text

    def _join(self, address: str, texts: Iterable[str]) -> str:
        if address not in self._texts:
            self._texts[address] = "\n".join(texts)
        return address

    def _read(self, folder: str, name: str) -> str:
        places = (*(theme / folder / name for theme in self._theme), SHARED_ASSETS / name)
        for place in places:
            if place.is_file():
                return place.read_text(encoding="utf-8")
        raise TemplateNotFound(f"{folder}/{name}")


def small_style(text: str) -> str:
    """Returns a stylesheet without its comments, empty lines and indentation."""
    return BEFORE_LINES.sub("\n", COMMENT.sub("", text)).strip()


def small_script(text: str) -> str:
    """Returns a script without the comments that stand on lines of their own; all else stays."""
    return COMMENT_LINES.sub("", text).strip()


# --- the theme's style without what no page has -----------------------------------------------


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
    *("md-button", "md-content__button", "md-content--post", "md-draft", "md-header__source"),
    *("md-nav__button", "md-nav__container", "md-nav__icon", "md-nav__title", "md-pin"),
    *("md-search__suggest", "md-tag-icon", "md-tag-shadow"),
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
