"""Text typed with fonts of before Unicode, TCVN3 and VNI, recognised by its syllables and put right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .book import Grid, GridCell, GridRow
from .notices import Notice
from .spelling import TONES, shown

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
WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’…–—]+")
SYLLABLE = re.compile(
    "(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    "(?:i[êe]u?|yêu?|uyê?|uya|uyu|oa[iyo]?|oă|oeo?|oo|uây?|u[êơ]|uôi?|ươ[iu]?|ưa|ư[iu]?|u[aiy]?|o[i]?|ô[i]?|ơ[i]?"
    "|a[iouy]?|âu|ây|ă|â|eo?|êu?|ia|iu?|y)(?:ch|ng|nh|[cmnpt])?"
)


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


def bad(text: str) -> int:
    """How many words with marks are no Vietnamese syllables."""
    return sum(not _is_syllable(word) for word in WORD.findall(text) if not word.isascii())


def _is_syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
    return sum(mark in TONES for mark in parts) < 2 and bool(SYLLABLE.fullmatch(bare))


@dataclass(frozen=True, kw_only=True)
class OldFont:
    """A font and the texts that it makes sense of."""

    name: str
    texts: dict[str, str]


def old_font(texts: Iterable[str]) -> OldFont | None:
    """The font that turns most texts into Vietnamese; None where at least two words do not say so."""
    western = [text for text in dict.fromkeys(texts) if not text.isascii() and _is_western(text)]
    odd = [text for text in western if bad(text)]
    found = [OldFont(name=name, texts=_better(odd, convert)) for name, convert in FONTS.items()]
    best = max(found, key=lambda font: len(font.texts))
    words = {word for text in best.texts.values() for word in WORD.findall(text) if not word.isascii()}
    if len(words) < 2:
        return None
    alike = western if len(best.texts) * 2 > len(western) else odd
    return OldFont(name=best.name, texts=_better(alike, FONTS[best.name]))


def _is_western(text: str) -> bool:
    return all(letter < "\u0100" for letter in text)


def _better(texts: list[str], convert: Callable[[str], str]) -> dict[str, str]:
    return {text: after for text in texts if not bad(after := convert(text))}


def converted(grid: Grid, *, is_wanted: bool) -> tuple[Grid, tuple[Notice, ...]]:
    """The grid with the letters of an old font put right where that is wanted, and what to say of it."""
    font = old_font(cell.text for row in grid.rows for cell in row.cells.values())
    if font is None:
        return grid, ()
    samples = "; ".join(f"“{shown(old)}” đọc là “{shown(new)}”" for old, new in list(font.texts.items())[:3])
    notice = Notice(code="old-font", spot=grid.spot(), values={"font": font.name, "samples": samples})
    if not is_wanted:
        return grid, (notice,)
    return replace(grid, rows=tuple(_row(row, font.texts) for row in grid.rows)), (notice,)


def _row(row: GridRow, texts: dict[str, str]) -> GridRow:
    cells = {
        column: GridCell.of(texts[cell.text], cell.kind) if cell.text in texts else cell
        for column, cell in row.cells.items()
    }
    return replace(row, cells=cells)
