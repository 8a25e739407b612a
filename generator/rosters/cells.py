"""Cells: their addresses, and texts that no spreadsheet takes for a formula."""

from __future__ import annotations

import unicodedata

#: What makes Excel, LibreOffice or Google Sheets read a cell as a formula; U+2212 is the true minus.
FORMULA_STARTS = frozenset("=+-@\N{MINUS SIGN}")
#: Line and field ends: at the start of a cell they push what follows into a cell of its own.
BREAKS = frozenset("\t\r\n")


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
