"""A person's name and position as typed: cleaned where that is plain, questioned where it is not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .book import GridCell
from .notices import Notice
from .spelling import APOSTROPHES, plain, seen, shown, titled, words
from .titles import untitled, without_more
from .vocabulary import begins, heading, vocabulary

LONGEST_NAME, LONGEST_POSITION = 60, 150
#: How many words of a text with a capital each make a name rather than that of a part: Đoàn Kim Hậu.
LEAST_WORDS, MOST_WORDS = 3, 5
#: Identity card, telephone and account numbers, and addresses of mail.
PRIVATE = re.compile(r"(?:\d[ .-]?){9,}|\S@\S")
#: What a name may hold besides letters.
JOINERS = frozenset(" '-")
#: The letters that Vietnamese writes with marks, those of other languages aside.
BASES = frozenset("abcdefghijklmnopqrstuvwxyzđ")
MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
#: Between two names.
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
    """The text to keep, and what to say of the cell. None where it cannot be used as it stands."""

    text: str | None
    notices: tuple[Notice, ...] = ()


def tidy(cell: GridCell) -> Cleaned:
    """Any cell's text without stray spaces, unseen characters and decomposed letters, each said.

    That it was computed is said too.
    """
    if code := WRONG_KIND.get(cell.kind):
        return Cleaned(text=None, notices=(Notice(code=code, values={"written": shown(cell.text)}),))
    codes = [
        ("decomposed-letters", unicodedata.normalize("NFC", cell.text) != cell.text),
        ("unseen-characters", seen(cell.text) != cell.text),
        ("stray-spaces", seen(cell.text) != " ".join(seen(cell.text).split())),
        ("computed-cell", cell.is_computed),
    ]
    text = plain(cell.text)
    notices = tuple(Notice(code=code, values={"proposed": shown(text)}) for code, is_so in codes if is_so)
    return Cleaned(text=text, notices=notices)


def is_like_name(text: str, *, is_strict: bool = False) -> bool:
    """Whether a text may be somebody's name: it has a usual middle name, or each word has its capital.

    Strictly, only a middle name tells.
    """
    text = text.translate(APOSTROPHES)
    found = words(text)
    if not LEAST_WORDS <= len(found) <= MOST_WORDS or not all(map(_is_of_name, text)):
        return False
    is_even = text.isupper() or text.islower() or titled(text) == text
    has_middle = is_even and any((word,) in vocabulary().middle_names for word in found[1:-1])
    return has_middle or (not is_strict and titled(text) == text)


def _is_of_name(letter: str) -> bool:
    return letter in JOINERS or _is_letter(letter)


def person_name(cell: GridCell) -> Cleaned:
    """A full name in the usual capitals; the way it was written is told where it was another."""
    found = tidy(cell)
    if found.text is None:
        return found
    bare, cut = without_more(found.text.translate(APOSTROPHES))
    text, said = untitled(bare)
    said = (*cut, *said)
    faults = list(_name_faults(cell, text))
    if faults:
        return Cleaned(text=None, notices=(*found.notices, *faults))
    return Cleaned(text=titled(text), notices=(*found.notices, *said, *_habits(text)))


def _name_faults(cell: GridCell, text: str) -> Iterator[Notice]:
    """The first fault is the one that matters: the others mostly follow from it."""
    values = {"written": shown(text)}
    lines = [line for line in cell.text.splitlines() if len(line.split()) > 1]
    odd = "".join(
        dict.fromkeys(letter for letter in text if not _is_letter(letter) and letter not in JOINERS)
    )
    faults = {
        "several-names": len(lines) > 1 or _are_apart(cell.text),
        "number-for-name": any(letter.isdigit() for letter in text),
        "name-too-long": len(text) > LONGEST_NAME,
        "odd-letters": bool(odd),
        "no-name": not any(map(str.isalpha, text)) or _is_nobody(text) or _is_of_another_column(text),
    }
    if code := next((code for code, is_so in faults.items() if is_so), ""):
        yield Notice(code=code, values={**values, "letters": " ".join(odd), "most": str(LONGEST_NAME)})


def _are_apart(text: str) -> bool:
    """Whether two names stand in a line, a dash or a wide gap between them."""
    parts = APART.split(text.strip())
    return len([part for part in parts if len(part.split()) > 1 and not re.search(r"\d", part)]) > 1


def _is_nobody(text: str) -> bool:
    """Whether it says that nobody is there: Không, Chưa có, Khuyết, x."""
    return len(text) == 1 or begins(words(text), vocabulary().nobody)


def _is_of_another_column(text: str) -> bool:
    """Whether it is a post, a unit or a heading: columns change places, another table begins."""
    known, found = vocabulary(), words(text)
    posts = [post for post in known.posts if len(post) > 1]
    is_post = found in known.signers or begins(found, posts) or begins(found[1:], posts)
    units = (*known.itself, *(words(kind) for kind in known.kinds.values()))
    is_heading = len(found) > 1 and known.headings.get(heading(text)) == "unit"
    return is_post or begins(found, units) or is_heading


@lru_cache(maxsize=1_000)
def _is_letter(letter: str) -> bool:
    parts = unicodedata.normalize("NFD", letter.lower())
    return parts[0] in BASES and set(parts[1:]) <= MARKS


def _habits(text: str) -> Iterator[Notice]:
    values = {"written": shown(text), "proposed": shown(titled(text))}
    if titled(text) != text:
        yield Notice(code="name-in-capitals" if text.isupper() else "name-in-small-letters", values=values)
    if " " not in text:
        yield Notice(code="one-word-name", values=values)


def position(cell: GridCell) -> Cleaned:
    """What somebody is; numbers that tell more about a person than that are refused."""
    found = tidy(cell)
    if found.text is None:
        return found
    code = ""
    if PRIVATE.search(found.text):
        code = "private-number"
    elif cell.kind == "number" or not any(map(str.isalpha, found.text)):
        code = "number-for-position"
    elif len(found.text) > LONGEST_POSITION:
        code = "position-too-long"
    if not code:
        return found
    values = {"written": shown(found.text), "most": str(LONGEST_POSITION)}
    return Cleaned(text=None, notices=(*found.notices, Notice(code=code, values=values)))
