"""Law typed by hand: articles, clauses and points found in a text and compared with the register.

In Markdown a citation belongs in its place. Where no citation can stand, only what is wrong is found.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from ..model.pointer import BLANK_LINE, COMMENT, FORMER, MANY, MEANT, POINTER, UNCHECKED, Pointer, pointers_in
from ..model.programme import Programme
from ..model.registers import Reference, locator_words
from ..problems import Path, Problem
from ..vietnamese import lowered, written_day
from .passages import DIGITS, QUOTING, SOURCES, Passage, words_alone
from .typed_numbers import ANY, DASH, GAP, LawNames, TypedDocument, documents_in, law_names, meant_document
from .wording import QUOTED

RANKS = {"điểm": 0, "khoản": 1, "điều": 2}
LONGEST_RANGE = 6
#: Words behind a number that counts something, so that “Điều 32, 3 tháng” is one article.
_UNCOUNTED = (
    rf"(?!{GAP}(?:người|ngày|tháng|năm|tuổi|triệu|nghìn|đồng|vụ|lần|hộ|xã|phường|bản|phút|giờ|em|nơi"
    rf"|cơ{GAP}sở)\b)"
)
_VALUE = r"(?:[0-9]{1,3}[a-zđ]?(?:\.[0-9]{1,2}(?:\.[a-zđ])?)?|[a-zđ][0-9]?)(?!\w|[.,/%][0-9])"
_MORE = (
    rf"(?:(?:{ANY}[,;]{ANY}|{GAP}(?:và|hoặc|hay|đến|&){GAP}){_VALUE}{_UNCOUNTED}"
    rf"|{ANY}{DASH}{ANY}{_VALUE})"
)
PART = re.compile(
    rf"(?<!\w)(?:(?P<unit>điều(?={GAP}[0-9])|khoản|điểm){GAP}|(?P<letter>đ|k)(?:\.{ANY}|(?=[0-9])))"
    rf"(?P<values>{_VALUE}{_UNCOUNTED}{_MORE}{{0,20}})",
    re.IGNORECASE,
)
#: Every part whose unit is one letter contains this.
LETTERED = re.compile(r"(?<!\w)[đk][.0-9]")
VALUE = re.compile(rf"(?P<dash>(?:{DASH}|đến){ANY})?(?P<value>(?<!\w){_VALUE})", re.IGNORECASE)
#: Between two parts of one place, from a part to its document, and from a document to its part.
BETWEEN = re.compile(rf"{ANY}[,;]?{ANY}(?:(?:của|thuộc|tại|và){GAP})?(?:các{GAP})?", re.IGNORECASE)
OF = re.compile(
    rf"{ANY}[,(/:–-]?{ANY}(?:(?:của|thuộc|tại|theo|trong|ở|nêu{GAP}tại){GAP})?(?:các{GAP})?", re.IGNORECASE
)
AT = re.compile(
    rf"(?:{ANY},?{ANY}ngày{GAP}[0-9/.-]{{6,10}})?"
    rf"(?:{GAP}của{GAP}(?:chính{GAP}phủ|quốc{GAP}hội|bộ[\w ]{{0,40}}))?"
    rf"{ANY}[,:(;–-]?{ANY}(?:(?:quy{GAP}định|nêu|ghi)?{ANY}(?:tại|ở|trong){GAP}|có{GAP}|so{GAP}|theo{GAP})?"
    rf"(?:các{GAP})?",
    re.IGNORECASE,
)
#: From the first words of a law's name, which may be longer, to its part.
REST_OF_NAME = re.compile(r"[\w ,/]{0,60}[(,]\s{0,4}(?:tại )?", re.IGNORECASE)
NUMBER_OF_NAME = re.compile(rf"{ANY}[,(]?{ANY}", re.IGNORECASE)
TARGET = re.compile(r"\]\([^)\n]{0,500}\)|https?://\S+")
#: What a text quotes, cites or comments, each pattern with a character that all its matches contain.
LEFT_OUT = (
    ("“", QUOTED),
    ("[", POINTER),
    ("[", MEANT),
    ("(@", MEANT),
    ("](", TARGET),
    ("http", TARGET),
    ("<!--", COMMENT),
)


@dataclass(frozen=True, kw_only=True)
class TypedParts:
    """Parts of a law as typed: `locators` are written as citations write them, `34.2.b`."""

    start: int
    end: int
    locators: tuple[str, ...]
    is_short: bool = False


@dataclass(frozen=True, kw_only=True)
class TypedLaw:
    """Law as it is typed at one spot; `document` is None where only an article is named."""

    start: int
    end: int
    document: TypedDocument | None
    locators: tuple[str, ...] = ()


LawReader = Callable[[str, bool], tuple[TypedLaw, ...]]


@lru_cache(maxsize=8)
def law_reader(known: LawNames) -> LawReader:
    """Returns a reader of the mentions of law in a text, leaving out what is quoted, cited or code.

    The reader caches by the text alone, since hashing all names is slow.
    """

    @lru_cache(maxsize=MANY)
    def typed_laws(text: str, is_markdown: bool) -> tuple[TypedLaw, ...]:
        if DIGITS.isdisjoint(text):
            return ()
        plain = words_alone(text, *LEFT_OUT, is_markdown=is_markdown)
        return tuple(_joined(plain, [*_documents(plain, known), *_parts(plain)]))

    return typed_laws


def _documents(text: str, known: LawNames) -> Iterator[TypedDocument]:
    """Yields the documents of a text, a name and the number behind it as one."""
    waiting: TypedDocument | None = None
    for document in documents_in(text, known):
        if waiting and _is_numbered(text, waiting, document):
            document = replace(document, start=waiting.start)
        elif waiting:
            yield waiting
        waiting = document
    if waiting:
        yield waiting


def _is_numbered(text: str, named: TypedDocument, numbered: TypedDocument) -> bool:
    is_pair = bool(named.name) and numbered.is_full
    return is_pair and NUMBER_OF_NAME.fullmatch(text, named.end, numbered.start) is not None


def _parts(text: str) -> Iterator[TypedParts]:
    """Yields runs of parts that name one place or several, such as “điểm b khoản 3, Điều 8”."""
    run: list[re.Match[str]] = []
    for part in PART.finditer(text) if _may_have_parts(text) else ():
        if run and not BETWEEN.fullmatch(text, run[-1].end(), part.start()):
            yield from _run(text, run)
            run = []
        run.append(part)
    if run:
        yield from _run(text, run)


def _may_have_parts(text: str) -> bool:
    lower = lowered(text)
    return any(map(lower.__contains__, RANKS)) or LETTERED.search(lower) is not None


def _run(text: str, run: list[re.Match[str]]) -> Iterator[TypedParts]:
    if locators := tuple(dict.fromkeys(_locators(text, run))):
        is_short = any(part["letter"] for part in run)
        yield TypedParts(start=run[0].start(), end=run[-1].end(), locators=locators, is_short=is_short)


def _unit(part: re.Match[str]) -> str:
    return lowered(part["unit"]) if part["unit"] else {"đ": "điều", "k": "khoản"}[part["letter"].lower()]


def _locators(text: str, run: list[re.Match[str]]) -> Iterator[str]:
    """Yields each article with its clauses and points, which stand before or after it."""
    articles: list[str] = []
    smaller: dict[str, list[str]] = {}
    for index, part in enumerate(run):
        unit, values = _unit(part), _values(part["values"])
        if unit == "điều":
            if articles:
                yield from _places(articles, smaller)
                smaller = {}
            articles = values
        elif articles and _leads_up(text, run, index):
            yield from _places(articles, smaller)
            articles, smaller = [], {unit: values}
        else:
            smaller.setdefault(unit, []).extend(values)
    if articles:
        yield from _places(articles, smaller)


def _leads_up(text: str, run: list[re.Match[str]], index: int) -> bool:
    """Tells whether the parts from `index` on rise to an article, with no comma between."""
    for at in range(index, len(run) - 1):
        part, following = run[at], run[at + 1]
        if RANKS[_unit(following)] <= RANKS[_unit(part)] or "," in text[part.end() : following.start()]:
            return False
        if _unit(following) == "điều":
            return True
    return False


def _places(articles: list[str], smaller: dict[str, list[str]]) -> Iterator[str]:
    if len(articles) > 1 or "khoản" not in smaller:
        yield from articles
        return
    points = smaller.get("điểm", []) if len(smaller["khoản"]) == 1 else []
    for article, clause, point in product(articles, smaller["khoản"], points or [""]):
        yield ".".join(filter(None, (article, clause, point)))


def _values(written: str) -> list[str]:
    """Returns the values of a list such as `33, 34 và 35`; `32–35` adds those between, if few."""
    values: list[str] = []
    for match in VALUE.finditer(written):
        value = lowered(match["value"])
        if match["dash"] and values and value.isdigit() and values[-1].isdigit():
            between = range(int(values[-1]) + 1, int(value))
            values += map(str, between if len(between) < LONGEST_RANGE else ())
        values.append(value)
    return values


def _joined(text: str, mentions: list[TypedDocument | TypedParts]) -> Iterator[TypedLaw]:
    """Yields each document with the parts that stand before or behind it, and articles that stand alone."""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    index = 0
    while index < len(ordered):
        mention, following = ordered[index], ordered[index + 1] if index + 1 < len(ordered) else None
        if (
            isinstance(mention, TypedParts)
            and isinstance(following, TypedDocument)
            and _belong(text, mention, following)
        ):
            yield TypedLaw(
                start=mention.start, end=following.end, document=following, locators=mention.locators
            )
            index += 1
        elif (
            isinstance(mention, TypedDocument)
            and isinstance(following, TypedParts)
            and _follows(text, mention, following)
        ):
            end = following.end + _is_closed_behind(text, mention.end, following.end)
            yield TypedLaw(start=mention.start, end=end, document=mention, locators=following.locators)
            index += 1
        elif isinstance(mention, TypedDocument):
            yield TypedLaw(start=mention.start, end=mention.end, document=mention)
        elif not mention.is_short:
            yield TypedLaw(start=mention.start, end=mention.end, document=None, locators=mention.locators)
        index += 1


def _belong(text: str, parts: TypedParts, document: TypedDocument) -> bool:
    return OF.fullmatch(text, parts.end, document.start) is not None


def _follows(text: str, document: TypedDocument, parts: TypedParts) -> bool:
    ways = (AT, REST_OF_NAME) if document.name else (AT,)
    return any(way.fullmatch(text, document.end, parts.start) for way in ways)


def _is_closed_behind(text: str, start: int, end: int) -> bool:
    """Tells whether a bracket that opens between `start` and `end` is closed right behind `end`."""
    return "(" in text[start:end] and text[end : end + 1] == ")"


Group = tuple[str, Path]
#: Pairs of a document's id and an article.
Cited = frozenset[tuple[str, str]]
NOTHING: Cited = frozenset()


def check_typed_law(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    own = [
        passage for passage in passages if passage.kind not in QUOTING and SOURCES.isdisjoint(passage.path)
    ]
    law = dict(programme.register.documents)
    reading = _Reading(law=law, names=law_names(law.items()), cited=_by_question(own))
    typed_laws = law_reader(reading.names)
    for passage in own:
        laws = typed_laws(passage.text, passage.is_markdown)
        names_law = any(typed.document for typed in laws)
        for typed in laws:
            if typed.document is None:
                yield from () if names_law else reading.article(passage, typed)
            else:
                yield from reading.document(passage, typed, typed.document)


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """Holds the register, and what the parts of each question, which a reader sees at once, cite together."""

    law: dict[str, Reference]
    names: LawNames
    cited: Mapping[Group, Cited]

    def article(self, passage: Passage, typed: TypedLaw) -> Iterator[Problem]:
        """Yields a problem for an article where no citation around it tells its law."""
        around = self.cited.get(_group(passage), frozenset()) | _cited(passage.text)
        has_law = any(id in self.law and self.law[id].divided_by == "articles" for id, _ in around)
        if passage.is_markdown and not has_law:
            yield _problem("article-without-law", passage, typed, locator=typed.locators[0])

    def document(self, passage: Passage, typed: TypedLaw, document: TypedDocument) -> Iterator[Problem]:
        if not (document.number or typed.locators):
            return
        id = meant_document(self._ids(document), document, self.law, passage.on)
        can_cite = passage.takes_pointer(typed.start)
        if id:
            yield from self._known(passage, typed, id, can_cite)
        elif document.year or document.is_full or document.kind in ("", "nd"):
            cited = _citations(document.likely_id, typed.locators) if can_cite else ""
            yield _problem("typed-law-unknown", passage, typed, cited)

    def _ids(self, document: TypedDocument) -> list[str]:
        return self.names.numbered(document) if document.number else self.names.named(document.name)

    def _known(self, passage: Passage, typed: TypedLaw, id: str, can_cite: bool) -> Iterator[Problem]:
        reference, cited = self.law[id], _citations(id, typed.locators)
        missing = [locator for locator in typed.locators if not _has(reference, locator)]
        in_force = _was_in_force(reference, typed.locators, passage)
        former = cited.replace("]", f"|{FORMER}]")
        if not all(map(reference.may_be_law, typed.locators or ("",))):
            cited = cited.replace("]", f"|{UNCHECKED}]")
        if missing:
            values = {"part": locator_words(reference, missing[0]), "number": reference.number}
            yield _problem("typed-law-part", passage, typed, cited if can_cite else "", **values)
        elif self._is_cited_beside(passage, typed, id):
            return
        elif passage.is_answer:
            yield _problem("law-in-answer", passage, typed, citation=cited if in_force else former)
        elif not in_force:
            day = written_day(passage.on)
            yield _problem("typed-law-ended", passage, typed, former if can_cite else "", day=day)
        elif can_cite:
            yield _problem("typed-law", passage, typed, citation=cited)

    def _is_cited_beside(self, passage: Passage, typed: TypedLaw, id: str) -> bool:
        """Tells whether a citation is so near that the typed words only introduce it."""
        in_question = self.cited.get(_group(passage), frozenset())
        if passage.is_answer:
            articles = {article for cited, article in in_question if cited == id}
            return bool(articles) and {locator.partition(".")[0] for locator in typed.locators} <= articles
        is_name = not typed.locators and typed.document is not None and not typed.document.is_full
        near = in_question | _cited_in_paragraph(passage.text, typed.start)
        return is_name and any(cited == id for cited, _ in near)


def _problem(code: str, passage: Passage, typed: TypedLaw, suggestion: str = "", **values: str) -> Problem:
    phrase = passage.text[typed.start : typed.end]
    place, words = passage.at(typed.start, phrase), " ".join(phrase.replace("*", "").split())
    return Problem(code=code, place=place, values={"found": words, **values}, suggestion=suggestion)


def _citations(id: str, locators: tuple[str, ...]) -> str:
    return " ".join(f"[@{id}:{locator}]" for locator in locators) or f"[@{id}]"


def _has(reference: Reference, locator: str) -> bool:
    article, _, clause = locator.partition(".")
    return article in reference.articles and reference.articles[article].has_clause(clause)


def _was_in_force(reference: Reference, locators: tuple[str, ...], passage: Passage) -> bool:
    spans = (span for locator in locators or ("",) for span in reference.spans(locator))
    return all(span.was_in_force(passage.on) for span in spans)


def _group(passage: Passage) -> Group:
    """Returns the question that a text is a part of."""
    return passage.file, passage.path[:2] if passage.kind == "Bank" else ("",)


def _by_question(passages: Iterable[Passage]) -> Mapping[Group, Cited]:
    by_question: dict[Group, Cited] = {}
    for passage in passages:
        cited = _cited(passage.text) if passage.kind == "Bank" else NOTHING
        if cited:
            group = _group(passage)
            by_question[group] = by_question.get(group, NOTHING) | cited
    return by_question


def _place_cited(pointer: Pointer) -> tuple[str, str]:
    return pointer.id, pointer.locator.partition(".")[0]


@lru_cache(maxsize=MANY)
def _cited(text: str) -> Cited:
    if "[@" not in text:
        return NOTHING
    return frozenset(_place_cited(pointer) for pointer in pointers_in(text) if pointer.kind == "reference")


@lru_cache(maxsize=MANY)
def _paragraphs(text: str) -> tuple[tuple[int, ...], Mapping[int, Cited]]:
    """Returns where paragraphs begin, and what each of them cites."""
    starts = tuple(blank_line.end() for blank_line in BLANK_LINE.finditer(text))
    cited: dict[int, Cited] = {}
    for pointer in pointers_in(text):
        if pointer.kind == "reference":
            at = bisect(starts, pointer.start)
            cited[at] = cited.get(at, frozenset()) | {_place_cited(pointer)}
    return starts, cited


def _cited_in_paragraph(text: str, start: int) -> Cited:
    starts, cited = _paragraphs(text)
    return cited.get(bisect(starts, start), frozenset())
