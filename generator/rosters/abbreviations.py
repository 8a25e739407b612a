"""Short forms of the words in the names of units, written out: TTYT, UBMTTQ, BCHQS."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..programme.vietnamese import folded, lowered
from .spelling import WORD, plain
from .vocabulary import vocabulary

#: What may stand between the parts of a short form: TB&XH, TT. YT.
BETWEEN = r"[\s.,&/-]*"


@lru_cache(maxsize=1_000)
def expanded(text: str) -> str:
    """The text with each short form written out; typed without marks, its short forms have none either."""
    text = plain(text)
    if whole := vocabulary().alone.get(lowered(text).strip(". ")):
        return whole
    return _pattern().sub(lambda found: _long()[_key(found[0])], text)


@cache
def _long() -> dict[str, str]:
    given = vocabulary().abbreviations.items()
    return {_key(folded(short)): whole for short, whole in given} | {
        _key(short): whole for short, whole in given
    }


@cache
def _pattern() -> re.Pattern[str]:
    shorts = {tuple(WORD.findall(short)) for short in vocabulary().abbreviations}
    shorts |= {tuple(map(folded, short)) for short in shorts}
    longest = sorted(shorts, key=lambda short: -len("".join(short)))
    forms = "|".join(BETWEEN.join(map(re.escape, short)) for short in longest)
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)


def _key(short: str) -> str:
    return "".join(WORD.findall(lowered(short)))
