"""Cells: their addresses, and texts that no spreadsheet takes for a formula."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

#: What makes Excel, LibreOffice or Google Sheets read a cell as a formula; U+2212 is the true minus.
FORMULA_STARTS = frozenset("=+-@\N{MINUS SIGN}")
#: Line and field ends: at the start of a cell they push what follows into a cell of its own.
BREAKS = frozenset("\t\r\n")
DIGITS = "0123456789"


def safe(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could run it; else as it is.

    Full-width and small forms count as their plain ones, and what cannot be seen is passed over.
    """
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    for letter in text:
        if letter in BREAKS:
            return True
        if not is_unseen(letter):
            return unicodedata.normalize("NFKC", letter)[0] in FORMULA_STARTS
    return False


def is_unseen(letter: str) -> bool:
    """Whether it is a space, a control or a mark without width."""
    return letter.isspace() or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def column_letters(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    letters = ""
    while column > 0:
        column, left = divmod(column - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def address(row: int, column: int) -> str:
    """`C5`; a whole column `C`, a whole row `5`, nothing for the sheet."""
    return column_letters(column) + (str(row) if row else "")


def ranges(cells: Sequence[str]) -> tuple[str, ...]:
    """The addresses, each run of rows of a column as one range: D2, D3, D4 and D7 as D2:D4 and D7."""
    runs: list[list[str]] = []
    for cell in dict.fromkeys(cells):
        if runs and _is_below(runs[-1][-1], cell):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return tuple(run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in runs)


def _is_below(first: str, second: str) -> bool:
    """Whether the second address is that right below the first."""
    letters = first.rstrip(DIGITS)
    number, other = first[len(letters) :], second[len(letters) :]
    is_same = second.startswith(letters) and number.isdecimal() and other.isdecimal()
    return is_same and int(other) == int(number) + 1
