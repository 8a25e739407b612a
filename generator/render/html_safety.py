"""The contents a page may have: escaped text and trusted HTML.

`trusted_html` is the only way by which HTML from a text gets past the escaping of templates.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from markupsafe import Markup

from ..errors import OperatorError

ELEMENTS = frozenset(
    {
        *("a", "abbr", "aside", "b", "blockquote", "br", "button", "caption", "circle", "code", "col"),
        *("colgroup", "dd", "del", "details", "div", "dl", "dt", "ellipse", "em", "figcaption", "figure"),
        *("fieldset", "form", "input", "label", "legend", "option", "select"),  # a filter, a box to look up
        *("g", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "line", "mark", "nav", "ol", "p"),
        *("path", "polygon", "polyline", "pre", "rect", "section", "small", "span", "strong", "sub"),
        *("summary", "sup", "svg", "symbol", "table", "tbody", "td", "template", "text", "tfoot", "th"),
        *("thead", "tr", "ul", "use", "wbr"),
    }
)
#: Attributes that run, load or send something, draw past the stylesheets or open a page within the page.
ACTING_ATTRIBUTE = re.compile(r"on|style\Z|srcdoc\Z|formaction\Z|srcset\Z|xmlns|shadowroot", re.IGNORECASE)
ADDRESS_ATTRIBUTES = frozenset({"href", "src", "xlink:href", "poster", "cite"})
#: Refused: scripts, data other than a picture's, and another host without a scheme.
UNSAFE_ADDRESS = re.compile(r"(?!https?:|mailto:|tel:)[^/?#]*:|[/\\]{2}", re.IGNORECASE)
#: What a form may send to: a folder of this site, by a way from the page that it stands on.
INNER_FOLDER = re.compile(r"(?:\.{1,2}/)*(?:[a-z0-9-]+/)*\Z")
DATA_PICTURE = re.compile(r"data:image/(?:svg\+xml|png|jpeg|webp);base64,[A-Za-z0-9+/=]*\Z")
DROPPED = re.compile(r"[\x00-\x20\x7f]")
_SPACE = r"[\t\n\f\r ]"
_NAME = r"[^\x00-\x20\x7f-\xa0\"'<>/=`]+"
#: A tag as our renderers write it, each value in double quotes. What else begins like one is refused,
#: since browsers may see its end elsewhere. A comment contains nothing that could be a tag.
TAG = re.compile(
    rf"</?([A-Za-z][A-Za-z0-9-]*)((?:{_SPACE}+{_NAME}(?:=\"[^\"]*\")?)*){_SPACE}*/?>"
    r"|<!--[^<>]*-->|(<(?=[A-Za-z/!?]))"
)
ATTRIBUTE = re.compile(rf"(?P<name>{_NAME})(?:=\"(?P<value>[^\"]*)\")?")
#: What Markdown might read as more than itself, anywhere in a line.
SIGNS = re.compile(r"[\\`*_\[\]{}|\n]|(?<=\s)#(?=#*\s*$)")


class UntrustedHtml(OperatorError):
    """Raised for HTML that no text may contain; checks should have stopped it before."""


def trusted_html(made: str, where: str = "") -> Markup:
    """Returns our renderer's HTML, marked as safe for templates. Raises UntrustedHtml.

    `where` tells an author which page it was.
    """
    for name, attributes, other in set(TAG.findall(made)):
        is_known = not name or name.lower() in ELEMENTS
        if other or not is_known or (attributes and not _is_idle(name.lower(), attributes)):
            raise _refusal(name, made, where)
    return Markup(made)


@lru_cache(maxsize=50_000)
def _is_idle(element: str, attributes: str) -> bool:
    """Tells whether the attributes of a tag run nothing and lead only where a reader may go."""
    for attribute in ATTRIBUTE.finditer(attributes):
        name, value = attribute["name"].lower(), attribute["value"] or ""
        if ACTING_ATTRIBUTE.match(name):
            return False
        if name == "action" and not INNER_FOLDER.match(html.unescape(value)):
            return False
        if name in ADDRESS_ATTRIBUTES and UNSAFE_ADDRESS.match(DROPPED.sub("", html.unescape(value))):
            return element == "img" and name == "src" and DATA_PICTURE.match(value) is not None
    return True


def _refusal(name: str, made: str, where: str) -> UntrustedHtml:
    """Returns the error, with the text in which the refused element first stands."""
    excerpt = made[max(made.find(f"<{name}"), 0) :]
    on_page = f"trang {where}: " if where else ""
    return UntrustedHtml.of("build.html", place=on_page, excerpt=excerpt[:60])


@lru_cache(maxsize=10_000)
def plain_markdown(text: str) -> Markup:
    """Returns a text that is not Markdown as Markdown in which every letter shows as it is written."""
    return Markup(SIGNS.sub(_escaped, html.escape(text, quote=False)))


def _escaped(sign: re.Match[str]) -> str:
    return " " if sign[0] == "\n" else f"&#{ord(sign[0])};"
