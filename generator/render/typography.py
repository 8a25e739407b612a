"""Typesetting of finished text: words kept on one line, headings moved down, strings for CSS."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

NBSP = "\N{NO-BREAK SPACE}"
_UNITS = (
    "%|‰|đồng|nghìn|triệu|tỉ|tỷ|phút|giây|giờ|ngày|tuần|tháng|năm|quý|tuổi|lần|mặt|điểm|bài|câu|trang"
    "|người|xã|phường|bản|thôn|bước|mm|cm|m|km|kg|g|KB|MB|tiếng"
)
_LEADERS = (
    "Điều|điều|Khoản|khoản|Điểm|điểm|Mục|mục|Chương|chương|Phần|phần|Phụ lục|phụ lục|Bài|bài|Câu|câu"
    "|Bước|bước|Trang|trang|Hình|hình|Bảng|bảng|Số|số|Ngày|ngày|Tháng|tháng|Năm|năm|Quý|quý|Lớp|lớp"
    "|định|lệnh|Luật|tư|quyết|Tổng đài|tổng đài|Công an|công an|Cấp cứu|Gọi|gọi"
)
#: The spaces in plain text at which no line may break, so that numbers stay with their units.
BINDING = re.compile(
    rf" (?:(?<=\d )(?=(?:{_UNITS})\b|[%‰])"  # 40 phút
    r"|(?<=\d )(?=\d{2,4}\b)"  # 1900 54 55 59
    r"|(?:(?<=\btriệu )|(?<=\bnghìn )|(?<=\btỉ )|(?<=\btỷ ))(?=đồng\b)"
    rf"|(?:{'|'.join(f'(?<={word} )' for word in _LEADERS.split('|'))})(?=[\dIVX])"  # Điều 5
    r"|(?:(?<=\bNghị )|(?<=\bPháp )|(?<=\bThông )|(?<=\bQuyết ))(?=\w+ \d))"  # Nghị định 282/2025
)
_NUMBER = re.compile(r"[\dIVX]")
_RANGE = re.compile(r"\d[\d.,]*–\d[\d.,]*(?<=\d)")  # 300–500
# Tags, and styles whole: only what is read is bound.
_NOT_TEXT = re.compile(r"(<style\b.*?</style>|<[^>]+>)", re.DOTALL)
# A note's number stands at the word, with no space, and after another with a comma. In a table
# cell it may stand alone.
_NEXT_NOTE = re.compile(r'</sup>\s*<sup class="note">')
_BEFORE_NOTE = re.compile(r'\s+(?=<sup class="note">)')
_NOTE_ONLY = re.compile(r'<td([^>]*)>(\s*(?:<sup class="note[^>]*>.*?</sup>)+\s*)</td>')
_HEADING = re.compile(r"(</?h)([1-5])\b")
_CSS_SPECIAL = re.compile(r'[\\"<>&\n]')


def bind_html(html: str) -> str:
    """Returns the HTML with numbers kept with their units, articles, dates and phone groups."""
    parts = _NOT_TEXT.split(_with_notes(html))
    parts[::2] = map(_bound, parts[::2])
    return "".join(parts)


def _with_notes(html: str) -> str:
    close = _BEFORE_NOTE.sub("", _NEXT_NOTE.sub('</sup><sup class="note next">', html))
    return _NOTE_ONLY.sub(r'<td class="note-only"\1>\2</td>', close)


@lru_cache(maxsize=20_000)
def _bound(text: str) -> str:
    """Returns the text bound, cached since a lesson stands in its handout and in the handbook, twice each."""
    if not _NUMBER.search(text):
        return text
    return _RANGE.sub(r'<span class="whole">\g<0></span>', BINDING.sub(NBSP, text))


def demoted_headings(html: Markup) -> Markup:
    """Returns headings one level lower, for a text that becomes a part of a bigger one."""
    return Markup(_HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", html))


def css_string(text: str) -> Markup:
    """Returns the text as a quoted CSS string, for margin boxes, which take no HTML."""
    escaped = _CSS_SPECIAL.sub(lambda special: f"\\{ord(special[0]):x} ", BINDING.sub(NBSP, text))
    return Markup(f'"{escaped}"')
