"""Checks that numbers and hours stated in texts, in digits or words, are true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from ..course_figures import course_minutes
from ..model.campaign import MATERIAL_KINDS, Campaign
from ..model.course import Course, Lesson
from ..model.pointer import MANY
from ..model.programme import Programme
from ..problems import Place, Problem, place_of
from ..vietnamese import lowered, written_duration
from .passages import QUOTING, Passage

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
#: How a unit is said behind tens; "mốt" and "tư" only from twenty on.
BEHIND_TENS = {5: "lăm"}
BEHIND_TWENTY = {1: "mốt", 4: "tư", 5: "lăm"}
#: Other forms that people say and write.
OTHERWISE = {"bẩy": 7, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
VALUES = {word: value for value, word in enumerate(UNITS)} | OTHERWISE
_UNIT = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín"
#: "năm" is left out: behind tens it means a year.
_BEHIND = "một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín"
#: In lower case, digits too; a sign before or behind would make them something else.
NUMBER_IN_WORDS = (
    rf"(?:(?:{_UNIT})\s+mươi(?:\s+(?:{_BEHIND})(?!\w))?"
    rf"|mười(?:\s+(?:{_BEHIND})(?!\w))?|(?:{_UNIT})(?!\w)|(?<![\d.,/])\d{{1,3}}(?![\d.,/]\d|\d|%))"
)


def number_in_words(number: int) -> str:
    """Returns "mười hai" for 12; from 100 on, the digits."""
    if not 0 <= number < 100:
        return str(number)
    tens, unit = divmod(number, 10)
    if tens == 0:
        return UNITS[unit]
    said = ("mười",) if tens == 1 else (UNITS[tens], "mươi")
    behind = BEHIND_TENS if tens == 1 else BEHIND_TWENTY
    return " ".join((*said, *((behind.get(unit, UNITS[unit]),) if unit else ())))


def number_in_digits(words: str) -> int:
    """Returns the number that a match of NUMBER says."""
    if words.isdigit():
        return int(words)
    said = re.sub(r"\bmười\b", "một mươi", words.lower()).split()
    tens, behind = (
        (said[: said.index("mươi")], said[said.index("mươi") + 1 :]) if "mươi" in said else ([], said)
    )
    return 10 * sum(VALUES[word] for word in tens) + sum(VALUES[word] for word in behind)


MATERIAL_NOUNS = {material.noun: kind for kind, material in MATERIAL_KINDS.items()}
NOUN = (
    r"(?P<noun>bài(?: học)?|phần|câu(?: hỏi)? tự kiểm tra|câu(?: hỏi)? kiểm tra"
    rf"|mục tiêu|{'|'.join(sorted(MATERIAL_NOUNS, key=len, reverse=True))}|khóa(?: học)?)(?!\w)"
)
#: Words that make it a part: "ba bài đầu", "hai phần ba", "bài tập".
SOME = (
    r"(?!\s+(?:đầu|bản|sau|cuối|tiếp|còn|kia|ấy|này|đó|thứ|tập|thi|hát|viết|báo|thơ|mới|khó|nữa|trước|giữa|mẫu|thêm"
    r"|bắt|tự|như|cần|phải|nên|bạn|đã|dành|dài|kiểm|trăm|việc|ba|tư|năm|khác|nhỏ|lớn)(?!\w))"
)
COUNTED = re.compile(
    rf"(?<!\w)(?P<number>{NUMBER_IN_WORDS})\s+{NOUN}{SOME}(?P<which>\s+(?:học\s+)?(?:riêng|chung)(?!\w))?"
)
#: Where a total is named: a sentence or an item begins, or a word says that all are counted.
WHOLE = re.compile(
    r"(?:^|[.!?…;:,(\n–])\s*(?:và\s+)?(?:(?:gồm|có|với)\s+)?(?:tất cả|cả|đủ|trọn)?\s*$"
    r"|(?<!\w)(?:gồm|có|với|và|thành|làm|tất cả|cả|đủ|trọn)\s+$"
)
#: Words of the same clause that count only a part, or roughly.
PARTLY = re.compile(
    r"(?<!\w)(?:mỗi|từng|mấy|vài|ngoài|trong|sau|trước|thêm|còn|hơn|gần|trên|dưới|khoảng|chừng"
    r"|ít nhất|nhiều nhất|tối đa|tối thiểu|không quá|đúng|làm)(?!\w)[^.!?…;:,(\n–]*$"
)
OF_COURSE = re.compile(
    rf"(?<!\w)khóa(?: học)?(?: này| ấy| đó)?\s+(?:gồm|có|chia (?:làm|thành))\s+(?:tất cả |cả |đủ )?"
    rf"(?P<number>{NUMBER_IN_WORDS})\s+(?P<noun>bài(?: học)?|phần)(?!\w){SOME}"
)
LASTING = re.compile(
    rf"\s*(?:(?:tự học|(?:học|dự)?\s*(?:tại|ở|trên) lớp|học|cả khóa|tổng cộng|mất|cần):?\s+)?"
    rf"(?:trong\s+)?(?P<about>khoảng|chừng|độ|gần|hơn)?\s*"
    rf"(?:(?P<hours>{NUMBER_IN_WORDS})\s+(?:giờ|tiếng)(?:\s+(?P<half>rưỡi)|\s+(?P<rest>{NUMBER_IN_WORDS})\s+phút)?"
    rf"|(?P<minutes>{NUMBER_IN_WORDS})\s+phút)(?!\w)(?P<after>.*)"
)
PART_OF_EFFORT = re.compile(r"(?:[^·,;.\n]|[,.](?=\d))+")
#: How many characters before a number are read to tell whether it is a total.
NEARBY = 80
KINDS = {
    "bài": "lessons",
    "bài học": "lessons",
    "phần": "modules",
    "mục tiêu": "objectives",
    "khóa": "courses",
    "khóa học": "courses",
    **MATERIAL_NOUNS,
}


@dataclass(frozen=True, kw_only=True)
class Count:
    """A stated number: `kind` is what is counted, `said` the words as they stand, `noun` those behind it."""

    kind: str
    number: int
    start: int
    said: str
    noun: str


@lru_cache(maxsize=MANY)
def stated_totals(text: str) -> tuple[Count, ...]:
    """Returns the totals that a short text states; numbers of its parts are left out.

    Where a later number is as large as the first, the first is no total: "ba bài …, chín bài …".
    """
    by_kind: dict[str, list[Count]] = {}
    for count in _counts(text):
        by_kind.setdefault(count.kind, []).append(count)
    return tuple(
        counts[0]
        for counts in by_kind.values()
        if all(later.number < counts[0].number for later in counts[1:])
    )


def _counts(text: str) -> Iterator[Count]:
    lower = lowered(text)
    for match in COUNTED.finditer(lower):
        which = (match["which"] or "").split()
        before = _before(lower, match.start())
        is_whole = WHOLE.search(before) and not PARTLY.search(before)
        if (which or is_whole) and number_in_digits(match["number"]) > 1:
            yield _count(text, match, " ".join([match["noun"], *which]), which[-1] if which else "")


def _before(text: str, start: int) -> str:
    """Returns the words just before, separated by one blank each."""
    cut = max(start - NEARBY, 0)
    return ("… " if cut == 0 else "~") + "".join(f"{word} " for word in text[cut:start].split())


def _count(text: str, match: re.Match[str], noun: str, which: str = "") -> Count:
    kind = KINDS.get(match["noun"], "self_checks" if "tự" in match["noun"] else "asked")
    kind = {"riêng": "own", "chung": "shared"}.get(which, kind) if kind == "lessons" else kind
    said = " ".join(text[match.start("number") : match.end()].split())
    return Count(
        kind=kind, number=number_in_digits(match["number"]), start=match.start("number"), said=said, noun=noun
    )


@lru_cache(maxsize=MANY)
def stated_course_totals(text: str) -> tuple[Count, ...]:
    """Returns what a long text says of a course by name: "khóa này có mười hai bài"."""
    if "khóa" not in text.lower():
        return ()
    return tuple(_count(text, match, match["noun"]) for match in OF_COURSE.finditer(lowered(text)))


@lru_cache(maxsize=MANY)
def stated_minutes(effort: str) -> tuple[int, str, bool] | None:
    """Returns the minutes that something is said to take, the words for them, and whether they are hours."""
    for part in PART_OF_EFFORT.findall(effort):
        part = " ".join(part.split())
        lasting = LASTING.fullmatch(lowered(part))
        if lasting and not re.search(r"(?<!\w)(?:mỗi|một|từng)(?!\w)|/", lasting["after"]):
            said = part[: lasting.start("after")].strip()
            if lasting["minutes"]:
                return number_in_digits(lasting["minutes"]), said, False
            rest = 30 if lasting["half"] else number_in_digits(lasting["rest"]) if lasting["rest"] else 0
            return 60 * number_in_digits(lasting["hours"]) + rest, said, True
    return None


AUDIENCES = "content/programme/audiences.yml"
#: How far "khoảng 3 giờ" and "khoảng 30 phút" may be from the minutes of a course; a tenth is always allowed.
HOURS_OFF, MINUTES_OFF = 30, 15
#: A card of the home page speaks to those who study alone, unless it says that it means a class.
ALONE, IN_CLASS = "tự học cả khóa mất khoảng", "học cả khóa tại lớp mất"
CLASS = re.compile(r"(?<!\w)(?:tại|ở|trên|trong|dự) lớp(?!\w)")

Numbers = Mapping[str, int]


def check_totals(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for course in programme.courses.values():
        place, whole = place_of(course, "summary"), f"khóa “{course.id}”"
        yield from _untrue(stated_totals(course.summary), [_of_course(programme, course)], place, whole)
    yield from _audiences(programme)
    for campaign in programme.campaigns.values():
        place = place_of(campaign, "summary")
        yield from _untrue(
            stated_totals(campaign.summary), [_of_campaigns([campaign])], place, "chiến dịch này"
        )
    texts = tuple(passages)
    yield from _elsewhere(programme, texts)
    yield from _of_all(programme, texts)


def _of_course(programme: Programme, course: Course) -> dict[str, int]:
    lessons = _lessons(programme, course)
    own = sum(lesson.home == course.id for lesson in lessons)
    asked = {"asked": course.test.asked} if course.test else {}
    return asked | {
        "lessons": len(lessons),
        "own": own,
        "shared": len(lessons) - own,
        "modules": len(course.modules),
        "objectives": len(course.objectives),
        "self_checks": len({id for lesson in lessons for id in lesson.self_check}),
    }


def _lessons(programme: Programme, course: Course) -> tuple[Lesson, ...]:
    """Returns each lesson once, however often the course lists it."""
    return tuple({lesson.id: lesson for lesson in programme.lessons_of(course)}.values())


def _of_campaigns(campaigns: Iterable[Campaign]) -> dict[str, int]:
    kinds: list[str] = [material.kind for campaign in campaigns for material in campaign.materials.values()]
    return {kind: kinds.count(kind) for kind in MATERIAL_KINDS}


def _audiences(programme: Programme) -> Iterator[Problem]:
    """Yields false totals on cards of the home page, which may speak of one course or of all."""
    for id, audience in programme.audiences.items():
        courses = [course for course in programme.courses.values() if course.audience == id]
        campaigns = [campaign for campaign in programme.campaigns.values() if id in campaign.audiences]
        singly = [_of_course(programme, course) for course in courses]
        kinds = {kind: None for totals in singly for kind in totals}  # a test is not every course's
        sums = {kind: sum(totals.get(kind, 0) for totals in singly) for kind in kinds}
        every = sums | {"courses": len(courses)} | _of_campaigns(campaigns)
        place = Place(file=AUDIENCES, path=(id, "gets"))
        whole = f"khóa “{courses[0].id}”" if len(courses) == 1 else "đối tượng này"
        yield from _untrue(stated_totals(audience.gets), [every, *singly], place, whole)
        if courses and audience.effort:
            place = Place(file=AUDIENCES, path=(id, "effort"))
            yield from _effort(programme, courses, audience.effort, place)


def _effort(programme: Programme, courses: list[Course], effort: str, place: Place) -> Iterator[Problem]:
    is_class = bool(CLASS.search(lowered(effort)))
    takes = programme.taught_minutes if is_class else partial(course_minutes, programme)
    minutes = [takes(course) for course in courses]
    said = stated_minutes(effort)
    if said and not any(_is_near(said[0], true, said[2]) for true in (*minutes, sum(minutes))):
        true_duration = written_duration(sum(minutes))
        values = {"said": said[1], "how": IN_CLASS if is_class else ALONE, "there": true_duration}
        place = _at(place, said[1])
        yield Problem(code="wrong-effort", place=place, values=values, about="lesson")


def _is_near(said: int, true: int, in_hours: bool) -> bool:
    return abs(said - true) <= max(HOURS_OFF if in_hours else MINUTES_OFF, true / 10)


def _elsewhere(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Yields what longer texts state falsely about a course; a lesson speaks of its own courses."""
    for passage in passages:
        counts = () if passage.kind in QUOTING else stated_course_totals(passage.text)
        if not counts:
            continue
        lesson = next(
            (lesson for lesson in programme.lessons.values() if lesson.source == passage.file), None
        )
        courses = programme.courses_with(lesson) if lesson else tuple(programme.courses.values())
        named = ", ".join(f'"{course.id}"' for course in courses)
        numbers = [_of_course(programme, course) for course in courses]
        for count in counts:
            yield from _untrue([count], numbers, passage.at(count.start, count.said), f"khóa {named}")


def _of_all(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Yields what the welcome and pages by hand state falsely about the number of courses."""
    numbers = [{"courses": len(programme.courses)}]
    for passage in passages:
        if passage.path == ("welcome",) or passage.kind == "HandPage":
            for count in stated_totals(passage.text):
                place = passage.at(count.start, count.said)
                yield from _untrue([count], numbers, place, "chương trình")


def _untrue(
    counts: Iterable[Count], numbers: Sequence[Numbers], place: Place, whole: str
) -> Iterator[Problem]:
    """Yields each count that equals none of the true numbers; the first of these is given as the true one."""
    for count in counts:
        known = [totals[count.kind] for totals in numbers if count.kind in totals]
        if known and known[0] and count.number not in known:
            true_numbers = " hoặc ".join(dict.fromkeys(number_in_words(number) for number in known))
            right = str(known[0]) if count.said[0].isdigit() else number_in_words(known[0])
            right = right.capitalize() if count.said[0].isupper() else right
            values = {"said": count.said, "whole": whole, "there": f"{true_numbers} {count.noun}"}
            yield Problem(
                code="wrong-total",
                place=place if place.phrase else _at(place, count.said),
                values=values | {"right": f"{right} {count.noun}"},
                about="campaign" if count.kind in MATERIAL_KINDS else "lesson",
            )


def _at(place: Place, phrase: str) -> Place:
    return Place(file=place.file, path=place.path, phrase=phrase)
