"""Text typed with fonts of before Unicode, TCVN3 and VNI, recognised by its syllables and put right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from .vietnamese import TONES

#: The letters of TCVN3 in the order of their codes; capitals with marks are small letters in a capital font.
TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
#: VNI writes a mark behind its letter; these are the letters that it has whole.
VNI_LETTERS = str.maketrans("æóòôöñîÆÓÒÔÖÑÎ", "ỉĩịơưđỵỈĨỊƠƯĐỴ")
VNI_MARKS = dict(
    zip(
        "øùûõïêèéúüëâàáåãä",
        ["\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
        + ["\u0306" + tone for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")]
        + ["\u0302" + tone for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")],
        strict=True,
    )
)
VNI_PAIR = re.compile(f"([aeouyôö])([{''.join(VNI_MARKS)}])", re.IGNORECASE)
WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’…–—]+")
SYLLABLE = re.compile(
    "(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    "(?:i[êe]u?|yêu?|uyê?|uya|uyu|oa[iyo]?|oă|oeo?|oo|uây?|u[êơ]|uôi?|ươ[iu]?|ưa|ư[iu]?|u[aiy]?|o[i]?|ô[i]?|ơ[i]?"
    "|a[iouy]?|âu|ây|[ăâ](?=[cmnpt])|eo?|êu?|ia|iu?|y)(?:ch|ng|nh|[cmnpt])?"
)
#: Before these only two tones are said.
STOPS, STOP_TONES = ("c", "ch", "p", "t"), frozenset("\u0301\u0323")
#: PGĐ, CĐ, ĐD: posts are often written so.
SHORT_NAME = re.compile("[A-ZĐ]{2,6}")
#: How many different words an old font is told by.
FEWEST_WORDS = 3


def _from_vni(text: str) -> str:
    def joined(pair: re.Match[str]) -> str:
        letter = pair[1].translate(VNI_LETTERS)
        return unicodedata.normalize("NFC", letter + VNI_MARKS[pair[2].lower()])

    parts = VNI_PAIR.sub(lambda pair: f"\0{joined(pair)}\0", text).split("\0")
    return "".join(part if at % 2 else part.translate(VNI_LETTERS) for at, part in enumerate(parts))


FONTS: dict[str, Callable[[str], str]] = {
    "TCVN3 (.VnTime)": lambda text: text.translate(TCVN3),
    "VNI (VNI-Times)": _from_vni,
}


def bad(text: str) -> int:
    """How many words with marks are no Vietnamese syllables."""
    return sum(not _is_syllable(word) for word in _marked(text))


def _marked(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if not word.isascii()]


@lru_cache(maxsize=50_000)
def _is_syllable(word: str) -> bool:
    """Whether Vietnamese has such a word; a short name such as PGĐ is one too."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in parts if mark in TONES]
    bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
    allowed = STOP_TONES if bare.endswith(STOPS) else frozenset(TONES)
    is_one = len(tones) < 2 and allowed.issuperset(tones) and bool(SYLLABLE.fullmatch(bare))
    return is_one or bool(SHORT_NAME.fullmatch(word))


@dataclass(frozen=True, kw_only=True)
class OldFont:
    """A font and the texts that it makes sense of."""

    name: str
    texts: dict[str, str]


def old_font(texts: Iterable[str]) -> OldFont | None:
    """The font that turns most texts into Vietnamese; None where too little says that there is one.

    Where most texts with marks are in it, those that make sense either way are too.
    """
    marked = [text for text in dict.fromkeys(texts) if not text.isascii()]
    western = [text for text in marked if _is_western(text)]
    odd = [text for text in western if bad(text)]
    found = [OldFont(name=name, texts=_better(odd, convert)) for name, convert in FONTS.items()]
    best = max(found, key=lambda font: len(font.texts))
    if not _is_sure(best.texts):
        return None
    alike = western if len(best.texts) * 2 > len(marked) else odd
    return OldFont(name=best.name, texts=_better(alike, FONTS[best.name]))


def _is_sure(texts: Iterable[str]) -> bool:
    """Whether enough different words make sense only once they are converted.

    A single letter may be a slip, and words that were right before speak against it.
    """
    words = {word for text in texts for word in _marked(text)}
    right = {word for word in words if _is_syllable(word)}
    gained = sum(len(word) > 1 for word in words - right)
    return gained >= max(FEWEST_WORDS, len(right))


def _is_western(text: str) -> bool:
    return all(letter < "\u0100" for letter in text)


def _better(texts: list[str], convert: Callable[[str], str]) -> dict[str, str]:
    return {text: after for text in texts if not bad(after := convert(text))}
