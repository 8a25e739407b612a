"""Whole numbers below a hundred as Vietnamese says them, and read back from a text."""

from __future__ import annotations

import re

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
#: How a unit is said behind tens; "mốt" and "tư" only from twenty on.
BEHIND_TENS = {5: "lăm"}
BEHIND_TWENTY = {1: "mốt", 4: "tư", 5: "lăm"}
#: What people say and write besides.
OTHERWISE = {"bẩy": 7, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
VALUES = {word: value for value, word in enumerate(UNITS)} | OTHERWISE
_UNIT = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín"
#: Without "năm": behind tens it is a year.
_BEHIND = "một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín"
#: In lower case. Written with digits too, without a sign before or behind that makes them something else.
NUMBER = (
    rf"(?:(?:{_UNIT})\s+mươi(?:\s+(?:{_BEHIND})(?!\w))?"
    rf"|mười(?:\s+(?:{_BEHIND})(?!\w))?|(?:{_UNIT})(?!\w)|(?<![\d.,/])\d{{1,3}}(?![\d.,/]\d|\d|%))"
)


def in_words(number: int) -> str:
    """Returns "mười hai" for 12; from a hundred on the digits."""
    if not 0 <= number < 100:
        return str(number)
    tens, unit = divmod(number, 10)
    if tens == 0:
        return UNITS[unit]
    said = ("mười",) if tens == 1 else (UNITS[tens], "mươi")
    behind = BEHIND_TENS if tens == 1 else BEHIND_TWENTY
    return " ".join((*said, *((behind.get(unit, UNITS[unit]),) if unit else ())))


def in_digits(words: str) -> int:
    """Returns the number that a match of NUMBER says."""
    if words.isdigit():
        return int(words)
    said = re.sub(r"\bmười\b", "một mươi", words.lower()).split()
    tens, behind = (
        (said[: said.index("mươi")], said[said.index("mươi") + 1 :]) if "mươi" in said else ([], said)
    )
    return 10 * sum(VALUES[word] for word in tens) + sum(VALUES[word] for word in behind)
