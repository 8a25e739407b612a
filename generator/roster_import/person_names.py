"""Names and positions as typed: titles cut off, several people of a cell split, faults questioned."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .grid import GridCell, Notice
from .vocabulary import (
    APOSTROPHES,
    begins_with,
    capitalised,
    heading_key,
    plain,
    quoted,
    vocabulary,
    without_unseen,
    word_spans,
    words,
)

#: The words from which on a text after “Ông” is a name of its own.
LEAST_OF_NAME = 3
#: 1. Lò Văn An
NUMBERED = re.compile(r"\d{1,4}\s*[.)]\s*(?=[^\W\d_]+\s)")
#: Họ tên: Lò Văn An
LABEL = re.compile(r"^\s*(?:họ\s+và\s+tên|họ\s+tên|họ,\s+tên)\s*:\s*", re.IGNORECASE)
#: Lò Văn An - 0912 345 678; Lò Văn An - 1990; Lò Văn An (nữ); Lò Văn An (0912345678)
AFTER = re.compile(
    r"(?:\s*\([^()]*\)|[\s,;:–-]+(?:sđt|đt|tel)?[\s.:]*\+?\d[\d\s.-]{7,}|[\s,;:–-]+(?:sn\s*)?(?:19|20)\d\d)+\s*$",
    re.IGNORECASE,
)
#: The most words a title has.
LONGEST = 5
NameAndNotices = tuple[str, tuple[Notice, ...]]


def without_titles(text: str) -> NameAndNotices:
    """Returns the name without titles, each noted. “Ông” and “Bà” also tell a gender, which is never kept.

    They are also family names: where it is not plain which, the sender is asked.
    """
    rest, spans, titles = text, word_spans(text), vocabulary().titles
    lengths = range(min(LONGEST, len(spans) - 1), 0, -1)
    while length := next((n for n in lengths if tuple(word for word, _, _ in spans[:n]) in titles), 0):
        rest = rest[spans[length][1] :]
        spans = word_spans(rest)
        lengths = range(min(LONGEST, len(spans) - 1), 0, -1)
    notices: tuple[Notice, ...] = ()
    if rest != text:
        notices = (_title_notice("honorific", text, rest),)
    if len(spans) < 3 or (spans[0][0],) not in vocabulary().honorifics:
        return rest, notices
    return _honorific(rest, spans, notices)


def without_extras(text: str) -> NameAndNotices:
    """Returns the name without a number or label before it, telephone or brackets after it."""
    if numbered := NUMBERED.match(text):
        rest, notices = without_extras(text[numbered.end() :])
        return rest, (_title_notice("numbered-name", text, rest), *notices)
    bare = AFTER.sub("", LABEL.sub("", text)).strip(" :;,–-")
    if bare == text or len(word_spans(bare)) < 2:
        return text, ()
    brackets = text.removeprefix(bare).strip(" ()")
    if text.startswith(bare) and words(brackets) in vocabulary().asides:
        return bare, (_title_notice("honorific", text, bare),)
    return bare, (_title_notice("name-cut", text, bare),)


def _honorific(text: str, spans: list[tuple[str, int, int]], notices: tuple[Notice, ...]) -> NameAndNotices:
    rest = text[spans[1][1] :]
    is_marked = text[spans[0][2] :].lstrip()[:1] in ".:"
    if not is_marked and (spans[1][0],) in vocabulary().middle_names:
        return text, (*notices, _title_notice("honorific-or-family", text, text))
    if not is_marked and len(words(rest)) < LEAST_OF_NAME:
        return rest, (*notices, _title_notice("honorific-or-family", text, rest))
    return rest, (*notices, _title_notice("honorific", text, rest))


def _title_notice(code: str, written: str, proposed: str) -> Notice:
    return Notice(code=code, values={"written": quoted(written), "proposed": quoted(capitalised(proposed))})


LONGEST_NAME, LONGEST_POSITION = 60, 150
#: The words with a capital each that make a person's name, not a part's: Đoàn Kim Hậu.
LEAST_WORDS, MOST_WORDS = 3, 5
#: Identity card, telephone and account numbers, and e-mail addresses.
PRIVATE = re.compile(r"(?:\d[ .-]?){9,}|\S@\S")
#: Signs that a name may hold besides letters.
JOINERS = frozenset(" '-")
#: The letters that Vietnamese writes with marks, those of other languages aside.
BASES = frozenset("abcdefghijklmnopqrstuvwxyzđ")
MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
#: Separates two names in a line: a dash or a wide gap.
APART = re.compile(r"\s+[-–]\s+|[^\S\n]{3,}")
WRONG_KIND = {
    "formula": "formula-cell",
    "error": "error-cell",
    "date": "date-cell",
    "flag": "not-text",
    "overlong": "cell-too-long",
}


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """The text to keep, and the notices about the cell. None where it cannot be used as it stands."""

    text: str | None
    notices: tuple[Notice, ...] = ()


def clean_text(cell: GridCell) -> Cleaned:
    """Returns a cell's text without stray spaces, unseen characters and decomposed letters, each noted.

    A notice also says that it was computed.
    """
    if code := WRONG_KIND.get(cell.kind):
        return Cleaned(text=None, notices=(Notice(code=code, values={"written": quoted(cell.text)}),))
    codes = [
        ("decomposed-letters", unicodedata.normalize("NFC", cell.text) != cell.text),
        ("unseen-characters", without_unseen(cell.text) != cell.text),
        ("stray-spaces", without_unseen(cell.text) != " ".join(without_unseen(cell.text).split())),
        ("computed-cell", cell.is_computed),
    ]
    text = plain(cell.text)
    notices = tuple(Notice(code=code, values={"proposed": quoted(text)}) for code, is_so in codes if is_so)
    return Cleaned(text=text, notices=notices)


def is_like_name(text: str, *, is_strict: bool = False) -> bool:
    """Returns whether a text may be a name: it has a usual middle name, or each word has its capital.

    With `is_strict`, only a middle name tells.
    """
    text = text.translate(APOSTROPHES)
    text_words = words(text)
    if not LEAST_WORDS <= len(text_words) <= MOST_WORDS or not all(map(_is_of_name, text)):
        return False
    is_even = text.isupper() or text.islower() or capitalised(text) == text
    has_middle = is_even and any((word,) in vocabulary().middle_names for word in text_words[1:-1])
    return has_middle or (not is_strict and capitalised(text) == text)


def _is_of_name(letter: str) -> bool:
    return letter in JOINERS or _is_letter(letter)


def clean_name(cell: GridCell) -> Cleaned:
    """Returns a full name in the usual capitals; a notice tells of other ways it was written."""
    cleaned = clean_text(cell)
    if cleaned.text is None:
        return cleaned
    bare, cut = without_extras(cleaned.text.translate(APOSTROPHES))
    text, notices = without_titles(bare)
    notices = (*cut, *notices)
    faults = list(_name_faults(cell, text))
    if faults:
        return Cleaned(text=None, notices=(*cleaned.notices, *faults))
    is_odd = capitalised(text) != text
    habits = {
        "name-in-capitals": is_odd and text.isupper(),
        "name-in-small-letters": is_odd and not text.isupper(),
        "one-word-name": " " not in text,
    }
    values = {"written": quoted(text), "proposed": quoted(capitalised(text))}
    more = (Notice(code=code, values=values) for code, is_so in habits.items() if is_so)
    return Cleaned(text=capitalised(text), notices=(*cleaned.notices, *notices, *more))


def _name_faults(cell: GridCell, text: str) -> Iterator[Notice]:
    """Yields the first fault, the one that matters: the others mostly follow from it."""
    values = {"written": quoted(text)}
    lines = [line for line in cell.text.splitlines() if len(line.split()) > 1]
    parts = APART.split(cell.text.strip())
    apart = [part for part in parts if len(part.split()) > 1 and not re.search(r"\d", part)]
    odd = "".join(
        dict.fromkeys(letter for letter in text if not _is_letter(letter) and letter not in JOINERS)
    )
    faults = {
        "several-names": len(lines) > 1 or len(apart) > 1,
        "number-for-name": any(letter.isdigit() for letter in text),
        "name-too-long": len(text) > LONGEST_NAME,
        "odd-letters": bool(odd),
        "no-name": not any(map(str.isalpha, text)) or len(text) == 1 or _is_of_another_column(text),
    }
    if code := next((code for code, is_so in faults.items() if is_so), ""):
        yield Notice(code=code, values={**values, "letters": " ".join(odd), "most": str(LONGEST_NAME)})


def _is_of_another_column(text: str) -> bool:
    """Returns whether it is a post, a unit or a heading, as columns change places, or says that nobody is."""
    known, text_words = vocabulary(), words(text)
    posts = [post for post in known.posts if len(post) > 1]
    is_post = (
        text_words in known.signers or begins_with(text_words, posts) or begins_with(text_words[1:], posts)
    )
    units = (*known.itself, *(words(kind) for kind in known.kinds.values()))
    is_heading = len(text_words) > 1 and known.headings.get(heading_key(text)) == "unit"
    return is_post or begins_with(text_words, (*units, *known.nobody)) or is_heading


@lru_cache(maxsize=1_000)
def _is_letter(letter: str) -> bool:
    parts = unicodedata.normalize("NFD", letter.lower())
    return parts[0] in BASES and set(parts[1:]) <= MARKS


def clean_position(cell: GridCell) -> Cleaned:
    """Returns a position; numbers that tell more about a person than that are refused."""
    cleaned = clean_text(cell)
    if cleaned.text is None:
        return cleaned
    code = ""
    if PRIVATE.search(cleaned.text):
        code = "private-number"
    elif cell.kind == "number" or not any(map(str.isalpha, cleaned.text)):
        code = "number-for-position"
    elif len(cleaned.text) > LONGEST_POSITION:
        code = "position-too-long"
    if not code:
        return cleaned
    values = {"written": quoted(cleaned.text), "most": str(LONGEST_POSITION)}
    return Cleaned(text=None, notices=(*cleaned.notices, Notice(code=code, values=values)))


#: 1. Lò Văn An 2. Vàng Thị Mẩy
NUMBER = re.compile(r"(?:^|\s)\(?\d{1,2}\s*[.)]\s*(?=[^\W\d])")
BULLET = re.compile(r"^\s*[-–•+*]\s*")
IN_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)")
#: Signs of several people in a cell.
BETWEEN = re.compile(r"[\d;,\n\r]|\bvà\b")
AND = re.compile(r"\s+và\s+")
#: A line of a name that is broken into two has fewer words.
WHOLE_NAME, SHORTEST_NAME = 3, 2
MOST_PEOPLE = 20


def split_people(text: str, posts: str = "") -> list[str]:
    """Returns the names in a cell where they are plainly several, else the one text as it is."""
    if not BETWEEN.search(text):
        return [text]
    by_commas = [_by_commas] if len(_by_commas(text)) == len(_by_commas(posts)) else []
    for way in (_numbered, _by_signs, _by_and, *by_commas):
        names = way(text)
        if 1 < len(names) <= MOST_PEOPLE and all(map(_is_name, names)):
            return names
    names = _by_lines(text)
    are_whole = all(len(words(each)) >= WHOLE_NAME for each in names)
    has_bullets = all(BULLET.match(line) for line in text.splitlines() if line.strip())
    is_plain = are_whole or has_bullets or len(_by_lines(posts)) == len(names)
    if 1 < len(names) <= MOST_PEOPLE and all(map(_is_name, names)) and is_plain:
        return names
    return [text]


def split_for_people(text: str, count: int) -> list[str] | None:
    """Returns a cell's text for each of so many people: as many parts, or one for all; else None."""
    for way in (_numbered, _by_lines, _by_signs, _by_commas):
        if len(parts := way(text)) == count:
            return parts
    return [text] * count if len(_by_lines(text)) < 2 else None


def split_post(text: str, post: str) -> tuple[str, str]:
    """Returns a name and a post, which may stand in brackets after it: Lò Văn An (Phó Chủ tịch)."""
    match = IN_BRACKETS.fullmatch(text)
    if match is None or post.strip() or words(match[2]) in vocabulary().asides or re.search(r"\d", match[2]):
        return text, post
    return match[1].strip(), match[2].strip()


def _numbered(text: str) -> list[str]:
    pieces = [plain(piece).strip(" ,;") for piece in NUMBER.split(text)]
    filled = [piece for piece in pieces if piece]
    return filled if len(NUMBER.findall(text)) == len(filled) else []


def _by_signs(text: str) -> list[str]:
    return _split(text, lambda whole: whole.split(";"))


def _by_commas(text: str) -> list[str]:
    return _split(text, lambda whole: whole.split(","))


def _by_and(text: str) -> list[str]:
    return _split(text, AND.split)


def _by_lines(text: str) -> list[str]:
    return _split(text, lambda whole: [BULLET.sub("", line) for line in whole.splitlines()])


def _split(text: str, way: Callable[[str], list[str]]) -> list[str]:
    return [piece for each in way(text) if (piece := plain(each).strip(" ,;"))]


def _is_name(text: str) -> bool:
    bare = text.partition("(")[0]
    return len(words(bare)) >= SHORTEST_NAME and not any(letter.isdigit() for letter in bare)
