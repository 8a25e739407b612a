"""Crockford's base 32: symbols that people read, say and type without mistaking them."""

from __future__ import annotations

from collections.abc import Callable

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: How people type what they misread.
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def symbols(random: Callable[[int], bytes], length: int) -> str:
    """Random symbols, five bits each."""
    number = int.from_bytes(random((length * 5 + 7) // 8))
    return "".join(SYMBOLS[number >> 5 * place & 31] for place in range(length))


def plain(typed: str) -> str:
    """What was typed, in capitals, without spaces and dashes, with misread letters put right."""
    kept = (symbol for symbol in typed.upper() if symbol not in " -–\u00a0\u2011")
    return "".join(kept).translate(MISREAD)


def check(text: str) -> str:
    """The symbol that guards a text: any one symbol mistyped, or two neighbours swapped, gives another.

    The sum, over the field of 32 elements, of each symbol times its own power of 2.
    """
    total = 0
    for symbol in text:
        total = _doubled(total ^ SYMBOLS.index(symbol))
    return SYMBOLS[total]


def _doubled(element: int) -> int:
    element <<= 1
    return element ^ 0b100101 if element & 32 else element
