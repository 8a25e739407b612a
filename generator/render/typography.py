"""Typesetting of finished text: words kept on one line, headings moved down, strings for CSS.

Pages and sheets share what is kept on one line; compounds are data in `compound_words.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from markupsafe import Markup, escape

from .html_tags import split_tags, tag_name

NBSP = "\N{NO-BREAK SPACE}"
_UNITS = (
    "%|‰|đồng|nghìn|triệu|tỉ|tỷ|phút|giây|giờ|ngày|tuần|tháng|năm|quý|tuổi|lần|mặt|điểm|bài|câu|trang"
    "|người|xã|phường|bản|thôn|bước|mm|cm|m|km|kg|g|KB|MB|tiếng"
)
_LEADERS = (
    "Điều|điều|Khoản|khoản|Điểm|điểm|Mục|mục|Chương|chương|Phần|phần|Phụ lục|phụ lục|Bài|bài|Câu|câu"
    "|Bước|bước|Trang|trang|Hình|hình|Bảng|bảng|Số|số|Ngày|ngày|Tháng|tháng|Năm|năm|Quý|quý|Lớp|lớp"
    "|định|lệnh|Luật|tư|quyết|Tổng đài|tổng đài|Công an|công an|Cấp cứu|Gọi|gọi|Đ\\.|Tỉ lệ|tỉ lệ|Tỷ lệ|tỷ lệ"
    "|NĐ|TT|QĐ|NQ|PL|CV|k\\."
)
_CAPITAL = "[A-ZÀ-ÝĂĐĨŨƠƯ]"
#: The spaces in plain text at which no line may break, so that numbers stay with their units, names whole.
BINDING = re.compile(
    rf" (?:(?<=\d )(?=(?:{_UNITS})\b|[%‰])"  # 40 phút
    r"|(?<=\d )(?=\d{2,4}\b)"  # 1900 54 55 59
    r"|(?<=\d )(?=k\. \d)"  # Đ. 34 k. 2
    r"|(?:(?<=\btriệu )|(?<=\bnghìn )|(?<=\btỉ )|(?<=\btỷ ))(?=đồng\b)"
    rf"|(?:{'|'.join(f'(?<={word} )' for word in _LEADERS.split('|'))})(?=[\dIVX])(?!\d+/\d+/\d)"  # Điều 5
    r"|(?:(?<=\bNghị )|(?<=\bPháp )|(?<=\bThông )|(?<=\bQuyết ))(?=\w+ \d)"  # Nghị định 282/2025
    r"|(?:(?<=\bTỉ )|(?<=\btỉ )|(?<=\bTỷ )|(?<=\btỷ ))(?=lệ \d)"  # Tỉ lệ 100%
    r"|(?:(?<=\bTổng )|(?<=\btổng ))(?=đài \d)"  # Tổng đài 111
    r"|(?<=\bCông )(?=an\b)|(?<=\bTư )(?=pháp\b)|(?<=\bBộ )(?=đội\b)|(?<=\bCấp )(?=cứu 115\b)"
    r"|(?:(?<=\bđiểm )|(?<=\bĐiểm ))(?=[a-zđ]\b)"  # điểm c
    r"|(?<=\bY )(?=tế\b)"  # Sở Y tế
    r"|(?=[–-] ))"  # Văn hóa – Xã hội: no line begins with a dash
    rf"|(?:(?<=\btỉnh )|(?<=\bTỈNH ))(?P<first>{_CAPITAL}\w*) (?={_CAPITAL})"  # tỉnh Điện Biên
)
#: What stands for a space at which no line may break, behind the first syllable of a name.
BOUND = rf"\g<first>{NBSP}"
_MAY_BIND = re.compile(r"[\dIVX]|điểm [a-zđ]\b|(?:Công an|Tư pháp|Bộ đội)\b|tỉnh \w| [–-] ", re.IGNORECASE)
#: A range, with what is bound behind it: a line may otherwise end behind a box of its own.
_RANGE = re.compile(rf"\d[\d.,]*–\d[\d.,]*(?<=\d)(?:{NBSP}\w+)*[,.;:)]*")  # 300–500 nghìn đồng,
#: Words of two or three syllables, one a line, which a heading does not tear apart.
COMPOUND_WORDS = Path(__file__).with_name("compound_words.txt")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "th"})
#: Text that is copied as it is, or takes no element within.
_AS_TYPED = frozenset({"code", "option", "pre", "script", "style", "svg", "textarea", "title"})
_LAST_SPACE = re.compile(r" (?=[^\s<>]+\s*\Z)")
#: The spaces before the last word of a clause, and behind the first one of a sentence or a quotation.
_AT_CLAUSE = re.compile(
    r"(?<=[^\s,;:.?!”…]) (?=[^\s,;:.?!”…]+[,;:.?!”…])|(?:(?<=[.?!…”] )|(?=“))([^\s,;:.?!”…]+) (?=\S)"
)
#: The first word of a sentence behind a tag, with the space before it, and what a sentence ends with.
_FIRST_WORD = re.compile(r"\A( [^\s,;:.?!”…]+) (?=\S)")
_ENDS = tuple(".?!…”")
#: Spaces behind words that open what follows, with which no line of a narrow column ends.
_OPENING = re.compile(
    r"(?:(?<=\bbị)|(?<=\bvà)|(?<=\bdù)|(?<=\bđể)|(?<=\bkhi)|(?<=\bkhông)|(?<=\bchưa)|(?<=\bđừng)) (?=\S)"
    rf"|(?<=\bpháp) (?=xã,[ {NBSP}]phường\b)"
)
_BLOCKS = frozenset({"p", "li"})
#: Where a block ends, or a list in it begins.
_ENDS_OF_BLOCK = frozenset({"p", "/p", "li", "/li", "ul", "/ul", "ol", "/ol"})
_SPACES = re.compile(r"([ \n]+)")
#: Letters of the last line in a narrow column: at least, at most, and of a clause that may stand there alone.
LEAST_LINE, MOST_KEPT, LEAST_ALONE = 17, 21, 9
#: Where a clause ends in a line of large type, and the letters from which one is long enough to stand alone.
_CLAUSE_END = re.compile(r"(?<=[,;:.?!”]) ")
LEAST_CLAUSE = 10
#: Where a clause ends in a bar besides, and the lines that it holds, of so many letters each.
_CLAUSE_END_IN_BAR = re.compile(rf"{_CLAUSE_END.pattern}| (?=(?:hay|hoặc)\b)")
LETTERS_IN_BAR, LINES_IN_BAR = 32, 3
_CSS_SPECIAL = re.compile(r'[\\"<>&\n]')


def bind_page(html: str) -> str:
    """Returns a page whose numbers keep units, articles and dates, and whose heads keep compounds whole."""
    parts = split_tags(html)
    headings = as_typed = 0
    for at, part in enumerate(parts):
        if at % 2:
            heading, typed = _steps(part)
            headings = max(headings + heading, 0)
            as_typed = max(as_typed + typed, 0)
        elif part and not as_typed and not part.isspace():
            parts[at] = whole_compounds(_bound(part)) if headings else _bound(part)
    return "".join(parts)


@lru_cache(maxsize=50_000)
def _steps(tag: str) -> tuple[int, int]:
    """Returns how a tag changes the depth of headings, and that of text as it was typed."""
    name = tag_name(tag)
    step = -1 if name.startswith("/") else int(not tag.endswith("/>"))
    return step * (name.lstrip("/") in _HEADINGS), step * (name.lstrip("/") in _AS_TYPED)


def bound(text: str) -> Markup:
    """Returns a title, as text or HTML, with its compounds whole and its numbers with their units."""
    parts = split_tags(str(escape(text)))
    parts[::2] = (whole_compounds(_bound(part)) for part in parts[::2])
    return Markup("".join(parts))


def whole_compounds(text: str) -> str:
    """Returns the text with no space to break a line at within a compound."""
    return _compounds().sub(lambda word: word[0].replace(" ", NBSP), text)


def ended(text: str) -> Markup:
    """Returns the lead of a card, whose last word never stands alone on a line; compounds may break there.

    Its lines are short: whole compounds would leave a third of them ragged.
    """
    return Markup(_LAST_SPACE.sub(NBSP, bind_page(str(escape(text)))))


def whole_clauses(html: str) -> Markup:
    """Returns the HTML of a narrow column: compounds whole, and no scrap of a clause on a line of its own."""
    parts, is_ended = split_tags(_opened(html)), False
    for at in range(0, len(parts), 2):
        part = _AT_CLAUSE.sub(rf"\g<1>{NBSP}", parts[at])
        parts[at] = _FIRST_WORD.sub(rf"\g<1>{NBSP}", part) if is_ended else part
        is_ended = part.rstrip()[-1:] in _ENDS if part.strip() else is_ended
    return full_ends("".join(parts))


def _opened(html: str) -> str:
    parts = split_tags(bound(Markup(html)))
    parts[::2] = (_OPENING.sub(NBSP, part) for part in parts[::2])
    return "".join(parts)


def full_ends(html: str) -> Markup:
    """Returns the HTML of a narrow column, in which no paragraph or item ends with a scrap of a clause."""
    return _with_blocks(html, _full_end)


def in_clauses(html: str) -> Markup:
    """Returns the HTML of large type, bound as a title, which breaks between clauses: each is a span."""
    return _with_blocks(bound(Markup(html)), lambda block: _spans(_parted(block, _CLAUSE_END)))


def in_bar(html: str) -> Markup:
    """Returns the HTML of a bar, which breaks between clauses where its lines hold them, else closely."""
    return _with_blocks(_opened(html), _in_bar)


def _with_blocks(html: str, change: Callable[[list[str]], str]) -> Markup:
    """Changes what each paragraph or item holds itself, given as texts and tags in turn."""
    parts, done, begin = split_tags(html), [], 0
    ends = [at for at in range(1, len(parts), 2) if tag_name(parts[at]) in _ENDS_OF_BLOCK]
    for at, end in pairwise(ends):
        block = parts[at + 1 : end]
        if tag_name(parts[at]) in _BLOCKS and "".join(block).strip():
            done += [*parts[begin : at + 1], change(block)]
            begin = end
    return Markup("".join([*done, *parts[begin:]]))


def _in_bar(block: list[str]) -> str:
    clauses = _parted(block, _CLAUSE_END_IN_BAR)
    lines, room = 0, 0
    for length in map(_letters, clauses):
        if length > room:
            lines += -(-length // LETTERS_IN_BAR)
            room = LETTERS_IN_BAR if length <= LETTERS_IN_BAR else 0
        room -= length + 1
    return _spans(clauses) if lines <= LINES_IN_BAR else whole_clauses("".join(block))


def _letters(html: str) -> int:
    return sum(map(len, split_tags(html)[::2]))


def _spans(clauses: list[str]) -> str:
    return " ".join(f'<span class="clause">{clause}</span>' for clause in clauses)


def _parted(block: list[str], ends: re.Pattern[str]) -> list[str]:
    clauses, depth = [""], 0
    for at, part in enumerate(block):
        depth += 0 if at % 2 == 0 else -1 if part.startswith("</") else 1
        first, *rest = [part] if at % 2 or depth else ends.split(part)
        clauses[-1] += first
        for words in rest:
            if _letters(clauses[-1]) < LEAST_CLAUSE:
                clauses[-1] += f" {words}"
            else:
                clauses.append(words)
    return clauses


def _full_end(block: list[str]) -> str:
    words = _words(block)
    length, begun, kept, space = 0, "", 0, 0
    for at in reversed(range(len(words))):
        word = words[at]
        if word.isspace() and begun:
            space = at
        elif word[0] not in "< \n":
            longer = length + len(word) + 1
            if space:
                joint = f"{word} {begun}"
                is_torn = whole_compounds(joint) != joint
                is_full = length >= LEAST_LINE and not is_torn
                is_clause = word[-1] in ",;:.?!”" and length >= LEAST_ALONE
                if is_full or longer > MOST_KEPT or is_clause:
                    words[kept] = " " if is_torn and kept else words[kept]
                    break
                words[space], kept, space = NBSP, space, 0
            length, begun = longer, word
    return "".join(words)


def _words(block: list[str]) -> list[str]:
    """Returns words, spaces and tags; the number of a note, no letter of its line, goes with its tags."""
    words: list[str] = []
    is_note = False
    for at, part in enumerate(block):
        if is_note:
            words[-1] += part
        else:
            words += [part] if at % 2 else filter(None, _SPACES.split(part))
        if at % 2 and tag_name(part).lstrip("/") == "sup":
            is_note = not part.startswith("</")
    return words


@cache
def _compounds() -> re.Pattern[str]:
    """Returns what finds a compound, the longest of those that begin alike."""
    words = sorted(COMPOUND_WORDS.read_text(encoding="utf-8").split("\n"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, filter(None, words)))})\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def _bound(text: str) -> str:
    """Returns the text bound, cached since a lesson stands in its handout and in the handbook, twice each."""
    if not _MAY_BIND.search(text):
        return text
    return _RANGE.sub(r'<span class="whole">\g<0></span>', BINDING.sub(BOUND, text))


def css_string(text: str) -> Markup:
    """Returns the text as a quoted CSS string, for margin boxes, which take no HTML."""
    escaped = _CSS_SPECIAL.sub(lambda special: f"\\{ord(special[0]):x} ", BINDING.sub(BOUND, text))
    return Markup(f'"{escaped}"')
