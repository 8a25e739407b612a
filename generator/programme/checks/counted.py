"""What a text says of how much there is: "mười hai bài", "bốn phần", "khoảng 9 giờ"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..model.pointer import MANY
from ..number_words import NUMBER, in_digits
from ..vietnamese import lowered

NOUN = (
    r"(?P<noun>bài(?: học)?|phần|câu(?: hỏi)? tự kiểm tra|câu(?: hỏi)? kiểm tra"
    r"|mục tiêu|tờ gấp|áp phích|khóa(?: học)?)(?!\w)"
)
#: What makes it some of them: "ba bài đầu", "hai phần ba", "bài tập".
SOME = (
    r"(?!\s+(?:đầu|bản|sau|cuối|tiếp|còn|kia|ấy|này|đó|thứ|tập|thi|hát|viết|báo|thơ|mới|khó|nữa|trước|giữa|mẫu|thêm"
    r"|bắt|tự|như|cần|phải|nên|bạn|đã|dành|dài|kiểm|trăm|việc|ba|tư|năm|khác|nhỏ|lớn)(?!\w))"
)
COUNTED = re.compile(
    rf"(?<!\w)(?P<number>{NUMBER})\s+{NOUN}{SOME}(?P<which>\s+(?:học\s+)?(?:riêng|chung)(?!\w))?"
)
#: Where a whole is named: a sentence or an item begins, or a word says that all are counted.
WHOLE = re.compile(
    r"(?:^|[.!?…;:,(\n–])\s*(?:và\s+)?(?:(?:gồm|có|với)\s+)?(?:tất cả|cả|đủ|trọn)?\s*$"
    r"|(?<!\w)(?:gồm|có|với|và|thành|làm|tất cả|cả|đủ|trọn)\s+$"
)
#: What counts only a part, or roughly, in the clause before.
PARTLY = re.compile(
    r"(?<!\w)(?:mỗi|từng|mấy|vài|ngoài|trong|sau|trước|thêm|còn|hơn|gần|trên|dưới|khoảng|chừng"
    r"|ít nhất|nhiều nhất|tối đa|tối thiểu|không quá|đúng|làm)(?!\w)[^.!?…;:,(\n–]*$"
)
OF_COURSE = re.compile(
    rf"(?<!\w)khóa(?: học)?(?: này| ấy| đó)?\s+(?:gồm|có|chia (?:làm|thành))\s+(?:tất cả |cả |đủ )?"
    rf"(?P<number>{NUMBER})\s+(?P<noun>bài(?: học)?|phần)(?!\w){SOME}"
)
LASTING = re.compile(
    rf"\s*(?:(?:tự học|(?:học|dự)?\s*(?:tại|ở|trên) lớp|học|cả khóa|tổng cộng|mất|cần):?\s+)?"
    rf"(?:trong\s+)?(?P<about>khoảng|chừng|độ|gần|hơn)?\s*"
    rf"(?:(?P<hours>{NUMBER})\s+(?:giờ|tiếng)(?:\s+(?P<half>rưỡi)|\s+(?P<rest>{NUMBER})\s+phút)?"
    rf"|(?P<minutes>{NUMBER})\s+phút)(?!\w)(?P<after>.*)"
)
PART_OF_EFFORT = re.compile(r"(?:[^·,;.\n]|[,.](?=\d))+")
#: How many characters before a number tell whether it is of a whole.
NEARBY = 80
KINDS = {
    "bài": "lessons",
    "bài học": "lessons",
    "phần": "modules",
    "mục tiêu": "objectives",
    "tờ gấp": "leaflets",
    "áp phích": "posters",
    "khóa": "courses",
    "khóa học": "courses",
}


@dataclass(frozen=True, kw_only=True)
class Count:
    """`kind` is what is counted, `said` the words as they stand, `noun` those behind the number."""

    kind: str
    number: int
    start: int
    said: str
    noun: str


@lru_cache(maxsize=MANY)
def totals(text: str) -> tuple[Count, ...]:
    """Returns what a short text that presents a whole says of it; parts of it are none of its totals.

    Where a later number is as large as the first, the first is no total: "ba bài …, chín bài …".
    """
    found: dict[str, list[Count]] = {}
    for count in _counts(text):
        found.setdefault(count.kind, []).append(count)
    return tuple(
        counts[0] for counts in found.values() if all(later.number < counts[0].number for later in counts[1:])
    )


def _counts(text: str) -> Iterator[Count]:
    lower = lowered(text)
    for match in COUNTED.finditer(lower):
        which = (match["which"] or "").split()
        before = _before(lower, match.start())
        is_whole = WHOLE.search(before) and not PARTLY.search(before)
        if (which or is_whole) and in_digits(match["number"]) > 1:
            yield _count(text, match, " ".join([match["noun"], *which]), which[-1] if which else "")


def _before(text: str, start: int) -> str:
    """Returns the words just before, apart by one blank each."""
    cut = max(start - NEARBY, 0)
    return ("… " if cut == 0 else "~") + "".join(f"{word} " for word in text[cut:start].split())


def _count(text: str, match: re.Match[str], noun: str, which: str = "") -> Count:
    kind = KINDS.get(match["noun"], "self_checks" if "tự" in match["noun"] else "asked")
    kind = {"riêng": "own", "chung": "shared"}.get(which, kind) if kind == "lessons" else kind
    said = " ".join(text[match.start("number") : match.end()].split())
    return Count(
        kind=kind, number=in_digits(match["number"]), start=match.start("number"), said=said, noun=noun
    )


@lru_cache(maxsize=MANY)
def totals_of_course(text: str) -> tuple[Count, ...]:
    """Returns what a long text says of a course by name: "khóa này có mười hai bài"."""
    if "khóa" not in text.lower():
        return ()
    return tuple(_count(text, match, match["noun"]) for match in OF_COURSE.finditer(lowered(text)))


@lru_cache(maxsize=MANY)
def minutes_of(effort: str) -> tuple[int, str, bool] | None:
    """Returns how long something is said to take, in which words, and whether in hours."""
    for part in PART_OF_EFFORT.findall(effort):
        part = " ".join(part.split())
        found = LASTING.fullmatch(lowered(part))
        if found and not re.search(r"(?<!\w)(?:mỗi|một|từng)(?!\w)|/", found["after"]):
            said = part[: found.start("after")].strip()
            if found["minutes"]:
                return in_digits(found["minutes"]), said, False
            rest = 30 if found["half"] else in_digits(found["rest"]) if found["rest"] else 0
            return 60 * in_digits(found["hours"]) + rest, said, True
    return None
