"""Data of a person in what everybody can read: nobody may be recognised in a lesson or a leaflet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from ..model.pointer import MANY, POINTER
from ..model.programme import Programme
from ..problems import Problem
from ..vietnamese import lowered
from .passages import SOURCES, Passage, in_words
from .persons import named_persons

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
#: Twelve digits as on an identity card: of a province, of a century, of a year.
IDENTITY = re.compile(r"(?<![\w.,/-])0[0-9]{2}[ .]?[0-3][0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{3}(?!\w)")
#: What every number of a paper or an account holds, and every address of a page.
MANY_DIGITS = re.compile(r"[0-9](?:[ .-]?[0-9]){6}")
SITE = re.compile(r"\.(?:com|me)", re.IGNORECASE)
CUE = re.compile(rf"[0-9@]|{SITE.pattern}", re.IGNORECASE)
#: What is no number of a paper: money, days, and years from one to another.
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
#: Where channels of offices have their place.
CHANNELS = "Contacts"

Found = tuple[tuple[str, int, str], ...]
Search = Callable[[str, bool], Found]


def check(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    search = _search(_names_of_places(programme))
    for passage in passages:
        for code, start, phrase in search(passage.text, passage.is_markdown):
            if not _is_in_place(passage, code):
                values = {"found": " ".join(phrase.split())}
                yield Problem(code=code, place=passage.at(start, phrase), values=values)


def _is_in_place(passage: Passage, code: str) -> bool:
    """A channel among the contacts, or the author of what was read."""
    if code == "named-person":
        return not SOURCES.isdisjoint(passage.path)
    return passage.kind == CHANNELS and code in ("mail-address", "social-page")


@lru_cache(maxsize=8)
def _search(known: frozenset[str]) -> Search:
    """Finds (code, offset, phrase), and remembers it by the text alone."""

    @lru_cache(maxsize=MANY)
    def found(text: str, is_markdown: bool) -> Found:
        if not CUE.search(text):
            return ()
        plain = in_words(text, ("[", POINTER), is_markdown=is_markdown)
        return tuple((*_named(text, plain, known), *_private(plain)))

    return found


def _named(text: str, plain: str, known: frozenset[str]) -> Iterator[tuple[str, int, str]]:
    for start, end in named_persons(plain, known):
        yield "named-person", start, text[start:end]


def _names_of_places(programme: Programme) -> frozenset[str]:
    """Names of communes, with and without their kinds, and of agencies, in lower case."""
    communes = [commune.name for commune in programme.units.communes.values()]
    agencies = [agency.name for agency in programme.units.agencies.values()]
    bare = [name.split(" ", 1)[-1] for name in communes]
    return frozenset(map(lowered, (*communes, *bare, *agencies)))


def _private(text: str) -> Iterator[tuple[str, int, str]]:
    """Numbers, addresses and pages that belong to one person."""
    if MANY_DIGITS.search(text):
        yield from _numbers(text)
    if "@" in text:
        yield from _once(_mails(text), text)
    if SITE.search(text):
        yield from _once(_pages(text), text)


def _numbers(text: str) -> Iterator[tuple[str, int, str]]:
    seen: set[int] = set()
    for one in (*PRIVATE.finditer(text), *ACCOUNT.finditer(text)):
        if one.start("number") not in seen and not COMMON.match(one["number"]):
            seen.add(one.start("number"))
            yield "private-number", one.start("number"), one["number"]
    for one in IDENTITY.finditer(text):
        if one.start() not in seen:
            yield "private-number", one.start(), one[0]


def _mails(text: str) -> Iterator[tuple[str, int, str]]:
    for one in MAIL.finditer(text):
        yield "mail-address", one.start(), one[0]


def _pages(text: str) -> Iterator[tuple[str, int, str]]:
    for one in PROFILE.finditer(text):
        yield "social-page", one.start(), one[0].rstrip(".")


def _once(found: Iterator[tuple[str, int, str]], text: str) -> Iterator[tuple[str, int, str]]:
    """The words of a link and its target are told once."""
    last = ""
    for code, start, phrase in found:
        is_target = text.endswith(("](mailto:", "]("), 0, start)
        if not (is_target and phrase == last):
            yield code, start, phrase
        last = phrase
