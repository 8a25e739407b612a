"""Checks for personal data in public text: names with an age, accounts, telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from ..model.pointer import MANY, POINTER
from ..model.programme import Programme
from ..problems import Problem
from ..vietnamese import lowered
from .passages import QUOTING, SOURCES, Passage, words_alone
from .typed_numbers import TypedNumber, digits_of, numbers_to_call, telephones_in

_YEAR = r"(?:19[3-9][0-9]|20[01][0-9]|202[0-2])"
_DAY = rf"[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-]{_YEAR}"
_SAID = r"(?:sinh|năm sinh|ngày sinh|sn|ns)\s{0,3}(?:ngày|năm|tháng)?\s{0,3}:?\s{0,3}"
#: Said after a name: “sinh năm 1990”, “SN 85”, “34 tuổi”.
BORN = re.compile(
    rf"(?<!\w)(?:{_SAID}(?:{_DAY}|{_YEAR}|(?<=[ n:])[0-9]{{2}}(?![0-9/]))|[1-9][0-9]?\s{{0,3}}tuổi)(?!\w)",
    re.IGNORECASE,
)
#: A bare year or day in a table's next cell, or behind a punctuation mark, where a late year is a book's.
#: Two years are those of a life that has ended.
_OVER = r"(?![\w/])(?!\s*[–-]\s*(?:19|20)[0-9]{2})"
ROW = re.compile(rf"(?<=[|\t])[ ]{{0,9}}(?:{_DAY}|{_YEAR}){_OVER}")
BARE = re.compile(rf"(?<=[\s(,;:–-])(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-])?(?:19[3-9]|200)[0-9]{_OVER}")
#: That somebody has died is said right behind the year.
DEAD = re.compile(r"[\s,;(–-]{0,4}(?:(?:và|rồi|đã)\s){0,2}(?:mất|hy sinh|hi sinh|qua đời|từ trần)(?!\w)")
DIGIT = re.compile(r"[0-9]")
#: All matches of `BORN` contain one of these words; bare years contain digits.
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
#: Family names, also of the peoples of the north-west.
FAMILIES = frozenset(_FAMILIES.split())
#: Words before the name of a place, a street or a school.
OF_PLACE = frozenset(_OF_PLACE.split())
PLACES = frozenset({"hoàng su phì", "hoàng liên sơn"})
#: Peoples whose names begin like family names, and the one person after whom much is named.
NOBODY = frozenset({"hà nhì", "la chí", "la ha", "la hủ", "lô lô", "chu ru", "tà ôi", "hồ chí minh"})


def named_persons(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yields (start, end) of every name with a birth year or an age; `known` are names of places."""
    if not DIGIT.search(text):
        return
    reached = 0
    all_cues = (cue for pattern in _patterns(text) for cue in pattern.finditer(text))
    cues = sorted(all_cues, key=lambda cue: (cue.start(), -cue.end()))
    for cue in cues:
        if cue.start() >= reached and not DEAD.match(text, cue.end()):
            name = _name_before(text, cue.start())
            person = _person(text, name, known, is_sure=cue.re is BORN)
            if person is not None:
                reached = cue.end()
                yield person, cue.end()


def _patterns(text: str) -> Iterator[re.Pattern[str]]:
    """Yields the patterns that may match in the text."""
    lower = lowered(text)
    if any(word in lower for word in SAID):
        yield BORN
    if CENTURY.search(text):
        yield from (ROW, BARE) if "|" in text or "\t" in text else (BARE,)


def _name_before(text: str, end: int) -> list[re.Match[str]]:
    """Returns the capitalised words of one line right before `end`; the last may be an initial, “M.”."""
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
    """Returns where a person's name begins, or None: at a family name, or behind a title.

    A bare year needs a longer name than a stated birth or age (`is_sure`).
    """
    before = WORD.findall(text[max(name[0].start() - 20, 0) : name[0].start()])[-1:] if name else []
    before = [word for word in before if not word.endswith(".")]
    words = [lowered(word).strip(".") for word in (*before, *(match[0] for match in name))]
    own = len(before)
    titled = _titled(words, own)
    family = next((at for at in range(own, len(words)) if words[at] in FAMILIES), len(words))
    start, least = (titled, 2) if titled else (family, 2 if is_sure else 3)
    if not least <= len(words) - start <= MOST_WORDS or (start and words[start - 1] in OF_PLACE):
        return None
    full_name = " ".join(words[start:])
    is_place = full_name in NOBODY or (
        not (is_sure and titled) and (full_name in PLACES or full_name in known)
    )
    return None if is_place else name[start - own].start()


def _titled(words: list[str], own: int) -> int:
    """Returns the index at which the name begins behind its titles; 0 where there are no titles."""
    at = 0 if words[:own] and words[0] in TITLES else own
    first = at
    while at < len(words) - 1 and words[at] in TITLES:
        at += 1
    return at if at > first else 0


_DIGITS = r"[0-9](?:[ .-]?[0-9]){7,18}(?!\w)"
_BANKS = "vietcombank|agribank|vietinbank|bidv|mb ?bank|techcombank|sacombank|momo"
#: Papers and accounts, by the word before the number or the bank behind it.
PRIVATE = re.compile(
    r"(?<!\w)(?:cccd|cmnd|cmt|căn cước|chứng minh|định danh|hộ chiếu|bhxh|bhyt|bảo hiểm|stk|tài khoản"
    rf"|tk|ngân hàng|{_BANKS})(?!\w)"
    rf"[^\d\n]{{0,40}}?(?P<number>(?<!\w)(?:[A-Z][0-9]{{7,8}}(?!\w)|{_DIGITS}))",
    re.IGNORECASE,
)
ACCOUNT = re.compile(
    rf"(?<![\w.,/-])(?P<number>{_DIGITS})[^\d\n]{{0,25}}(?<!\w)(?:{_BANKS})(?!\w)", re.IGNORECASE
)
#: Twelve digits as on an identity card: province, century and year.
IDENTITY = re.compile(r"(?<![\w.,/-])0[0-9]{2}[ .]?[0-3][0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{3}(?!\w)")
#: Every number of a paper or an account contains these digits, and every page address one of these ends.
MANY_DIGITS = re.compile(r"[0-9](?:[ .-]?[0-9]){6}")
SITE = re.compile(r"\.(?:com|me)", re.IGNORECASE)
CUE = re.compile(rf"[0-9@]|{SITE.pattern}", re.IGNORECASE)
#: What is no number of a paper: money, days, and spans of years.
COMMON = re.compile(
    r"[0-9]{1,3}(?:[. ][0-9]{3})+\Z|[0-9]{1,2}([.-])[0-9]{1,2}\1(?:19|20)[0-9]{2}(?![0-9])"
    r"|(?:19|20)[0-9]{2}-(?:19|20)[0-9]{2}(?![0-9])"
)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
PROFILE = re.compile(
    r"(?<![\w-])(?:https?://)?(?:[a-z]{1,8}\.)?(?:facebook\.com|fb\.(?:com|me)|m\.me|messenger\.com|zalo\.me|t\.me"
    r"|instagram\.com|tiktok\.com/@)/?[\w.@?=&%/-]{2,200}",
    re.IGNORECASE,
)
#: The kind of document in which channels of offices belong.
CHANNELS = "Contacts"

Hits = tuple[tuple[str, int, str], ...]
Search = Callable[[str, bool], Hits]


def check_personal_data(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    search = _search(_names_of_places(programme))
    for passage in passages:
        for code, start, phrase in search(passage.text, passage.is_markdown):
            if not _is_in_place(passage, code):
                values = {"found": " ".join(phrase.split())}
                yield Problem(code=code, place=passage.at(start, phrase), values=values)


def _is_in_place(passage: Passage, code: str) -> bool:
    """Tells whether the data may stand there: an office's channel among the contacts, or an author's name."""
    if code == "named-person":
        return not SOURCES.isdisjoint(passage.path)
    return passage.kind == CHANNELS and code in ("mail-address", "social-page")


@lru_cache(maxsize=8)
def _search(known: frozenset[str]) -> Search:
    """Returns a search for (code, offset, phrase) that is cached by the text alone."""

    @lru_cache(maxsize=MANY)
    def search(text: str, is_markdown: bool) -> Hits:
        if not CUE.search(text):
            return ()
        plain = words_alone(text, ("[", POINTER), is_markdown=is_markdown)
        return tuple((*_named(text, plain, known), *_private(plain)))

    return search


def _named(text: str, plain: str, known: frozenset[str]) -> Iterator[tuple[str, int, str]]:
    for start, end in named_persons(plain, known):
        yield "named-person", start, text[start:end]


def _names_of_places(programme: Programme) -> frozenset[str]:
    """Returns the names of communes, with and without their kinds, and of agencies, in lower case."""
    communes = [commune.name for commune in programme.units.communes.values()]
    agencies = [agency.name for agency in programme.units.agencies.values()]
    bare = [name.split(" ", 1)[-1] for name in communes]
    return frozenset(map(lowered, (*communes, *bare, *agencies)))


def _private(text: str) -> Iterator[tuple[str, int, str]]:
    """Yields numbers, mail addresses and pages that belong to one person."""
    if MANY_DIGITS.search(text):
        yield from _numbers(text)
    if "@" in text:
        yield from _once(_mails(text), text)
    if SITE.search(text):
        yield from _once(_pages(text), text)


def _numbers(text: str) -> Iterator[tuple[str, int, str]]:
    seen: set[int] = set()
    for number in (*PRIVATE.finditer(text), *ACCOUNT.finditer(text)):
        if number.start("number") not in seen and not COMMON.match(number["number"]):
            seen.add(number.start("number"))
            yield "private-number", number.start("number"), number["number"]
    for number in IDENTITY.finditer(text):
        if number.start() not in seen:
            yield "private-number", number.start(), number[0]


def _mails(text: str) -> Iterator[tuple[str, int, str]]:
    for mail in MAIL.finditer(text):
        yield "mail-address", mail.start(), mail[0]


def _pages(text: str) -> Iterator[tuple[str, int, str]]:
    for page in PROFILE.finditer(text):
        yield "social-page", page.start(), page[0].rstrip(".")


def _once(hits: Iterator[tuple[str, int, str]], text: str) -> Iterator[tuple[str, int, str]]:
    """Yields each hit, without a link's target that repeats the link's words."""
    last = ""
    for code, start, phrase in hits:
        is_target = text.endswith(("](mailto:", "]("), 0, start)
        if not (is_target and phrase == last):
            yield code, start, phrase
        last = phrase


#: Emergency numbers everybody calls, whether the programme has a contact for them or not.
EMERGENCY = frozenset({"111", "112", "113", "114", "115"})
LONGEST_SHORT = 5
#: The fields of a contact in which its number belongs.
OWN = frozenset({"number", "display"})


def check_telephones(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    known = {
        digits_of(contact.number): id for id, contact in programme.contacts.contacts.items() if contact.number
    }
    short = EMERGENCY | {number for number in known if len(number) <= LONGEST_SHORT}
    for passage in passages:
        if passage.kind == "Contacts" and passage.path[-1] in OWN:
            continue
        for number in telephones_in(passage.text, passage.is_markdown):
            yield from _number(programme, passage, number, known.get(number.digits, ""))
        if passage.kind not in QUOTING:
            for number in numbers_to_call(passage.text, short, passage.is_markdown):
                yield from _number(programme, passage, number, known.get(number.digits, ""))


def _number(programme: Programme, passage: Passage, number: TypedNumber, id: str) -> Iterator[Problem]:
    """Yields a number that should be a pointer or, where no pointer can stand, that is no known contact's."""
    place = passage.at(number.start, number.written)
    contact = programme.contacts.contacts.get(id)
    if contact and not contact.publish:
        yield Problem(code="contact-not-publishable", place=place, values={"id": id})
    elif contact is None or passage.takes_pointer(number.start):
        yield Problem(code="typed-number", place=place, values={"number": number.written}, suggestion=id)
