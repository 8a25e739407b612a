"""What nobody sees in a text: signs without ink, and letters of other alphabets that look like ours."""

from __future__ import annotations

import re
import unicodedata

from ..misread import misread

#: Word, Zalo and web pages leave them within words.
WITHOUT_INK = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u061c\u180e\ufeff]")
#: Joiners are kept where they make one picture of two.
_PICTURE = "\u2600-\u27bf\U0001f000-\U0001faff"
JOINER = re.compile(f"(?<![\ufe0f{_PICTURE}])[\u200c\u200d]|[\u200c\u200d](?![{_PICTURE}])")
SOFT_HYPHEN = "\xad"
CYRILLIC = re.compile("[\u0400-\u04ff]")
LOOKS_LIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405",
    "aeopcyxijshdABEKMHOPCTYXIJS",
)
WORD = re.compile(r"[\w-]+")
LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]")
#: Letters and digits as wide as Chinese ones, and the sign of a heading.
WIDE = re.compile("[\uff03\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
FROM_WIDE = 0xFEE0
#: Letters and digits drawn bold or aslant, which phones offer; their marks stand behind them.
DRAWN = re.compile("(?:[\U0001d400-\U0001d7ff][\u0300-\u036f]*)+")
#: One of these is in whatever the patterns above find, and the hyphens below.
UNSEEN = re.compile(
    "[\u0400-\u04ff\u061c\u180e\u200b-\u200f\u2010\u2011\u202a-\u202e\u2060-\u2069\ufeff"
    "\uff03-\uff5a\U0001d400-\U0001d7ff]"
)
#: The hyphens of Word within an id or a number.
HYPHEN = re.compile("(?<=[a-z0-9])[\u2010\u2011](?=[a-z0-9])")


def as_seen(text: str) -> str:
    """Returns the text as its reader takes it; no line is added, none is lost."""
    if not text.isascii() and UNSEEN.search(text):
        text = _in_known_signs(text)
    return _without_soft_hyphens(text) if SOFT_HYPHEN in text else text


def _in_known_signs(text: str) -> str:
    """Returns the text without what has no ink, in the signs that we use."""
    text = JOINER.sub("", WITHOUT_INK.sub("", text))
    text = HYPHEN.sub("-", WIDE.sub(lambda wide: chr(ord(wide[0]) - FROM_WIDE), text))
    text = DRAWN.sub(lambda drawn: unicodedata.normalize("NFKC", drawn[0]), text)
    if CYRILLIC.search(text):
        text = WORD.sub(lambda word: _in_one_alphabet(word[0]), text)
    return text


def _in_one_alphabet(word: str) -> str:
    """Returns a word of two alphabets in ours, if each letter of the other looks like one of ours."""
    seen = word.translate(LOOKS_LIKE)
    return seen if LATIN.search(word) and not CYRILLIC.search(seen) else word


def _without_soft_hyphens(text: str) -> str:
    """Returns the text without them; in a line of TCVN3 they are the letter ư, and stay."""
    lines = text.split("\n")
    return "\n".join(line if misread(line) else line.replace(SOFT_HYPHEN, "") for line in lines)
