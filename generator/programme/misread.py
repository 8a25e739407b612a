"""Vietnamese that shows as other letters: typed with an old font, or read in a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .old_fonts import FONTS, WORD, bad

#: As many as the texts of some thousand lessons.
MANY = 100_000
#: Where one thing said ends and the next begins.
PIECE = re.compile(r"[^.:;?!|\n“”\"()\[\]{}]+")
SIGNS = r"µ¸¶¹»¼½¾¡¢£¤¥¦§¨©ª«¬®"
#: In a word these are letters of TCVN3: signs that no word has, a capital behind a small letter.
CASES = re.compile("[^\\W\\d_A-ZÀ-ÖØ-Þ][À-ÖØ-Þ]")
TCVN3_WORD = re.compile(rf"(?=.{{3}}|.[æµ]).*[{SIGNS}æßÐÞðþ]|.*{CASES.pattern}", re.DOTALL)
#: Two marked letters in a word, or one that Vietnamese has not.
VNI_WORD = re.compile(r"(?=.{3})(?:.*[À-ÖØ-öø-ÿ]){2}|(?=.{4}).*[äöëåøûæñ]", re.DOTALL)
FEWEST_WORDS = 2
#: Vietnamese has some seven thousand; each is looked at for each font.
MOST_WORDS = 40_000
#: What a byte of UTF-8 behind the first one shows as, by Windows-1252 or by Latin-1.
_CP1252 = "".join(bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0))
_BEHIND = f"[\\x80-\\xbf{re.escape(_CP1252)}]"
_SEEN = f"[\\x80-\\x9f\\xa1-\\xbf{re.escape(_CP1252)}]"
#: Never behind a capital: “ĐÃ…” and “XÃ” before a space that breaks no line are words.
UTF_8 = re.compile(
    f"á[º»](?:{_SEEN}|(?=[^\\W\\d_]))|(?<![A-ZÀ-ÖØ-ÞĐ])[ÃÄÅÆ]{_SEEN}|â[€\\x80]{_SEEN}"
    "|(?<=[a-z])Ã\\xa0(?=[a-z\\s]|$)|Â[°²³±½¼µ§·]"
)
#: Two signs of which one of the patterns above and below may begin.
SEEMS_UTF_8 = re.compile(f"[áâÂÃÄÅÆ]{_BEHIND}")
BYTES = re.compile(f"á[º»]{_BEHIND}?|[ÂÃÄÅÆ]{_BEHIND}|â[€\\x80]{_BEHIND}")
LINE = re.compile(r"[^\n]+")
#: In one word with others these may be letters; between two they are signs of arithmetic.
ARITHMETIC = re.compile(r"[×·÷]")
LONGEST_SAMPLE = 60


@dataclass(frozen=True, kw_only=True)
class Misread:
    """`start` is where `written` begins; `reads` is what it says, `font` what it was typed in, if it was."""

    start: int
    written: str
    reads: str
    font: str = ""


@lru_cache(maxsize=MANY)
def misread(text: str) -> tuple[Misread, ...]:
    """Returns the first place in each paragraph of a text that reads only in other letters."""
    if text.isascii() or not (SEEMS_UTF_8.search(text) or any(map(_is_odd, WORD.findall(text)))):
        return ()
    found, start = [], 0
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        one = None if paragraph.isascii() else _wrong_bytes(paragraph) or _old_font(paragraph)
        if one:
            written, reads = one.written[:LONGEST_SAMPLE], one.reads[:LONGEST_SAMPLE]
            found.append(Misread(start=start + one.start, written=written, reads=reads, font=one.font))
        start += len(paragraph)
    return tuple(found)


def _wrong_bytes(text: str) -> Misread | None:
    for piece in LINE.finditer(text):
        if UTF_8.search(piece[0]):
            written = piece[0].strip()
            start = piece.start() + piece[0].index(written)
            return Misread(start=start, written=written, reads=_read_again(written))
    return None


def _read_again(text: str) -> str:
    """Returns the text with the bytes read as UTF-8; one that was lost on the way shows as a dot."""

    def letter(found: re.Match[str]) -> str:
        raw = b"".join(sign.encode("cp1252" if sign in _CP1252 else "latin-1") for sign in found[0])
        return raw.decode("utf-8", "replace").replace("\ufffd", "·")

    return BYTES.sub(letter, text)


def _old_font(text: str) -> Misread | None:
    """Returns what reads best; in doubt VNI, whose pairs of letters TCVN3 makes words of, too."""
    found = [_typed(text, name, FONTS[name]) for name in sorted(FONTS, reverse=True)]
    likely = [(bad(one.reads), -count, one) for count, one in found if one]
    return min(likely, key=lambda one: one[:2])[2] if likely else None


def _typed(text: str, font: str, convert: Callable[[str], str]) -> tuple[int, Misread | None]:
    """Returns how many words make sense only in the font, and the first piece of the text with one."""
    words = set(WORD.findall(text))
    gained = {word for word in words if not word.isascii() and _is_gained(word, font)}
    if not gained or all(map(ARITHMETIC.search, gained)):
        return 0, None
    is_sign = TCVN3_WORD if font.startswith("TCVN3") else VNI_WORD
    is_enough = len(gained) >= max(FEWEST_WORDS, sum(map(bad, words - gained)))
    if not is_enough and not any(map(is_sign.match, gained)):
        return 0, None
    for piece in PIECE.finditer(text):
        if not gained.isdisjoint(WORD.findall(piece[0])):
            written = piece[0].strip()
            start = piece.start() + piece[0].index(written)
            reads = _converted(written, gained, convert)
            return len(gained), Misread(start=start, written=written, reads=reads, font=font)
    return 0, None


@lru_cache(maxsize=MOST_WORDS)
def _is_gained(word: str, font: str) -> bool:
    """Whether a word is none as it stands and one once it is converted."""
    if not _is_odd(word) or not (bad(word) or font.startswith("TCVN3")):
        return False
    after = FONTS[font](word)
    return not bad(after) and not after.isascii()


@lru_cache(maxsize=MOST_WORDS)
def _is_odd(word: str) -> bool:
    """Whether a word can be one of an old font: none as it stands, all of its letters old ones."""
    is_old = len(word) > 1 and not word.isascii() and max(word) < "\u0100"
    return is_old and (bad(word) > 0 or CASES.search(word) is not None)


def _converted(piece: str, gained: set[str], convert: Callable[[str], str]) -> str:
    """Returns the piece as it reads: in a mixed one only what makes no sense otherwise is converted."""
    if max(piece) < "\u0100":
        return convert(piece)
    return WORD.sub(lambda word: convert(word[0]) if word[0] in gained else word[0], piece)
