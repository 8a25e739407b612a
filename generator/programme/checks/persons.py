"""People named with their age or day of birth: a name alone is a word, the two together are somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..vietnamese import lowered

_YEAR = r"(?:19[3-9][0-9]|20[01][0-9]|202[0-2])"
_DAY = rf"[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-]{_YEAR}"
_SAID = r"(?:sinh|năm sinh|ngày sinh|sn|ns)\s{0,3}(?:ngày|năm|tháng)?\s{0,3}:?\s{0,3}"
#: After a name: “sinh năm 1990”, “SN 85”, “34 tuổi”.
BORN = re.compile(
    rf"(?<!\w)(?:{_SAID}(?:{_DAY}|{_YEAR}|(?<=[ n:])[0-9]{{2}}(?![0-9/]))|[1-9][0-9]?\s{{0,3}}tuổi)(?!\w)",
    re.IGNORECASE,
)
#: A bare year or day: in the next cell of a table, or behind a sign, where a late year is that of a book.
#: Two years are a life that is over.
_OVER = r"(?![\w/])(?!\s*[–-]\s*(?:19|20)[0-9]{2})"
ROW = re.compile(rf"(?<=[|\t])[ ]{{0,9}}(?:{_DAY}|{_YEAR}){_OVER}")
BARE = re.compile(rf"(?<=[\s(,;:–-])(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-])?(?:19[3-9]|200)[0-9]{_OVER}")
#: A life that is over is told so right behind.
DEAD = re.compile(r"[\s,;(–-]{0,4}(?:(?:và|rồi|đã)\s){0,2}(?:mất|hy sinh|hi sinh|qua đời|từ trần)(?!\w)")
DIGIT = re.compile(r"[0-9]")
#: One of these is in all that `BORN` finds, and the digits in all that is bare.
SAID = ("sinh", "sn", "ns", "tuổi")
CENTURY = re.compile(r"19[3-9][0-9]|20[0-2][0-9]")
BETWEEN = " \t\n\u00a0,;:(|–-"
WORD = re.compile(r"[^\W\d_]+\.?")
BEHIND = 60
MOST_WORDS = 5
_TITLES = """
    anh ông bà bác bé bị bố bạn cáo can cháu chị chí chồng chú chủ cô con cụ dân em
    mẹ mế nhân tên thầy tượng viên vợ
"""
_FAMILIES = """
    bạc bàn bùi cà cáp cao cầm chang chảo cháng chẻo chu chừ cư cứ doãn dương đàm đào đặng điêu đinh
    đoàn đỗ giàng giáp hà hạng hảng hoàng hồ hờ hù hứa huỳnh kha kháng khoàng kiều la lâm lầu lê
    lèng lèo lìm lò lô lù lừu lường lương lưu ly lý lỳ má ma mạc mai mào mùa nghiêm ngô nguyễn ninh
    nông phạm phan phàn phí phùng pàn pờ quách quàng sầm sần sìn sừng sùng tạ tao tăng tẩn thái
    thàng thào thân thò tòng tô tống tráng trần triệu trịnh trương vàng vạng vi vì vừ võ vũ vù vương
"""
_OF_PLACE = "phố tỉnh xã phường huyện bản thôn đường trường quận khu đảo núi sông cầu chợ công ty tổ hội"
TITLES = frozenset(_TITLES.split())
#: Names of families, of the peoples of the north-west too.
FAMILIES = frozenset(_FAMILIES.split())
#: Before the name of a place, a street or a school.
OF_PLACE = frozenset(_OF_PLACE.split())
PLACES = frozenset({"hoàng su phì", "hoàng liên sơn"})
#: Peoples whose names begin as those of families do, and the one person after whom much is named.
NOBODY = frozenset({"hà nhì", "la chí", "la ha", "la hủ", "lô lô", "chu ru", "tà ôi", "hồ chí minh"})


def named_persons(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """(start, end) of every name with what tells when somebody was born; `known` are names of places."""
    if not DIGIT.search(text):
        return
    reached = 0
    found = (cue for pattern in _patterns(text) for cue in pattern.finditer(text))
    cues = sorted(found, key=lambda cue: (cue.start(), -cue.end()))
    for cue in cues:
        if cue.start() >= reached and not DEAD.match(text, cue.end()):
            name = _name_before(text, cue.start())
            person = _person(text, name, known, is_sure=cue.re is BORN)
            if person is not None:
                reached = cue.end()
                yield person, cue.end()


def _patterns(text: str) -> Iterator[re.Pattern[str]]:
    """Yields those that may find something."""
    lower = lowered(text)
    if any(word in lower for word in SAID):
        yield BORN
    if CENTURY.search(text):
        yield from (ROW, BARE) if "|" in text or "\t" in text else (BARE,)


def _name_before(text: str, end: int) -> list[re.Match[str]]:
    """The words with a capital that end right before, of one line; the last may be an initial, “M.”."""
    start = max(end - BEHIND, 0)
    stop = start + len(text[start:end].rstrip(BETWEEN))
    words = [word for word in WORD.finditer(text, start, stop) if word.start() > start or not start]
    name: list[re.Match[str]] = []
    for word in reversed(words):
        after = name[0].start() if name else stop
        gap = text[word.end() : after]
        if gap.strip(" \u00a0") or len(gap) > 3 or not word[0][0].isupper() or len(name) > MOST_WORDS:
            break
        name.insert(0, word)
    return name


def _person(text: str, name: list[re.Match[str]], known: frozenset[str], *, is_sure: bool) -> int | None:
    """Where the name of a person begins: with a family's, or behind a title; a bare year asks for more."""
    before = WORD.findall(text[max(name[0].start() - 20, 0) : name[0].start()])[-1:] if name else []
    before = [word for word in before if not word.endswith(".")]
    words = [lowered(word).strip(".") for word in (*before, *(one[0] for one in name))]
    own = len(before)
    titled = _titled(words, own)
    family = next((at for at in range(own, len(words)) if words[at] in FAMILIES), len(words))
    start, least = (titled, 2) if titled else (family, 2 if is_sure else 3)
    if not least <= len(words) - start <= MOST_WORDS or (start and words[start - 1] in OF_PLACE):
        return None
    said = " ".join(words[start:])
    is_place = said in NOBODY or (not (is_sure and titled) and (said in PLACES or said in known))
    return None if is_place else name[start - own].start()


def _titled(words: list[str], own: int) -> int:
    """Where the name begins behind its titles; 0 where there are none."""
    at = 0 if words[:own] and words[0] in TITLES else own
    first = at
    while at < len(words) - 1 and words[at] in TITLES:
        at += 1
    return at if at > first else 0
