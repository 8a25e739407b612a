"""Telephone numbers as people write them, and short numbers such as 113 where they are meant to be called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..model.pointer import COMMENT, MANY, POINTER
from ..vietnamese import lowered
from .law_numbers import ANY, GAP
from .passages import DIGITS, in_words

#: Digits that may be a telephone number, in groups or each for itself.
CANDIDATE = re.compile(
    r"(?:(?<![\w@=])(?<![0-9][.,-])|(?<=đt))(?:\+|\(\+?)?[0-9](?:[ .\-–()\u00a0]{0,3}[0-9]){7,20}(?!\w)",
    re.IGNORECASE,
)
#: Three digits together; eight, whatever stands between them.
DIGIT_3, DIGIT_8 = re.compile(r"[0-9]{3}"), re.compile(r"(?:[0-9][^0-9]*){8}")
GROUP = re.compile(r"[0-9]+")
DIGIT_8_NEAR = re.compile(r"[0-9](?:[ .\-–()\u00a0]{0,3}[0-9]){7}")
DAY = re.compile(r"[0-9]{1,2}([.-])[0-9]{1,2}\1(?:19|20)[0-9]{2}")
#: Numbers one after another, as of rows or marks: 08 - 09 - 10.
LIST = re.compile(r"[0-9]{1,2}(?: [-–] [0-9]{1,2})+")
SERVICE = ("1800", "1900")
COUNTRY = "84"
ADDRESS = re.compile(r"https?://\S+|(?<![\w.])[a-z]{1,20}(?:\.[a-z]{1,20}){1,3}/\S+", re.IGNORECASE)
_FILL = (
    r"ngay|đến|tới|cho|số|điện|thoại|máy|luôn|qua|vào|gấp|khẩn|cấp|lại|tin|trực|tiếp|và|hoặc|hay|nóng|là|theo"
    r"|nhanh|xã|phường|tỉnh"
)
_CALL = (
    r"gọi|bấm|quay|nhắn|alô?|liên hệ|báo|hotline|tổng đài|đường dây|điện thoại|đt|tel|cấp cứu|công an"
    r"|sos|cứu (?:hỏa|hoả|nạn|hộ)|cảnh sát|phản ứng|chữa cháy|lực lượng"
)
CALLED = re.compile(rf"(?<!\w)(?:(?:{_CALL})(?:\s+(?:{_FILL}))*|số)[\s:(]*$|tel:$", re.IGNORECASE)
#: A number of something else, though “số” may stand before it.
NUMBERED = re.compile(
    r"(?<!\w)(?:điều|khoản|trang|mục|bài|câu|lớp|phòng|nhà|tổ|hình|bảng|biểu|mẫu|phiếu|quốc lộ|ql|tỉnh lộ"
    r"|đường|thôn|bản|khu|nhóm|năm|thứ|mã|đội|chương|tiết|tập|định|văn|tư|luật|hoạch|báo cáo|đề|phụ lục|lô"
    r"|thửa|tờ|hồ sơ|biên bản|dân|cột|hàng|dòng|tầng|xe|tuyến|quyết|đơn|giấy|thẻ|sổ|tổng|km)\s*(?:số)?[\s:]*$"
    r"|(?<!\w)(?:tầm|khoảng|gần|hơn|đủ|cả|được|có|đạt|chừng|những|tận|=|[0-9]\s*[-+−×])\s*$"
    r"|(?<!\w)(?:số(?!\s+(?:điện|máy|gọi|nóng|khẩn|cấp))|tổng)(?:\s+\w+){1,3}\s*:\s*$",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\s*%|\s+(?:người|xã|phường|bản|hộ|vụ|lượt|cuộc|ca|trường|trẻ|câu|bài|trang|triệu|nghìn|tỷ|đồng|km|m|mét"
    r"|phút|giờ|ngày|tháng|năm|tuổi|điểm|phần|tiếng|chữ|bộ|tờ|cơ sở|nơi|lần|nạn nhân|học|cán bộ|thôn|tổ|lớp"
    r"|buổi|phiếu|cái|con|đơn|cuốn|quyển|gia đình|đường|phố|ngõ|kg|ha|văn bản|báo cáo|đại biểu|thành viên"
    r"|hội viên|đoàn viên|quán|nhà|khách|mã|tin)\b",
    re.IGNORECASE,
)
STARTED = re.compile(r"(?:^|[\n|.!?:;(])[\s\-+•>0-9.)]*(?:[a-zđ]\)\s*)?$")
ALONE_AFTER = re.compile(r"[ \t.,;!)]*(?:$|\n|\|)|\s+(?:khi|để|nếu|ngay|miễn phí|trực)\b", re.IGNORECASE)
#: Whose number it is, said behind it: 115 (cấp cứu).
WHOSE = re.compile(
    r"\s*[(:–-]\s*(?:công an|cảnh sát|cấp cứu|cứu|chữa cháy|phòng cháy|tổng đài|trẻ em|bảo vệ|miễn phí)",
    re.IGNORECASE,
)
#: A short number that nobody has heard of, where nothing but a number can follow.
TOLD = re.compile(
    rf"(?<!\w)(?:tổng đài|hotline|đường dây nóng|số điện thoại|gọi{GAP}(?:(?:đến|tới){GAP})?số|bấm số)"
    rf"{ANY}:?{ANY}(?P<number>(?!(?:19|20)[0-9]{{2}}(?![0-9]))[0-9]{{3,5}})(?!\w|[/–-]\w|[.,\s]{{1,2}}[0-9])",
    re.IGNORECASE,
)
#: One of these is in whatever tells a number.
TELLING = ("số", "đài", "hotline", "nóng")
BEHIND = 60


@dataclass(frozen=True, kw_only=True)
class TypedNumber:
    """`digits` as they are called within the country; `written` as they stand in the text."""

    start: int
    written: str
    digits: str


def digits_of(number: str) -> str:
    """The digits that are called within the country: `+84 912…` is `0912…`."""
    digits = re.sub(r"\D", "", number).removeprefix("00")
    if digits.startswith(COUNTRY) and len(digits) in (11, 12, 13):
        digits = f"0{digits.removeprefix(COUNTRY).removeprefix('0')}"
    return digits


@lru_cache(maxsize=MANY)
def telephones(text: str, is_markdown: bool = True) -> tuple[TypedNumber, ...]:
    """Every telephone number of a text; that of a link is told once."""
    if not DIGIT_8.search(text):
        return ()
    return tuple(_once(text, _telephones(_said(text, is_markdown))))


def _telephones(text: str) -> Iterator[TypedNumber]:
    at = 0 if DIGIT_8_NEAR.search(text) else len(text)
    while found := CANDIDATE.search(text, at):
        at = found.end()
        groups = list(GROUP.finditer(text, found.start(), found.end()))
        for last in range(len(groups), 0, -1):
            written = text[found.start() : groups[last - 1].end()]
            if _is_telephone(written):
                at = found.start() + len(written)
                yield TypedNumber(start=found.start(), written=written, digits=digits_of(written))
                break


def _is_telephone(written: str) -> bool:
    digits = digits_of(written)
    if DAY.match(written) or LIST.fullmatch(written):
        return False
    if digits.startswith(SERVICE):
        return len(digits) in (8, 9, 10) and written.lstrip("(").startswith(SERVICE)
    if not digits.startswith("0") or len(digits) not in (10, 11):
        return False
    return digits[1] in "35789" if len(digits) == 10 and digits[1] != "2" else digits[1] in "12"


def _once(text: str, found: Iterator[TypedNumber]) -> Iterator[TypedNumber]:
    last = ""
    for one in found:
        is_target = text.endswith("](tel:", 0, one.start)
        if not (is_target and one.digits == last):
            yield one
        last = one.digits


@lru_cache(maxsize=MANY)
def called(text: str, known: frozenset[str], is_markdown: bool = True) -> tuple[TypedNumber, ...]:
    """The short numbers that a text tells people to call: those that count or number something are none."""
    if DIGITS.isdisjoint(text):
        return ()
    return tuple(_once(text, _called(_said(text, is_markdown), known)))


#: One text is asked for its long numbers and its short ones, one after the other.
@lru_cache(maxsize=4)
def _said(text: str, is_markdown: bool) -> str:
    return in_words(text, ("[", POINTER), ("/", ADDRESS), ("<!--", COMMENT), is_markdown=is_markdown)


def _called(text: str, known: frozenset[str]) -> Iterator[TypedNumber]:
    number = _short(known)
    is_there = any(one in text for one in known)
    for chain in _chain(known).finditer(text) if is_there else ():
        if _is_called(text, chain):
            for found in number.finditer(text, chain.start(), chain.end()):
                yield TypedNumber(start=found.start(), written=found[0], digits=found[0])
    may_tell = any(map(lowered(text).__contains__, TELLING)) and DIGIT_3.search(text)
    for told in TOLD.finditer(text) if may_tell else ():
        unknown = told["number"]
        if unknown not in known and not COUNTED.match(text, told.end()):
            yield TypedNumber(start=told.start("number"), written=unknown, digits=unknown)


@lru_cache(maxsize=8)
def _short(known: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9])(?:{'|'.join(sorted(known))})(?![0-9])")


@lru_cache(maxsize=8)
def _chain(known: frozenset[str]) -> re.Pattern[str]:
    """One number, or several with a word or a sign between: 111, 113 hoặc 115."""
    one = f"(?:{'|'.join(sorted(known))})"
    apart = rf"(?:{ANY}[,;/–-]{ANY}|{GAP})(?:(?:và|hoặc|hay|với|rồi){GAP})?(?:(?:gọi|số){GAP})?"
    return re.compile(
        rf"(?<![\w])(?<![0-9][.,/–-]){one}(?:{apart}{one}(?!\w))*(?!\w|[/–-]\w|[.,][0-9])", re.IGNORECASE
    )


def _is_called(text: str, chain: re.Match[str]) -> bool:
    before = text[max(chain.start() - BEHIND, 0) : chain.start()]
    if COUNTED.match(text, chain.end()) or NUMBERED.search(before):
        return False
    is_alone = STARTED.search(before) and ALONE_AFTER.match(text, chain.end())
    has_several = len(GROUP.findall(chain[0])) > 1
    return bool(CALLED.search(before) or is_alone or has_several or WHOSE.match(text, chain.end()))
