"""What the sheets of a workbook share: their strings, and which formats of cells are days and times."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import (  # type: ignore[import-untyped]
    builtin_format_code,
    is_date_format,
    is_timedelta_format,
)
from openpyxl.xml.constants import SHEET_MAIN_NS  # type: ignore[import-untyped]

from .book import LONGEST_CELL
from .limits import Contents, ListTooLarge
from .parts import ArchivePart, elements

_STRING, _TEXT, _RUN = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "r"))
_FORMATS, _FORMAT = f"{{{SHEET_MAIN_NS}}}cellXfs", f"{{{SHEET_MAIN_NS}}}xf"
_CODE = f"{{{SHEET_MAIN_NS}}}numFmt"
_FONT, _STRIKE = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("font", "strike"))
#: What is kept of a string: each of its characters may be written in seven, as `_x000D_`.
KEPT = 7 * (LONGEST_CELL + 1)
#: Excel's own limits: formats of cells, and the characters of a format's code.
MOST_FORMATS, LONGEST_CODE = 65_490, 255


def strings(part: ArchivePart) -> list[str]:
    """The shared strings, cut where they are too long to be of use. Raises TooMuch."""
    found, contents = [], Contents()
    for _, element in elements(part, 2):
        if element.tag == _STRING:
            text = _text(element)
            contents.take(1, len(text))
            found.append(text)
    return found


def _text(string: Element) -> str:
    """Joins the plain text and that of each run, as openpyxl does; never how it is pronounced."""
    pieces = [*string.findall(_TEXT), *string.findall(f"{_RUN}/{_TEXT}")]
    return "".join(piece.text or "" for piece in pieces).replace("x005F_", "")[:KEPT]


@dataclass(frozen=True, kw_only=True)
class Formats:
    """Numbers of the formats that show a day or time, a length of time, or a text that is struck out."""

    days: set[int] = field(default_factory=set)
    lengths: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)


def formats(part: ArchivePart) -> Formats:
    """Returns what a style sheet says of them. Raises TooMuch."""
    codes: dict[int, tuple[bool, bool]] = {}
    of_cells: list[int] = []
    fonts: list[bool] = []
    of_fonts: list[int] = []
    for parent, element in elements(part, 3):
        if element.tag == _CODE:
            codes[int(element.get("numFmtId", 0))] = _shows((element.get("formatCode") or "")[:LONGEST_CODE])
        elif parent == _FORMATS and element.tag == _FORMAT:
            of_cells.append(int(element.get("numFmtId", 0)))
            of_fonts.append(int(element.get("fontId", 0)))
        elif element.tag == _FONT:
            fonts.append(_strikes(element))
        if max(len(codes), len(of_cells), len(fonts)) > MOST_FORMATS:
            raise ListTooLarge("part-too-big")
    shown = [codes.get(code) or _shows(builtin_format_code(code)) for code in of_cells]
    return Formats(
        days={number for number, (is_day, _) in enumerate(shown) if is_day},
        lengths={number for number, (_, is_length) in enumerate(shown) if is_length},
        struck={number for number, font in enumerate(of_fonts) if font < len(fonts) and fonts[font]},
    )


def _strikes(font: Element) -> bool:
    found = font.find(_STRIKE)
    return found is not None and found.get("val", "1") not in {"0", "false"}


def _shows(code: str | None) -> tuple[bool, bool]:
    return is_date_format(code), is_timedelta_format(code)
