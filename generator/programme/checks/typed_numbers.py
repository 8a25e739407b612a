"""Numbers as people type them: of legal documents and of telephones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ..model.pointer import COMMENT, MANY, POINTER
from ..model.registers import Reference
from ..vietnamese import folded, lowered, slug
from .passages import DIGITS, words_alone

#: Blanks between words, never a line end; bounded, so that a long row of blanks costs little.
GAP, ANY = r"[^\S\n]{1,16}", r"[^\S\n]{0,16}"
DASH = r"[-‐‑‒–—−]"
KINDS = {
    "nghị định": "nd",
    "nđ": "nd",
    "quyết định": "qd",
    "qđ": "qd",
    "thông tư liên tịch": "ttlt",
    "thông tư": "tt",
    "tt": "tt",
    "nghị quyết": "nq",
    "nq": "nq",
    "pháp lệnh": "pl",
    "chỉ thị": "ct",
    "văn bản hợp nhất": "vbhn",
    "bộ luật": "qh",
    "luật": "qh",
}
_KIND = "|".join(GAP.join(kind.split()) for kind in KINDS)
_TYPE = r"(?:nđ|nd|qđ|qd|ttlt|tt|nq|pl|ct|vbhn|qh[0-9]{1,2})"
_ISSUER = rf"[^\W\d_]{{2,12}}[0-9]{{0,2}}(?:{DASH}[^\W_]{{2,12}}){{0,2}}"
_KINDED = rf"(?:{_KIND})(?:{ANY}{DASH}{ANY}cp)?(?:{GAP}|(?<=đ))"
FULL = re.compile(
    rf"(?<![\w/.,])(?:{_KINDED})?(?:số{ANY}:?{ANY})?"
    rf"(?P<number>[0-9]{{1,5}}){ANY}/{ANY}(?:(?P<year>[0-9]{{4}}){ANY}/{ANY})?"
    rf"(?P<type>{_TYPE}(?:{ANY}{DASH}{ANY}{_ISSUER})?)(?!\w)",
    re.IGNORECASE,
)
#: The letter that every full number has behind its last stroke or hyphen.
LETTER_BEHIND = re.compile(rf"/{ANY}[nqtpcv]", re.IGNORECASE)
#: The last word of a kind of document with a number soon behind it.
KIND_NUMBERED = re.compile(
    rf"(?:{'|'.join(sorted({kind.split()[-1] for kind in KINDS}))})[^0-9\n]{{0,90}}[0-9]"
)
SHORT = re.compile(
    rf"(?<!\w)(?P<kind>{_KINDED})(?P<so>số{ANY}:?{ANY})?(?P<number>[0-9]{{1,5}})"
    rf"(?:{ANY}(?:/|{DASH}){ANY}(?P<year>[0-9]{{4}})|{GAP}năm{GAP}(?P<of>[0-9]{{4}}))?(?![\w/]|[.,][0-9])",
    re.IGNORECASE,
)
#: Behind a number without a year: “nghị định 15 chương” counts something.
COUNTED = re.compile(rf"{GAP}(?:chương|điều|khoản|mục|năm|trang|bản|ngày|triệu|văn bản)\b", re.IGNORECASE)
UNKNOWN = re.compile(rf"(?<!\w)(?:bộ{GAP})?luật(?P<name>(?:{GAP}[^\W\d_]+){{1,2}})", re.IGNORECASE)
#: Every name of a law contains one of these, in full or as initials.
NAMING = ("luật", "lệnh", "bl")
OF_YEAR = rf"(?:{GAP}(?:năm{GAP})?\(?(?P<year>(?:19|20)[0-9]{{2}})\)?)?"


@dataclass(frozen=True, kw_only=True)
class TypedDocument:
    """A document as typed: `kind` is `nd`, `qd` …, or "" where only a name was typed.

    `is_full` says that the number was typed whole.
    """

    start: int
    end: int
    kind: str = ""
    number: str = ""
    year: str = ""
    issuer: str = ""
    name: str = ""
    is_full: bool = False

    @property
    def likely_id(self) -> str:
        """The id that the register would give to a document that it lacks."""
        return slug(self.name) or "-".join(filter(None, (self.kind, self.number, self.year or self.issuer)))


@dataclass(frozen=True, kw_only=True)
class LawNames:
    """The names of the register's documents, and how each is numbered."""

    numbers: tuple[tuple[str, str, str, str, str], ...]
    names: tuple[tuple[str, str], ...]

    def numbered(self, typed: TypedDocument) -> list[str]:
        """Returns the ids of the documents that a number may mean."""
        return [
            id
            for id, kind, number, year, issuer in self.numbers
            if (kind, number) == (typed.kind, typed.number)
            and typed.year in ("", year)
            and (not typed.is_full or typed.issuer == issuer)
        ]

    def named(self, name: str) -> list[str]:
        return [id for known, id in self.names if known == name]


def law_names(documents: Iterable[tuple[str, Reference]]) -> LawNames:
    numbers, names = [], set()
    for id, reference in documents:
        if written := FULL.fullmatch(reference.number):
            numbers.append((id, *_key(written)))
        names |= {(name, id) for name in _names(reference)}
    return LawNames(numbers=tuple(numbers), names=tuple(sorted(names)))


def _key(written: re.Match[str]) -> tuple[str, str, str, str]:
    """Returns the kind, number, year and issuer of a number that is written in full."""
    kind, _, issuer = re.sub(rf"\s*{DASH}\s*", "-", folded(written["type"])).partition("-")
    kind = "qh" if kind.startswith("qh") else kind
    return kind, str(int(written["number"])), written["year"] or "", issuer or _session(written["type"])


def _session(written: str) -> str:
    """Returns the National Assembly's session, which stands in the issuer's place in its laws' numbers."""
    return written.lower() if written.lower().startswith("qh") else ""


def _names(reference: Reference) -> Iterator[str]:
    for written in (reference.short, reference.title):
        name = _plain(re.sub(r"\s*\([^()]*\)\s*$", "", written))
        kind = next((kind for kind in ("bộ luật", "luật", "pháp lệnh") if name.startswith(f"{kind} ")), "")
        if kind and "/" not in name.replace("hiv/aids", ""):
            yield name
            yield name.removeprefix("bộ ")
            yield f"{'bl' if kind == 'bộ luật' else f'{kind} '}{_initials(name.removeprefix(kind))}"
            yield from (f"{kind} {lowered(word)}" for word in re.findall(r"\b[A-Z]{3,}\b", written))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())


def _plain(name: str) -> str:
    """Returns the name in lower case, without the commas that people leave out."""
    return " ".join(lowered(name).replace(",", " ").split())


def documents_in(text: str, known: LawNames) -> list[TypedDocument]:
    """Returns every document that the text names, in order; of two that overlap, the first and longest."""
    documents, lower = list(_full(text)), lowered(text)
    if KIND_NUMBERED.search(lower):
        documents += _short_documents(text)
    if any(map(lower.__contains__, NAMING)):
        documents += [*_named(lower, known), *_unknown(text)]
    kept: list[TypedDocument] = []
    for document in sorted(documents, key=lambda document: (document.start, -document.end)):
        if not kept or document.start >= kept[-1].end:
            kept.append(document)
    return kept


def _full(text: str) -> Iterator[TypedDocument]:
    for match in FULL.finditer(text) if LETTER_BEHIND.search(text) else ():
        kind, number, year, issuer = _key(match)
        yield TypedDocument(
            start=match.start(),
            end=match.end(),
            kind=kind,
            number=number,
            year=year,
            issuer=issuer,
            is_full=True,
        )


def _short_documents(text: str) -> Iterator[TypedDocument]:
    for match in SHORT.finditer(text):
        kind = _kind(match["kind"])
        year = match["year"] or match["of"] or ""
        is_number = kind == "nd" or match["so"]
        if year or (is_number and kind != "qh" and not COUNTED.match(text, match.end())):
            number = str(int(match["number"]))
            yield TypedDocument(start=match.start(), end=match.end(), kind=kind, number=number, year=year)


def _kind(written: str) -> str:
    words = " ".join(re.split(DASH, lowered(written))[0].split())
    return KINDS[words]


def _named(text: str, known: LawNames) -> Iterator[TypedDocument]:
    """Yields laws that the register has, named in a text in lower case."""
    if pattern := _pattern(known):
        for match in pattern.finditer(text):
            name, year = _plain(match["name"]), match["year"] or ""
            yield TypedDocument(start=match.start(), end=match.end(), name=name, year=year)


@lru_cache(maxsize=8)
def _pattern(known: LawNames) -> re.Pattern[str] | None:
    names = sorted({name for name, _ in known.names}, key=len, reverse=True)
    spaced = "|".join(rf",?{GAP}".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<!\w)(?P<name>{spaced})(?!\w){OF_YEAR}") if names else None


def _unknown(text: str) -> Iterator[TypedDocument]:
    """Yields laws that the register lacks, with the first two words of their names, the only certain ones."""
    for match in UNKNOWN.finditer(text):
        if match["name"].strip()[0].isupper():
            name = " ".join(match[0].split())
            yield TypedDocument(start=match.start(), end=match.end(), name=lowered(name))


def meant_document(
    documents: Iterable[str], typed: TypedDocument, law: dict[str, Reference], on: date
) -> str:
    """Returns the likeliest id: of the year that is named, then in force, then newest; "" for none."""

    def likelihood(id: str) -> tuple[bool, bool, date]:
        reference = law[id]
        of_year = typed.year != "" and typed.year in reference.number
        return of_year, reference.was_in_force(on), reference.effective_from or date.min

    return max(documents, key=likelihood, default="")


#: Digits that may be a telephone number, in groups or one by one.
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
#: Units of a number that counts something, though “số” may stand before it.
NUMBERED = re.compile(
    r"(?<!\w)(?:điều|khoản|trang|mục|bài|câu|lớp|phòng|nhà|tổ|hình|bảng|biểu|mẫu|phiếu|quốc lộ|ql|tỉnh lộ"
    r"|đường|thôn|bản|khu|nhóm|năm|thứ|mã|đội|chương|tiết|tập|định|văn|tư|luật|hoạch|báo cáo|đề|phụ lục|lô"
    r"|thửa|tờ|hồ sơ|biên bản|dân|cột|hàng|dòng|tầng|xe|tuyến|quyết|đơn|giấy|thẻ|sổ|tổng|km)\s*(?:số)?[\s:]*$"
    r"|(?<!\w)(?:tầm|khoảng|gần|hơn|đủ|cả|được|có|đạt|chừng|những|tận|=|[0-9]\s*[-+−×])\s*$"
    r"|(?<!\w)(?:số(?!\s+(?:điện|máy|gọi|nóng|khẩn|cấp))|tổng)(?:\s+\w+){1,3}\s*:\s*$",
    re.IGNORECASE,
)
COUNTED_NUMBER = re.compile(
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
#: An unknown short number, where only a telephone number can follow.
NAMED_NUMBER = re.compile(
    rf"(?<!\w)(?:tổng đài|hotline|đường dây nóng|số điện thoại|gọi{GAP}(?:(?:đến|tới){GAP})?số|bấm số)"
    rf"{ANY}:?{ANY}(?P<number>(?!(?:19|20)[0-9]{{2}}(?![0-9]))[0-9]{{3,5}})(?!\w|[/–-]\w|[.,\s]{{1,2}}[0-9])",
    re.IGNORECASE,
)
#: All words that announce a number contain one of these.
NAMING_WORDS = ("số", "đài", "hotline", "nóng")
BEHIND = 60


@dataclass(frozen=True, kw_only=True)
class TypedNumber:
    """A telephone number: `digits` as dialled within the country; `written` as it stands in the text."""

    start: int
    written: str
    digits: str


def digits_of(number: str) -> str:
    """Returns the digits as dialled within the country: `0912…` for `+84 912…`."""
    digits = re.sub(r"\D", "", number).removeprefix("00")
    if digits.startswith(COUNTRY) and len(digits) in (11, 12, 13):
        digits = f"0{digits.removeprefix(COUNTRY).removeprefix('0')}"
    return digits


@lru_cache(maxsize=MANY)
def telephones_in(text: str, is_markdown: bool = True) -> tuple[TypedNumber, ...]:
    """Returns every telephone number of a text; a link whose words are its number counts once."""
    if not DIGIT_8.search(text):
        return ()
    return tuple(_once(text, _telephones(_said(text, is_markdown))))


def _telephones(text: str) -> Iterator[TypedNumber]:
    at = 0 if DIGIT_8_NEAR.search(text) else len(text)
    while candidate := CANDIDATE.search(text, at):
        at = candidate.end()
        groups = list(GROUP.finditer(text, candidate.start(), candidate.end()))
        for last in range(len(groups), 0, -1):
            written = text[candidate.start() : groups[last - 1].end()]
            if _is_telephone(written):
                at = candidate.start() + len(written)
                yield TypedNumber(start=candidate.start(), written=written, digits=digits_of(written))
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


def _once(text: str, numbers: Iterator[TypedNumber]) -> Iterator[TypedNumber]:
    last = ""
    for number in numbers:
        is_target = text.endswith("](tel:", 0, number.start)
        if not (is_target and number.digits == last):
            yield number
        last = number.digits


@lru_cache(maxsize=MANY)
def numbers_to_call(text: str, known: frozenset[str], is_markdown: bool = True) -> tuple[TypedNumber, ...]:
    """Returns the short numbers that a text tells people to call, without those that count something."""
    if DIGITS.isdisjoint(text):
        return ()
    return tuple(_once(text, _called(_said(text, is_markdown), known)))


#: Long and short numbers of one text are looked for one after the other.
@lru_cache(maxsize=4)
def _said(text: str, is_markdown: bool) -> str:
    return words_alone(text, ("[", POINTER), ("/", ADDRESS), ("<!--", COMMENT), is_markdown=is_markdown)


def _called(text: str, known: frozenset[str]) -> Iterator[TypedNumber]:
    number = _short_numbers(known)
    is_there = any(digits in text for digits in known)
    for chain in _chain(known).finditer(text) if is_there else ():
        if _is_called(text, chain):
            for short in number.finditer(text, chain.start(), chain.end()):
                yield TypedNumber(start=short.start(), written=short[0], digits=short[0])
    may_tell = any(map(lowered(text).__contains__, NAMING_WORDS)) and DIGIT_3.search(text)
    for named in NAMED_NUMBER.finditer(text) if may_tell else ():
        unknown = named["number"]
        if unknown not in known and not COUNTED_NUMBER.match(text, named.end()):
            yield TypedNumber(start=named.start("number"), written=unknown, digits=unknown)


@lru_cache(maxsize=8)
def _short_numbers(known: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9])(?:{'|'.join(sorted(known))})(?![0-9])")


@lru_cache(maxsize=8)
def _chain(known: frozenset[str]) -> re.Pattern[str]:
    """Returns the pattern of one number, or of several with a word or a sign between: 111, 113 hoặc 115."""
    number = f"(?:{'|'.join(sorted(known))})"
    apart = rf"(?:{ANY}[,;/–-]{ANY}|{GAP})(?:(?:và|hoặc|hay|với|rồi){GAP})?(?:(?:gọi|số){GAP})?"
    return re.compile(
        rf"(?<![\w])(?<![0-9][.,/–-]){number}(?:{apart}{number}(?!\w))*(?!\w|[/–-]\w|[.,][0-9])",
        re.IGNORECASE,
    )


def _is_called(text: str, chain: re.Match[str]) -> bool:
    before = text[max(chain.start() - BEHIND, 0) : chain.start()]
    if COUNTED_NUMBER.match(text, chain.end()) or NUMBERED.search(before):
        return False
    is_alone = STARTED.search(before) and ALONE_AFTER.match(text, chain.end())
    has_several = len(GROUP.findall(chain[0])) > 1
    return bool(CALLED.search(before) or is_alone or has_several or WHOSE.match(text, chain.end()))
