"""The lines under a list that sign it, and those of a letterhead between two lists."""

from __future__ import annotations

import re

from .rows import PeopleRow
from .spelling import words
from .unitreader import UnitReader
from .vocabulary import begins, vocabulary

#: Sìn Hồ, ngày 5 tháng 6 năm 2026.
DAY = re.compile(r"\bngày\b.{0,40}\btháng\b.{0,40}\bnăm\b", re.IGNORECASE)
#: No line of a signature is longer.
LONGEST = 120
#: Short forms that are also those of posts: only in capitals, before others.
SIGNED_FOR = re.compile(r"(?:T/?M|K/?T|T/?L|TUQ)\b[ .]+\S")


def begins_signature(row: PeopleRow, read: UnitReader) -> bool:
    """Whether a row is the first line of a signature or of a letterhead."""
    if is_person(row, read) or may_be_person(row):
        return False
    texts = [text for text in row.texts.values() if len(text) <= LONGEST]
    return bool(texts) and (any(map(_is_line, texts)) or all(map(_is_signer, texts)))


def _is_signer(text: str) -> bool:
    return words(text) in vocabulary().signers


def _is_line(text: str) -> bool:
    return (
        bool(DAY.search(text))
        or bool(SIGNED_FOR.match(text))
        or begins(words(text), vocabulary().signature)
        or begins(words(text), vocabulary().mottos)
    )


def may_be_person(row: PeopleRow) -> bool:
    """Whether it has a name and a post, as somebody has, and as the two who sign have."""
    name, post = row.text("name"), row.text("position")
    has_both = len(words(name)) > 1 and bool(post)
    return has_both and not (_is_line(name) or _is_signer(name) or _is_line(post))


def is_person(row: PeopleRow, read: UnitReader) -> bool:
    """Whether a row is somebody's without a doubt: numbered, or with a unit."""
    if len(words(row.text("name"))) < 2:
        return False
    return row.is_numbered or bool(row.text("unit") and read(row.text("unit")).seat)
