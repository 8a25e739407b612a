"""Vietnamese text: catalogues, letters, tones, slugs, days, sentences; text in old fonts or encodings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

#: Vietnam's time, by which a moment has its day.
LOCAL_ZONE = timezone(timedelta(hours=7))
WORD_OR_NUMBER = re.compile(r"[^\W_]+(?:[.,/:–-][^\W_]+)*")
SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"”’)\]]*\s+(?=[^\W_]|[“\"(\[])"
    r"|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+|]|\d+[.)])\s?)|\s\|\s|;[ \t]*\n"
)
SORTED_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: Huyền, hỏi, ngã, sắc, nặng, as a dictionary orders them.
TONES = "\u0300\u0309\u0303\u0301\u0323"
ABBREVIATION = re.compile(r"\b(?:TP|TS|ThS|PGS|GS|BS|v\.v|tr|Đ)\.$|^\d+\.$")


def lowered(text: str) -> str:
    """Returns lower case of the same length: letters that would become two, such as İ, stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def folded(text: str) -> str:
    """Returns lower case without any mark, đ as d."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(mark for mark in bare if not unicodedata.combining(mark))


def unaccented(text: str) -> str:
    """Returns lower case without tones; ă, â, đ, ê, ô, ơ, ư stay the letters they are."""
    bare = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(mark for mark in bare if mark not in TONES))


def alphabetical(text: str) -> tuple[list[int], list[int], str]:
    """Returns a key that sorts as a Vietnamese dictionary does: đ after d, equal letters by tone."""
    tones: list[int] = []  # of each letter, 0 where it has none
    for mark in unicodedata.normalize("NFD", text):
        if mark in TONES and tones:
            tones[-1] = TONES.index(mark) + 1
        elif not unicodedata.combining(mark):
            tones.append(0)
    return [SORTED_LETTERS.find(letter) for letter in unaccented(text)], tones, text


def slug(text: str, separator: str = "-") -> str:
    """Returns an ASCII slug, `dao-tao` for "đào tạo", as Markdown's toc extension asks for it."""
    return re.sub(r"[^a-z0-9]+", separator, folded(text)).strip(separator)


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def written_day(value: date) -> str:
    """Returns a day as official documents write it (Nghị định 30/2020): "03/9/2026", "14/02/2027".

    Days under 10 and the months 1 and 2 have a leading zero.
    """
    month = f"{value.month:02}" if value.month <= 2 else str(value.month)
    return f"{value.day:02}/{month}/{value.year}"


def day_of(moment: datetime) -> date:
    """Returns the day of a moment in Việt Nam."""
    return moment.astimezone(LOCAL_ZONE).date()


def written_moment(moment: datetime) -> str:
    """Returns a moment as people say it: "14:05 ngày 25/11/2026"."""
    return f"{moment.astimezone(LOCAL_ZONE):%H:%M} ngày {written_day(day_of(moment))}"


def written_duration(minutes: int) -> str:
    """Returns minutes as people say them: "40 phút", "1 giờ 30 phút"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} giờ"] if hours else []
    return " ".join([*parts, f"{rest} phút"] if rest or not hours else parts)


def syllables(text: str) -> int:
    """Returns the number of tiếng: runs of letters or digits between spaces."""
    return sum(1 for word in text.split() if word[0].isalnum() or WORD_OR_NUMBER.search(word))


@lru_cache(maxsize=20_000)
def sentences(text: str) -> tuple[str, ...]:
    """Returns the sentences of plain text or of Markdown's blocks; list items and table cells end one."""
    parts: list[str] = []
    for piece in SENTENCE_END.split(text):
        piece = piece.strip()
        if parts and ABBREVIATION.search(parts[-1]):
            parts[-1] += " " + piece
        elif piece:
            parts.append(piece)
    return tuple(parts)


LIST_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
#: Letters that some lists leave out: law has no f, j, w and z, offices often have no đ.
LETTERS_LEFT_OUT = frozenset("đfjwz")
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


def letter_position(letter: str) -> int:
    """Returns the position of a letter, 1 for a, with đ after d."""
    return LIST_LETTERS.index(letter.lower()) + 1


def letter_follows(before: int, after: int) -> bool:
    """Tells whether one position follows another, but for letters that lists leave out."""
    return before < after and LETTERS_LEFT_OUT.issuperset(LIST_LETTERS[before : after - 1])


def roman_value(number: str) -> int:
    """Returns the value of a roman number of i, v and x."""
    values = [ROMAN_VALUES[letter] for letter in number.lower()]
    return sum(
        -value if any(later > value for later in values[place + 1 :]) else value
        for place, value in enumerate(values)
    )


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
TYPED_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’…–—]+")
SYLLABLE = re.compile(
    "(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    "(?:i[êe]u?|yêu?|uyê?|uya|uyu|oa[iyo]?|oă|oeo?|oo|uây?|u[êơ]|uôi?|ươ[iu]?|ưa|ư[iu]?|u[aiy]?|o[i]?|ô[i]?|ơ[i]?"
    "|a[iouy]?|âu|ây|[ăâ](?=[cmnpt])|eo?|êu?|ia|iu?|y)(?:ch|ng|nh|[cmnpt])?"
)
#: Final consonants before which only two tones occur.
STOPS, STOP_TONES = ("c", "ch", "p", "t"), frozenset("\u0301\u0323")
#: PGĐ, CĐ, ĐD: posts are often written so.
SHORT_NAME = re.compile("[A-ZĐ]{2,6}")
#: How many different words are needed to recognise an old font.
FEWEST_FONT_WORDS = 3


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


def count_misspelt(text: str) -> int:
    """Returns how many words with marks are no Vietnamese syllables."""
    return sum(not _is_syllable(word) for word in _marked(text))


def _marked(text: str) -> list[str]:
    return [word for word in TYPED_WORD.findall(text) if not word.isascii()]


@lru_cache(maxsize=50_000)
def _is_syllable(word: str) -> bool:
    """Tells whether Vietnamese has such a syllable; a short name such as PGĐ counts too."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in parts if mark in TONES]
    bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
    allowed = STOP_TONES if bare.endswith(STOPS) else frozenset(TONES)
    is_one = len(tones) < 2 and allowed.issuperset(tones) and bool(SYLLABLE.fullmatch(bare))
    return is_one or bool(SHORT_NAME.fullmatch(word))


@dataclass(frozen=True, kw_only=True)
class OldFont:
    """A font and the texts that it makes sense of, each with its converted text."""

    name: str
    texts: dict[str, str]


def find_old_font(texts: Iterable[str]) -> OldFont | None:
    """Returns the font that turns most texts into Vietnamese.

    It is None where not enough different words make sense only once they are converted. Where most texts
    with marks are in the font, it includes those that make sense either way.
    """
    marked = [text for text in dict.fromkeys(texts) if not text.isascii()]
    western = [text for text in marked if all(letter < "\u0100" for letter in text)]
    odd = [text for text in western if count_misspelt(text)]
    if not odd:
        return None
    candidates = [OldFont(name=name, texts=_better(odd, convert)) for name, convert in FONTS.items()]
    best = max(candidates, key=lambda font: len(font.texts))
    words = {word for text in best.texts for word in _marked(text)}
    right = {word for word in words if _is_syllable(word)}
    # A single letter may be a slip, and words that were right before speak against the font.
    if sum(len(word) > 1 for word in words - right) < max(FEWEST_FONT_WORDS, len(right)):
        return None
    alike = western if len(best.texts) * 2 > len(marked) else odd
    return OldFont(name=best.name, texts=_better(alike, FONTS[best.name]))


def _better(texts: list[str], convert: Callable[[str], str]) -> dict[str, str]:
    return {text: after for text in texts if not count_misspelt(after := convert(text))}


#: As many as the texts of some thousand lessons.
MANY = 100_000
#: Where one statement ends and the next begins.
PIECE = re.compile(r"[^.:;?!|\n“”\"()\[\]{}]+")
SIGNS = r"µ¸¶¹»¼½¾¡¢£¤¥¦§¨©ª«¬®"
#: Inside a word these are letters of TCVN3: signs that no word has, or a capital behind a small letter.
CASES = re.compile("[^\\W\\d_A-ZÀ-ÖØ-Þ][À-ÖØ-Þ]")
TCVN3_WORD = re.compile(rf"(?=.{{3}}|.[æµ]).*[{SIGNS}æßÐÞðþ]|.*{CASES.pattern}", re.DOTALL)
#: Two marked letters in a word, or one that Vietnamese does not have.
VNI_WORD = re.compile(r"(?=.{3})(?:.*[À-ÖØ-öø-ÿ]){2}|(?=.{4}).*[äöëåøûæñ]", re.DOTALL)
FEWEST_MISREAD_WORDS = 2
#: Vietnamese has some seven thousand syllables; each is looked at for each font.
MOST_WORDS = 40_000
#: How a byte of UTF-8 after the first one shows in Windows-1252 or Latin-1.
_CP1252 = "".join(bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0))
_BEHIND = f"[\\x80-\\xbf{re.escape(_CP1252)}]"
_SEEN = f"[\\x80-\\x9f\\xa1-\\xbf{re.escape(_CP1252)}]"
#: Never behind a capital: “ĐÃ…” and “XÃ” before a no-break space are words.
UTF_8 = re.compile(
    f"á[º»](?:{_SEEN}|(?=[^\\W\\d_]))|(?<![A-ZÀ-ÖØ-ÞĐ])[ÃÄÅÆ]{_SEEN}|â[€\\x80]{_SEEN}"
    "|(?<=[a-z])Ã\\xa0(?=[a-z\\s]|$)|Â[°²³±½¼µ§·]"
)
#: Two characters with which one of the patterns above and below may begin.
SEEMS_UTF_8 = re.compile(f"[áâÂÃÄÅÆ]{_BEHIND}")
BYTES = re.compile(f"á[º»]{_BEHIND}?|[ÂÃÄÅÆ]{_BEHIND}|â[€\\x80]{_BEHIND}")
LINE = re.compile(r"[^\n]+")
#: In one word with others these may be letters; between two they are signs of arithmetic.
ARITHMETIC = re.compile(r"[×·÷]")
LONGEST_SAMPLE = 60


@dataclass(frozen=True, kw_only=True)
class Misread:
    """A misread place: `start` is where `written` begins; `reads` is what it says; `font` is "" for bytes."""

    start: int
    written: str
    reads: str
    font: str = ""


@lru_cache(maxsize=MANY)
def find_misread(text: str) -> tuple[Misread, ...]:
    """Returns the first place in each paragraph that makes sense only in another encoding or font."""
    if text.isascii() or not (SEEMS_UTF_8.search(text) or any(map(_is_odd, TYPED_WORD.findall(text)))):
        return ()
    misreads, start = [], 0
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        misread = None if paragraph.isascii() else _wrong_bytes(paragraph) or _old_font(paragraph)
        if misread:
            written, reads = misread.written[:LONGEST_SAMPLE], misread.reads[:LONGEST_SAMPLE]
            misreads.append(
                Misread(start=start + misread.start, written=written, reads=reads, font=misread.font)
            )
        start += len(paragraph)
    return tuple(misreads)


def _wrong_bytes(text: str) -> Misread | None:
    for piece in LINE.finditer(text):
        if UTF_8.search(piece[0]):
            written = piece[0].strip()
            start = piece.start() + piece[0].index(written)
            return Misread(start=start, written=written, reads=_read_again(written))
    return None


def _read_again(text: str) -> str:
    """Returns the text with its bytes read as UTF-8; a lost byte shows as a dot."""

    def letter(match: re.Match[str]) -> str:
        raw = b"".join(sign.encode("cp1252" if sign in _CP1252 else "latin-1") for sign in match[0])
        return raw.decode("utf-8", "replace").replace("\ufffd", "·")

    return BYTES.sub(letter, text)


def _old_font(text: str) -> Misread | None:
    """Returns the best reading; in doubt VNI, since TCVN3 makes words of VNI's pairs of letters, too."""
    readings = [_typed(text, name, FONTS[name]) for name in sorted(FONTS, reverse=True)]
    likely = [(count_misspelt(misread.reads), -count, misread) for count, misread in readings if misread]
    return min(likely, key=lambda candidate: candidate[:2])[2] if likely else None


def _typed(text: str, font: str, convert: Callable[[str], str]) -> tuple[int, Misread | None]:
    """Returns how many words make sense only in the font, and the first piece of the text with one."""
    words = set(TYPED_WORD.findall(text))
    gained = {word for word in words if not word.isascii() and _is_gained(word, font)}
    if not gained or all(map(ARITHMETIC.search, gained)):
        return 0, None
    is_sign = TCVN3_WORD if font.startswith("TCVN3") else VNI_WORD
    is_enough = len(gained) >= max(FEWEST_MISREAD_WORDS, sum(map(count_misspelt, words - gained)))
    if not is_enough and not any(map(is_sign.match, gained)):
        return 0, None
    for piece in PIECE.finditer(text):
        if not gained.isdisjoint(TYPED_WORD.findall(piece[0])):
            written = piece[0].strip()
            start = piece.start() + piece[0].index(written)
            reads = _converted(written, gained, convert)
            return len(gained), Misread(start=start, written=written, reads=reads, font=font)
    return 0, None


@lru_cache(maxsize=MOST_WORDS)
def _is_gained(word: str, font: str) -> bool:
    """Tells whether a word makes sense only once it is converted."""
    if not _is_odd(word) or not (count_misspelt(word) or font.startswith("TCVN3")):
        return False
    after = FONTS[font](word)
    return not count_misspelt(after) and not after.isascii()


@lru_cache(maxsize=MOST_WORDS)
def _is_odd(word: str) -> bool:
    """Tells whether a word can be one of an old font: wrong as it stands, all its letters old ones."""
    is_old = len(word) > 1 and not word.isascii() and max(word) < "\u0100"
    return is_old and (count_misspelt(word) > 0 or CASES.search(word) is not None)


def _converted(piece: str, gained: set[str], convert: Callable[[str], str]) -> str:
    """Returns the piece converted; in a mixed one, only words that make no sense otherwise."""
    if max(piece) < "\u0100":
        return convert(piece)
    return TYPED_WORD.sub(lambda word: convert(word[0]) if word[0] in gained else word[0], piece)
