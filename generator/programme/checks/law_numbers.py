"""Documents of law as people write them: by number, by number and year, by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ..model.reference import Reference
from ..vietnamese import folded, lowered, slug

#: Blanks between words and none between lines; bounded, so that a long row of them costs little.
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
#: What every number in full has behind its last sign.
LETTER_BEHIND = re.compile(rf"/{ANY}[nqtpcv]", re.IGNORECASE)
#: The last word of a kind with a number soon behind it.
KIND_NUMBERED = re.compile(
    rf"(?:{'|'.join(sorted({kind.split()[-1] for kind in KINDS}))})[^0-9\n]{{0,90}}[0-9]"
)
SHORT = re.compile(
    rf"(?<!\w)(?P<kind>{_KINDED})(?P<so>số{ANY}:?{ANY})?(?P<number>[0-9]{{1,5}})"
    rf"(?:{ANY}(?:/|{DASH}){ANY}(?P<year>[0-9]{{4}})|{GAP}năm{GAP}(?P<of>[0-9]{{4}}))?(?![\w/]|[.,][0-9])",
    re.IGNORECASE,
)
#: After a number without a year: “nghị định 15 chương” counts.
COUNTED = re.compile(rf"{GAP}(?:chương|điều|khoản|mục|năm|trang|bản|ngày|triệu|văn bản)\b", re.IGNORECASE)
UNKNOWN = re.compile(rf"(?<!\w)(?:bộ{GAP})?luật(?P<name>(?:{GAP}[^\W\d_]+){{1,2}})", re.IGNORECASE)
#: What is in every name of a law, in full or in initials.
NAMING = ("luật", "lệnh", "bl")
OF_YEAR = rf"(?:{GAP}(?:năm{GAP})?\(?(?P<year>(?:19|20)[0-9]{{2}})\)?)?"


@dataclass(frozen=True, kw_only=True)
class TypedDocument:
    """`kind` is `nd`, `qd` …, or "" where only a name was typed; `is_full` says that all of a number was."""

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

    def numbered(self, found: TypedDocument) -> list[str]:
        """The ids of the documents that a number may mean."""
        return [
            id
            for id, kind, number, year, issuer in self.numbers
            if (kind, number) == (found.kind, found.number)
            and found.year in ("", year)
            and (not found.is_full or found.issuer == issuer)
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
    """The kind, number, year and issuer of a number that is written in full."""
    kind, _, issuer = re.sub(rf"\s*{DASH}\s*", "-", folded(written["type"])).partition("-")
    kind = "qh" if kind.startswith("qh") else kind
    return kind, str(int(written["number"])), written["year"] or "", issuer or _session(written["type"])


def _session(written: str) -> str:
    """The session of the assembly: it numbers its laws as an issuer does."""
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
    """The name in lower case, without the commas that people leave out."""
    return " ".join(lowered(name).replace(",", " ").split())


def documents_in(text: str, known: LawNames) -> list[TypedDocument]:
    """Every document that the text names, in order; of two that overlap the first and longest."""
    found, lower = list(_full(text)), lowered(text)
    if KIND_NUMBERED.search(lower):
        found += _short(text)
    if any(map(lower.__contains__, NAMING)):
        found += [*_named(lower, known), *_unknown(text)]
    kept: list[TypedDocument] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _full(text: str) -> Iterator[TypedDocument]:
    for found in FULL.finditer(text) if LETTER_BEHIND.search(text) else ():
        kind, number, year, issuer = _key(found)
        yield TypedDocument(
            start=found.start(),
            end=found.end(),
            kind=kind,
            number=number,
            year=year,
            issuer=issuer,
            is_full=True,
        )


def _short(text: str) -> Iterator[TypedDocument]:
    for found in SHORT.finditer(text):
        kind = _kind(found["kind"])
        year = found["year"] or found["of"] or ""
        is_number = kind == "nd" or found["so"]
        if year or (is_number and kind != "qh" and not COUNTED.match(text, found.end())):
            number = str(int(found["number"]))
            yield TypedDocument(start=found.start(), end=found.end(), kind=kind, number=number, year=year)


def _kind(written: str) -> str:
    words = " ".join(re.split(DASH, lowered(written))[0].split())
    return KINDS[words]


def _named(text: str, known: LawNames) -> Iterator[TypedDocument]:
    """Laws that the register has, in a text in lower case."""
    if pattern := _pattern(known):
        for found in pattern.finditer(text):
            name, year = _plain(found["name"]), found["year"] or ""
            yield TypedDocument(start=found.start(), end=found.end(), name=name, year=year)


@lru_cache(maxsize=8)
def _pattern(known: LawNames) -> re.Pattern[str] | None:
    names = sorted({name for name, _ in known.names}, key=len, reverse=True)
    spaced = "|".join(rf",?{GAP}".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?<!\w)(?P<name>{spaced})(?!\w){OF_YEAR}") if names else None


def _unknown(text: str) -> Iterator[TypedDocument]:
    """Laws by a name that the register lacks: only its first two words are sure to be of the name."""
    for found in UNKNOWN.finditer(text):
        if found["name"].strip()[0].isupper():
            name = " ".join(found[0].split())
            yield TypedDocument(start=found.start(), end=found.end(), name=lowered(name))


def meant(documents: Iterable[str], found: TypedDocument, law: dict[str, Reference], on: date) -> str:
    """The one document of several that is most likely meant: of the year that is named, in force, newest."""

    def likelihood(id: str) -> tuple[bool, bool, date]:
        reference = law[id]
        of_year = found.year != "" and found.year in reference.number
        return of_year, reference.was_in_force(on), reference.effective_from or date.min

    return max(documents, key=likelihood, default="")
