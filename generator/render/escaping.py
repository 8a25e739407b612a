"""Text and HTML kept apart: what is shown letter by letter, and what our own renderer made.

`trusted` is the only door through which HTML from a text gets past the escaping of templates.
"""

from __future__ import annotations

import html
import re

from markupsafe import Markup

from ..errors import OperatorError

ELEMENTS = frozenset(
    {
        *("a", "abbr", "aside", "b", "blockquote", "br", "button", "caption", "circle", "code", "col"),
        *("colgroup", "dd", "del", "details", "div", "dl", "dt", "ellipse", "em", "figcaption", "figure"),
        *("g", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "line", "mark", "nav", "ol", "p"),
        *("path", "polygon", "polyline", "pre", "rect", "section", "small", "span", "strong", "sub"),
        *("summary", "sup", "svg", "symbol", "table", "tbody", "td", "template", "tfoot", "th", "thead"),
        *("tr", "ul", "use"),
    }
)
#: Attributes that run something, load something or draw past the stylesheets.
ACTING = re.compile(r"on|style\Z|srcdoc\Z|formaction\Z|srcset\Z|xmlns", re.IGNORECASE)
ADDRESSES = frozenset({"href", "src", "xlink:href", "action", "poster", "cite"})
UNSAFE_ADDRESS = re.compile(r"(?!https?:|mailto:|tel:|data:image/)[^/?#]*:", re.IGNORECASE)
DROPPED = re.compile(r"[\x00-\x20\x7f]")
TAG = re.compile(r"<(?=[A-Za-z/!?])/?(?P<name>[^\s/>]*)(?P<attributes>[^>]*)")
ATTRIBUTE = re.compile(r"""(?P<name>[^\s=>"'/]+)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s>"']+))?""")
#: What Markdown might read as more than itself, anywhere in a line.
SIGNS = re.compile(r"[\\`*_\[\]{}|\n]|(?<=\s)#(?=#*\s*$)")


class UntrustedHtml(OperatorError):
    """HTML that no text may bring along; checks should have stopped it before."""


def trusted(made: str, where: str = "") -> Markup:
    """Returns HTML that our renderer made as what templates show as it is. Raises UntrustedHtml.

    `where` tells an author which page it was.
    """
    for tag in TAG.finditer(made):
        is_known = tag["name"].lower() in ELEMENTS
        if not is_known or (tag["attributes"].strip() and not _is_idle(tag["attributes"])):
            raise _refusal(tag[0], where)
    return Markup(made)


def _is_idle(attributes: str) -> bool:
    """Whether the attributes of a tag run nothing and lead only where a reader may go."""
    for attribute in ATTRIBUTE.finditer(attributes):
        name = attribute["name"].lower()
        if ACTING.match(name):
            return False
        if name in ADDRESSES:
            address = DROPPED.sub("", html.unescape((attribute["value"] or "").strip("\"'")))
            if UNSAFE_ADDRESS.match(address):
                return False
    return True


def _refusal(found: str, where: str) -> UntrustedHtml:
    on_page = f"trang {where}: " if where else ""
    return UntrustedHtml(
        f"{on_page}một đoạn chữ thành mã HTML không được phép: {found[:60]}",
        fix="bỏ mã HTML khỏi nội dung; chạy taphuan check để xem chỗ",
    )


def plain_markdown(text: str) -> Markup:
    """Returns the Markdown of a text that has none: every letter shows as it is written."""
    return Markup(SIGNS.sub(_escaped, html.escape(text, quote=False)))


def _escaped(sign: re.Match[str]) -> str:
    return " " if sign[0] == "\n" else f"&#{ord(sign[0])};"
