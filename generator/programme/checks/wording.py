"""Checks of the words of a text: phrases to avoid, long sentences, written forms, leftovers and gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from ..markdown_repair import repair_markdown
from ..model.pointer import LINK_TARGET, MANY, POINTER, without_code
from ..model.programme import Programme
from ..model.registers import ChosenName, Terms
from ..problems import Problem
from ..vietnamese import find_misread, lowered, sentences, syllables, written_day
from .passages import QUOTING, SOURCES, Passage, all_passages

LONGEST_SENTENCE = 35
#: Tidying ends sentences and joins none, but may separate a few signs from words, which then count as words.
SURELY_SHORT = 31
QUOTED = re.compile(r"“[^“”\n]*”")
#: The end of a paragraph: a line may end between the words of a phrase, a paragraph may not.
PARAGRAPH_END = re.compile(r"(?<=\n)([^\S\n]*)\n")
#: A heading, and the title of a block, end where their line ends.
BLOCK_TITLE = re.compile(r"^[ \t]*(?:#{1,6}|(?:!!!|\?\?\?\+?)[ \t]+[\w-]+)[ \t]*(.*)$", re.MULTILINE)
TABLE_RULE = re.compile(r"^[-:| \t]+$", re.MULTILINE)
#: What an item begins with after tidying: Markdown's sign, or one that stays as it was typed.
ITEM_MARK = re.compile(r"^(?:[-+|]|\d+[.)])\s+(?:\(?(?:[a-zđ]|[ivx]+|[\d.]+)\\?[.)/-]*\s+(?=[^\W\d_]))?")
STAR = re.compile(r"^([ \t]*)\*(?=[ \t])", re.MULTILINE)
MARKS = re.compile(r"[*_`#>]")

Avoided = tuple[tuple[str, str, str], ...]
Search = Callable[[str], tuple[tuple[int, str, str, str], ...]]


def check_wording(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    avoided_in = avoided_phrases(programme)
    for passage in passages:
        if passage.kind not in QUOTING:
            yield from _phrases(passage, avoided_in)
            yield from _sentences(passage)


def avoided_phrases(programme: Programme) -> Search:
    """Returns the search for phrases to avoid in a text: the start of each, the phrase, what to use, why."""
    return _search(_avoided(programme.terms), _exempt(programme))


def _avoided(terms: Terms) -> Avoided:
    return tuple((phrase, name.use, name.reason) for name in _entries(terms) for phrase in name.avoid)


def _entries(terms: Terms) -> tuple[ChosenName, ...]:
    return (*terms.preferred.values(), *terms.names.values())


def _exempt(programme: Programme) -> tuple[str, ...]:
    """Yields longer phrases in which the words are innocent, and the names of laws."""
    excepted = {phrase for name in _entries(programme.terms) for phrase in name.exceptions}
    return tuple(sorted(excepted | {document.title for document in programme.register.documents.values()}))


def _phrases(passage: Passage, avoided_in: Search) -> Iterator[Problem]:
    for start, phrase, use, reason in avoided_in(passage.text):
        values = {"phrase": " ".join(phrase.split()), "use": use, "reason": reason}
        yield Problem(code="avoided-phrase", place=passage.at(start, phrase), values=values)


@lru_cache(maxsize=8)
def _search(avoided: Avoided, exempt: tuple[str, ...]) -> Search:
    """Returns a search for avoided phrases that is cached by the text alone, since hashing lists is slow."""
    pattern, uses = _pattern(avoided)
    innocent = [(phrase, lowered(phrase).split()) for phrase in exempt]

    @lru_cache(maxsize=MANY)
    def search(text: str) -> tuple[tuple[int, str, str, str], ...]:
        lower = PARAGRAPH_END.sub("\\1\0", lowered(text)) if "\n" in text else lowered(text)
        if not pattern.search(lower):
            return ()
        innocent_patterns = (
            _spaced(phrase) for phrase, words in innocent if all(word in lower for word in words)
        )
        for pattern_of in (QUOTED, *innocent_patterns):
            lower = pattern_of.sub(lambda match: "\0" * len(match[0]), lower)
        return tuple(
            (match.start(), text[match.start() : match.end()], *uses[" ".join(match[0].split())])
            for match in pattern.finditer(lower)
        )

    return search


def _pattern(avoided: Avoided) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    uses = {" ".join(lowered(phrase).split()): (use, reason) for phrase, use, reason in avoided}
    longest_first = sorted(uses, key=len, reverse=True)
    alternatives = "|".join(_as_written(phrase) for phrase in longest_first) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)"), uses


@lru_cache(maxsize=1_000)
def _spaced(phrase: str) -> re.Pattern[str]:
    return re.compile(_as_written(phrase))


def _as_written(phrase: str) -> str:
    """Returns a pattern for the phrase in lower case, with any space between its words."""
    return r"\s+".join(map(re.escape, lowered(phrase).split()))


def _sentences(passage: Passage) -> Iterator[Problem]:
    for sentence, count in _too_long(passage.text):
        words = sentence.split()
        opening = re.search(r"\s+".join(map(re.escape, words[:4])), passage.text)
        start = opening.start() if opening else max(passage.text.find(words[0]), 0)
        values = {"count": str(count), "most": str(LONGEST_SENTENCE), "start": " ".join(words[:6])}
        yield Problem(code="long-sentence", place=passage.at(start, words[0]), values=values)


@lru_cache(maxsize=MANY)
def _too_long(text: str) -> tuple[tuple[str, int], ...]:
    if len(text.split()) <= LONGEST_SENTENCE:
        return ()
    if all(len(sentence.split()) <= SURELY_SHORT for sentence in _said(text)):
        return ()
    long = (sentence for sentence in _said(repair_markdown(text)) if len(sentence.split()) > LONGEST_SENTENCE)
    counted = ((sentence, syllables(sentence)) for sentence in long)
    return tuple((sentence, count) for sentence, count in counted if count > LONGEST_SENTENCE)


def _said(text: str) -> Iterator[str]:
    """Yields the sentences that a reader reads, without marks and without the signs of items."""
    items = STAR.sub(r"\1-", without_code(text))
    plain = TABLE_RULE.sub("\n", BLOCK_TITLE.sub(r"\n\n\1\n\n", items))
    plain = MARKS.sub("", LINK_TARGET.sub("]", POINTER.sub("", plain)))
    yield from (ITEM_MARK.sub("", sentence) for sentence in sentences(plain))


#: A day in figures that is no part of a longer number or of an address.
DAY = re.compile(r"(?<![\w/.-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/-])")
#: A weekday is known by the part of the day before it or the day in figures after it: "lần thứ hai" is none,
#: nor are "chiều thứ hai của lớp" and "lần thứ hai 3/9".
WEEKDAY = re.compile(
    r"(?:(?<=sáng )|(?<=trưa )|(?<=chiều )|(?<=tối )|(?<=đêm ))thứ (hai|ba|tư|năm|sáu|bảy)\b"
    r"(?! (?:liên tiếp|kể từ|của (?!tuần|tháng))\b)"
    r"|(?<!lần )(?<!điểm )(?<!buổi )(?<!tháng )\bthứ (hai|ba|tư|năm|sáu|bảy)\b"
    r"(?=,? (?:ngày )?\d{1,2}/\d{1,2}\b)"
)
PERCENT = re.compile(r"\d+(?:,\d+)?[^\S\n]+%")


def check_written_forms(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        if passage.path and passage.path[-1] in SOURCES:
            continue
        text = without_code(passage.text) if passage.is_markdown else passage.text
        for start, typed, written in other_forms(text):
            values = {"typed": typed, "written": written}
            yield Problem(code="written-form", place=passage.at(start, typed), values=values)
        for day in DAY.finditer(text) if "/" in text else ():
            if not _written_date(day):
                place = passage.at(day.start(), day[0])
                yield Problem(code="no-such-day", place=place, values={"typed": day[0]})


def other_forms(text: str) -> Iterator[tuple[int, str, str]]:
    """Yields nonstandard written forms: where each begins, what is typed, and how it should be written."""
    if "/" in text:
        for match in DAY.finditer(text):
            written = _written_date(match)
            if written and written != match[0]:
                yield match.start(), match[0], written
    if "%" in text:
        for match in PERCENT.finditer(text):
            yield match.start(), match[0], re.sub(r"\s", "", match[0])
    if "hứ " in text:
        for match in WEEKDAY.finditer(lowered(text)):
            typed = text[match.start() : match.end()]
            written = f"{typed[:4]}{typed[4:].capitalize()}"
            if written != typed:
                yield match.start(), typed, written


def _written_date(day: re.Match[str]) -> str:
    """Returns the day as documents write it; "" where there is no such day."""
    try:
        return written_day(date(int(day[3]), int(day[2]), int(day[1])))
    except ValueError:
        return ""


LOST_PICTURE = re.compile("\ufffc")
LOST_LETTER = re.compile(r"\w{0,12}\ufffd[\w\ufffd]{0,12}")
WORD_FIELD = re.compile(
    r"Error! (?:Reference source|Bookmark|Hyperlink)[^.\n]{0,40}\.?"
    r"|Lỗi! (?:Không tìm thấy|Thẻ đánh dấu)[^.\n]{0,60}\.?"
)
STRUCK_OUT = re.compile(r"(?<![\w~\\])(?P<signs>~{1,2})(?=[^\s~])[^~\n]{0,80}[^\s~](?P=signs)(?![\w~])")
#: A dash with a digit right behind it, as a page number has.
DASH = re.compile(r"[-–—][ \t]?[0-9]")
PAGE_NUMBER = re.compile(
    r"(?<![^\n])[ \t]{0,40}(?P<found>[-–—][ \t]?[0-9]{1,3}[ \t]?[-–—])[ \t]*$", re.MULTILINE
)
FRONT_MATTER = re.compile(r"^---[ \t]*(?=\n(?:title|summary|minutes):)", re.MULTILINE)

FOOTNOTE = re.compile(r"\[\^[^\[\]\n]{1,20}\]")
#: Chat programs wrap a whole lesson in such lines; it would be shown, and checked, as code.
FENCED_TEXT = re.compile(r"^(?:`{3,}|~{3,})[ \t]*(?:markdown|md|plaintext|text|txt)[ \t]*$", re.M | re.I)


def check_leftovers(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for code, start, phrase in _leftovers(passage.text, passage.is_markdown):
            yield Problem(code=code, place=passage.at(start, phrase), values={"found": phrase})


@lru_cache(maxsize=MANY)
def _leftovers(text: str, is_markdown: bool) -> tuple[tuple[str, int, str], ...]:
    """Returns (code, offset, phrase) of what other programs left behind."""
    return tuple((*_left(text, is_markdown), *(_fences(text) if is_markdown else ())))


def _left(text: str, is_markdown: bool) -> Iterator[tuple[str, int, str]]:
    bare = without_code(text) if is_markdown else text
    for code, pattern in _patterns(bare, is_markdown):
        for match in pattern.finditer(bare):
            yield code, match.start("found" if "found" in pattern.groupindex else 0), match[0].strip()


def _fences(text: str) -> Iterator[tuple[str, int, str]]:
    for fence in FENCED_TEXT.finditer(text):
        yield "fenced-text", fence.start(), fence[0].strip()


def _patterns(text: str, is_markdown: bool) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yields the patterns whose first character the text contains."""
    if "\ufffc" in text:
        yield "lost-picture", LOST_PICTURE
    if "\ufffd" in text:
        yield "lost-letter", LOST_LETTER
    if "! " in text:
        yield "word-field", WORD_FIELD
    if not is_markdown:
        return
    if "~" in text:
        yield "struck-out", STRUCK_OUT
    if DASH.search(text):
        yield "page-number", PAGE_NUMBER
    if "---" in text:
        yield "front-matter-in-body", FRONT_MATTER
    if "[^" in text:
        yield "footnote-mark", FOOTNOTE


def check_letters(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Yields the first misread place of each paragraph: mending it mends the paragraph."""
    for passage in passages:
        for misread in find_misread(passage.text):
            code = "old-font" if misread.font else "wrong-encoding"
            place = passage.at(misread.start, misread.written)
            yield Problem(code=code, place=place, values={"reads": misread.reads, "font": misread.font})


#: A whole placeholder, or what is left where somebody wrote over a part of it. Behind á» it is a byte of
#: UTF-8 that was misread.
PLACEHOLDER = re.compile(r"(?<!á»)(?:‹(?P<what>[^‹›\n]*)›?|›)")


def check_placeholders(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for start, placeholder, what in _placeholders(passage.text, passage.is_markdown):
            place = passage.at(start, placeholder)
            yield Problem(code="text-to-write", place=place, values={"found": placeholder}, suggestion=what)


def unwritten_texts(programme: Programme) -> Iterator[Problem]:
    """Yields a problem for each file that holds a pattern's placeholders and so may not be published."""
    first: dict[str, Problem] = {}
    counts: dict[str, int] = {}
    for problem in check_placeholders(programme, all_passages(programme)):
        first.setdefault(problem.place.file, problem)
        counts[problem.place.file] = counts.get(problem.place.file, 0) + 1
    for file, problem in first.items():
        yield Problem(code="unfinished-text", place=problem.place, values={"count": str(counts[file])})


@lru_cache(maxsize=MANY)
def _placeholders(text: str, is_markdown: bool) -> tuple[tuple[int, str, str], ...]:
    """Returns (offset, as written, what to write there) of each placeholder outside code."""
    if "‹" not in text and "›" not in text:
        return ()
    bare = without_code(text) if is_markdown else text
    return tuple(
        (placeholder.start(), placeholder[0], _in_a_sentence(placeholder["what"] or ""))
        for placeholder in PLACEHOLDER.finditer(bare)
    )


def _in_a_sentence(what: str) -> str:
    what = what.strip()
    return what[:1].lower() + what[1:]
