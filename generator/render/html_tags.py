"""Finished HTML as its texts and tags in turn: what a template made, read in one place.

What an author wrote is a tree (`text/tree.py`) and is not read from HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

#: A comment, or a tag whose quoted values may hold any sign.
_TAG = re.compile(
    r"""(<!--.*?-->|</?[a-zA-Z!][^<>"']*+(?:"[^"]*"[^<>"']*+|'[^']*'[^<>"']*+)*+>)""", re.DOTALL
)
#: Splits HTML into texts and tags in turn; a text, which may be empty, stands around each tag.
split_tags: Callable[[str], list[str]] = _TAG.split
_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9-]*")
_ATTRIBUTE = re.compile(r"""\s([^\s"'<>/=]+)(?:="([^"]*)")?""")


@lru_cache(maxsize=50_000)
def tag_name(tag: str) -> str:
    """Returns the name of a tag, with a slash before it where it closes: `p`, `/p`."""
    match = _NAME.match(tag, 1)
    return match[0].lower() if match else ""


@lru_cache(maxsize=50_000)
def attributes_of(tag: str) -> Mapping[str, str]:
    """Returns the attributes of a tag as they are written; one without a value has ""."""
    return MappingProxyType(dict(_ATTRIBUTE.findall(tag)))
