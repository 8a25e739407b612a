"""Small typesetting: what belongs together stays on one line, and headings find their level."""

from __future__ import annotations

import re

from markupsafe import Markup

NBSP = "\N{NO-BREAK SPACE}"
_UNITS = (
    "%|‰|đồng|nghìn|triệu|tỉ|tỷ|phút|giây|giờ|ngày|tuần|tháng|năm|quý|tuổi|lần|mục|điểm|bài|câu|trang"
    "|người|trẻ|em|xã|phường|bản|thôn|tỉnh|sở|bên|bước|dấu hiệu|mm|cm|m|km|kg|g|KB|MB|tiếng"
)
_LEADERS = (
    "Điều|điều|Khoản|khoản|Điểm|điểm|Mục|mục|Chương|chương|Phần|phần|Phụ lục|phụ lục|Bài|bài|Câu|câu"
    "|Bước|bước|Trang|trang|Hình|hình|Bảng|bảng|Số|số|Ngày|ngày|Tháng|tháng|Năm|năm|Quý|quý|Lớp|lớp"
    "|định|lệnh|Luật|tư|quyết|Tổng đài|tổng đài|Công an|công an|Cấp cứu|Gọi|gọi"
)
_TOGETHER = re.compile(
    rf"(?<=\d) (?=(?:{_UNITS})\b|[%‰])"  # 40 phút
    rf"|(?<=\d) (?=\d{{2,4}}\b)"  # 1900 54 55 59
    rf"|(?:(?<=\btriệu)|(?<=\bnghìn)|(?<=\btỉ)|(?<=\btỷ)) (?=đồng\b)"
    rf"|(?<=[–/]) (?=\d)"
)
_LED = re.compile(rf"\b({_LEADERS}) (?=[\dIVX])")
# Tags, and styles whole: only what is read is bound.
_NOT_TEXT = re.compile(r"(<style\b.*?</style>|<[^>]+>)", re.DOTALL)
# A note's number stands at the word, with no space; in a table cell it may stand alone.
_BEFORE_NOTE = re.compile(r"\s+(?=<sup class=\"note\">)")
_NOTE_ONLY = re.compile(r"<td((?: align=\"\w+\")?)>(\s*(?:<sup class=\"note\">.*?</sup>)+\s*)</td>")
_HEADING = re.compile(r"(</?h)([1-5])\b")
_CSS_SPECIAL = re.compile(r'[\\"<>&\n]')


def bind(html: str) -> str:
    """The same HTML whose numbers stay with their units, articles, dates and phone groups."""
    parts = _NOT_TEXT.split(_NOTE_ONLY.sub(r'<td\1 class="note-only">\2</td>', _BEFORE_NOTE.sub("", html)))
    parts[::2] = [_bound(text) for text in parts[::2]]
    return "".join(parts)


def _bound(text: str) -> str:
    if not text or text.isspace():
        return text
    return _LED.sub(rf"\1{NBSP}", _TOGETHER.sub(NBSP, text))


def demoted(html: Markup) -> Markup:
    """Headings one level lower, for a text that becomes a part of a bigger one."""
    return Markup(_HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 1}", html))


def css_string(text: str) -> Markup:
    """The text as a quoted CSS string, for margin boxes, which take no HTML."""
    escaped = _CSS_SPECIAL.sub(lambda special: f"\\{ord(special[0]):x} ", _bound(text))
    return Markup(f'"{escaped}"')
