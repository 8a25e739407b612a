"""Letters and roman numbers as they count the items of a list."""

from __future__ import annotations

ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
#: Letters that some lists leave out: law has no f, j, w and z, offices often have no đ.
LEFT_OUT = frozenset("đfjwz")
ROMAN = {"i": 1, "v": 5, "x": 10}


def position(letter: str) -> int:
    """Returns the place of a letter, 1 for a, with đ after d."""
    return ALPHABET.index(letter.lower()) + 1


def following(before: int, after: int) -> bool:
    """Whether a letter comes right behind another, but for letters that lists leave out."""
    return before < after and LEFT_OUT.issuperset(ALPHABET[before : after - 1])


def roman(number: str) -> int:
    """Returns the value of a roman number of i, v and x."""
    values = [ROMAN[letter] for letter in number.lower()]
    return sum(
        -value if any(later > value for later in values[place + 1 :]) else value
        for place, value in enumerate(values)
    )


__all__ = ["ROMAN", "following", "position", "roman"]
