"""Links to the web that are typed nearly right: a blank between words and address, brackets turned round.

Only addresses with https or http are joined, which lead nowhere but where they say.
"""

from __future__ import annotations

import re

_ADDRESS = r"https?://[^\s()\[\]<>]{1,500}"
#: Words that are no pointer, which is a link with an address of its own, and not all blank.
_WORDS = r"(?!@|(?:contact|term|target)[ ]?:)(?=[^\]\n]{0,200}\w)[^\[\]\n]{1,200}"
#: Not behind a mark that would make a picture of a link.
APART = re.compile(rf"(?<![\\!])(?P<words>\[{_WORDS}\])[ \t\u00a0]+(?=\({_ADDRESS}\))", re.IGNORECASE)
TURNED_ROUND = re.compile(rf"(?<![\]!])\((?P<words>[^()\[\]\n]{{1,200}})\)\[(?P<address>{_ADDRESS})\]")


def tidied(text: str) -> str:
    """Returns the text with each such link as Markdown knows it; no line is added."""
    if "://" not in text:
        return text
    joined = APART.sub(lambda found: found["words"], text)
    return TURNED_ROUND.sub(lambda found: f"[{found['words']}]({found['address']})", joined)
